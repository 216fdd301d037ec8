"""What tests of passes over a source share."""

from datetime import timedelta

from django.db.models import F

from ingest.models import Harvest, Record, Source


def a_day_passes(source: Source, hours: int = 25) -> None:
    """As if everything that the passes of a source noted had happened so much longer ago."""
    past = timedelta(hours=hours)
    Harvest.objects.filter(source=source).update(
        started_at=F("started_at") - past, heartbeat_at=F("heartbeat_at") - past, finished_at=F("finished_at") - past
    )
    Record.objects.filter(source=source).update(
        first_seen_at=F("first_seen_at") - past,
        last_seen_at=F("last_seen_at") - past,
        missing_since=F("missing_since") - past,
    )


def adds_up(one_pass: Harvest) -> bool:
    parts = (one_pass.created, one_pass.changed, one_pass.unchanged, one_pass.merged, one_pass.refused)
    return one_pass.received == sum(parts)
