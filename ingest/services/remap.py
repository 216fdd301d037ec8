"""Read the stored records again: after a change of the vocabularies, of publishers, or of the reader itself.

Only what differs is written. The walk goes by the rows' numbers and notes how far it came in the transaction of each
batch, so it goes on where it was broken off.
"""

import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogus.locks import Lock, lock_until_commit, try_lock
from catalogus.models import Cause, Product, Publisher, RereadRequest
from catalogus.services.products import Outcome
from catalogus.services.successors import link_successors
from catalogus.vocabulary import Vocabulary
from ingest.exceptions import HarvestStopped, RemapBusy, SourceError
from ingest.issues import IssueCode
from ingest.koppelpunt.sru import RawRecord
from ingest.koppelpunt.xml import parse
from ingest.models import Record, RecordState, Remap, RemapState, Source
from ingest.services.bringing_in import Reading, bring_in, name_publishers
from ingest.services.halving import done_in_halves
from ingest.services.incoming import Incoming, Stored
from ingest.services.rewriting import Reread, rewrite_records
from ingest.services.suggestions import refresh_suggestions

BATCH = 1_000

Watcher = Callable[[Remap], None]


def remap(
    *,
    publishers: Collection[Publisher] = (),
    reason: str = "",
    watch: Watcher = lambda _remap: None,
    should_stop: Callable[[], bool] = lambda: False,
    lock_wait_seconds: float = 10.0,
) -> Remap:
    """Read all stored records again, or those of some publishers, going on with a remap that was broken off.

    watch is called after each batch, should_stop asked before it. Raises RemapBusy where another process is at it and
    HarvestStopped where should_stop said so. Requests that were there when it began are answered by it.
    """
    with try_lock(Lock.REMAP, wait_seconds=lock_wait_seconds) as is_free:
        if not is_free:
            raise RemapBusy(_("Er loopt al een herlezing in een ander proces."))
        one_remap = _open(publishers, reason)
        try:
            _walk(one_remap, watch, should_stop)
        except BaseException:
            Remap.objects.filter(pk=one_remap.pk).update(state=RemapState.INTERRUPTED)
            raise
        _close(one_remap)
        refresh_suggestions()
        return one_remap


def requested_remap(watch: Watcher = lambda _remap: None) -> Remap | None:
    """Do what was asked for since the last remap, or go on with one that was broken off; None where nothing was.

    Raises RemapBusy where another process is at it.
    """
    requests = list(RereadRequest.objects.select_related("publisher"))
    if not requests and not Remap.objects.filter(state__in=RemapState.open()).exists():
        return None
    reason = "; ".join(dict.fromkeys(request.reason for request in requests))
    asked = {request.publisher for request in requests}
    publishers = () if None in asked else [publisher for publisher in asked if publisher is not None]
    return remap(publishers=publishers, reason=reason, watch=watch, lock_wait_seconds=0)


def _open(publishers: Collection[Publisher], reason: str) -> Remap:
    """The remap that was broken off, else a new one. The lock is ours, so one that says "running" is dead."""
    now = timezone.now()
    found = Remap.objects.filter(state__in=RemapState.open()).first()
    if found is not None:
        found.state, found.heartbeat_at = RemapState.RUNNING, now
        found.save(update_fields=["state", "heartbeat_at"])
        return found
    return Remap.objects.create(
        reason=reason[:2000],
        publishers=sorted(_with_merged(publishers)),
        last_request=RereadRequest.objects.aggregate(last=Max("pk"))["last"] or 0,
        until=Record.objects.aggregate(last=Max("pk"))["last"] or 0,
        started_at=now,
        heartbeat_at=now,
    )


def _with_merged(publishers: Collection[Publisher]) -> set[int]:
    """Rows of these publishers and of those that were merged into them: their records may name either."""
    found: set[int] = set()
    wanted = {publisher.pk for publisher in publishers}
    while wanted:
        found |= wanted
        wanted = set(Publisher.objects.filter(merged_into__in=wanted).values_list("pk", flat=True)) - found
    return found


