"""The product that an address means, for its page and for what lies below that."""

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _

from catalogus.models import Product
from catalogus.paths import product_part_path
from catalogus.selectors import product_with_relations
from catalogus.web.addresses import passing_redirect


def found_product(public_id: str) -> Product:
    """One query. Raises Http404."""
    try:
        return product_with_relations(public_id=public_id)
    except Product.DoesNotExist as error:
        raise Http404(_("Dit product staat niet in de catalogus.")) from error


def part_redirect(request: HttpRequest, product: Product, name: str) -> HttpResponsePermanentRedirect | None:
    """To the right address of a part of a product, where the request has another; a merged one's is its survivor's."""
    right = product.merged_into or product
    path = product_part_path(name, right.public_id, right.title)
    return None if request.path == path else passing_redirect(path)
