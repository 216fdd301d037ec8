"""Which products and methods have a picture, each in one question to the database; none where covers are off."""

from collections.abc import Collection

from django.conf import settings
from django.db.models import Case, F, QuerySet, When

from catalogus.models import CoverImage, CoverState, Role


def held_by_product(public_ids: Collection[str]) -> dict[str, str]:
    """Public id -> hash of the content, for the products that have a picture; one query or none."""
    if not settings.COVERS_ENABLED or not public_ids:
        return {}
    rows = _shown().filter(product__public_id__in=public_ids)
    return dict(rows.order_by().values_list("product__public_id", "content_hash"))


def held_by_method(public_ids: Collection[str]) -> dict[str, str]:
    """Public id of a method -> hash of the picture of one of its products; one query or none.

    A product for learners of the newest edition comes first: that is the book that people know the method by.
    """
    if not settings.COVERS_ENABLED or not public_ids:
        return {}
    rows = _shown().filter(product__method__public_id__in=public_ids)
    ordered = rows.order_by(
        "product__method__public_id",
        Case(When(product__role=Role.LEARNER, then=0), default=1),
        F("product__edition__ordinal").desc(nulls_last=True),
        "product_id",
    ).distinct("product__method__public_id")
    return dict(ordered.values_list("product__method__public_id", "content_hash"))


def _shown() -> QuerySet[CoverImage]:
    """Pictures that are held, of what records name at this moment and of products that stand."""
    return CoverImage.objects.filter(
        state=CoverState.HELD,
        address=F("product__cover_url"),
        product__withdrawn_at=None,
        product__merged_into=None,
    )
