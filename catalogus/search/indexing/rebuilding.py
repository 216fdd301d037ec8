"""Build the indexes anew from the database while the old ones serve, and put them in place in one move.

Whoever writes in the meantime writes to both. The fill gives every document version 0, below any revision of the
outbox: what a drainer has written, or taken away, while the fill had an older state in hand is never undone. A version
drawn for each chunk would not do: a change may take its revision before that and commit after the chunk was read.

A rebuild that is broken off keeps what it filled, and drainers keep that true; the next one goes on there (`runs.py`).
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError, connection
from django.utils.translation import gettext as _
from elasticsearch import Elasticsearch

from catalogus.exceptions import IndexMismatch, RebuildRunning, SearchUnavailable, WorkStopped
from catalogus.locks import Lock, try_lock
from catalogus.models import Edition, Method, OutboxKind, Product, Publisher, RebuildRequest, RebuildRun, RebuildState
from catalogus.search import indices, serving
from catalogus.search.client import LONG_WORK_SECONDS, engine_faults, get_client
from catalogus.search.indexing import runs
from catalogus.search.indexing.comparing import differences
from catalogus.search.indexing.filling import Progress, ShouldStop, fill
from catalogus.search.loading import count_documents, sample_ids
from catalogus.services.current_editions import refresh_current_editions
from catalogus.services.search_words import refresh_search_words
from catalogus.statistics import analyze

_READ = (Publisher, Method, Edition, Product)
_VERIFY_ATTEMPTS = 4
_VERIFY_PAUSE_SECONDS = 0.3
"""Longer than the moment between a change and its place in the outbox; a real fault is told within two seconds."""

_SAMPLE = 20

_PASSING = (SearchUnavailable, WorkStopped, OperationalError, InterfaceError, KeyboardInterrupt, SystemExit)
"""What may be gone the next time: the engine or the database was away, or somebody ended the process."""

# What waits at the start is in the database before it is read, so the new index need not hear of it again. A rebuild
# that goes on reads some methods alone, and only what waits of these.
_REMEMBER = """
CREATE TEMPORARY TABLE search_rebuild_waiting AS
SELECT kind, object_id, revision FROM catalogus_outboxentry AS entry
WHERE kind = 'method' AND object_id > %(last)s OR kind = 'product' AND EXISTS (
    SELECT FROM catalogus_product AS product WHERE product.id = entry.object_id AND product.method_id > %(last)s
)
"""
# Of these, what the fill wrote: rows that have no document it did not write, and what an index had a newer document of
# it could not write (filling._KEEP_WAITING). A row of the outbox that is still the same says that its product or method
# is as it was when it was read.
_DONE = """
DELETE FROM catalogus_outboxentry AS entry USING search_rebuild_waiting AS waiting
WHERE entry.kind = waiting.kind AND entry.object_id = waiting.object_id AND entry.revision = waiting.revision
    AND EXISTS (
        SELECT FROM catalogus_product AS product
        WHERE product.merged_into_id IS NULL AND (
            waiting.kind = 'product' AND product.id = waiting.object_id
            OR waiting.kind = 'method' AND product.method_id = waiting.object_id
        )
    )
