"""The page with all values of one facet of a search."""

import logging
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogus.exceptions import InvalidCriteria, SearchUnavailable
from catalogus.facets import BY_PARAMETER
from catalogus.search import SearchCriteria, View
from catalogus.search.facet_pages import FacetPage, FacetQuestion
from catalogus.search.facet_pages import facet_page as values_of
from catalogus.web import formatting
from catalogus.web.addresses import search_url
from catalogus.web.facet_fields import as_tree
from catalogus.web.layout import Layout, layout_of
from catalogus.web.views.search import unavailable, unreadable

logger = logging.getLogger(__name__)

_NOT_OF_THE_SEARCH = frozenset({"page", "page_size", "cursor", "contains"})
"""Which values are shown; how the search itself went on is of no interest here."""


@require_safe
def facet_page(request: HttpRequest, parameter: str) -> HttpResponse:
    """Checkboxes that go back to the search: 400 for what cannot be read, 404 for no such facet or page, 503."""
    rule = BY_PARAMETER.get(parameter)
    if rule is None:
        raise Http404(_("Er is geen filter “%(name)s”.") % {"name": parameter[:80]})
    query = dict(request.GET.lists())
    try:
        criteria = SearchCriteria.from_query({name: query[name] for name in query.keys() - _NOT_OF_THE_SEARCH})
        layout = layout_of(query)
        found = values_of(criteria, rule, FacetQuestion.from_query(query))
    except InvalidCriteria as error:
        return unreadable(request, error)
    except SearchUnavailable as error:
        logger.warning("Search is away: %s", error)
        return unavailable(request, criteria, layout)
    status = HTTPStatus.NOT_FOUND if found.question.page > found.page_count else HTTPStatus.OK
    return render(request, "catalogus/facet.html", _context(found, layout), status=status)


def _context(found: FacetPage, layout: Layout) -> dict[str, object]:
    here = {value.code for value in found.values}
    return {
        "parameter": found.rule.parameter,
        "label": found.label,
        "contains": found.question.contains,
        "numbers": _numbers(found),
        "choices": as_tree(found.values),
        "chosen_elsewhere": as_tree(value for value in found.selected if value.code not in here),
        "hidden": _others(found, layout),
        "back_url": search_url(found.criteria, layout),
        "is_methods_view": found.criteria.view == View.METHODS,
        "is_basic": found.is_basic,
        "page": found.question.page,
        "page_count": found.page_count,
        "previous_page": min(found.question.page - 1, found.page_count),
        "next_page": found.question.page + 1 if found.question.page < found.page_count else 0,
    }


def _numbers(found: FacetPage) -> str:
    """How many values there are, how many of them fit the text, and how many stand here."""
    numbers = {
        "total": formatting.number(found.total_values),
        "found": formatting.number(found.found),
        "shown": formatting.number(len(found.values)),
    }
    if found.question.contains:
        return _("%(total)s waarden, waarvan %(found)s met deze tekst; %(shown)s getoond.") % numbers
    return _("%(total)s waarden; %(shown)s getoond.") % numbers


def _others(found: FacetPage, layout: Layout) -> list[tuple[str, str]]:
    """The rest of the search, which the form sends along unseen."""
    return found.criteria.without(found.rule.name).parameters() + layout.parameters()
