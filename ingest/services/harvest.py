"""One pass over a source: cut into cells, read page by page, stored batch by batch, and resumed where it stopped."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogus.http import Fetcher
from catalogus.locks import Lock, try_lock
from catalogus.vocabulary import Vocabulary
from ingest.exceptions import HarvestBusy, HarvestStopped, SourceError
from ingest.koppelpunt.partition import Part, Partitioner, probe_reach
from ingest.koppelpunt.sru import MAX_ANSWER_BYTES, MAX_PAGE, RawRecord, SruClient
from ingest.models import Cell, CellState, Harvest, HarvestState, Source
from ingest.services.ahead import read_ahead
from ingest.services.store import Counts, store_records

BATCH = 1000
"""Records in one transaction: large enough for COPY to pay, small enough to lose little when it is broken off."""

RESUME_WITHIN = timedelta(hours=24)
"""An older pass is begun anew: too much has changed at the source for its count to mean anything."""

Watcher = Callable[[Harvest], None]


@dataclass(frozen=True, slots=True)
class _Page:
    """position: of the record after this page's last."""

    records: tuple[RawRecord, ...]
    position: int
    total: int


LOCK_WAIT_SECONDS = 10.0
"""How long a pass waits for the one before it to let go: a killed one does so within its last statement."""


def harvest(
    source: Source,
    *,
    watch: Watcher = lambda _harvest: None,
    should_stop: Callable[[], bool] = lambda: False,
    lock_wait_seconds: float = LOCK_WAIT_SECONDS,
) -> Harvest:
    """Read a source whole, going on with a pass that was broken off; the pass as it ended.

    watch is called after each batch, should_stop asked before it. Raises HarvestBusy where another process harvests
    this source, HarvestStopped where should_stop said so and SourceError where the source fails; what was read until
    then is stored, and the next call goes on there.
    """
    with try_lock(Lock.HARVEST, source.pk, wait_seconds=lock_wait_seconds) as is_free:
        if not is_free:
            raise HarvestBusy(_("Bron %(source)s wordt al geoogst door een ander proces.") % {"source": source.code})
        with Fetcher(max_bytes=MAX_ANSWER_BYTES) as fetcher:
            client = SruClient(source.url, source.record_schema, fetcher)
            one_pass = _open_pass(source)
            run = _Run(source, one_pass, client, watch, should_stop)
            try:
                run.go()
            except BaseException as error:
                _interrupt(one_pass, error, made_progress=run.made_progress)
                raise
            return one_pass


def _open_pass(source: Source) -> Harvest:
    """The pass that was broken off, else a new one. The lock is ours, so one that says "running" is dead."""
    now = timezone.now()
    found = Harvest.objects.filter(source=source, state__in=[HarvestState.RUNNING, HarvestState.INTERRUPTED]).first()
    if found is not None and now - found.heartbeat_at > RESUME_WITHIN:
        _close(
            found, HarvestState.PARTIAL, _("Te lang onderbroken om verder te gaan; een nieuwe oogst begint vooraan.")
        )
        found = None
    if found is None:
        return Harvest.objects.create(source=source, started_at=now, heartbeat_at=now)
    found.state = HarvestState.RUNNING
    found.heartbeat_at = now
    found.save(update_fields=["state", "heartbeat_at"])
    return found


def _interrupt(one_pass: Harvest, error: BaseException, *, made_progress: bool) -> None:
    """Note why a pass stopped. One that a source stopped twice at the same place has failed."""
    text = str(error) or type(error).__name__
    one_pass.refresh_from_db()
    if isinstance(error, SourceError) and one_pass.message and not made_progress:
        _close(one_pass, HarvestState.FAILED, text)
    else:
        one_pass.state = HarvestState.INTERRUPTED
        one_pass.message = text if isinstance(error, SourceError) else ""
        one_pass.save(update_fields=["state", "message"])


def _close(one_pass: Harvest, state: HarvestState, message: str = "") -> None:
    one_pass.state = state
    one_pass.message = message
    one_pass.finished_at = timezone.now()
    one_pass.save(update_fields=["state", "message", "finished_at", "count_after"])


