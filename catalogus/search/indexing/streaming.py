"""All ids and hashes of an index at one moment, in little memory."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator

from elasticsearch import Elasticsearch

from catalogus.search.documents import HASH_FIELD

_KEEP_ALIVE = "2m"
_PAGE = 10_000
"""As much as the engine gives at once; a megabyte, for no document is read."""


class IndexedHashes:
    """Sixteen bytes for a document: a million of both kinds take 20 MB, where a dictionary takes ten times as much."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        """Read them all. The field `id` and the id of a document are one, as bulk.py writes them."""
        self._ids, self._hashes = array("q"), array("Q")
        for pk, found in _pairs(client, index):
            self._ids.append(pk)
            self._hashes.append(found)
        self._is_asked = bytearray(len(self._ids))

    def __len__(self) -> int:
        return len(self._ids)

    def holds(self, pk: int, wanted: str) -> bool:
        """Whether the index has this document with this hash."""
        place = bisect_left(self._ids, pk)
        if place == len(self._ids) or self._ids[place] != pk:
            return False
        self._is_asked[place] = 1
        return self._hashes[place] == int(wanted, 16)

    def never_asked(self) -> Iterator[int]:
        """The ids that nobody asked `holds` about."""
        return (pk for pk, is_asked in zip(self._ids, self._is_asked, strict=True) if not is_asked)


def _pairs(client: Elasticsearch, index: str) -> Iterator[tuple[int, int]]:
    """Id and hash of each document, in the order of ids; 0 for one without a hash, which is then of no content."""
    pit = client.open_point_in_time(index=index, keep_alive=_KEEP_ALIVE).body["id"]
    try:
        after: list[int] | None = None
        while True:
            answer = client.search(
                pit={"id": pit, "keep_alive": _KEEP_ALIVE},
                size=_PAGE,
                sort=[{"id": "asc"}],
                search_after=after,
                track_total_hits=False,
                stored_fields="_none_",
                docvalue_fields=[{"field": HASH_FIELD}],
                filter_path=f"pit_id,timed_out,hits.hits.fields.{HASH_FIELD},hits.hits.sort",
            ).body
            pit = answer["pit_id"]
            hits = answer.get("hits", {}).get("hits", [])
            for hit in hits:
                yield int(hit["sort"][0]), int(hit.get("fields", {}).get(HASH_FIELD, ["0"])[0], 16)
            if len(hits) < _PAGE:
                return
            after = hits[-1]["sort"]
    finally:
        client.options(ignore_status=404).close_point_in_time(id=pit)
