"""Do index and database say the same about these rows?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from elasticsearch import Elasticsearch

from catalogus.models import OutboxEntry, OutboxKind
from catalogus.search.documents import HASH_FIELD
from catalogus.search.indexing.hashing import document_hash
from catalogus.search.loading import load_documents

_CHUNK = 200
_ATTEMPTS = 3
"""A row may change, and be indexed, between the reading of both sides; a difference that stays is none of that."""


@dataclass(slots=True)
class Differences:
    """Ids of rows: missing in the index, there without a row that wants it, or with another content."""

    missing: list[int] = field(default_factory=list)
    superfluous: list[int] = field(default_factory=list)
    different: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def ids(self) -> list[int]:
        return [*self.missing, *self.superfluous, *self.different]


def differences(client: Elasticsearch, kind: OutboxKind, index: str, ids: Collection[int]) -> Differences:
    """What stays different for these rows and does not wait in the outbox."""
    found = Differences()
    ordered = sorted(ids)
    for start in range(0, len(ordered), _CHUNK):
        _compare_chunk(client, kind, index, ordered[start : start + _CHUNK], found)
    return found


def _compare_chunk(client: Elasticsearch, kind: OutboxKind, index: str, ids: Sequence[int], found: Differences) -> None:
    suspects: Collection[int] = ids
    for _attempt in range(_ATTEMPTS):
        indexed = _indexed(client, index, suspects)
        wanted = {pk: document_hash(document) for pk, document in load_documents(kind, suspects).items()}
        waiting = set(OutboxEntry.objects.filter(kind=kind, object_id__in=suspects).values_list("object_id", flat=True))
        suspects = [pk for pk in suspects if pk not in waiting and indexed.get(pk) != wanted.get(pk)]
        if not suspects:
            return
    found.missing += [pk for pk in suspects if pk not in indexed]
    found.superfluous += [pk for pk in suspects if pk not in wanted]
    found.different += [pk for pk in suspects if pk in indexed and pk in wanted]


def _indexed(client: Elasticsearch, index: str, ids: Collection[int]) -> dict[int, str]:
    """The hashes of those that the index has at this moment, what it does not yet show included."""
    answer = client.mget(index=index, ids=[str(pk) for pk in ids], source_includes=[HASH_FIELD])
    return {int(hit["_id"]): hit["_source"].get(HASH_FIELD, "") for hit in answer.body["docs"] if hit.get("found")}
