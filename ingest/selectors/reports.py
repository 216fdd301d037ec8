"""What a report can be about, and which reports there are."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from catalogus.models import Method, Product
from catalogus.selectors import method_with_relations, product_with_relations, surviving_method
from ingest.models import DataReport, ReportState


def reportable_product(public_id: str) -> Product:
    """The product, or the one that it was merged into in the end; withdrawn or not. Raises Product.DoesNotExist.

    One query, and one for each merge beyond the first.
    """
    product = product_with_relations(public_id)
    seen = {product.pk}
    while product.merged_into is not None and product.merged_into_id not in seen:
        product = product.merged_into
        seen.add(product.pk)
    return product


def reportable_method(public_id: str) -> Method:
    """The method, or the one that it was merged into in the end. Raises Method.DoesNotExist."""
    return surviving_method(method_with_relations(public_id))


def open_reports_of(publishers: Collection[int]) -> QuerySet[DataReport]:
    """The open reports about what these publishers (rows) make, newest first, without the addresses; one query."""
    theirs = Q(product__publisher__in=publishers) | Q(method__publisher__in=publishers)
    found = DataReport.objects.filter(theirs, state=ReportState.OPEN)
    return found.select_related("product", "method").defer("reply_email").order_by("-pk")
