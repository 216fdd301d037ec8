"""The search form and what stands around the results: facets, chosen filters, other views and sorts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogus import labels
from catalogus.search import SearchCriteria, SearchPage, View
from catalogus.search.criteria import DEFAULT_PAGE_SIZE, FACET_PARAMETERS, Sort
from catalogus.web import formatting
from catalogus.web.addresses import first_page, search_url
from catalogus.web.facet_fields import Choice, FacetField, facet_fields
from catalogus.web.layout import Layout


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """One chosen value, and the address of the same search without it."""

    facet: str
    label: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class RelaxedSearch:
    """ "Zonder Niveau: Havo", the address of that search, and "12 methodes": what it finds."""

    label: str
    url: str
    total: str


@dataclass(frozen=True, slots=True)
class Option:
    """One of several ways to see the same results; code: as the address has it."""

    code: str
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
    layouts: tuple[Option, ...]
    sort_note: str
    is_sorted_by_reviews: bool
    clear_url: str
    include_all_url: str
    relaxed: tuple[RelaxedSearch, ...] = ()

    @property
    def sort_label(self) -> str:
        """What the results are sorted by."""
        return next(option.label for option in self.sorts if option.is_current)

    @classmethod
    def from_page(cls, page: SearchPage, layout: Layout = Layout.LIST) -> Self:
        """The form beside an answer: facets with counts, those without choices left out."""
        return replace(
            cls._made(page.criteria, page.criteria.text, facet_fields(page, layout), layout),
            relaxed=tuple(_relaxed_searches(page, layout)),
        )

    @classmethod
    def from_criteria(cls, criteria: SearchCriteria, text: str | None = None, layout: Layout = Layout.LIST) -> Self:
        """The form without an answer: what was chosen stays chosen, and nothing has a count."""
        facets = []
        for facet, parameter in FACET_PARAMETERS.items():
            if codes := criteria.selected(facet):
                names = labels.value_labels(facet, codes)
                choices = tuple(Choice(code, names[code], None, is_selected=True) for code in codes)
                facets.append(FacetField(parameter, labels.facet_label(facet), choices, (), len(choices), is_open=True))
        return cls._made(criteria, criteria.text if text is None else text, facets, layout)

    @classmethod
    def _made(cls, criteria: SearchCriteria, text: str, facets: Iterable[FacetField], layout: Layout) -> Self:
        return cls(
            text=text,
            include_all=criteria.include_all,
            hidden=_hidden(criteria, layout),
            facets=tuple(facets),
            active=_active(criteria, layout),
            views=_views(criteria, layout),
            sorts=_sorts(criteria, layout),
            layouts=_layouts(criteria, layout),
            clear_url=search_url(
                SearchCriteria(
                    text=criteria.text, view=criteria.view, is_literal=criteria.is_literal, sort=criteria.sort
                ),
                layout,
            ),
            sort_note=_sort_note(criteria),
            is_sorted_by_reviews=criteria.sort in {Sort.RATING, Sort.REVIEWS},
            include_all_url=search_url(replace(first_page(criteria), include_all=True), layout),
        )


def _hidden(criteria: SearchCriteria, layout: Layout) -> tuple[tuple[str, str], ...]:
    """What the form sends along unseen, where it is not the usual: view, words, sort, size of a page, layout."""
    pairs = []
    if criteria.view != View.METHODS:
        pairs.append(("view", criteria.view.value))
    if criteria.is_literal:
        pairs.append(("literal", "1"))
    if criteria.sort != Sort.RELEVANCE:
        pairs.append(("sort", criteria.sort.value))
    if criteria.page_size != DEFAULT_PAGE_SIZE:
        pairs.append(("page_size", str(criteria.page_size)))
    return (*pairs, *layout.parameters())


def _active(criteria: SearchCriteria, layout: Layout) -> tuple[ActiveFilter, ...]:
    return tuple(
        ActiveFilter(labels.facet_label(facet), label, search_url(criteria.without(facet, code), layout))
        for facet in FACET_PARAMETERS
        for code, label in labels.value_labels(facet, criteria.selected(facet)).items()
    )


def _views(criteria: SearchCriteria, layout: Layout) -> tuple[Option, ...]:
    names = {View.METHODS: _("Methodes"), View.PRODUCTS: _("Losse producten")}
    return tuple(
        Option(view, label, search_url(replace(first_page(criteria), view=view), layout), criteria.view == view)
        for view, label in names.items()
    )


def _sorts(criteria: SearchCriteria, layout: Layout) -> tuple[Option, ...]:
    names = {
        Sort.RELEVANCE: _("Relevantie"),
        Sort.TITLE: _("Titel"),
        Sort.NEWEST: _("Nieuwste eerst"),
        Sort.PRICE: _("Goedkoopste eerst"),
        Sort.RATING: _("Best beoordeeld"),
        Sort.REVIEWS: _("Meeste beoordelingen"),
    }
    return tuple(
        Option(sort, label, search_url(replace(first_page(criteria), sort=sort), layout), criteria.sort == sort)
        for sort, label in names.items()
    )


def _layouts(criteria: SearchCriteria, chosen: Layout) -> tuple[Option, ...]:
    names = {Layout.LIST: _("Lijst"), Layout.TABLE: _("Tabel")}
    return tuple(
        Option(layout, label, search_url(criteria, layout), chosen == layout) for layout, label in names.items()
    )


def _sort_note(criteria: SearchCriteria) -> str:
    """What a reader must know of the order, where its name does not say it all."""
    if criteria.sort == Sort.PRICE and criteria.view == View.METHODS:
        return _(
            "Van een methode telt het goedkoopste product dat te bestellen is. Methodes zonder prijs staan achteraan."
        )
    if criteria.sort == Sort.PRICE:
        return _("Producten zonder prijs staan achteraan.")
    if criteria.sort == Sort.RATING:
        return _(
            "Hoe minder beoordelingen, hoe dichter de sorteerwaarde bij het gemiddelde van alle beoordelingen ligt. Wat"
            " geen totaal heeft, staat achteraan."
        )
    if criteria.sort == Sort.REVIEWS:
        return _("Beoordelingen van de huidige uitgave tellen. Wat er geen heeft, staat achteraan.")
    return ""


def _relaxed_searches(page: SearchPage, layout: Layout) -> Iterable[RelaxedSearch]:
    for one in page.relaxations:
        n = formatting.number(one.total)
        if page.criteria.view == View.METHODS:
            total = ngettext("%(n)s methode", "%(n)s methodes", one.total) % {"n": n}
        else:
            total = ngettext("%(n)s product", "%(n)s producten", one.total) % {"n": n}
        yield RelaxedSearch(
            _("Zonder %(filter)s") % {"filter": one.label}, search_url(page.criteria.without(one.facet), layout), total
        )
