"""The search form and what stands around the results: facets, chosen filters, other views and sorts."""

from dataclasses import dataclass, replace
from typing import Self

from django.utils.translation import gettext as _

from catalogus import labels
from catalogus.search import Facet, SearchCriteria, SearchPage, View
from catalogus.search.criteria import DEFAULT_PAGE_SIZE, FACET_PARAMETERS, Sort
from catalogus.web import formatting
from catalogus.web.addresses import first_page, search_url

OPEN_FACETS = 4
"""Sector, level, year and subject are what nearly every search is narrowed by; the others open when used."""

SHOWN_CHOICES = 8
"""Choices of a facet beyond these fold away, so that the next facet stays in sight."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A checkbox. count is None where no answer of the engine is at hand."""

    code: str
    label: str
    count: str | None
    is_selected: bool


@dataclass(frozen=True, slots=True)
class FacetField:
    """A group of checkboxes. `note` says how many values there are and how many stand here, where these differ."""

    parameter: str
    label: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]
    selected_count: int
    is_open: bool
    note: str


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """One chosen value, and the address of the same search without it."""

    facet: str
    label: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Option:
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class SearchForm:
    """All that the form and its surroundings need. `text` is as typed, also where it cannot be searched for."""

    text: str
    include_all: bool
    hidden: tuple[tuple[str, str], ...]
    facets: tuple[FacetField, ...]
    active: tuple[ActiveFilter, ...]
    views: tuple[Option, ...]
    sorts: tuple[Option, ...]
    clear_url: str
    include_all_url: str

    @classmethod
    def from_page(cls, page: SearchPage) -> Self:
        """The form beside an answer: facets with counts, those without choices left out."""
        facets = [_field(facet, place) for place, facet in enumerate(page.facets) if facet.values]
        return cls._made(page.criteria, page.criteria.text, facets)

    @classmethod
    def from_criteria(cls, criteria: SearchCriteria, text: str | None = None) -> Self:
        """The form without an answer: what was chosen stays chosen, and nothing has a count."""
        facets = []
        for facet, parameter in FACET_PARAMETERS.items():
            if codes := criteria.selected(facet):
                names = labels.value_labels(facet, codes)
                choices = tuple(Choice(code, names[code], None, is_selected=True) for code in codes)
                facets.append(
                    FacetField(parameter, labels.facet_label(facet), choices, (), len(choices), is_open=True, note="")
                )
        return cls._made(criteria, criteria.text if text is None else text, facets)

    @classmethod
    def _made(cls, criteria: SearchCriteria, text: str, facets: list[FacetField]) -> Self:
        return cls(
            text=text,
            include_all=criteria.include_all,
            hidden=_hidden(criteria),
            facets=tuple(facets),
            active=_active(criteria),
            views=_views(criteria),
            sorts=_sorts(criteria),
            clear_url=search_url(
                SearchCriteria(
                    text=criteria.text, view=criteria.view, is_literal=criteria.is_literal, sort=criteria.sort
                )
            ),
            include_all_url=search_url(replace(first_page(criteria), include_all=True)),
        )


def _field(facet: Facet, place: int) -> FacetField:
    choices = [
        Choice(value.code, value.label, formatting.number(value.count), value.is_selected) for value in facet.values
    ]
    split = SHOWN_CHOICES if len(choices) > SHOWN_CHOICES + 2 else len(choices)
    folded = [choice for choice in choices[split:] if not choice.is_selected]
    first = [choice for choice in choices if choice not in folded]
    selected = sum(choice.is_selected for choice in choices)
    return FacetField(
        parameter=FACET_PARAMETERS[facet.name],
        label=facet.label,
        first=tuple(first),
        rest=tuple(folded),
        selected_count=selected,
        is_open=bool(selected) or place < OPEN_FACETS,
        note=_note(facet),
    )


def _note(facet: Facet) -> str:
    if facet.total_values <= len(facet.values):
        return ""
    return _("%(shown)s van %(total)s waarden getoond, die met de meeste resultaten.") % {
        "shown": formatting.number(len(facet.values)),
        "total": formatting.number(facet.total_values),
    }


def _hidden(criteria: SearchCriteria) -> tuple[tuple[str, str], ...]:
    """What the form sends along unseen, where it is not the usual: view, how words are read, sort, size of a page."""
    pairs = []
    if criteria.view != View.METHODS:
        pairs.append(("view", criteria.view.value))
    if criteria.is_literal:
        pairs.append(("literal", "1"))
    if criteria.sort != Sort.RELEVANCE:
        pairs.append(("sort", criteria.sort.value))
    if criteria.page_size != DEFAULT_PAGE_SIZE:
        pairs.append(("page_size", str(criteria.page_size)))
    return tuple(pairs)


def _active(criteria: SearchCriteria) -> tuple[ActiveFilter, ...]:
    return tuple(
        ActiveFilter(labels.facet_label(facet), label, search_url(criteria.without(facet, code)))
        for facet in FACET_PARAMETERS
        for code, label in labels.value_labels(facet, criteria.selected(facet)).items()
    )


def _views(criteria: SearchCriteria) -> tuple[Option, ...]:
    names = {View.METHODS: _("Methodes"), View.PRODUCTS: _("Losse producten")}
    return tuple(
        Option(label, search_url(replace(first_page(criteria), view=view)), criteria.view == view)
        for view, label in names.items()
    )


def _sorts(criteria: SearchCriteria) -> tuple[Option, ...]:
    names = {Sort.RELEVANCE: _("Relevantie"), Sort.TITLE: _("Titel"), Sort.NEWEST: _("Nieuwste eerst")}
    return tuple(
        Option(label, search_url(replace(first_page(criteria), sort=sort)), criteria.sort == sort)
        for sort, label in names.items()
    )
