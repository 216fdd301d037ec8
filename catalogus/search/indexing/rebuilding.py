"""Build the indexes anew from the database while the old ones serve, and put them in place in one move.

Whoever writes in the meantime writes to both. The fill gives every document version 0, below any revision of the
outbox: what a drainer has written, or taken away, while the fill had an older state in hand is never undone. A version
drawn for each chunk would not do: a change may take its revision before that and commit after the chunk was read.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _
from elasticsearch import ApiError, Elasticsearch, TransportError

from catalogus.exceptions import IndexMismatch, RebuildRunning, SearchUnavailable
from catalogus.locks import Lock, try_lock
from catalogus.models import Edition, Method, OutboxKind, Product, Publisher, RebuildRequest
from catalogus.search import indices
from catalogus.search.client import LONG_WORK_SECONDS, engine_faults, get_client
from catalogus.search.documents import fingerprint
from catalogus.search.indexing.bulk import Write, write
from catalogus.search.indexing.comparing import differences
from catalogus.search.loading import Document, count_documents, documents_in_chunks, sample_ids
from catalogus.services.current_editions import refresh_current_editions
from catalogus.services.search_words import refresh_search_words
from catalogus.statistics import analyze

Progress = Callable[[int, int], None]
"""Called with the documents written so far and the documents there are."""

_FILL_VERSION = 0
_READ = (Publisher, Method, Edition, Product)
_VERIFY_ATTEMPTS = 4
_VERIFY_PAUSE_SECONDS = 0.3
"""Longer than the moment between a change and its place in the outbox; a real fault is told within two seconds."""

_SAMPLE = 20

# What waits at the start is in the database before it is read, so the new index need not hear of it again.
_REMEMBER = (
    "CREATE TEMPORARY TABLE search_rebuild_waiting AS SELECT kind, object_id, revision FROM catalogus_outboxentry"
)
_DONE = """
DELETE FROM catalogus_outboxentry AS entry USING search_rebuild_waiting AS waiting
WHERE entry.kind = waiting.kind AND entry.object_id = waiting.object_id AND entry.revision = waiting.revision
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
    """How many documents the new indexes hold, and how long it took."""

    products: int
    methods: int
    seconds: float


def rebuild(progress: Progress | None = None) -> RebuildReport:
    """Fill new indexes, verify them, move the aliases, drop the old ones.

    On any failure the new ones are dropped and the old ones stay. Raises RebuildRunning, SearchUnavailable, or
    IndexMismatch where the new indexes do not hold what the database holds.
    """
    client = get_client(timeout_seconds=LONG_WORK_SECONDS)
    with try_lock(Lock.REBUILD) as is_ours:
        if not is_ours:
            raise RebuildRunning(_("De zoekindex wordt al opnieuw opgebouwd; wacht tot dat klaar is."))
        with engine_faults():
            return _rebuild(client, progress or (lambda _done, _total: None))


def ensure(progress: Progress | None = None) -> RebuildReport | None:
    """Rebuild where an index is not there or was made by another definition; None where there was nothing to do."""
    client = get_client(timeout_seconds=LONG_WORK_SECONDS)
    with engine_faults():
        is_good = all(indices.fingerprint_of_live(client, kind) == fingerprint(kind) for kind in OutboxKind)
    return None if is_good else rebuild(progress)


def _rebuild(client: Elasticsearch, progress: Progress) -> RebuildReport:
    started = time.monotonic()
    # This process has the lock, so nobody else is building them.
    indices.drop(client, indices.leftovers(client))
    try:
        _execute(_NO_TIME_LIMIT)
        # After a first harvest the planner may still think that these tables are empty.
        analyze(*_READ)
        # What came in since the words were last counted decides how compounds fall apart. A request that comes later
        # than this asks for a rebuild of its own.
        answered = list(RebuildRequest.objects.values_list("pk", flat=True))
        refresh_search_words()
        refresh_current_editions()
        _execute(_FORGET, _REMEMBER, _ANALYZE_REMEMBERED)
        names = indices.create_building_indexes(client)
        _fill(client, progress)
        indices.make_searchable(client, names.values())
        counts = _verify(client, names)
        old = indices.go_live(client, names)
        _execute(_DONE)
        RebuildRequest.objects.filter(pk__in=answered).delete()
    except BaseException:
        # Not those behind a live alias: the move itself may have been done although its answer was lost.
        with suppress(ApiError, TransportError):
            indices.drop(client, indices.leftovers(client))
        raise
    finally:
        _execute(_FORGET, _USUAL_TIME_LIMIT)
    indices.drop(client, old)
    return RebuildReport(
        products=counts[OutboxKind.PRODUCT],
        methods=counts[OutboxKind.METHOD],
        seconds=time.monotonic() - started,
    )


def _fill(client: Elasticsearch, progress: Progress) -> None:
    """Write every document, each chunk while the next one is read: the engine and this process each have a core."""
    total = sum(count_documents(kind) for kind in OutboxKind)
    done = 0
    progress(done, total)
    with ThreadPoolExecutor(max_workers=1) as sender:
        sent: Future[int] | None = None
        for chunk in documents_in_chunks():
            done += sent.result() if sent else 0
            progress(done, total)
            sent = sender.submit(_write, client, chunk)
        done += sent.result() if sent else 0
    progress(done, total)


def _write(client: Elasticsearch, chunk: Sequence[tuple[OutboxKind, int, Document]]) -> int:
    """Write these documents to the new indexes; how many they were."""
    writes = [Write(kind, pk, _FILL_VERSION, document) for kind, pk, document in chunk]
    outcome = write(client, writes, is_building=True, to_live=False)
    for (kind, pk), reason in outcome.refused.items():
        raise IndexMismatch(
            _("De zoekmachine weigert het document van %(kind)s %(pk)d: %(reason)s")
            % {"kind": kind.label, "pk": pk, "reason": reason}
        )
    if outcome.postponed:
        raise SearchUnavailable(_("De zoekmachine neemt documenten nu niet aan; bouw de index later opnieuw op."))
    return len(chunk)


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
                        "sampled": len(sampled.missing) + len(sampled.superfluous) + len(sampled.different),
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
