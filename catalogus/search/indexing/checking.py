"""Prove that the indexes hold what the database holds, every document by its hash, and mend what differs."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from elasticsearch import Elasticsearch

from catalogus.exceptions import WorkStopped
from catalogus.models import OutboxEntry, OutboxKind, SearchCheck
from catalogus.search.client import LONG_WORK_SECONDS, engine_faults, get_client, no_index
from catalogus.search.indexing.comparing import Differences, differences
from catalogus.search.indexing.draining import drain
from catalogus.search.indexing.filling import Progress, ShouldStop
from catalogus.search.indexing.hashing import document_hash
from catalogus.search.indexing.streaming import IndexedHashes
from catalogus.search.indices import live_alias, standing
from catalogus.search.loading import count_documents, documents_in_chunks
from catalogus.search.serving import strange_index
from catalogus.services.outbox import enqueue
from catalogus.services.search_rows import RowDifferences, check_search_rows


@dataclass(frozen=True, slots=True)
class KindReport:
    """database and index: documents on each side; waiting: rows in the outbox, whose documents are not judged.

    differences: what was found; left: what of it differs still, all of it where nothing was to be repaired.
    """

    kind: OutboxKind
    database: int
    index: int
    waiting: int
    differences: Differences
    left: Differences


@dataclass(frozen=True, slots=True)
class CheckReport:
    """refused: documents that the engine did not want when differences were repaired; they wait in the outbox.

    rows: what differed between the rows of search in the database and the products; is_repairing mends these at once.
    """

    kinds: tuple[KindReport, ...]
    refused: int
    seconds: float
    rows: RowDifferences
    is_repairing: bool = False

    @property
    def is_equal(self) -> bool:
        """Whether nothing differs any more, repaired or not."""
        is_index_equal = not self.refused and not any(kind.left for kind in self.kinds)
        return is_index_equal and (self.is_repairing or not self.rows)

    @property
    def repaired(self) -> int:
        return sum(len(kind.differences) - len(kind.left) for kind in self.kinds)


@dataclass(slots=True)
class _Sides:
    """One kind on its way: what the index has, how many documents there should be, and what does not agree."""

    indexed: IndexedHashes
    wanted: int = 0
    suspects: list[int] = field(default_factory=list)


def check(
    progress: Progress | None = None, *, should_stop: ShouldStop | None = None, is_repairing: bool = False
) -> CheckReport:
    """Compare every document on both sides; writes may go on in the meantime. What came out is kept (SearchCheck).

    is_repairing: mark what differs as stale and drain it; a document that nothing wants any more goes. Raises
    WorkStopped, and SearchUnavailable where the engine is away, or there is no index or one of another definition.
    """
    started = time.monotonic()
    client = get_client(timeout_seconds=LONG_WORK_SECONDS)
    with engine_faults():
        _require_index(client)
        sides = _compare(client, progress or (lambda _done, _total: None), should_stop or (lambda: False))
        found = {kind: differences(client, kind, live_alias(kind), side.suspects) for kind, side in sides.items()}
        left, refused = _repair(client, found) if is_repairing and any(found.values()) else (found, 0)
    report = CheckReport(
        tuple(
            KindReport(
                kind=kind,
                database=side.wanted,
                index=len(side.indexed),
                waiting=OutboxEntry.objects.filter(kind=kind).count(),
                differences=found[kind],
                left=left[kind],
            )
            for kind, side in sides.items()
        ),
        refused=refused,
        rows=check_search_rows(repair=is_repairing),
        is_repairing=is_repairing,
        seconds=time.monotonic() - started,
    )
    _keep(report)
    return report


def _require_index(client: Elasticsearch) -> None:
    found = standing(client)
    if not found.is_there:
        raise no_index()
    if not found.is_known:
        raise strange_index()


def _compare(client: Elasticsearch, progress: Progress, should_stop: ShouldStop) -> dict[OutboxKind, _Sides]:
    """Each kind with the ids that do not agree at first sight: a change in between is among these as well."""
    client.indices.refresh(index=[live_alias(kind) for kind in OutboxKind])
    sides = {kind: _Sides(IndexedHashes(client, live_alias(kind))) for kind in OutboxKind}
    done, total = 0, sum(count_documents(kind) for kind in OutboxKind)
    progress(done, total)
    for chunk in documents_in_chunks():
        if should_stop():
            raise WorkStopped(
                _("Gestopt na %(done)d van %(total)d documenten; begin opnieuw met “manage.py search check”.")
                % {"done": done, "total": total}
            )
        for kind, pk, document in chunk.documents:
            side = sides[kind]
            side.wanted += 1
            if not side.indexed.holds(pk, document_hash(document)):
                side.suspects.append(pk)
        done += len(chunk.documents)
        progress(done, max(done, total))
    for side in sides.values():
        side.suspects += side.indexed.never_asked()
    return sides


def _repair(
    client: Elasticsearch, found: Mapping[OutboxKind, Differences]
) -> tuple[dict[OutboxKind, Differences], int]:
    """Write these documents anew; what differs still, and how many documents the engine refused.

    Something differs still where an index holds versions from a time that the database has lost, after a restore.
    """
    with transaction.atomic():
        for kind, of_kind in found.items():
            enqueue(kind, of_kind.ids)
    drained = drain()
    client.indices.refresh(index=[live_alias(kind) for kind in OutboxKind])
    left = {kind: differences(client, kind, live_alias(kind), of_kind.ids) for kind, of_kind in found.items()}
    return left, drained.refused


def _keep(report: CheckReport) -> None:
    SearchCheck.objects.create(
        at=timezone.now(),
        seconds=report.seconds,
        documents=sum(kind.database for kind in report.kinds),
        missing=sum(len(kind.differences.missing) for kind in report.kinds),
        superfluous=sum(len(kind.differences.superfluous) for kind in report.kinds),
        different=sum(len(kind.differences.different) for kind in report.kinds),
        left=sum(len(kind.left) for kind in report.kinds) + report.refused,
    )
