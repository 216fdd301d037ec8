"""Facets as groups of checkboxes: narrower choices below broader ones, and the rest folded away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Self

from django.urls import reverse
from django.utils.translation import gettext as _

from catalogus.facets import FACETS, UNKNOWN, FacetRule
from catalogus.search import Facet, FacetValue, SearchCriteria, SearchPage
from catalogus.web import formatting
from catalogus.web.addresses import carried_query, with_query
from catalogus.web.layout import Layout

OPEN_FACETS = frozenset({"sectors", "levels", "years", "subjects"})
"""What nearly every search is narrowed by; the others open when used."""

SHOWN_CHOICES = 8
"""Choices of a facet beyond these fold away, so that the next facet stays in sight."""

_SHOWN_BELOW = 4
"""More narrower choices than the tracks of vmbo fold away, so that the broader ones stay in sight of each other."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A checkbox, and those below it. count is None where no answer of the engine is at hand."""

    code: str
    label: str
    count: str | None
    is_selected: bool
    children: tuple["Choice", ...] = ()

    @property
    def holds_selected(self) -> bool:
        return any(child.is_selected or child.holds_selected for child in self.children)

    @property
    def is_folded(self) -> bool:
        """Whether what stands below it is folded away; never where something in it is chosen."""
        return len(self.children) > _SHOWN_BELOW and not self.holds_selected


@dataclass(frozen=True, slots=True)
class FacetField:
    """A group of checkboxes. `note` says how many values there are and how many stand here, where these differ.

    Then all of them stand at all_url.
    """

    parameter: str
    label: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]
    selected_count: int
    is_open: bool
    note: str = ""
    all_label: str = ""
    all_url: str = ""

    @classmethod
    def from_facet(cls, facet: Facet, criteria: SearchCriteria, layout: Layout = Layout.LIST) -> Self:
        choices = as_tree(facet.values)
        split = SHOWN_CHOICES if len(choices) > SHOWN_CHOICES + 2 else len(choices)
        is_shown = [
            place < split or choice.is_selected or choice.holds_selected for place, choice in enumerate(choices)
        ]
        selected = sum(value.is_selected for value in facet.values)
        is_whole = facet.total_values <= len(facet.values)
        rule = FACETS[facet.name]
        return cls(
            parameter=rule.parameter,
            label=facet.label,
            first=tuple(compress(choices, is_shown)),
            rest=tuple(choice for choice, shown in zip(choices, is_shown, strict=True) if not shown),
            selected_count=selected,
            is_open=bool(selected) or facet.name in OPEN_FACETS,
            note="" if is_whole else _note(facet),
            all_label="" if is_whole else all_label(facet.name, facet.total_values),
            all_url="" if is_whole else facet_url(rule, criteria, layout),
        )


def facet_fields(page: SearchPage, layout: Layout = Layout.LIST) -> tuple[FacetField, ...]:
    """The facets of an answer in which there is something to choose."""
    return tuple(
        FacetField.from_facet(facet, page.criteria, layout) for facet in page.facets if _has_a_choice(facet, page.total)
    )


def as_tree(values: Iterable[FacetValue]) -> tuple[Choice, ...]:
    """Values in their order, the narrower ones below; what stands above the first may be on another page."""
    return tuple(_branch(list(values)))


def facet_url(rule: FacetRule, criteria: SearchCriteria, layout: Layout = Layout.LIST) -> str:
    """Where all values of a facet stand, for this search."""
    query = carried_query(criteria.with_page(1), layout)
    path = reverse("catalogus:facet", args=[rule.parameter])
    return with_query(path, query)


def all_label(facet: str, total: int) -> str:
    """ "Alle 312 uitgevers"."""
    texts = {
        "publishers": _("Alle %(total)s uitgevers"),
        "subjects": _("Alle %(total)s vakken"),
        "levels": _("Alle %(total)s niveaus"),
        "years": _("Alle %(total)s leerjaren en groepen"),
        "sectors": _("Alle %(total)s sectoren"),
    }
    return texts.get(facet, _("Alle %(total)s keuzes")) % {"total": formatting.number(total)}


def _branch(values: Sequence[FacetValue]) -> Iterable[Choice]:
    place = 0
    while place < len(values):
        value, end = values[place], place + 1
        while end < len(values) and values[end].depth > value.depth:
            end += 1
        children = tuple(_branch(values[place + 1 : end]))
        yield Choice(value.code, value.label, formatting.number(value.count), value.is_selected, children)
        place = end


def _has_a_choice(facet: Facet, total: int) -> bool:
    """Whether choosing can change something: not where all that is found has the same one value, or states none."""
    if any(value.is_selected for value in facet.values):
        return True
    told = [value for value in facet.values if value.code != UNKNOWN]
    return bool(told) and not (len(facet.values) == 1 and facet.values[0].count == total)


def _note(facet: Facet) -> str:
    return _("%(shown)s van %(total)s waarden getoond, die met de meeste resultaten.") % {
        "shown": formatting.number(len(facet.values)),
        "total": formatting.number(facet.total_values),
    }
