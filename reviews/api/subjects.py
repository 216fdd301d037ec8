"""What reviews are asked of: a method, an edition, or a product and by it the method and edition that it is of."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from catalogus.article_numbers import ean13
from catalogus.exceptions import InvalidCriteria
from catalogus.models import Edition, Method, Product
from catalogus.selectors import method_with_relations, product_by_ean, product_with_relations, surviving_method
from catalogus.survivors import survivors_of
from reviews.placing import About, places_of

_LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Subject:
    """The rows that stand: of what was merged, what it became."""

    method: Method
    edition: Edition | None = None
    product: Product | None = None


def read_subject(given: Mapping[str, str]) -> Subject:
    """given: one of method, product, ean and edition. Raises InvalidCriteria, and Http404 for what is not there."""
    ((name, value),) = given.items()
    readers = {"method": _method, "product": _product, "ean": _by_ean, "edition": _edition}
    return readers[name](value)


def _method(public_id: str) -> Subject:
    try:
        return Subject(surviving_method(method_with_relations(public_id)))
    except Method.DoesNotExist as error:
        raise Http404(_("Er is geen methode met kenmerk “%(id)s”.") % {"id": public_id[:_LONGEST_SHOWN]}) from error


def _product(public_id: str) -> Subject:
    try:
        return _of_product(product_with_relations(public_id))
    except Product.DoesNotExist as error:
        raise Http404(_("Er is geen product met kenmerk “%(id)s”.") % {"id": public_id[:_LONGEST_SHOWN]}) from error


def _by_ean(text: str) -> Subject:
    number = ean13(text)
    if number is None:
        message = _("“%(value)s” is geen EAN: dat heeft 13 cijfers en een kloppend controlecijfer.")
        raise InvalidCriteria({"ean": [message % {"value": text[:_LONGEST_SHOWN]}]})
    try:
        return _of_product(product_by_ean(number))
    except Product.DoesNotExist as error:
        raise Http404(_("Er is geen product met EAN %(ean)s.") % {"ean": number}) from error


def _of_product(product: Product) -> Subject:
    if product.merged_into_id is not None:
        pk = survivors_of(Product, [product.pk])[product.pk]
        product = Product.objects.select_related("method", "edition").get(pk=pk)
    return Subject(product.method, product.edition, product)


def _edition(text: str) -> Subject:
    pk = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    if pk is None:
        told = _("“%(value)s” is geen kenmerk van een uitgave: dat is een getal.") % {"value": text[:_LONGEST_SHOWN]}
        raise InvalidCriteria({"edition": [told]})
    found = Edition.objects.filter(pk=pk).first()
    if found is None:
        raise Http404(_("Er is geen uitgave met kenmerk %(id)s.") % {"id": pk})
    place = places_of([about := About(found.method_id, found.pk)])[about]
    method = Method.objects.get(pk=place.method)
    return Subject(method, found if place.edition == found.pk else Edition.objects.get(pk=place.edition))
