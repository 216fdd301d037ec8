"""What a writer can choose from: what fits the method first, the rest for who looks for it, and what is likely."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import proven_affiliations
from accounts.models import Affiliation, User
from catalogus.labels import concept_label, concept_places, concept_sectors
from catalogus.models import Edition, Method, Product, Scheme
from catalogus.selectors import EditionSummary, method_codes, method_editions
from reviews.content import SECTORS
from reviews.models import AfterDeletion, ReviewerRole, ShownAs
from reviews.school_years import FIRST_MONTH, current_school_year, reviewable_school_years, school_year_label
from reviews.selectors.naming_school import SchoolNaming, school_naming
from reviews.web.questions import Group, Option

_SETTLED_MONTH = 10
"""Until then most of what is told is of the school year before, and a wrong guess would be stored unseen."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that the form of one person about one method offers; read once for a page."""

    user: User
    method: Method
    product: Product | None
    codes: Mapping[Scheme, set[str]]
    editions: tuple[EditionSummary, ...]
    affiliations: tuple[Affiliation, ...]
    naming: SchoolNaming

    @classmethod
    def of(cls, user: User, method: Method, product: Product | None) -> "Choices":
        """Five queries."""
        return cls(
            user=user,
            method=method,
            product=product,
            codes=method_codes(method),
            editions=tuple(method_editions(method)),
            affiliations=tuple(proven_affiliations(user)),
            naming=school_naming(user),
        )

    def concepts(self, scheme: Scheme) -> tuple[Group, Group]:
        """Those of the method, and all others of the sectors that are reviewed; in the order of the vocabulary."""
        sectors = concept_sectors(scheme)
        known = [code for code in concept_places(scheme) if not sectors[code] or sectors[code] & set(SECTORS)]
        if scheme is Scheme.SECTOR:
            known = [code for code in known if code in SECTORS]
        fits = self.codes[scheme]
        return _concepts(scheme, (code for code in known if code in fits)), _concepts(
            scheme, (code for code in known if code not in fits)
        )

    def edition_options(self, chosen: str) -> Group:
        """Newest first, the current one named so. chosen: offered too where it has no products here any more."""
        listed = [Option(str(one.pk), _edition_label(one), _("huidige uitgave") if one.is_current else "")
                  for one in sorted(self.editions, key=lambda one: not one.is_current)]  # fmt: skip
        if chosen.isdigit() and chosen not in {one.value for one in listed} and len(chosen) < 10:
            listed += [Option(str(one.pk), one.label) for one in Edition.objects.filter(pk=int(chosen))]
        if not listed:
            listed = [Option(str(one.pk), _("niet genoemd")) for one in self.method.editions.all()]
        return Group("", tuple(listed))

    def school_options(self) -> Group:
        return Group("", tuple(Option(one.school.code, str(one.school)) for one in self.affiliations))


def likely_answers(choices: Choices) -> dict[str, list[str]]:
    """What a new form holds before anything was typed."""
    guesses = {
        "edition": _likely_edition(choices),
        "school_year": likely_school_year(),
        "sector": _likely_sector(choices),
        "subject": _likely_subject(choices),
        "role": ReviewerRole.TEACHER.value,
        "shown_as": ShownAs.DESCRIPTION.value,
        "after_deletion": AfterDeletion.STAYS.value,
        "product": choices.product.public_id if choices.product else "",
    }
    return {name: [value] for name, value in guesses.items() if value}


def likely_school_year() -> str:
    """The current one; "" in its first two months."""
    month = timezone.localdate().month
    return "" if FIRST_MONTH <= month < _SETTLED_MONTH else str(current_school_year())


def school_year_options() -> Group:
    return Group("", tuple(Option(str(year), school_year_label(year)) for year in reviewable_school_years()))


def edition_of_product(product: Product) -> str:
    return _("niet genoemd") if product.edition.is_unknown else product.edition.label


def _concepts(scheme: Scheme, codes: Iterable[str]) -> Group:
    return Group("", tuple(Option(code, concept_label(scheme, code)) for code in codes))


def _edition_label(edition: EditionSummary) -> str:
    return _("niet genoemd, of ik weet het niet") if edition.is_unknown else edition.label


def _likely_edition(choices: Choices) -> str:
    current = [one for one in choices.editions if one.is_current]
    likely = current or (choices.editions if len(choices.editions) == 1 else ())
    return str(likely[0].pk) if likely else ""


def _likely_sector(choices: Choices) -> str:
    fits = choices.codes[Scheme.SECTOR] & set(SECTORS)
    if len(fits) == 1:
        return next(iter(fits))
    at_school = {sector for one in choices.affiliations for sector in one.school.sectors}
    both = fits & at_school
    return next(iter(both)) if len(both) == 1 else ""


def _likely_subject(choices: Choices) -> str:
    """That of a section of the writer, where the method is for it; else the only one of the method."""
    fits = choices.codes[Scheme.SUBJECT]
    mine = [section.subject.code for section in (*choices.naming.agreed, *choices.naming.others)]
    return next((code for code in mine if code in fits), next(iter(fits)) if len(fits) == 1 else "")
