"""What is gone from a source, and what becomes of products when the records go that a pass holds back."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet

from ingest.models import Harvest, Record, RecordState

APART = timedelta(hours=24)
"""Two passes of one night may both fall into the same fault of a source; a day later somebody has seen it."""


@dataclass(frozen=True, slots=True)
class HeldProducts:
    """going: products that nothing else describes. staying: those that another record still describes."""

    going: int
    staying: int


def missing_records(one_pass: Harvest) -> QuerySet[Record]:
    """The records of the source that are stored as present and that the pass did not meet."""
    return (
        Record.objects.filter(source=one_pass.source_id)
        .exclude(state=RecordState.ABSENT)
        .exclude(last_harvest=one_pass.pk)
    )


def due_records(one_pass: Harvest) -> QuerySet[Record]:
    """Those of the missing that an earlier whole pass, long enough ago, missed as well."""
    return missing_records(one_pass).filter(missing_since__lte=one_pass.started_at - APART)


def held_products(held: QuerySet[Record]) -> HeldProducts:
    """What would become of the products of these records; one query."""
    others = (
        Record.objects.filter(product=OuterRef("product"))
        .exclude(state=RecordState.ABSENT)
        .exclude(pk__in=held.order_by().values("pk"))
    )
    counted = held.order_by().aggregate(
        all=Count("product", distinct=True), staying=Count("product", distinct=True, filter=Exists(others))
    )
    return HeldProducts(going=counted["all"] - counted["staying"], staying=counted["staying"])
