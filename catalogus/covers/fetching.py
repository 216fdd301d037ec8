"""Fetch what is due, politely: a few of each host, with a pause between two, and ever longer waits after a failure.

A row says what is to be done, so a worker that is killed leaves it due; who calls this holds Lock.COVERS. A row that
something goes wrong with is put off, whatever that is, and the run goes on.
"""

import logging
import time
from collections import Counter, deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.utils import timezone

from catalogus.covers.files import are_kept, keep, remove_unused
from catalogus.covers.pictures import Picture, PictureRefused, as_cover
from catalogus.exceptions import FetchError, FetchFailed
from catalogus.http import Fetcher
from catalogus.models import CoverImage, CoverState

logger = logging.getLogger(__name__)

BATCH: Final = 200
PER_HOST: Final = 40
"""In one run, which begins each minute: with the pause no host has more than a request a second of us."""

PAUSE_SECONDS: Final = 1.0
RUN_SECONDS: Final = 50.0
"""Then no other is begun; what is left is due in the next run."""

MOST_BYTES: Final = 5_000_000
_TIMEOUT_SECONDS: Final = 10.0
_TOTAL_SECONDS: Final = 20.0
TRIES: Final = 6
"""Passing faults in a row, over 21 hours, before an address is given up; a worker that was killed is one too."""

_FIRST_WAIT: Final = timedelta(minutes=20)
KEPT_FOR: Final = timedelta(days=90)
"""Then the address is asked again: a publisher may have put another picture there, or none."""

_BROKEN_OFF: Final = "WorkerLostError"
"""As Celery calls it; the reason of a row that a worker did not come to the end of."""

_LOOK_AGAIN_AFTER: Final = timedelta(days=180)
"""A refused address: the publisher may have mended it without changing its record."""

MOST_FAILURES_OF_HOST: Final = 3
"""In a row; then the host is left alone for the rest of the run, and what it was not asked for costs no try."""


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run, in rows."""

    held: int = 0
    failed: int = 0
    refused: int = 0


def due_covers(*, now: datetime | None = None) -> list[int]:
    """Rows that may be fetched now: those that wait longest, at most PER_HOST of a host and BATCH in all."""
    rows = CoverImage.objects.filter(next_try_at__lte=now or timezone.now()).order_by("next_try_at", "pk")
    chosen: list[int] = []
    of_host: Counter[str] = Counter()
    # Far enough to look past a host with much, and an end to it.
    for pk, address in rows.values_list("pk", "address")[: BATCH * 20]:
        host = _host(address)
        if of_host[host] < PER_HOST:
            of_host[host] += 1
            chosen.append(pk)
        if len(chosen) == BATCH:
            break
    return chosen


def fetch_covers(cover_ids: Collection[int], *, pause_seconds: float = PAUSE_SECONDS) -> Run:
    """Fetch those of these rows that are due still."""
    due = CoverImage.objects.filter(pk__in=cover_ids, next_try_at__lte=timezone.now()).order_by("next_try_at", "pk")
    counts: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    asked_at: dict[str, float] = {}
    until = time.monotonic() + RUN_SECONDS
    with Fetcher(timeout_seconds=_TIMEOUT_SECONDS, total_seconds=_TOTAL_SECONDS, max_bytes=MOST_BYTES) as fetcher:
        for host, cover in _by_turns(list(due)):
            if time.monotonic() > until:
                break
            if failures[host] >= MOST_FAILURES_OF_HOST:
                continue
            time.sleep(max(0.0, asked_at.get(host, 0.0) + pause_seconds - time.monotonic()))
            outcome = _fetch(fetcher, cover)
            asked_at[host] = time.monotonic()
            failures[host] = failures[host] + 1 if outcome == "failed" else 0
            counts[outcome] += 1
    return Run(counts["held"], counts["failed"], counts["refused"])


def _by_turns(covers: list[CoverImage]) -> Iterator[tuple[str, CoverImage]]:
    """One of each host, then the next of each: while one host has its pause another is asked."""
    queues: dict[str, deque[CoverImage]] = {}
    for cover in covers:
        queues.setdefault(_host(cover.address), deque()).append(cover)
    while queues:
        for host in list(queues):
            yield host, queues[host].popleft()
            if not queues[host]:
                del queues[host]


def _host(address: str) -> str:
    """For counting; an address that has none fails when it is fetched."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _fetch(fetcher: Fetcher, cover: CoverImage) -> str:
    """ "held", "failed" (to be tried again) or "refused"; the row says so too."""
    try:
        body = fetcher.get(cover.address).body
        # Before it is unpacked: a picture that takes the worker along would else be due again for ever.
        _put_off(cover, _BROKEN_OFF)
        return _hold(cover, as_cover(body))
    except FetchFailed as error:
        return _put_off(cover, str(error))
    except (FetchError, PictureRefused) as error:
        return _give_up(cover, str(error))
    except Exception as error:
        # A full disk, or what nobody thought of: the others that wait have nothing to do with it.
        logger.exception("cover %d was not kept", cover.pk)
        return _put_off(cover, type(error).__name__)


def _hold(cover: CoverImage, picture: Picture) -> str:
    # Files before the row: a killed worker leaves a file that nobody names, never a name without a file.
    keep(picture)
    now = timezone.now()
    _write(
        cover,
        state=CoverState.HELD,
        content_hash=picture.content_hash,
        width=picture.width,
        height=picture.height,
        fetched_at=now,
        next_try_at=now + KEPT_FOR,
        tries=0,
        reason="",
    )
    return "held"


def _put_off(cover: CoverImage, reason: str) -> str:
    """A picture that is held stays meanwhile. May be called again about the same try."""
    if cover.tries + 1 >= TRIES:
        return _give_up(cover, reason)
    wait = _FIRST_WAIT * 2**cover.tries
    _write(cover, tries=cover.tries + 1, next_try_at=timezone.now() + wait, reason=reason[:500])
    return "failed"


def _give_up(cover: CoverImage, reason: str) -> str:
    _write(
        cover,
        state=CoverState.GIVEN_UP,
        content_hash="",
        tries=cover.tries + 1,
        next_try_at=timezone.now() + _LOOK_AGAIN_AFTER,
        reason=reason[:500],
    )
    return "refused"


def _write(cover: CoverImage, **values: object) -> None:
    """Only while the row is about the same address still; files that nobody names any more go."""
    CoverImage.objects.filter(pk=cover.pk, address=cover.address).update(**values)
    if cover.content_hash:
        remove_unused([cover.content_hash])


def missing_files() -> int:
    """Make due what is held by name alone, as after the folder was lost; how many rows."""
    rows = CoverImage.objects.filter(state=CoverState.HELD).values_list("pk", "content_hash")
    lost = [pk for pk, content_hash in rows.iterator() if not are_kept(content_hash)]
    return CoverImage.objects.filter(pk__in=lost).update(
        state=CoverState.WAITING, content_hash="", next_try_at=timezone.now(), tries=0
    )
