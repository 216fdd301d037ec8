"""The page of a method: for whom it is, what it costs, its parts by edition, and what is said and known of it."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogus.exceptions import SearchUnavailable
from catalogus.models import Form, Method, Product, Scheme
from catalogus.search import SearchCriteria
from catalogus.search.related import related_methods
from catalogus.selectors import (
    EditionSummary,
    classified_codes,
    method_contents,
    method_editions,
    method_products,
    method_with_relations,
    surviving_method,
)
from catalogus.web import formatting
from catalogus.web.addresses import back_to_search, passing_redirect, search_url
from catalogus.web.covers import covers_of_methods
from catalogus.web.edition_sections import (
    PRODUCTS_PER_PAGE,
    EditionSection,
    edition_anchor,
    edition_label,
    edition_pages,
    edition_sections,
)
from catalogus.web.hits import RelatedCard, related_card
from catalogus.web.method_filter import (
    ANCHOR,
    PARAMETERS,
    YES,
    FilterOffer,
    MethodFilter,
    carried_parameters,
    filter_url,
)
from catalogus.web.method_matrix import classes_of, matrices, supply_picture
from catalogus.web.method_notes import gaps, price_picture, price_range, product_count, state_lines, terms_lines
from catalogus.web.places import Places

logger = logging.getLogger(__name__)

PAGE_PARAMETER = "blad"
"""Not "page": the address also carries the search that led here, with its own page."""


@dataclass(frozen=True, slots=True)
class EditionLink:
    """url: empty where the filter leaves no product of it."""

    label: str
    url: str
    product_count: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ProductsPage:
    """The part of the filtered products that one page lists."""

    sections: list[EditionSection]
    edition_links: list[EditionLink]
    number: int
    count: int
    previous_url: str
    next_url: str


@require_safe
def method_page(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:  # noqa: ARG001  The path holds it.
    """Four queries beside the names, whatever the method holds, and a call of the engine or a search of the database.

    A merged method and an old slug redirect (301). The tags of other rooms in its template have queries of their own.
    """
    try:
        method = method_with_relations(public_id)
    except Method.DoesNotExist as error:
        raise Http404(_("Deze methode staat niet in de catalogus.")) from error
    right = surviving_method(method)
    if right is not method or request.path != method.get_absolute_url():
        return passing_redirect(right.get_absolute_url())
    contents = method_contents(method)
    editions = method_editions(method)
    places = Places()
    places_by_product = {product.pk: places.of(product.classification) for product in contents}
    offer = FilterOffer.of(contents, places_by_product.values(), editions)
    chosen, refused = offer.read(request.GET)
    carried = carried_parameters(request.GET, besides=[PAGE_PARAMETER])
    found = [one for one in contents if chosen.fits(one, places_by_product[one.pk], places)]
    orderable = [one for one in contents if one.is_orderable]
    # Of what is gone as a whole, one still wants to know what it was.
    counting = orderable or contents
    is_mixed = 0 < len(orderable) < len(contents)
    classes = classes_of([(one, places_by_product[one.pk]) for one in counting], places)
    base = filter_url(request.path, carried, chosen)
    page = _products_page(method, editions, found, base, _page_number(request, len(found)))
    is_filtered = chosen != MethodFilter()
    context = {
        "method": method,
        "page_description": _("%(name)s van %(publisher)s: uitgaven, producten, prijs en leverbaarheid.")
        % {"name": method.name, "publisher": method.publisher.name},
        "back_url": back_to_search(request),
        "cover": covers_of_methods([(method.public_id, method.name, method.publisher.name)])[method.public_id],
        "facts": _facts(counting),
        "product_count_text": product_count(len(contents)),
        "has_products": bool(contents),
        "is_all_gone": bool(contents) and not orderable,
        "matrices": matrices(classes, offer, request.path, carried, orderable=is_mixed),
        "supply_chart": supply_picture(classes, offer, len(counting)),
        "terms": terms_lines(counting),
        "price_chart": price_picture(counting),
        "states": state_lines(contents),
        "gaps": gaps(counting, [edition.pk for edition in editions if edition.is_unknown]),
        "page": page,
        "filter_fields": offer.form_fields(chosen),
        "offers_orderable": is_mixed or chosen.orderable,
        "only_orderable": chosen.orderable,
        "orderable_name": PARAMETERS["orderable"],
        "orderable_value": YES,
        "is_filtered": is_filtered,
        "filter_text": offer.described(chosen),
        "refused_filters": refused,
        "carried": carried,
        "clear_url": f"{filter_url(request.path, carried, MethodFilter())}#{ANCHOR}" if is_filtered else "",
        "anchor": ANCHOR,
        "found_text": formatting.number(len(found)),
        "related": _related_cards(method),
        "canonical_url": request.build_absolute_uri(
            f"{request.path}?{PAGE_PARAMETER}={page.number}" if page.number > 1 and not is_filtered else request.path
        ),
        "publisher_url": search_url(SearchCriteria(publishers=(method.publisher.slug,))),
    }
    return render(request, "catalogus/method.html", context)


def _products_page(
    method: Method, editions: Sequence[EditionSummary], found: Sequence[Product], base: str, number: int
) -> ProductsPage:
    """One query. found: what the filter leaves, in the order of the page; base: as of _page_url."""
    start = (number - 1) * PRODUCTS_PER_PAGE
    wanted = [product.pk for product in found[start : start + PRODUCTS_PER_PAGE]]
    products = (
        method_products(method)
        .filter(pk__in=wanted)
        .select_related("edition", "successor")
        .defer(*_UNSEEN, *(f"successor__{name}" for name in _UNSEEN))
    )
    left = Counter(product.edition_id for product in found)
    filtered = [replace(edition, product_count=left[edition.pk]) for edition in editions]
    count = _page_count(len(found))
    return ProductsPage(
        sections=edition_sections(filtered, products, number),
        edition_links=_edition_links(base, filtered),
        number=number,
        count=count,
        previous_url=_page_url(base, number - 1) if number > 1 else "",
        next_url=_page_url(base, number + 1) if number < count else "",
    )


_UNSEEN = ("search_text", "search_vector", "description")
"""Columns that no row of the page shows, and that may be long."""


def _page_count(product_count: int) -> int:
    return max(1, ceil(product_count / PRODUCTS_PER_PAGE))


def _page_number(request: HttpRequest, product_count: int) -> int:
    """Raises Http404 for a page that there is not."""
    page_count = _page_count(product_count)
    given = request.GET.get(PAGE_PARAMETER, "1")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
    if not 1 <= number <= page_count:
        raise Http404(_("Deze pagina is er niet; de laatste is pagina %(last)d.") % {"last": page_count})
    return number


def _page_url(base: str, page: int) -> str:
    """base: the address of the first page, with the filter and the search that led here."""
    return base if page <= 1 else f"{base}{'&' if '?' in base else '?'}{PAGE_PARAMETER}={page}"


def _facts(products: Sequence[Product]) -> list[tuple[str, str]]:
    """What the method is as a whole; what no product states is "onbekend"."""
    codes = classified_codes([group for product in products for group in product.classification])
    names = {
        Scheme.SECTOR: _("Sector"),
        Scheme.LEVEL: _("Niveau"),
        Scheme.YEAR: _("Leerjaar of groep"),
        Scheme.SUBJECT: _("Vak"),
    }
    facts = [(label, formatting.joined(formatting.names(scheme, codes[scheme]))) for scheme, label in names.items()]
    forms = [str(form.label) for form in Form if form != Form.UNKNOWN and any(one.form == form for one in products)]
    facts += [(_("Vorm"), formatting.joined(forms)), (_("Prijs per product"), price_range(products))]
    return [(label, text or _("onbekend")) for label, text in facts]


def _related_cards(method: Method) -> list[RelatedCard]:
    """None where nobody has time for them: they are beside the point of the page."""
    try:
        return [related_card(one) for one in related_methods(method)]
    except SearchUnavailable as error:
        logger.warning("A method without those like it: %s", error)
        return []


def _edition_links(base: str, editions: Sequence[EditionSummary]) -> list[EditionLink]:
    pages = edition_pages(editions)
    return [
        EditionLink(
            label=edition_label(edition),
            url=f"{_page_url(base, pages[edition.pk])}#{edition_anchor(edition)}" if edition.product_count else "",
            product_count=product_count(edition.product_count),
            is_current=edition.is_current,
        )
        for edition in editions
    ]
