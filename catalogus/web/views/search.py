"""The search page."""

import logging
from http import HTTPStatus

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogus.exceptions import InvalidCriteria, SearchUnavailable
from catalogus.labels import FACETS
from catalogus.models import Product
from catalogus.search import SearchCriteria, SearchPage, get_backend
from catalogus.search.backend import RETRY_AFTER_SECONDS
from catalogus.search.criteria import FACET_PARAMETERS, Sort
from catalogus.search.understanding import Understanding, understand
from catalogus.selectors import product_by_ean
from catalogus.web.addresses import carried_query, search_url
from catalogus.web.export.links import downloads
from catalogus.web.hits import method_cards, product_cards
from catalogus.web.layout import PARAMETER, Layout, layout_of, layout_or_usual
from catalogus.web.pagination import pagination, reachable_pages
from catalogus.web.replacing import replaced_words
from catalogus.web.result_words import ResultWords
from catalogus.web.search_form import SearchForm
from catalogus.web.understood import Understood

logger = logging.getLogger(__name__)


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Results with the form around them: 400 for what cannot be read, 404 past the last page, 503 if none can answer.

    A text that is the EAN of a product and no more leads to that product's page, whatever else was chosen.
    """
    try:
        criteria, layout = _read(request)
        understanding = understand(criteria.text, is_literal=criteria.is_literal)
        product = _product_with_ean(understanding.ean)
        if product and understanding.is_whole_ean and not criteria.is_literal:
            return HttpResponseRedirect(product.get_absolute_url())
        answer = get_backend().search(criteria, is_explained=_is_explained(request))
        return _results(request, answer, layout, understanding, product)
    except InvalidCriteria as error:
        return unreadable(request, error)
    except SearchUnavailable as error:
        logger.warning("Search is away: %s", error)
        return unavailable(request, criteria, layout)


def _read(request: HttpRequest) -> tuple[SearchCriteria, Layout]:
    """What the address asks and how it is to stand; raises InvalidCriteria with all that is wrong of both."""
    query = dict(request.GET.lists())
    errors: dict[str, list[str]] = {}
    criteria, layout = SearchCriteria(), Layout.LIST
    try:
        criteria = SearchCriteria.from_query(query)
    except InvalidCriteria as error:
        errors |= error.errors
    try:
        layout = layout_of(query)
    except InvalidCriteria as error:
        errors |= error.errors
    if errors:
        raise InvalidCriteria(errors)
    return criteria, layout


def _results(
    request: HttpRequest,
    answer: SearchPage,
    layout: Layout,
    understanding: Understanding,
    ean_product: Product | None,
) -> HttpResponse:
    criteria = answer.criteria
    query = carried_query(criteria, layout)
    is_by_rating = criteria.sort == Sort.RATING
    is_past_the_end = not criteria.cursor and criteria.page > 1 and not (answer.product_hits or answer.method_hits)
    context = {
        "form": SearchForm.from_page(answer, layout),
        "total": answer.total,
        "is_table": layout == Layout.TABLE,
        "methods": method_cards(answer.method_hits, query, shows_sort_value=is_by_rating),
        "products": product_cards(answer.product_hits, query, shows_sort_value=is_by_rating),
        "ean_product": ean_product,
        "unknown_ean": "" if ean_product or not understanding.is_whole_ean else understanding.ean,
        "understood": Understood.of(criteria, understanding, layout),
        "pagination": None if is_past_the_end else pagination(answer, layout),
        "last_page": reachable_pages(answer.total, criteria.page_size) if is_past_the_end else 0,
        "last_page_url": search_url(
            criteria.with_page(max(1, reachable_pages(answer.total, criteria.page_size))), layout
        ),
        "page": criteria.page,
        "is_loosened": answer.is_loosened,
        "complete_total": answer.complete_total,
        "replacements": replaced_words(answer, layout),
        "canonical_url": request.build_absolute_uri(search_url(criteria)),
        "is_plain": not query,
        "words": ResultWords.of(answer),
        "is_basic": answer.is_basic,
        "downloads": downloads(answer),
    }
    status = HTTPStatus.NOT_FOUND if is_past_the_end and answer.total else HTTPStatus.OK
    return render(request, "catalogus/search.html", context, status=status)


def _is_explained(request: HttpRequest) -> bool:
    """Whether staff asks why the hits stand where they stand; for others the parameter does nothing."""
    return request.GET.get("explain") == "1" and admin.site.has_permission(request)


def _product_with_ean(ean: str) -> Product | None:
    """The product that a scanned or typed EAN means, whatever its state: who types thirteen digits wants that one."""
    if not ean:
        return None
    try:
        return product_by_ean(ean)
    except Product.DoesNotExist:
        return None


def unreadable(request: HttpRequest, error: InvalidCriteria) -> HttpResponse:
    """What is wrong, field by field, above the form with all that could be read."""
    query = {name: values for name, values in request.GET.lists() if name not in error.errors}
    context = {
        "form": SearchForm.from_criteria(
            SearchCriteria.from_query(query), text=request.GET.get("q", ""), layout=layout_or_usual(query)
        ),
        "errors": [(field_name(field), message) for field, messages in error.errors.items() for message in messages],
    }
    return render(request, "catalogus/search_error.html", context, status=HTTPStatus.BAD_REQUEST)


def unavailable(request: HttpRequest, criteria: SearchCriteria, layout: Layout = Layout.LIST) -> HttpResponse:
    """That nobody can answer now, with the search kept in the form."""
    context = {"form": SearchForm.from_criteria(criteria, layout=layout), "is_unavailable": True}
    response = render(request, "catalogus/search_error.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def field_name(parameter: str) -> str:
    """What the form calls a parameter of an address."""
    for facet, name in FACET_PARAMETERS.items():
        if name == parameter:
            return str(FACETS[facet])
    names = {
        "q": _("Zoektekst"),
        "view": _("Weergave"),
        "sort": _("Volgorde"),
        "all": _("Ook wat niet meer leverbaar is"),
        "literal": _("Letterlijk zoeken"),
        "page": _("Pagina"),
        "page_size": _("Resultaten per pagina"),
        "cursor": _("Plaats in de lijst"),
        "contains": _("Tekst in de lijst"),
        PARAMETER: _("Lijst of tabel"),
    }
    return names.get(parameter, parameter)
