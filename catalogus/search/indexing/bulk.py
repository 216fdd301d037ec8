"""Write documents with their versions, and say of each what became of it."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.utils.translation import gettext as _
from elasticsearch import Elasticsearch

from catalogus.exceptions import SearchUnavailable
from catalogus.models import OutboxKind
from catalogus.search.client import engine_faults
from catalogus.search.indexing.hashing import hashed_json
from catalogus.search.indices import building_alias, live_alias
from catalogus.search.loading import Document

_CONFLICT = 409
_NOT_FOUND = 404
_TOO_MANY_REQUESTS = 429
_SERVER_FAULT = 500

MAX_BODY_BYTES = 5_000_000
"""Five megabytes a call: enough to keep the engine busy, and far below what it accepts (100 MB)."""

FRESH_SECONDS = 600.0
"""What was read longer ago is not written any more: a process that was stopped in between, or a machine that slept,
would bring back what was deleted so long ago that the engine forgot it (documents.DELETIONS_REMEMBERED, an hour).
"""


@dataclass(frozen=True, slots=True)
class Write:
    """A document of this row and version; None takes it away."""

    kind: OutboxKind
    pk: int
    version: int
    document: Document | None


@dataclass(slots=True)
class Outcome:
    """What became of writes. refused: why the engine does not want a document; postponed: ask again later.

    overtaken: an index has a newer version, which stays.
    """

    refused: dict[tuple[OutboxKind, int], str] = field(default_factory=dict)
    postponed: set[tuple[OutboxKind, int]] = field(default_factory=set)
    overtaken: set[tuple[OutboxKind, int]] = field(default_factory=set)


def write(
    client: Elasticsearch,
    writes: Iterable[Write],
    *,
    is_building: bool = False,
    to_live: bool = True,
    read_at: float | None = None,
) -> Outcome:
    """Write to the live indexes, to those being built, or to both, through their aliases.

    A document that is newer in the index stays; that counts as done. read_at: when the documents were read from the
    database, by time.time(). Raises SearchUnavailable where the engine is away, or that was too long ago.
    """
    outcome = Outcome()
    targets = [alias for alias, is_wanted in ((live_alias, to_live), (building_alias, is_building)) if is_wanted]
    for items, body in _bodies(writes, targets):
        if read_at is not None and time.time() - read_at > FRESH_SECONDS:
            raise SearchUnavailable(_("Gelezen documenten bleven te lang liggen en worden later opnieuw gelezen."))
        with engine_faults():
            answer = client.bulk(
                operations=body,  # type: ignore[arg-type]  # Lines of JSON pass as they are.
                require_alias=True,  # A wrong name must not make an index of its own.
                filter_path="items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by.reason",
            )
        results = [next(iter(result.values())) for result in answer.body["items"]]
        for place, item in enumerate(items):
            _note(outcome, item, results[place * len(targets) : (place + 1) * len(targets)])
    return outcome


def _bodies(
    writes: Iterable[Write], targets: Sequence[Callable[[OutboxKind], str]]
) -> Iterator[tuple[list[Write], Sequence[bytes]]]:
    """Bodies of at most about MAX_BODY_BYTES, each with the writes that its lines are about."""
    items: list[Write] = []
    lines: list[bytes] = []
    size = 0
    for item in writes:
        document = None if item.document is None else hashed_json(item.document)[1]
        for alias in targets:
            action = {
                "_index": alias(item.kind),
                "_id": str(item.pk),
                "version": item.version,
                "version_type": "external_gte",
            }
            lines.append(orjson.dumps({"delete" if document is None else "index": action}))
            if document is not None:
                lines.append(document)
                size += len(document)
        items.append(item)
        if size > MAX_BODY_BYTES:
            yield items, lines
            items, lines, size = [], [], 0
    if items:
        yield items, lines


def _note(outcome: Outcome, item: Write, results: Sequence[dict[str, Any]]) -> None:
    """Judge one write by its results, one of each index that it went to."""
    key = (item.kind, item.pk)
    if any(result["status"] == _CONFLICT for result in results):
        outcome.overtaken.add(key)
    faults = [result for result in results if "error" in result and result["status"] != _CONFLICT]
    for fault in faults:
        if fault["status"] == _NOT_FOUND:
            # An index is made or taken away at this moment. One that has the document is enough: it is, or will be,
            # the live one.
            if len(faults) == len(results):
                outcome.postponed.add(key)
        elif fault["status"] == _TOO_MANY_REQUESTS or fault["status"] >= _SERVER_FAULT:
            outcome.postponed.add(key)
        else:
            error = fault["error"]
            reason = error.get("caused_by", {}).get("reason") or error.get("reason", "")
            outcome.refused[key] = f"{error['type']}: {reason}"
