"""The history of a product."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogus.selectors import product_versions
from catalogus.web.keyset import keyset_page
from catalogus.web.product_history import history_entries
from catalogus.web.views.product_found import found_product, part_redirect

ENTRIES_PER_PAGE = 25


@require_safe
def product_history_page(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:  # noqa: ARG001  The path holds it.
    """Two queries, and one for each kind of row that the changes mention; newest first."""
    product = found_product(public_id)
    if redirect := part_redirect(request, product, "product-history"):
        return redirect
    page = keyset_page(product_versions(product), request, ENTRIES_PER_PAGE, newest_first=True)
    for version in page.rows:
        version.product = product
    context = {
        "product": product,
        "entries": history_entries(page.rows),
        "page": page,
        "page_description": _("Wat er aan de gegevens van %(title)s veranderde, en wanneer.")
        % {"title": product.title},
        "canonical_url": request.build_absolute_uri(request.path),
    }
    return render(request, "catalogus/product_history.html", context)
