"""Fill new indexes with every document, from where a rebuild was, at the pace that was asked for.

Each chunk is written while the next one is read: the engine and this process each have a core. A method is done when
its chunk was accepted, and that is written down.
"""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import connection
from django.utils.translation import gettext as _
from elasticsearch import Elasticsearch

from catalogus.exceptions import IndexMismatch, SearchUnavailable, WorkStopped
from catalogus.models import OutboxKind, RebuildRun
from catalogus.search.indexing import runs
from catalogus.search.indexing.bulk import Outcome, Write, write
from catalogus.search.loading import METHODS_PER_CHUNK, Chunk, count_documents, documents_in_chunks

Progress = Callable[[int, int], None]
"""Called with the documents written so far and the documents there are."""

ShouldStop = Callable[[], bool]

_FILL_VERSION = 0

_DOCUMENTS_OF_A_METHOD = 10
"""On average, its own among them; chunks at a pace are made for a second's work by it."""

_NAP_SECONDS = 0.2
"""Who stops a rebuild that waits for its turn is heard within this time."""

# An index held something newer of these rows when the fill came, so what waits of them may be newer still.
_KEEP_WAITING = """
DELETE FROM search_rebuild_waiting AS waiting
USING unnest(%s::text[], %s::bigint[]) AS kept (kind, object_id)
WHERE waiting.kind = kept.kind AND waiting.object_id = kept.object_id
"""


def fill(
    client: Elasticsearch, run: RebuildRun, *, progress: Progress, max_rate: int | None, should_stop: ShouldStop
) -> int:
    """Write every document that the run has not written yet; how many these were.

    max_rate: documents a second at most. Raises WorkStopped, SearchUnavailable, or IndexMismatch for a document that
    the engine does not want.
    """
    before = run.done
    run.total = max(run.done, sum(count_documents(kind) for kind in OutboxKind))
    progress(run.done, run.total)
    pace = _Pace(max_rate, should_stop)
    # A method that was begun is read whole, so a short chunk is what a second allows.
    size = max(1, min(METHODS_PER_CHUNK, max_rate // _DOCUMENTS_OF_A_METHOD)) if max_rate else None
    with ThreadPoolExecutor(max_workers=1) as sender:
        sent: tuple[Chunk, Future[Outcome]] | None = None
        for chunk in documents_in_chunks(after=run.last_method_id, methods_per_chunk=size):
            _settle(run, sent, progress)
            pace.wait_for(len(chunk.documents))
            sent = None if should_stop() else (chunk, sender.submit(_write, client, chunk))
            if sent is None:
                break
        _settle(run, sent, progress)
    if should_stop():
        raise WorkStopped(
            _(
                "Gestopt na %(done)d van %(total)d documenten; de oude index blijft staan."
                " Ga verder met “manage.py search rebuild”."
            )
            % {"done": run.done, "total": run.total}
        )
    if run.done < run.total:
        # Some were taken away in the meantime.
        progress(run.done, run.done)
    return run.done - before


def _settle(run: RebuildRun, sent: tuple[Chunk, Future[Outcome]] | None, progress: Progress) -> None:
    """Wait until a chunk was written, and write down that it is."""
    if sent is None:
        return
    chunk, future = sent
    outcome = future.result()
    _keep_waiting(outcome.overtaken)
    run.last_method_id, run.done = chunk.last_method_id, run.done + len(chunk.documents)
    run.total = max(run.total, run.done)
    runs.note(run)
    progress(run.done, run.total)


def _write(client: Elasticsearch, chunk: Chunk) -> Outcome:
    """Write a chunk to the new indexes, all of it or an error."""
    writes = [Write(kind, pk, _FILL_VERSION, document) for kind, pk, document in chunk.documents]
    outcome = write(client, writes, is_building=True, to_live=False, read_at=chunk.read_at)
    for (kind, pk), reason in outcome.refused.items():
        raise IndexMismatch(
            _("De zoekmachine weigert het document van %(kind)s %(pk)d: %(reason)s")
            % {"kind": kind.label, "pk": pk, "reason": reason}
        )
    if outcome.postponed:
        raise SearchUnavailable(
            _("De zoekmachine neemt documenten nu niet aan. Ga later verder met “manage.py search rebuild”.")
        )
    return outcome


def _keep_waiting(keys: Iterable[tuple[OutboxKind, int]]) -> None:
    rows = list(keys)
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_KEEP_WAITING, [[kind.value for kind, _pk in rows], [pk for _kind, pk in rows]])


class _Pace:
    """So many documents a second and no more, whatever the engine could take."""

    def __init__(self, rate: int | None, should_stop: ShouldStop) -> None:
        self._rate, self._should_stop = rate, should_stop
        self._free_at = time.monotonic()

    def wait_for(self, documents: int) -> None:
        """Return when it is their turn, or somebody asks to stop. A slow engine earns no right to hurry afterwards."""
        if self._rate is None:
            return
        while (left := self._free_at - time.monotonic()) > 0 and not self._should_stop():
            time.sleep(min(left, _NAP_SECONDS))
        self._free_at = max(self._free_at, time.monotonic()) + documents / self._rate
