"""Store a batch of records as they were sent, and bring the products that they describe up to date."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial

from django.db import transaction
from django.utils import timezone

from catalogus.locks import Lock, lock_until_commit
from catalogus.models import Cause
from catalogus.vocabulary import Vocabulary
from ingest.issues import IssueCode
from ingest.koppelpunt.sru import RawRecord
from ingest.models import Harvest, RecordState, Source
from ingest.services.bringing_in import Reading, bring_in, name_publishers
from ingest.services.halving import done_in_halves
from ingest.services.incoming import Incoming, Stored, digest, unique
from ingest.services.records import find_stored, mark_seen, write_records


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
    common = _Common(source, harvest, vocabulary, cause)
    found = [asdict(counts) for counts in done_in_halves(raws, partial(_store, common))]
    return Counts(**{name: sum(one[name] for one in found) for name in found[0]})


@dataclass(frozen=True, slots=True)
class _Common:
    """What all records of a call share."""

    source: Source
    harvest: Harvest | None
    vocabulary: Vocabulary
    cause: Cause


@transaction.atomic
def _store(common: _Common, raws: Sequence[RawRecord], fault: str) -> Counts:
    """fault: why these records cannot be stored as products; empty where nothing says so."""
    source, harvest = common.source, common.harvest
    now = timezone.now()
    # Two sources at once could both find an EAN free, or a publisher new; a remap could read what is being replaced.
    lock_until_commit(Lock.IDENTIFY)
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
    elif fresh:
        bring_in(fresh, Reading(source, common.vocabulary, common.cause, harvest.run if harvest else ""))
    name_publishers(fresh)
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
