"""The page of a product: all that is known of it, and "onbekend" where a school would ask and nobody said."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogus.covers.pictures import Size
from catalogus.models import Product
from catalogus.paths import product_part_path
from catalogus.related_products import companions, counterparts
from catalogus.search import SearchCriteria
from catalogus.selectors import product_relations
from catalogus.web.addresses import back_to_search, passing_redirect, search_url
from catalogus.web.citation import citation_line, reference_of
from catalogus.web.covers import covers_of_products
from catalogus.web.plain_terms import availability_in_words, price_in_words, terms_in_words
from catalogus.web.product_facts import product_sections
from catalogus.web.product_links import companion_links, outside_links, part_links, related_links
from catalogus.web.structured_data import json_ld, json_ld_script
from catalogus.web.views.product_found import found_product


@require_safe
def product_page(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:  # noqa: ARG001  The path holds it.
    """Six queries at most beside the names: the product, and what it goes together with.

    A merged product and an old slug redirect (301); a withdrawn one is shown as such.
    """
    product = found_product(public_id)
    right = product.merged_into or product
    if right is not product or request.path != product.get_absolute_url():
        return passing_redirect(right.get_absolute_url())
    relations = product_relations(product)
    parts = [part.product for part in relations.parts if part.product is not None]
    shown = {one.pk for one in (*relations.packages, *parts)}
    newer = related_links(counterparts(product))
    successor = related_links([product.successor] if product.successor else [])
    is_gone = not product.is_orderable
    named = (product.public_id, product.title, product.publisher.name)
    cover = covers_of_products([named], Size.LARGE)[product.public_id]
    url = request.build_absolute_uri(request.path)
    context = {
        "product": product,
        "cover": cover,
        "page_description": _("%(title)s van %(publisher)s: prijs, leverbaarheid, niveau, leerjaar en vak.")
        % {"title": product.title, "publisher": product.publisher.name},
        "back_url": back_to_search(request),
        # The feed often repeats the title as description.
        "description": "" if product.description.strip() == product.title.strip() else product.description,
        "price": price_in_words(product),
        "terms": terms_in_words(product),
        "availability": availability_in_words(product),
        # What stands in the banner of a product that is gone is not said again.
        "sections": product_sections(
            product,
            successor=() if is_gone else successor,
            counterparts=() if is_gone else newer,
            predecessors=related_links(relations.predecessors),
        ),
        "counterparts": newer,
        "parts": part_links(relations.parts),
        "packages": related_links(relations.packages),
        "companions": companion_links(one for one in companions(product) if one.pk not in shown),
        "links": outside_links(product),
        "is_gone": is_gone,
        "canonical_url": url,
        "publisher_url": search_url(SearchCriteria(publishers=(product.publisher.slug,))),
        "structured_data": json_ld_script(
            json_ld(
                product,
                base_url=url.removesuffix(request.path),
                cover_url=cover.url,
                parts=parts,
                packages=relations.packages,
            )
        ),
    }
    return render(request, "catalogus/product.html", context | _citing(product, url))


def _citing(product: Product, url: str) -> dict[str, object]:
    """The line to copy, and where history and files lie."""
    own = (product.public_id, product.title)
    return {
        "citation": citation_line(reference_of(product, url)),
        "ris_url": product_part_path("product-ris", *own),
        "bibtex_url": product_part_path("product-bibtex", *own),
        "history_url": product_part_path("product-history", *own),
    }