"""
# What came in since then, and is in the new index once it is drained.
_COUNT_SINCE = """
SELECT count(*) FROM catalogus_outboxentry AS entry WHERE entry.kind = %s AND NOT EXISTS (
    SELECT FROM search_rebuild_waiting AS waiting
    WHERE entry.kind = waiting.kind AND entry.object_id = waiting.object_id AND entry.revision = waiting.revision
)
"""
_ANALYZE_REMEMBERED = "ANALYZE search_rebuild_waiting"
_FORGET = "DROP TABLE IF EXISTS search_rebuild_waiting"
# A million rows take longer than a page may wait for its statement.
_NO_TIME_LIMIT = "SET statement_timeout = 0"
_USUAL_TIME_LIMIT = "RESET statement_timeout"


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """How many documents the new indexes hold, how many of them were written this time, and how long that took."""

    products: int
    methods: int
    written: int
    seconds: float


def rebuild(
    progress: Progress | None = None,
    *,
    is_fresh: bool = False,
    max_rate: int | None = None,
    should_stop: ShouldStop | None = None,
    tell: runs.Tell | None = None,
) -> RebuildReport:
    """Fill new indexes, verify them, move the aliases, drop the old ones; go on where the last one was broken off.

    is_fresh: start anew in any case. max_rate: documents a second at most. tell: hears whether it goes on, or why not.
    The old indexes serve whatever happens. Raises RebuildRunning; SearchUnavailable and WorkStopped, after which the
    next rebuild goes on; IndexMismatch where the new indexes do not hold what the database holds and were dropped.
    """
    client = get_client(timeout_seconds=LONG_WORK_SECONDS)
    with try_lock(Lock.REBUILD) as is_ours:
        if not is_ours:
            raise RebuildRunning(_("De zoekindex wordt al opnieuw opgebouwd; wacht tot dat klaar is."))
        try:
            _execute(_NO_TIME_LIMIT)
            with engine_faults():
                run = runs.take_up(client, is_fresh=is_fresh, tell=tell or (lambda _text: None))
            return _run(client, run, progress or (lambda _done, _total: None), max_rate, should_stop or (lambda: False))
        finally:
            if connection.is_usable():
                _execute(_FORGET, _USUAL_TIME_LIMIT)


def ensure(
    progress: Progress | None = None,
    *,
    is_fresh: bool = False,
    max_rate: int | None = None,
    should_stop: ShouldStop | None = None,
    tell: runs.Tell | None = None,
) -> RebuildReport | None:
    """Rebuild where an index is not there or was made by another definition or other words; None where it is good."""
    client = get_client(timeout_seconds=LONG_WORK_SECONDS)
    with engine_faults():
        found = indices.standing(client)
    is_good = found.is_there and found.is_known and found.has_same_words
    if is_good:
        return None
    return rebuild(progress, is_fresh=is_fresh, max_rate=max_rate, should_stop=should_stop, tell=tell)


def _run(
    client: Elasticsearch, run: RebuildRun | None, progress: Progress, max_rate: int | None, should_stop: ShouldStop
) -> RebuildReport:
    started = time.monotonic()
    # After a first harvest the planner may still think that these tables are empty.
    analyze(*_READ)
    is_new = run is None
    run = run or _begin()
    try:
        with engine_faults():
            refresh_current_editions()
            _remember(run)
            if is_new:
                indices.create_building_indexes(client, runs.names_of(run))
            written = fill(client, run, progress=progress, max_rate=max_rate, should_stop=should_stop)
            counts = _go_live(client, run)
    except _PASSING as fault:
        runs.interrupt(run, fault)
        raise
    except BaseException as fault:
        runs.fail(client, run, fault)
        raise
    return RebuildReport(
        products=counts[OutboxKind.PRODUCT],
        methods=counts[OutboxKind.METHOD],
        written=written,
        seconds=time.monotonic() - started,
    )


def _begin() -> RebuildRun:
    # What came in since the words were last counted decides how compounds fall apart. A request that comes later than
    # this asks for a rebuild of its own.
    answers = list(RebuildRequest.objects.values_list("pk", flat=True))
    refresh_search_words()
    return runs.begin(answers=answers)


def _remember(run: RebuildRun) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FORGET)
        cursor.execute(_REMEMBER, {"last": run.last_method_id})
        cursor.execute(_ANALYZE_REMEMBERED)


def _go_live(client: Elasticsearch, run: RebuildRun) -> dict[OutboxKind, int]:
    """Put the filled indexes in the place of the old ones, which are dropped; the counts of the new ones."""
    names = runs.names_of(run)
    indices.make_searchable(client, names.values())
    counts = _verify(client, names)
    old = indices.go_live(client, names)
    serving.forget()
    _execute(_DONE)
    RebuildRequest.objects.filter(pk__in=run.answers).delete()
    runs.close(run, RebuildState.DONE)
    indices.drop(client, old)
    return counts


def _verify(client: Elasticsearch, names: Mapping[OutboxKind, str]) -> dict[OutboxKind, int]:
    """The counts of the new indexes, once they and a sample of documents agree with the database.

    Writes go on in the meantime, so what came into the outbox since the start may make a difference: whoever drains it
    writes to the new indexes too, before or after they go live.
    """
    for attempt in range(_VERIFY_ATTEMPTS):
        if attempt:
            time.sleep(attempt * _VERIFY_PAUSE_SECONDS)
        client.indices.refresh(index=list(names.values()))
        problems = []
        counts = {}
        for kind, name in names.items():
            counts[kind] = int(client.count(index=name).body["count"])
            expected = count_documents(kind)
            since = _count_since(kind)
            sampled = differences(client, kind, name, sample_ids(kind, _SAMPLE))
            if abs(counts[kind] - expected) > since or sampled:
                problems.append(
                    _("%(kind)s: %(index)d in de index, %(database)d in de database, %(sampled)d van %(sample)d anders")
                    % {
                        "kind": kind.label,
                        "index": counts[kind],
                        "database": expected,
                        "sampled": len(sampled),
                        "sample": _SAMPLE,
                    }
                )
        if not problems:
            return counts
    raise IndexMismatch(
        _("De nieuwe zoekindex klopt niet met de database en is weggegooid; de oude blijft staan (%(problems)s).")
        % {"problems": "; ".join(problems)}
    )


def _count_since(kind: OutboxKind) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_SINCE, [kind.value])
        return int(cursor.fetchone()[0])


def _execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
