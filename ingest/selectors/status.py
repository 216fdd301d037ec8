"""How recent the catalogue is, for everybody to see: of each source that is in use its last pass."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from ingest.models import Harvest, Source

LATE_AFTER = 2
"""Times its interval: one pass that failed is tried again within the hour, two that did not come are late."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """ended: the last pass that came to an end; running: one that goes on now; None where there is none."""

    source: Source
    ended: Harvest | None
    running: Harvest | None

    @property
    def is_late(self) -> bool:
        """Whether no pass ended for longer than the source's schedule explains."""
        if self.source.every_hours is None or self.ended is None or self.ended.finished_at is None:
            return False
        return timezone.now() - self.ended.finished_at > LATE_AFTER * timedelta(hours=self.source.every_hours)


def source_states() -> list[SourceState]:
    """Those in use, in their order; two queries."""
    place = Window(RowNumber(), partition_by=F("source"), order_by=F("pk").desc())
    latest: dict[int, list[Harvest]] = defaultdict(list)
    # Two of each: one may go on, and no more than one does.
    for one_pass in Harvest.objects.annotate(place=place).filter(place__lte=2).order_by("-pk"):
        latest[one_pass.source_id].append(one_pass)
    return [
        SourceState(
            source,
            ended=next((one for one in latest[source.pk] if not one.is_open), None),
            running=next((one for one in latest[source.pk] if one.is_open), None),
        )
        for source in Source.objects.filter(is_active=True)
    ]
