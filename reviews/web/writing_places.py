"""What is written about: the method that stands now, a product of it, or a review that is changed; its addresses."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse

from catalogus.models import Method, Product
from catalogus.selectors import method_with_relations, product_with_relations
from catalogus.survivors import survivors_of
from reviews.models import Review
from reviews.web.writing_fields import VERSION, Fields


@dataclass(frozen=True, slots=True)
class Subject:
    """review: the one that is changed; None for a new one."""

    method: Method
    review: Review | None = None

    @property
    def address(self) -> str:
        if self.review is not None:
            return reverse("reviews:edit", args=[self.review.public_id])
        return reverse("reviews:write", args=[self.method.public_id])

    @property
    def draft_address(self) -> str:
        return reverse("reviews:draft", args=[self.method.public_id])

    @property
    def preview_address(self) -> str:
        return reverse("reviews:preview", args=[self.method.public_id])


def standing_method(public_id: str) -> Method:
    """The method, or what it was merged into. Raises Http404 where there is none."""
    try:
        found = method_with_relations(public_id)
    except Method.DoesNotExist:
        raise Http404 from None
    if found.merged_into_id is None:
        return found
    return Method.objects.select_related("publisher").get(pk=survivors_of(Method, [found.pk])[found.pk])


def standing_product(public_id: str) -> Product:
    """The product, or what it was merged into. Raises Http404 where there is none."""
    try:
        found = product_with_relations(public_id)
    except Product.DoesNotExist:
        raise Http404 from None
    if found.merged_into_id is None:
        return found
    return Product.objects.select_related("method", "edition").get(pk=survivors_of(Product, [found.pk])[found.pk])


def asked_product(request: HttpRequest) -> Product | None:
    """The product of the address, also of another method; None where none is named. Raises Http404 for one unknown."""
    public_id = request.GET.get("product", "")
    return standing_product(public_id) if public_id else None


def product_of(fields: Fields, method: Method) -> Product | None:
    """The product that a form names, where it is one of the method."""
    public_id = (fields.get("product") or [""])[-1]
    if not public_id or len(public_id) > 20 or "\x00" in public_id:
        return None
    return (
        Product.objects.filter(public_id=public_id, method=method, merged_into=None).select_related("edition").first()
    )


def version_of(fields: Fields) -> str:
    """Of the review, as the window saw it."""
    return (fields.get(VERSION) or [""])[-1]
