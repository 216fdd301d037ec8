"""The reading of a pass: its cells one after another, page by page, stored batch by batch."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogus.vocabulary import Vocabulary
from ingest.exceptions import HarvestCancelled, HarvestStopped, SourceError
from ingest.koppelpunt.pages import Fault, Page, PageReader
from ingest.koppelpunt.partition import Part, Partitioner, probe_reach
from ingest.koppelpunt.sru import MAX_PAGE, RawRecord, SruClient
from ingest.models import Cell, CellState, Harvest, HarvestFault, Source
from ingest.services.ahead import read_ahead
from ingest.services.store import Counts, store_records

BATCH = 1000
"""Records in one transaction: large enough for COPY to pay, small enough to lose little when it is broken off."""

Watcher = Callable[[Harvest], None]


class CellReader:
    """The work of one process on the cells of a pass. made_progress: whether anything was stored."""

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

    def read_all(self) -> None:
        """Read and store every cell that is left, cutting those that cannot be read whole.

        Raises HarvestStopped, HarvestCancelled and SourceError; what was read until then is stored.
        """
        reach = self._pass.reach or self._begin()
        partitioner = Partitioner(self._client, reach)
        while (cell := self._pass.cells.filter(state=CellState.PENDING).first()) is not None:
            if cell.expected > reach:
                self._split(cell, partitioner)
            else:
                self._read(cell, reach)

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
        batch = _Batch(cell.next_position, cell.expected)
        reader = PageReader(self._client, cell.query, start=cell.next_position, expected=cell.expected, reach=reach)
        # While a batch is stored the next is fetched: the source is still asked one thing at a time.
        with closing(read_ahead(reader.pages(), depth=BATCH // MAX_PAGE)) as pages:
            try:
                for page in pages:
                    batch.add(page)
                    if len(batch.records) >= BATCH:
                        self._store(cell, batch)
                        batch = _Batch(batch.position, batch.total)
            except SourceError:
                # The next run goes on at the page that failed, not at the last full batch.
                self._store(cell, batch)
                raise
        # More than can be reached came in while it was read: cut it after all.
        cell.state = CellState.PENDING if batch.total > reach and then == CellState.DONE else then
        cell.expected = batch.total
        self._store(cell, batch)

    def _store(self, cell: Cell, batch: "_Batch") -> None:
        """One transaction: the records, the faults, the counters and how far the cell was read."""
        self._stop_if_asked()
        with transaction.atomic():
            counts = self._store_records(batch.records)
            now = timezone.now()
            grown = {name: F(name) + number for name, number in asdict(counts).items() if number}
            Harvest.objects.filter(pk=self._pass.pk).update(heartbeat_at=now, **grown)
            HarvestFault.objects.bulk_create(
                HarvestFault(harvest=self._pass, at=now, query=cell.query, **asdict(fault)) for fault in batch.faults
            )
            cell.next_position = batch.position
            cell.save(update_fields=["next_position", "state", "expected"])
        self.made_progress = self.made_progress or bool(batch.records)
        self._pass.refresh_from_db()
        self._watch(self._pass)

    def _store_records(self, raws: list[RawRecord]) -> Counts:
        if not raws:
            return Counts()
        return store_records(source=self._source, harvest=self._pass, raws=raws, vocabulary=self._vocabulary)

    def _stop_if_asked(self) -> None:
        if self._should_stop():
            raise HarvestStopped(_("De oogst is gestopt; de volgende gaat verder waar deze was."))
        if self._pass.stop_requested_by:
            raise HarvestCancelled(_("Gestopt door %(actor)s.") % {"actor": self._pass.stop_requested_by})


class _Batch:
    """Pages that are stored together. position: of the record after the last; total: what the server counts."""

    def __init__(self, position: int, total: int) -> None:
        self.position = position
        self.total = total
        self.records: list[RawRecord] = []
        self.faults: list[Fault] = []

    def add(self, page: Page) -> None:
        self.records += page.records
        self.faults += page.faults
        self.position, self.total = page.position, page.total
