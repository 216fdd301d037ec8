"""The page of a product: all that is known of it, and "onbekend" where a school would ask and nobody said."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogus.models import Product, ProductState
from catalogus.related_products import companions, counterparts
from catalogus.search import SearchCriteria
from catalogus.selectors import product_relations, product_with_relations
from catalogus.web.addresses import back_to_search, passing_redirect, search_url
from catalogus.web.product_facts import (
    classification_lines,
    companion_links,
    content_facts,
    license_facts,
    order_facts,
    outside_links,
    part_links,
    price_text,
    related_links,
)


@require_safe
def product_page(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:  # noqa: ARG001  The path holds it.
    """Six queries at most beside the names: the product, and what it goes together with.

    A merged product and an old slug redirect (301); a withdrawn one is shown as such.
    """
    try:
        product = product_with_relations(public_id=public_id)
    except Product.DoesNotExist as error:
        raise Http404(_("Dit product staat niet in de catalogus.")) from error
    right = product.merged_into or product
    if right is not product or request.path != product.get_absolute_url():
        return passing_redirect(right.get_absolute_url())
    relations = product_relations(product)
    shown = {one.pk for one in (*relations.packages, *(part.product for part in relations.parts)) if one is not None}
    context = {
        "product": product,
        "page_description": _("%(title)s van %(publisher)s: prijs, leverbaarheid, niveau, leerjaar en vak.")
        % {"title": product.title, "publisher": product.publisher.name},
        "back_url": back_to_search(request),
        # The feed often repeats the title as description and the publisher as author.
        "description": "" if product.description.strip() == product.title.strip() else product.description,
        "price": price_text(product),
        "order_facts": order_facts(product),
        "license_facts": license_facts(product),
        "content_facts": content_facts(product),
        "parts": part_links(relations.parts),
        "packages": related_links(relations.packages),
        "companions": companion_links(one for one in companions(product) if one.pk not in shown),
        "counterparts": related_links(counterparts(product)),
        "predecessors": related_links(relations.predecessors),
        "classification": classification_lines(product),
        "links": outside_links(product),
        "is_gone": not product.is_orderable,
        "is_no_longer": product.state == ProductState.NO_LONGER,
        "canonical_url": request.build_absolute_uri(request.path),
        "publisher_url": search_url(SearchCriteria(publishers=(product.publisher.slug,))),
    }
    return render(request, "catalogus/product.html", context)
