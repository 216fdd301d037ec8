"""A product as a file for programs that keep references."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from catalogus.web.citation import Reference, bibtex, reference_of, ris
from catalogus.web.citation.bibtex import CONTENT_TYPE as BIBTEX
from catalogus.web.citation.ris import CONTENT_TYPE as RIS
from catalogus.web.views.product_found import found_product, part_redirect


@require_safe
def product_ris(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:  # noqa: ARG001  The path holds it.
    return _file(request, public_id, "product-ris", ris, RIS)


@require_safe
def product_bibtex(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:  # noqa: ARG001  The path holds it.
    return _file(request, public_id, "product-bibtex", bibtex, BIBTEX)


def _file(
    request: HttpRequest, public_id: str, name: str, written: Callable[[Reference], str], content_type: str
) -> HttpResponse:
    """One query."""
    product = found_product(public_id)
    if redirect := part_redirect(request, product, name):
        return redirect
    reference = reference_of(product, request.build_absolute_uri(product.get_absolute_url()))
    suffix = request.path.rpartition(".")[2]
    response = HttpResponse(written(reference), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{reference.key}.{suffix}"'
    return response
