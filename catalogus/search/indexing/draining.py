"""Empty the outbox into the indexes.

Two drainers at once are safe: each reads a row before its document, hands the row's revision to the engine as the
document's version, and afterwards deletes only the revision that it read.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from catalogus.exceptions import SearchUnavailable
from catalogus.models import OutboxEntry, OutboxKind
from catalogus.search.client import LONG_WORK_SECONDS, engine_faults, get_client, no_index
from catalogus.search.indexing.bulk import Write, write
from catalogus.search.indices import standing
from catalogus.search.loading import load_documents
from catalogus.search.serving import strange_index
from catalogus.services.current_editions import refresh_current_editions

logger = logging.getLogger(__name__)

# (kind, row, revision), as it stood in the outbox.
_Row = tuple[OutboxKind, int, int]

_DELETE = """
DELETE FROM catalogus_outboxentry AS entry
USING unnest(%s::text[], %s::bigint[], %s::bigint[]) AS done (kind, object_id, revision)
WHERE entry.kind = done.kind AND entry.object_id = done.object_id AND entry.revision = done.revision
"""


@dataclass(slots=True)
class DrainReport:
    """written and deleted: documents; refused: documents that the engine does not want, whose rows were kept."""

    written: int = 0
    deleted: int = 0
    refused: int = 0

    @property
    def read(self) -> int:
        return self.written + self.deleted + self.refused


def drain(batch: int = 500, limit: int | None = None) -> DrainReport:
    """Index what is stale at this moment, oldest first and in batches, or the first limit rows of it.

    What is enqueued meanwhile is left to the next time: under steady writes this would never end. A row whose document
    the engine refuses is kept and logged, and the next ones go on. Raises SearchUnavailable where the engine is away,
    there is no index, or one of another version, live or being built, that would refuse every document or get a wrong
    one; what was not indexed by then stays in the outbox.
    """
    client = get_client(timeout_seconds=LONG_WORK_SECONDS)
    report = DrainReport()
    # First, for it makes the products of a method stale whose current edition is another one now.
    refresh_current_editions(_waiting_methods())
    last_revision, newest = 0, _newest_revision()
    while limit is None or report.read < limit:
        size = batch if limit is None else min(batch, limit - report.read)
        read_at = time.time()
        rows = _read(last_revision, newest, size)
        if not rows:
            break
        last_revision = rows[-1][2]
        documents = _documents(rows)
        # Asked after the rows were read: a rebuild that begins later reads these changes from the database itself.
        with engine_faults():
            found = standing(client)
        if not found.is_writable:
            raise strange_index()
        outcome = write(
            client,
            [Write(kind, pk, revision, documents.get((kind, pk))) for kind, pk, revision in rows],
            is_building=found.is_building,
            read_at=read_at,
        )
        kept = outcome.postponed | outcome.refused.keys()
        _delete([row for row in rows if row[:2] not in kept])
        _log_refused(outcome.refused)
        report.refused += len(outcome.refused)
        report.written += sum(row[:2] in documents and row[:2] not in kept for row in rows)
        report.deleted += sum(row[:2] not in documents and row[:2] not in kept for row in rows)
        if outcome.postponed:
            raise _postponed(outcome.postponed)
    return report


def _waiting_methods() -> list[int]:
    return list(OutboxEntry.objects.filter(kind=OutboxKind.METHOD).order_by().values_list("object_id", flat=True))


def _newest_revision() -> int:
    return OutboxEntry.objects.aggregate(newest=Max("revision"))["newest"] or 0


def _read(after: int, newest: int, size: int) -> Sequence[_Row]:
    rows = OutboxEntry.objects.filter(revision__gt=after, revision__lte=newest).order_by("revision")
    return [
        (OutboxKind(kind), pk, revision)
        for kind, pk, revision in rows.values_list("kind", "object_id", "revision")[:size]
    ]


def _documents(rows: Sequence[_Row]) -> dict[tuple[OutboxKind, int], dict[str, object]]:
    by_kind: dict[OutboxKind, list[int]] = defaultdict(list)
    for kind, pk, _revision in rows:
        by_kind[kind].append(pk)
    return {(kind, pk): document for kind, ids in by_kind.items() for pk, document in load_documents(kind, ids).items()}


def _delete(rows: Collection[_Row]) -> None:
    if rows:
        kinds, ids, revisions = zip(*rows, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(_DELETE, [[kind.value for kind in kinds], list(ids), list(revisions)])


def _log_refused(refused: dict[tuple[OutboxKind, int], str]) -> None:
    for (kind, pk), reason in refused.items():
        logger.error("the engine refuses the document of %s %d: %s", kind.value, pk, reason)


def _postponed(keys: Collection[tuple[OutboxKind, int]]) -> SearchUnavailable:
    client = get_client(timeout_seconds=LONG_WORK_SECONDS)
    with engine_faults():
        is_there = standing(client).is_there
    if not is_there:
        return no_index()
    return SearchUnavailable(
        _("De zoekmachine heeft %(count)d documenten nu niet aangenomen; ze blijven wachten.") % {"count": len(keys)}
    )
