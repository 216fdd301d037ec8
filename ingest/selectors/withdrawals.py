"""What a pass holds back: records that it missed, in such a number that a person must agree before they go."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ingest.models import Harvest, Record, RecordState


@dataclass(frozen=True, slots=True)
class HeldProducts:
    """going: products that nothing else describes. staying: those that another record still describes."""

    going: int
    staying: int


def held_records(one_pass: Harvest) -> QuerySet[Record]:
    """The records of the source that are missing, and that this pass did not meet either; without their contents."""
    return (
        Record.objects.filter(source=one_pass.source_id, missing_since__isnull=False)
        .exclude(state=RecordState.ABSENT)
        .exclude(last_harvest=one_pass)
        .defer("payload", "refused_payload")
        .order_by("pk")
    )


def held_products(one_pass: Harvest) -> HeldProducts:
    """What would become of the products of these records; one query."""
    is_met = ~Q(source=one_pass.source_id) | Q(missing_since=None) | Q(last_harvest=one_pass)
    others = Record.objects.filter(is_met, product=OuterRef("product")).exclude(state=RecordState.ABSENT)
    counted = held_records(one_pass).aggregate(
        all=Count("product", distinct=True), staying=Count("product", distinct=True, filter=Exists(others))
    )
    return HeldProducts(going=counted["all"] - counted["staying"], staying=counted["staying"])
