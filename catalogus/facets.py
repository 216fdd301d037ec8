"""The facets of search, each once: what criteria, engine, database, pages and OpenAPI read of them.

A facet's values are concepts of a vocabulary, publishers, or a closed list. What a product falls under stands in a
column, or follows from the conditions in `facet_rules`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogus import facet_rules
from catalogus.choices import (
    Accessibility,
    Form,
    LicenseDuration,
    LicenseKind,
    Medium,
    News,
    Openness,
    PriceRange,
    ProductState,
    RatingRange,
    Role,
)
from catalogus.facet_rules import Conditions
from catalogus.models import Scheme

UNKNOWN = "unknown"
"""The code of what a product does not state: content without an attribute must stay findable."""


@dataclass(frozen=True, slots=True)
class FacetRule:
    """A facet.

    name: the attribute of SearchCriteria; parameter: in an address, singular as one value is given with each; about:
    for developers, in English; field: of an index document. Its values are of a scheme, of a closed list (choices), or
    else slugs of publishers. Products are found in the database by column, or by conditions.
    """

    name: str
    parameter: str
    label: str | Promise
    about: str
    field: str
    column: str = ""
    scheme: Scheme | None = None
    choices: type[models.TextChoices] | None = None
    conditions: Callable[[], Conditions] | None = None
    is_by_count: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The closed list in its order; empty where the values are no closed list."""
        return tuple(self.choices.values) if self.choices else ()

    @property
    def is_stored(self) -> bool:
        """Whether index documents hold its codes; what changes with the calendar is asked of a date instead."""
        return self.choices is not News


FACETS: Mapping[str, FacetRule] = {
    rule.name: rule
    for rule in (
        FacetRule(
            "sectors",
            "sector",
            _("Onderwijssector"),
            "School sector, such as po, vo or mbo; repeat for alternatives. unknown: not stated.",
            field="sectors",
            column="sectors",
            scheme=Scheme.SECTOR,
        ),
        FacetRule(
            "levels",
            "level",
            _("Niveau"),
            "Level or track, such as havo; repeat for alternatives. With year, both hold for the same group.",
            field="levels",
            column="levels",
            scheme=Scheme.LEVEL,
        ),
        FacetRule(
            "years",
            "year",
            _("Leerjaar of groep"),
            "School year, such as leerjaar-3 or groep-5; repeat for alternatives.",
            field="years",
            column="years",
            scheme=Scheme.YEAR,
        ),
        FacetRule(
            "subjects",
            "subject",
            _("Vak"),
            "Subject, such as wiskunde-b; repeat for alternatives. A broader subject takes in the narrower ones.",
            field="subjects",
            column="subjects",
            scheme=Scheme.SUBJECT,
            is_by_count=True,
        ),
        FacetRule(
            "publishers",
            "publisher",
            _("Uitgever"),
            "Publisher by its slug, as answers give it; repeat for alternatives.",
            field="publisher_slug",
            column="publisher__slug",
            is_by_count=True,
        ),
        FacetRule(
            "forms",
            "form",
            _("Vorm"),
            "Form, derived from medium, title and licence; repeat for alternatives.",
            field="form",
            column="form",
            choices=Form,
        ),
        FacetRule(
            "media",
            "medium",
            _("Medium"),
            "Medium; repeat for alternatives.",
            field="medium",
            column="medium",
            choices=Medium,
        ),
        FacetRule(
            "roles",
            "role",
            _("Voor wie"),
            "For whom it is; repeat for alternatives.",
            field="role",
            column="role",
            choices=Role,
        ),
        FacetRule(
            "prices",
            "price",
            _("Prijs"),
            "Price in euro, VAT included: the lower bound belongs to a range, the upper one does not.",
            field="price_range",
            choices=PriceRange,
            conditions=lambda: facet_rules.PRICES,
        ),
        FacetRule(
            "ratings",
            "rating",
            _("Beoordeling"),
            "Mean of the method's reviews, 1 to 4: the lower bound belongs to a range, the upper one only at 4."
            " any: with reviews. few: with too few of the current edition for a mean. none: without any.",
            field="rating_range",
            choices=RatingRange,
            conditions=lambda: facet_rules.RATINGS,
        ),
        FacetRule(
            "states",
            "state",
            _("Leverbaarheid"),
            "Availability; repeat for alternatives. Without it, all that is not known to be gone.",
            field="state",
            column="state",
            choices=ProductState,
        ),
        FacetRule(
            "news",
            "new",
            _("Nieuw"),
            "this-year: first published in this calendar year, or announced for later.",
            field="published_day",
            choices=News,
            conditions=facet_rules.news,
        ),
        FacetRule(
            "licenses",
            "license",
            _("Soort licentie"),
            "How the licence begins and ends; other: a licence that does not say; trial: also to be had to look into,"
            " beside its kind.",
            field="license_kind",
            choices=LicenseKind,
            conditions=lambda: facet_rules.LICENSES,
        ),
        FacetRule(
            "durations",
            "duration",
            _("Looptijd van de licentie"),
            "For how long the licence is, by its stated days or else by its first and last day.",
            field="license_duration",
            choices=LicenseDuration,
            conditions=lambda: facet_rules.DURATIONS,
        ),
        FacetRule(
            "openness",
            "open",
            _("Open leermateriaal"),
            "Whether it is open learning material.",
            field="openness",
            choices=Openness,
            conditions=lambda: facet_rules.OPENNESS,
        ),
        FacetRule(
            "accessibility",
            "accessibility",
            _("Toegankelijkheid"),
            "stated: the product has an accessibility statement.",
            field="accessibility",
            choices=Accessibility,
            conditions=lambda: facet_rules.ACCESSIBILITY,
        ),
    )
}
"""By name, in the order of a page."""

BY_PARAMETER: Mapping[str, FacetRule] = {rule.parameter: rule for rule in FACETS.values()}

COMPUTED: Mapping[str, Conditions] = {
    rule.field: rule.conditions() for rule in FACETS.values() if rule.conditions and rule.is_stored
}
"""Index field -> the conditions of its codes."""
