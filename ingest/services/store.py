"""Store a batch of records as they were sent, and bring the products that they describe up to date."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from catalogus.locks import Lock, lock_until_commit
from catalogus.models import Cause
from catalogus.product_data import ProductData
from catalogus.services.merging import merge_products, release_eans
from catalogus.services.products import Outcome, stored_products, upsert_products
from catalogus.vocabulary import Vocabulary
from ingest.issues import IssueCode
from ingest.koppelpunt.sru import RawRecord
from ingest.mapping import map_entry
from ingest.models import Harvest, RecordState, Source
from ingest.services.identity import Identifier
from ingest.services.incoming import Incoming, Stored, digest, unique
from ingest.services.merge import Statement, merge
from ingest.services.records import accepted_entries, find_stored, mark_seen, write_records


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of records: received = created + changed + unchanged + merged + refused; repeated come on top."""

    received: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    merged: int = 0
    refused: int = 0
    repeated: int = 0


def store_records(
    *,
    source: Source,
    harvest: Harvest | None,
    raws: Sequence[RawRecord],
    vocabulary: Vocabulary,
    cause: Cause = Cause.HARVEST,
) -> Counts:
    """Store records and their products in one transaction; the counts of what became of them.

    A record that cannot be read, or whose EAN is another product's, is kept in quarantine with its reasons. One that
    was stored with the same content is only marked as seen. A record met before in the same pass counts as repeated.
    Where the database refuses the batch, the records for which it does are found and kept in quarantine as well.
    """
    return _store_what_can_be(_Common(source, harvest, vocabulary, cause), raws)


@dataclass(frozen=True, slots=True)
class _Common:
    """What all records of a call share."""

    source: Source
    harvest: Harvest | None
    vocabulary: Vocabulary
    cause: Cause


@transaction.atomic
def _store_what_can_be(common: _Common, raws: Sequence[RawRecord]) -> Counts:
    """Store all at once, or else each half by itself, down to the record that the database refuses."""
    try:
        return _store(common, raws)
    except (DataError, IntegrityError, ValidationError) as error:
        if len(raws) == 1:
            return _store(common, raws, fault=str(error))
    middle = len(raws) // 2
    found = [asdict(_store_what_can_be(common, half)) for half in (raws[:middle], raws[middle:])]
    return Counts(**{name: sum(one[name] for one in found) for name in found[0]})


@transaction.atomic
def _store(common: _Common, raws: Sequence[RawRecord], *, fault: str = "") -> Counts:
    """fault: why these records cannot be stored as products."""
    source, harvest = common.source, common.harvest
    now = timezone.now()
    batch = unique(raws)
    stored = find_stored(source, batch)
    fresh: list[Incoming] = []
    seen: list[str] = []
    outcomes: Counter[str] = Counter(repeated=len(raws) - len(batch))
    for identifier, raw in batch.items():
        known, content = stored.get(identifier), digest(raw)
        if known is not None and known.says(content):
            seen.append(identifier)
            outcomes[_met_before(known, harvest) or _same(known)] += 1
        else:
            fresh.append(Incoming(raw, identifier, content, known))
    if fault:
        for incoming in fresh:
            incoming.refuse(IssueCode.NOT_STORED, "", fault)
    else:
        _bring_in(source, fresh, common.vocabulary, common.cause)
    for incoming in fresh:
        outcomes[_met_before(incoming.stored, harvest) or incoming.outcome] += 1
    mark_seen(source, seen, harvest, now)
    write_records(source, fresh, harvest, now)
    return Counts(received=outcomes.total() - outcomes["repeated"], **outcomes)


def _met_before(stored: Stored | None, harvest: Harvest | None) -> str:
    is_repeated = stored is not None and harvest is not None and stored.harvest_id == harvest.pk
    return "repeated" if is_repeated else ""


def _same(stored: Stored) -> str:
    return "refused" if stored.state == RecordState.QUARANTINED else "unchanged"


def _bring_in(source: Source, fresh: Sequence[Incoming], vocabulary: Vocabulary, cause: Cause) -> None:
    """Read the records, find their products and write those."""
    for incoming in fresh:
        incoming.read(vocabulary)
    readable = [incoming for incoming in fresh if incoming.mapped is not None]
    if not readable:
        return
    # Two sources at once could both find an EAN free, or a publisher new.
    lock_until_commit(Lock.IDENTIFY)
    identifier = Identifier(source, readable)
    accepted = _identify(identifier, readable)
    if not accepted:
        return
    products = _products(source, accepted, identifier.left, vocabulary)
    release_eans(identifier.emptied)
    upserted = upsert_products(products, cause=cause, source=source.code, vocabulary=vocabulary)
    merge_products(identifier.emptied, cause=cause, source=source.code)
    is_first = set()
    for incoming in accepted:
        result = upserted[incoming.product_key]
        incoming.product_id = result.product_id
        # Of the records that make a new product together, the first is it; the others are merged into it.
        incoming.is_new_product = result.outcome == Outcome.CREATED and incoming.product_key not in is_first
        is_first.add(incoming.product_key)


def _identify(identifier: Identifier, readable: Sequence[Incoming]) -> list[Incoming]:
    """Find each record's product; those whose EAN is another product's are refused and left out."""
    for incoming in readable:
        incoming.product_key = identifier.product_for(incoming) or ""
        if not incoming.product_key:
            incoming.refuse(IssueCode.EAN_CONFLICT, "ProductId", incoming.data.identifier)
    return [incoming for incoming in readable if incoming.product_key]


def _products(
    source: Source, accepted: Sequence[Incoming], left: Iterable[str], vocabulary: Vocabulary
) -> dict[str, ProductData]:
    """Product's public id -> what all of its records say together, those stored earlier among them.

    left: products that a record of this batch describes no longer.
    """
    statements: dict[str, list[Statement]] = {key: [] for key in left}
    for incoming in accepted:
        statement = Statement(source.precedence, incoming.identifier, incoming.data)
        statements.setdefault(incoming.product_key, []).append(statement)
    in_batch = {incoming.identifier for incoming in accepted}
    stored = stored_products(statements)
    for key, precedence, identifier, entry in accepted_entries(stored, source, in_batch):
        statements[key].append(Statement(precedence, identifier, map_entry(entry, vocabulary).data))
    return {key: merge(found) for key, found in statements.items() if found}
