"""Keep the overview in the database, where all processes read what one of them counted."""

import datetime
import logging
from typing import Final

from django.db import connection
from django.utils import timezone

from catalogus.exceptions import SearchUnavailable
from catalogus.locks import Lock, try_lock
from catalogus.memory import Memory
from catalogus.models import CatalogueOverview
from catalogus.search.overview.counting import COUNTING_SECONDS, count_overview
from catalogus.search.overview.values import NOTHING_COUNTED, SHAPE, Overview
from catalogus.search.postgres.asking import SEARCH_SECONDS

logger = logging.getLogger(__name__)


def overview() -> Overview:
    """What was counted last, by one query every half a minute in each process; NOTHING_COUNTED where nothing was.

    Where the worker has left nothing to read and does not seem to try, one visitor counts for all, if that is quick:
    seconds rather than milliseconds where the catalogue is large.
    """
    return _overview.get()


COUNTED_FOR = datetime.timedelta(hours=1)
"""After so long it is counted anew without any change: the year may be another, and a change that was under way when
counting began has a number that looks old."""

WORKER_IS_AWAY_AFTER = datetime.timedelta(minutes=15)
"""The worker tries every five minutes or so while there is nothing to read. Were a visitor's turn as soon, a count that
takes longer than a page may would always be the visitor's, and never be done."""

COUNTING: Final = (Lock.OVERVIEW, 0)
"""Who counts is alone."""

_UNCOUNTED = 0
"""The shape of a row that says no more than that somebody tried."""


def refresh_overview(*, apart: datetime.timedelta = datetime.timedelta(), seconds: float = COUNTING_SECONDS) -> bool:
    """Count anew where a document has changed since the last time, or COUNTED_FOR has passed; whether it did.

    apart: how long ago somebody last tried at least, whatever has changed and whatever came of it. seconds: what a
    statement may take. It does not while another counts. Raises SearchUnavailable; what was counted before stays.
    """
    with try_lock(*COUNTING) as is_ours:
        return is_ours and _count_if_due(apart, seconds)


def _count_if_due(apart: datetime.timedelta, seconds: float) -> bool:
    revision, now = _last_revision(), timezone.now()
    stored = CatalogueOverview.objects.defer("content").first()
    if stored is not None:
        is_new = stored.shape == SHAPE and stored.revision == revision and now - stored.counted_at < COUNTED_FOR
        if is_new or now - stored.tried_at < apart:
            return False
    # Before counting, so that who is killed has tried as well.
    never = {"shape": _UNCOUNTED, "content": {}, "revision": 0, "counted_at": now, "tried_at": now}
    CatalogueOverview.objects.update_or_create(pk=1, defaults={"tried_at": now}, create_defaults=never)
    content = count_overview(seconds=seconds).as_json()
    CatalogueOverview.objects.filter(pk=1).update(shape=SHAPE, content=content, revision=revision, counted_at=now)
    return True


def _read(before: Overview | None) -> Overview:
    stored = _stored()
    if stored is None:
        try:
            refresh_overview(apart=WORKER_IS_AWAY_AFTER, seconds=SEARCH_SECONDS)
        except SearchUnavailable as error:
            logger.warning("the catalogue was not counted for a page: %s", error)
        stored = _stored()
    return Overview.from_json(stored.content) if stored else before or NOTHING_COUNTED


def _stored() -> CatalogueOverview | None:
    return CatalogueOverview.objects.filter(shape=SHAPE).first()


_overview = Memory[Overview](_read)


def _last_revision() -> int:
    """Of the last change of a method or product; taken before counting, so that what comes meanwhile counts next."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM catalogus_outbox_revision")
        row: tuple[int] = cursor.fetchone()
        return row[0]
