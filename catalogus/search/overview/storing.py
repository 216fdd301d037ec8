"""Keep the overview in the database, where all processes read what one of them counted."""

import datetime

from django.db import connection
from django.utils import timezone

from catalogus.memory import Memory
from catalogus.models import CatalogueOverview
from catalogus.search.overview.counting import count_overview
from catalogus.search.overview.values import SHAPE, Overview


def overview() -> Overview:
    """What was counted last, by one query every half a minute in each process.

    Before the worker has counted anything the catalogue is counted here, in seconds rather than milliseconds where it
    is large.
    """
    return _overview.get()


COUNTED_FOR = datetime.timedelta(hours=1)
"""After so long it is counted anew without any change: the year may be another, and a change that was under way when
counting began has a number that looks old."""


def refresh_overview(*, apart: datetime.timedelta = datetime.timedelta()) -> bool:
    """Count anew where a document has changed since the last time, or COUNTED_FOR has passed; whether it did.

    apart: how long ago the last time is at least, whatever has changed. Raises SearchUnavailable; what was counted
    before stays.
    """
    revision, now = _last_revision(), timezone.now()
    stored = CatalogueOverview.objects.filter(shape=SHAPE).only("revision", "counted_at").first()
    if stored is not None:
        age = now - stored.counted_at
        if age < apart or (stored.revision == revision and age < COUNTED_FOR):
            return False
    values = {"shape": SHAPE, "content": count_overview().as_json(), "revision": revision, "counted_at": now}
    CatalogueOverview.objects.update_or_create(pk=1, defaults=values)
    return True


def _read(_before: Overview | None) -> Overview:
    stored = CatalogueOverview.objects.filter(shape=SHAPE).first()
    return Overview.from_json(stored.content) if stored else count_overview()


_overview = Memory[Overview](_read)


def _last_revision() -> int:
    """Of the last change of a method or product; taken before counting, so that what comes meanwhile counts next."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM catalogus_outbox_revision")
        row: tuple[int] = cursor.fetchone()
        return row[0]
