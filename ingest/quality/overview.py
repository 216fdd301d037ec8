"""How all sources and publishers stand beside each other."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Lower

from catalogus.models import Publisher
from ingest.models import QualitySnapshot, Source

MOST_MOMENTS = 10
"""Passes in a line of a table."""

ORDERS: Mapping[str, str] = {
    "name": "publisher_name",
    "records": "records",
    "quarantined": "quarantined",
    "completeness": "completeness_score",
    "correctness": "correctness_score",
}
"""What publishers can be put in order by: name -> column."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One source or publisher after its last pass; trends are scores in thousandths, the newest first."""

    name: str
    key: str
    records: int
    quarantined: int
    flagged: int
    completeness: int
    correctness: int
    completeness_trend: Sequence[int]
    correctness_trend: Sequence[int]


def source_standings() -> list[Standing]:
    """The sources that were judged, in order of precedence; one query."""
    of_source = QualitySnapshot.objects.filter(source=OuterRef("pk"), publisher=None)
    snapshots = _last_of(Source.objects.all(), of_source).order_by("source__precedence", "source__code")
    earlier = QualitySnapshot.objects.filter(source=OuterRef("source"), publisher=None)
    return _standings(snapshots, "source__name", "source__code", earlier)


def publisher_snapshots(only: Collection[int] | None = None) -> QuerySet[QualitySnapshot]:
    """The last snapshot of each publisher that stands for itself; only: of these."""
    publishers = Publisher.objects.filter(merged_into=None)
    if only is not None:
        publishers = publishers.filter(pk__in=only)
    return _last_of(publishers, QualitySnapshot.objects.filter(publisher=OuterRef("pk")))


def publisher_standings(snapshots: QuerySet[QualitySnapshot], order: str, start: int, stop: int) -> list[Standing]:
    """Some of the publishers, in an order of ORDERS, downwards with a minus before it; one query."""
    column = F(ORDERS[order.removeprefix("-")])
    ordered = snapshots.annotate(publisher_name=Lower("publisher__name")).order_by(
        column.desc() if order.startswith("-") else column.asc(), "publisher_name", "pk"
    )
    earlier = QualitySnapshot.objects.filter(publisher=OuterRef("publisher"))
    return _standings(ordered[start:stop], "publisher__name", "publisher__slug", earlier)


def _last_of(
    owners: QuerySet[Source] | QuerySet[Publisher], snapshots: QuerySet[QualitySnapshot]
) -> QuerySet[QualitySnapshot]:
    # A look into the index for each owner; the newest of all rows would be sought through all of them.
    last = Subquery(snapshots.order_by("-at", "-id").values("pk")[:1])
    return QualitySnapshot.objects.filter(pk__in=owners.order_by().values_list(last, flat=True))


def _standings(
    snapshots: QuerySet[QualitySnapshot], name: str, key: str, earlier: QuerySet[QualitySnapshot]
) -> list[Standing]:
    newest = earlier.order_by("-at", "-id")
    rows = snapshots.values_list(
        name, key, "records", "quarantined", "flagged", "completeness_score", "correctness_score",
        ArraySubquery(newest.values("completeness_score")[:MOST_MOMENTS]),
        ArraySubquery(newest.values("correctness_score")[:MOST_MOMENTS]),
    )  # fmt: skip
    return [Standing(*row) for row in rows]
