"""The filter of a method's products: what its address asks, which products fit, and the fields of its form.

The parameters have Dutch names, for the address also carries the search that led to the page, with its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from catalogus import labels
from catalogus.exceptions import InvalidCriteria
from catalogus.facets import UNKNOWN
from catalogus.models import Form, Product, Role, Scheme
from catalogus.search import SearchCriteria
from catalogus.selectors import EditionSummary
from catalogus.web import formatting
from catalogus.web.addresses import with_query
from catalogus.web.edition_sections import edition_label, role_label
from catalogus.web.layout import layout_of
from catalogus.web.places import Place, Places

YES = "ja"
ANCHOR = "delen"
"""The heading above the form: where a filtered page begins to be of interest."""


@dataclass(frozen=True, slots=True)
class MethodFilter:
    """Empty fields ask nothing. UNKNOWN asks for what is not stated. orderable: YES or ""."""

    edition: str = ""
    sector: str = ""
    level: str = ""
    year: str = ""
    form: str = ""
    role: str = ""
    orderable: str = ""

    def parameters(self) -> dict[str, str]:
        """As an address has them, what asks nothing left out."""
        return {PARAMETERS[name]: value for name in PARAMETERS if (value := getattr(self, name))}

    def fits(self, product: Product, product_places: Iterable[Place], places: Places) -> bool:
        return (
            (not self.edition or str(product.edition_id) == self.edition)
            and (not self.form or product.form == self.form)
            and (not self.role or product.role == self.role)
            and (not self.orderable or product.is_orderable)
            and places.is_for(product_places, sector=self.sector, level=self.level, year=self.year)
        )


PARAMETERS: Mapping[str, str] = {
    "edition": "uitgave",
    "sector": "onderwijs",
    "level": "niveau",
    "year": "jaar",
    "form": "vorm",
    "role": "gebruiker",
    "orderable": "leverbaar",
}
"""Field -> the name of its parameter."""


@dataclass(frozen=True, slots=True)
class FilterOption:
    value: str
    label: str
    is_selected: bool


@dataclass(frozen=True, slots=True)
class FilterField:
    """name: of the parameter; options: what there is to choose besides all."""

    name: str
    label: str
    options: tuple[FilterOption, ...]


@dataclass(frozen=True, slots=True)
class FilterOffer:
    """What a method's products can be filtered by: of each field its values with their names, in their order."""

    values: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(
        cls, products: Sequence[Product], places: Iterable[Iterable[Place]], editions: Sequence[EditionSummary]
    ) -> "FilterOffer":
        all_places = frozenset().union(*places)
        return cls({
            "edition": {str(edition.pk): edition_label(edition) for edition in editions},
            "sector": _concepts(Scheme.SECTOR, {place.sector for place in all_places}),
            "level": _concepts(Scheme.LEVEL, {place.level for place in all_places}),
            "year": _concepts(Scheme.YEAR, {place.year for place in all_places}),
            "form": {form.value: _form_label(form) for form in Form if any(one.form == form for one in products)},
            "role": {role.value: role_label(role) for role in Role if any(one.role == role for one in products)},
            "orderable": {YES: _("alleen wat te bestellen is")},
        })  # fmt: skip

    def read(self, query: QueryDict) -> tuple[MethodFilter, list[str]]:
        """The filter of an address, and of each parameter that asks what the method does not have "niveau: xyz".

        Such a parameter asks nothing. Of several values of one parameter the last counts.
        """
        read, refused = {}, []
        for name, parameter in PARAMETERS.items():
            value = query.get(parameter, "").strip()
            if value in self.values[name]:
                read[name] = value
            elif value:
                refused.append(f"{parameter}: {value[:_MOST_SHOWN]}")
        return MethodFilter(**read), refused

    def form_fields(self, chosen: MethodFilter) -> list[FilterField]:
        """The selects of the form: those where there is something to choose, or something is chosen."""
        return [
            FilterField(
                PARAMETERS[name],
                label,
                tuple(
                    FilterOption(value, text, value == getattr(chosen, name))
                    for value, text in self.values[name].items()
                ),
            )
            for name, label in _field_labels().items()
            if len(self.values[name]) > 1 or getattr(chosen, name)
        ]

    def described(self, chosen: MethodFilter) -> str:
        """ "5e druk, Havo, Leerjaar 3": what is chosen, as the form names it."""
        return formatting.joined(
            [self.values[one.name][value] for one in fields(chosen) if (value := getattr(chosen, one.name))]
        )


_MOST_SHOWN = 60
"""Of a value that somebody made up."""


def carried_parameters(query: QueryDict, *, besides: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The search that led here, as far as it can be read; nothing else of the address, for it stands in each cell."""
    own = {*PARAMETERS.values(), *besides}
    carried = {name: values for name, values in query.lists() if name not in own}
    try:
        return [*SearchCriteria.from_query(carried).parameters(), *layout_of(carried).parameters()]
    except InvalidCriteria:
        return []


def filter_url(path: str, carried: Sequence[tuple[str, str]], chosen: MethodFilter) -> str:
    return with_query(path, urlencode([*carried, *chosen.parameters().items()]))


def concept_text(scheme: Scheme, code: str) -> str:
    return _("niet opgegeven") if code == UNKNOWN else labels.concept_label(scheme, code)


def _concepts(scheme: Scheme, codes: Iterable[str]) -> dict[str, str]:
    """In the order of the vocabulary, what is not stated last."""
    known = formatting.in_order(scheme, set(codes) - {UNKNOWN})
    ordered = [*known, UNKNOWN] if UNKNOWN in codes else known
    return {code: concept_text(scheme, code) for code in ordered}


def _form_label(form: Form) -> str:
    return _("Vorm onbekend") if form == Form.UNKNOWN else str(form.label)


def _field_labels() -> Mapping[str, str]:
    return {
        "edition": _("Uitgave"),
        "sector": _("Sector"),
        "level": _("Niveau"),
        "year": _("Leerjaar of groep"),
        "form": _("Vorm"),
        "role": _("Gebruiker"),
    }
