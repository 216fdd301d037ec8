"""Filters that compose: Product.objects.live().orderable().for_sector("vo")."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from catalogus.choices import HIGHER_EDUCATION, ProductState

if TYPE_CHECKING:
    from catalogus.models import Method, Product  # noqa: F401


class ProductQuerySet(models.QuerySet["Product"]):
    def live(self) -> Self:
        """Products that stand for themselves: not merged into another and not withdrawn."""
        return self.filter(merged_into=None, withdrawn_at=None)

    def orderable(self) -> Self:
        return self.filter(withdrawn_at=None, state__in=ProductState.orderable())

    def for_sector(self, *codes: str) -> Self:
        return self.filter(sectors__overlap=list(codes))

    def in_default_sectors(self) -> Self:
        """Without what is for higher education alone; a product without a stated sector stays."""
        return self.filter(~Q(sectors__contained_by=list(HIGHER_EDUCATION)) | Q(sectors=[]))


class MethodQuerySet(models.QuerySet["Method"]):
    def live(self) -> Self:
        """Methods that were not merged into another."""
        return self.filter(merged_into=None)
