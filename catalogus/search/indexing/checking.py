"""Prove that the indexes hold what the database holds: every document, by its content."""

from collections.abc import Iterator
from dataclasses import dataclass

from elasticsearch import Elasticsearch

from catalogus.models import OutboxEntry, OutboxKind
from catalogus.search.client import LONG_WORK_SECONDS, engine_faults, get_client
from catalogus.search.indexing.comparing import Differences, differences
from catalogus.search.indices import live_alias
from catalogus.search.loading import METHODS_PER_CHUNK, PRODUCTS_PER_CHUNK, Document, all_documents

_KEEP_ALIVE = "2m"
_PAGE_SIZES = {OutboxKind.PRODUCT: PRODUCTS_PER_CHUNK, OutboxKind.METHOD: METHODS_PER_CHUNK}
_END = (None, None)


@dataclass(frozen=True, slots=True)
class KindReport:
    """database and index: documents on each side; waiting: rows in the outbox, whose documents are not judged."""

    kind: OutboxKind
    database: int
    index: int
    waiting: int
    differences: Differences


@dataclass(frozen=True, slots=True)
class CheckReport:
    kinds: tuple[KindReport, ...]

    @property
    def is_equal(self) -> bool:
        return not any(kind.differences for kind in self.kinds)


def check() -> CheckReport:
    """Compare every document on both sides; writes may go on in the meantime. Changes nothing.

    Raises SearchUnavailable where the engine is away or there is no index.
    """
    client = get_client(timeout_seconds=LONG_WORK_SECONDS)
    with engine_faults():
        return CheckReport(tuple(_check(client, kind) for kind in OutboxKind))


def _check(client: Elasticsearch, kind: OutboxKind) -> KindReport:
    alias = live_alias(kind)
    client.indices.refresh(index=alias)
    database = index = 0
    suspects = []
    for pk, wanted, indexed in _side_by_side(all_documents(kind), _indexed_documents(client, kind, alias)):
        database += wanted is not None
        index += indexed is not None
        if wanted != indexed:
            suspects.append(pk)
    return KindReport(
        kind=kind,
        database=database,
        index=index,
        waiting=OutboxEntry.objects.filter(kind=kind).count(),
        differences=differences(client, kind, alias, suspects),
    )


def _side_by_side(
    left: Iterator[tuple[int, Document]], right: Iterator[tuple[int, Document]]
) -> Iterator[tuple[int, Document | None, Document | None]]:
    """Two streams in the order of their ids as one, with None where one side has no such id."""
    left_id, left_document = next(left, _END)
    right_id, right_document = next(right, _END)
    while left_id is not None or right_id is not None:
        pk = min(number for number in (left_id, right_id) if number is not None)
        yield pk, left_document if left_id == pk else None, right_document if right_id == pk else None
        if left_id == pk:
            left_id, left_document = next(left, _END)
        if right_id == pk:
            right_id, right_document = next(right, _END)


def _indexed_documents(client: Elasticsearch, kind: OutboxKind, alias: str) -> Iterator[tuple[int, Document]]:
    """Every document of an index as it is at this moment, in the order of the rows' ids."""
    pit = client.open_point_in_time(index=alias, keep_alive=_KEEP_ALIVE).body["id"]
    try:
        after: list[int] | None = None
        while True:
            answer = client.search(
                pit={"id": pit, "keep_alive": _KEEP_ALIVE},
                size=_PAGE_SIZES[kind],
                sort=[{"id": "asc"}],
                search_after=after,
                track_total_hits=False,
            ).body
            pit = answer["pit_id"]
            hits = answer["hits"]["hits"]
            if not hits:
                return
            for hit in hits:
                yield int(hit["_id"]), hit["_source"]
            after = hits[-1]["sort"]
    finally:
        client.options(ignore_status=404).close_point_in_time(id=pit)