class _Run:
    """The work of one process on a pass."""

    def __init__(
        self, source: Source, one_pass: Harvest, client: SruClient, watch: Watcher, should_stop: Callable[[], bool]
    ) -> None:
        self._source = source
        self._pass = one_pass
        self._client = client
        self._watch = watch
        self._should_stop = should_stop
        self._vocabulary = Vocabulary.load()
        self.made_progress = False

    def go(self) -> None:
        reach = self._pass.reach or self._begin()
        partitioner = Partitioner(self._client, reach)
        while (cell := self._pass.cells.filter(state=CellState.PENDING).first()) is not None:
            if cell.expected > reach:
                self._split(cell, partitioner)
            else:
                self._read(cell, reach)
        self._finish()

    def _begin(self) -> int:
        """Count the source, find its reach and make the first cell, which is all of it."""
        total = self._client.search("*", maximum=0).total
        reach = probe_reach(self._client, "*", total)
        with transaction.atomic():
            self._pass.count_before, self._pass.reach = total, reach
            self._pass.save(update_fields=["count_before", "reach"])
            Cell.objects.create(harvest=self._pass, query="*", expected=total)
        return reach

    def _split(self, cell: Cell, partitioner: Partitioner) -> None:
        self._stop_if_asked()
        parts = partitioner.split(Part(cell.query, cell.expected, cell.depth))
        if not parts:
            # What can be had of it is better than nothing; the pass tells that it is partial.
            self._read(cell, partitioner.reach, then=CellState.OVERFULL)
            return
        with transaction.atomic():
            # A part may be a query that is there already; that one is read once.
            Cell.objects.bulk_create(
                [Cell(harvest=self._pass, query=part.query, expected=part.count, depth=part.depth) for part in parts],
                ignore_conflicts=True,
            )
            cell.state = CellState.SPLIT
            cell.save(update_fields=["state"])

    def _read(self, cell: Cell, reach: int, then: CellState = CellState.DONE) -> None:
        total = cell.expected
        batch: list[RawRecord] = []
        # While a batch is stored the next is fetched: the source is still asked one thing at a time.
        with closing(read_ahead(self._pages(cell, reach), depth=BATCH // MAX_PAGE)) as pages:
            for page in pages:
                batch += page.records
                total = page.total
                if len(batch) >= BATCH:
                    self._store(cell, batch, page.position)
                    batch = []
                cell.next_position = page.position
        # More than can be reached came in while it was read: cut it after all.
        cell.state = CellState.PENDING if total > reach and then == CellState.DONE else then
        cell.expected = total
        self._store(cell, batch, cell.next_position)

    def _pages(self, cell: Cell, reach: int) -> Iterator[_Page]:
        """The pages of a cell, from where it was left."""
        query, position, end = cell.query, cell.next_position, min(cell.expected, reach)
        while position <= end:
            answer = self._client.search(query, start=position, maximum=min(MAX_PAGE, reach - position + 1))
            if not answer.records or answer.is_out_of_range:
                return
            position += len(answer.records)
            end = min(answer.total, reach)
            yield _Page(answer.records, position, answer.total)

    def _store(self, cell: Cell, batch: list[RawRecord], position: int) -> None:
        """One transaction: the records, the counters and how far the cell was read."""
        self._stop_if_asked()
        with transaction.atomic():
            counts = (
                store_records(source=self._source, harvest=self._pass, raws=batch, vocabulary=self._vocabulary)
                if batch
                else Counts()
            )
            grown = {name: F(name) + number for name, number in asdict(counts).items() if number}
            Harvest.objects.filter(pk=self._pass.pk).update(heartbeat_at=timezone.now(), **grown)
            cell.next_position = position
            cell.save(update_fields=["next_position", "state", "expected"])
        self.made_progress = self.made_progress or bool(batch)
        self._pass.refresh_from_db()
        self._watch(self._pass)

    def _stop_if_asked(self) -> None:
        if self._should_stop():
            raise HarvestStopped(_("De oogst is gestopt; de volgende gaat verder waar deze was."))

    def _finish(self) -> None:
        """A pass is complete when it met as many records as the source counts, before or after it."""
        self._pass.refresh_from_db()
        self._pass.count_after = self._client.search("*", maximum=0).total
        counted = sorted((self._pass.count_before or 0, self._pass.count_after))
        overfull = self._pass.cells.filter(state=CellState.OVERFULL).count()
        if overfull:
            message = _("%(count)d delen zijn groter dan de bron laat lezen.") % {"count": overfull}
        elif not counted[0] <= self._pass.received <= counted[1]:
            message = _("De bron telt er %(count)d, ontvangen zijn er %(received)d.") % {
                "count": self._pass.count_after,
                "received": self._pass.received,
            }
        else:
            message = ""
        _close(self._pass, HarvestState.PARTIAL if message else HarvestState.COMPLETE, message)