def _close(one_remap: Remap) -> None:
    with transaction.atomic():
        link_successors(cause=Cause.REMAP, run=one_remap.run)
        one_remap.refresh_from_db()
        one_remap.state, one_remap.finished_at = RemapState.COMPLETE, timezone.now()
        one_remap.save(update_fields=["state", "finished_at"])
        answered = RereadRequest.objects.filter(pk__lte=one_remap.last_request)
        if one_remap.publishers:
            # A walk over some publishers' records is no answer to who asked for all.
            answered = answered.filter(publisher__in=one_remap.publishers)
        answered.delete()


def _walk(one_remap: Remap, watch: Watcher, should_stop: Callable[[], bool]) -> None:
    vocabulary = Vocabulary.load()
    while True:
        if should_stop():
            raise HarvestStopped(_("De herlezing is gestopt; de volgende gaat verder waar deze was."))
        if not _batch(one_remap, vocabulary):
            return
        watch(one_remap)


@transaction.atomic
def _batch(one_remap: Remap, vocabulary: Vocabulary) -> bool:
    """Read the next batch; whether there was one."""
    lock_until_commit(Lock.IDENTIFY)
    records = list(_next_records(one_remap))
    if not records:
        return False
    by_source: dict[int, list[Record]] = defaultdict(list)
    for record in records:
        by_source[record.source_id].append(record)
    sources = Source.objects.in_bulk(list(by_source))
    counts: Counter[str] = Counter()
    for source_id, found in by_source.items():
        reading = Reading(sources[source_id], vocabulary, Cause.REMAP, one_remap.run)
        counts += sum(done_in_halves(found, partial(_read, reading)), Counter())
    Remap.objects.filter(pk=one_remap.pk).update(
        position=records[-1].pk,
        heartbeat_at=timezone.now(),
        read=F("read") + len(records),
        **{name: F(name) + counts[name] for name in ("changed", "unchanged", "refused")},
    )
    one_remap.refresh_from_db()
    return True


def _next_records(one_remap: Remap) -> QuerySet[Record]:
    found = (
        Record.objects.filter(pk__gt=one_remap.position, pk__lte=one_remap.until)
        .exclude(state=RecordState.ABSENT)
        .order_by("pk")
        .select_for_update()
    )
    if one_remap.publishers:
        found = found.filter(publisher__in=one_remap.publishers)
    return found[:BATCH]


@transaction.atomic
def _read(reading: Reading, records: Sequence[Record], fault: str) -> Counter[str]:
    read = [Reread(record, _incoming(record)) for record in records]
    incoming = [one.incoming for one in read]
    outcomes: dict[str, Outcome] = {}
    if fault:
        for one in incoming:
            one.refuse(IssueCode.NOT_STORED, "", fault)
    else:
        # What was accepted of a record that is refused now still makes its product, read anew like the rest.
        outcomes = bring_in(incoming, reading, also=_products_of_refused(records))
    name_publishers(incoming)
    rewrite_records(read)
    return Counter(_outcome(one, outcomes) for one in incoming)


def _products_of_refused(records: Iterable[Record]) -> set[str]:
    refused = [record for record in records if record.state == RecordState.QUARANTINED]
    rows = {record.product_id for record in refused if record.product_id is not None}
    return set(Product.objects.filter(pk__in=rows, merged_into=None).values_list("public_id", flat=True))


def _outcome(incoming: Incoming, outcomes: dict[str, Outcome]) -> str:
    if incoming.refusal is not None:
        return "refused"
    return "unchanged" if outcomes[incoming.product_key] == Outcome.UNCHANGED else "changed"


def _incoming(record: Record) -> Incoming:
    """The record as it came last."""
    payload = zlib.decompress(bytes(record.refused_payload or record.payload))
    digest = bytes(record.payload_hash)
    stored = Stored(digest, record.mapping_version, record.state, record.product_id, record.last_harvest_id)
    return Incoming(_raw(record, payload), record.identifier, digest, stored)


def _raw(record: Record, payload: bytes) -> RawRecord:
    first = record.issues[0] if record.issues else {"code": "", "value": ""}
    if record.state == RecordState.QUARANTINED and first["code"] == IssueCode.NOT_WELL_FORMED:
        return RawRecord(record.identifier, record.schema, payload, fault=first["value"])
    identifier = "" if first["code"] == IssueCode.NO_IDENTIFIER else record.identifier
    try:
        return RawRecord(identifier, record.schema, payload, parse(payload))
    except SourceError as error:
        return RawRecord(identifier, record.schema, payload, fault=str(error))
