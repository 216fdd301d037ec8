"""All values of one facet of a search, in pages and searchable by text: no value is out of reach."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil

from django.utils.translation import gettext as _

from catalogus.exceptions import InvalidCriteria
from catalogus.facets import FacetRule
from catalogus.naming import normal_form
from catalogus.search.backend import FacetValue, get_backend
from catalogus.search.criteria import SearchCriteria
from catalogus.search.facet_order import in_order

VALUES_ON_A_PAGE = 100
MAX_CONTAINS_LENGTH = 100
MOST_PAGES = 1000


@dataclass(frozen=True, slots=True)
class FacetQuestion:
    """Which values of a facet are asked: those whose name holds `contains`, so many pages on."""

    contains: str = ""
    page: int = 1

    @classmethod
    def from_query(cls, query: Mapping[str, list[str]]) -> "FacetQuestion":
        """Read `contains` and `page`. Raises InvalidCriteria, which names each bad field, its value and the remedy."""
        errors: dict[str, list[str]] = {}
        contains = " ".join(_last(query, "contains").replace("\x00", " ").split())
        if len(contains) > MAX_CONTAINS_LENGTH:
            text = _("De tekst telt %(length)d tekens; gebruik er hoogstens %(maximum)d.")
            errors["contains"] = [text % {"length": len(contains), "maximum": MAX_CONTAINS_LENGTH}]
        given = _last(query, "page") or "1"
        page = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
        if not 1 <= page <= MOST_PAGES:
            text = _("“%(value)s” kan niet; gebruik een geheel getal van %(least)d tot en met %(most)d.")
            errors["page"] = [text % {"value": given[:80], "least": 1, "most": MOST_PAGES}]
        if errors:
            raise InvalidCriteria(errors)
        return cls(contains, page)


@dataclass(frozen=True, slots=True)
class FacetPage:
    """A page of a facet's values. total_values: how many it has; found: how many of them hold the text asked for.

    selected: the chosen ones, on whatever page they stand. is_basic: the database answered, see SearchPage.
    """

    criteria: SearchCriteria
    rule: FacetRule
    question: FacetQuestion
    label: str
    total_values: int
    found: int
    page_count: int
    values: tuple[FacetValue, ...]
    selected: tuple[FacetValue, ...]
    is_basic: bool = False


def facet_page(criteria: SearchCriteria, rule: FacetRule, question: FacetQuestion) -> FacetPage:
    """One call of the backend, which counts this facet alone. Raises SearchUnavailable.

    Past the last page there are no values, and the numbers are as on every other.
    """
    facet = get_backend().whole_facet(criteria, rule.name)
    wanted = [value for value in facet.values if _holds(value.label, question.contains)]
    # What stands above a value may not hold the text: places in the tree are those among the found.
    found = in_order(rule, wanted) if question.contains else facet.values
    start = (question.page - 1) * VALUES_ON_A_PAGE
    return FacetPage(
        criteria=replace(criteria, page=1, cursor=""),
        rule=rule,
        question=question,
        label=facet.label,
        total_values=facet.total_values,
        found=len(found),
        page_count=max(1, ceil(len(found) / VALUES_ON_A_PAGE)),
        values=found[start : start + VALUES_ON_A_PAGE],
        selected=tuple(value for value in facet.values if value.is_selected),
        is_basic=facet.is_basic,
    )


def _holds(label: str, text: str) -> bool:
    """Without regard for case, accents and signs, as names are compared; signs alone are looked for as such."""
    wanted = normal_form(text)
    return wanted in normal_form(label) if wanted else text in label


def _last(query: Mapping[str, list[str]], name: str) -> str:
    given = [value.strip() for value in query.get(name, []) if value.strip()]
    return given[-1] if given else ""
