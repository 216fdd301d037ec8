"""The page of a method: its editions, newest first, and in each its products by role."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogus.exceptions import SearchUnavailable
from catalogus.models import Method, Scheme
from catalogus.search import SearchCriteria
from catalogus.search.related import related_methods
from catalogus.selectors import (
    EditionSummary,
    method_codes,
    method_editions,
    method_products,
    method_with_relations,
    surviving_method,
)
from catalogus.web import formatting
from catalogus.web.addresses import back_to_search, passing_redirect, search_url
from catalogus.web.edition_sections import (
    PRODUCTS_PER_PAGE,
    edition_anchor,
    edition_label,
    edition_pages,
    edition_sections,
)
from catalogus.web.hits import RelatedCard, related_card

logger = logging.getLogger(__name__)

PAGE_PARAMETER = "blad"
"""Not "page": the address also carries the search that led here, with its own page."""


@dataclass(frozen=True, slots=True)
class EditionLink:
    label: str
    url: str
    product_count: int
    is_current: bool


@require_safe
def method_page(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:  # noqa: ARG001  The path holds it.
    """Five queries beside the names, whatever the method holds, and a call of the engine or a search of the database.

    A merged method and an old slug redirect (301).
    """
    try:
        method = method_with_relations(public_id)
    except Method.DoesNotExist as error:
        raise Http404(_("Deze methode staat niet in de catalogus.")) from error
    right = surviving_method(method)
    if right is not method or request.path != method.get_absolute_url():
        return passing_redirect(right.get_absolute_url())
    editions = method_editions(method)
    product_count = sum(edition.product_count for edition in editions)
    page_count = max(1, ceil(product_count / PRODUCTS_PER_PAGE))
    page = _page_number(request, page_count)
    start = (page - 1) * PRODUCTS_PER_PAGE
    products = method_products(method)[start : start + PRODUCTS_PER_PAGE]
    context = {
        "method": method,
        "page_description": _("%(name)s van %(publisher)s: uitgaven, producten, prijs en leverbaarheid.")
        % {"name": method.name, "publisher": method.publisher.name},
        "back_url": back_to_search(request),
        "facts": _facts(method_codes(method)),
        "product_count": product_count,
        "product_count_text": formatting.number(product_count),
        "edition_links": _edition_links(request, editions),
        "sections": edition_sections(editions, products, page),
        "related": _related_cards(method),
        "page": page,
        "page_count": page_count,
        "previous_url": _page_url(request, page - 1) if page > 1 else "",
        "next_url": _page_url(request, page + 1) if page < page_count else "",
        "canonical_url": request.build_absolute_uri(
            f"{request.path}?{PAGE_PARAMETER}={page}" if page > 1 else request.path
        ),
        "publisher_url": search_url(SearchCriteria(publishers=(method.publisher.slug,))),
    }
    return render(request, "catalogus/method.html", context)


def _page_number(request: HttpRequest, page_count: int) -> int:
    given = request.GET.get(PAGE_PARAMETER, "1")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
    if not 1 <= number <= page_count:
        raise Http404(_("Deze pagina is er niet; de laatste is pagina %(last)d.") % {"last": page_count})
    return number


def _page_url(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query.pop(PAGE_PARAMETER, None)
    if page > 1:
        query[PAGE_PARAMETER] = str(page)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _facts(codes: Mapping[Scheme, set[str]]) -> list[tuple[str, str]]:
    """What the method is for as a whole; what no product states is "onbekend"."""
    names = {
        Scheme.SECTOR: _("Sector"),
        Scheme.LEVEL: _("Niveau"),
        Scheme.YEAR: _("Leerjaar of groep"),
        Scheme.SUBJECT: _("Vak"),
    }
    return [
        (label, formatting.joined(formatting.names(scheme, codes[scheme])) or _("onbekend"))
        for scheme, label in names.items()
    ]


def _related_cards(method: Method) -> list[RelatedCard]:
    """None where nobody has time for them: they are beside the point of the page."""
    try:
        return [related_card(one) for one in related_methods(method)]
    except SearchUnavailable as error:
        logger.warning("A method without those like it: %s", error)
        return []


def _edition_links(request: HttpRequest, editions: list[EditionSummary]) -> list[EditionLink]:
    pages = edition_pages(editions)
    return [
        EditionLink(
            label=edition_label(edition),
            url=f"{_page_url(request, pages[edition.pk])}#{edition_anchor(edition)}",
            product_count=edition.product_count,
            is_current=edition.is_current,
        )
        for edition in editions
    ]
