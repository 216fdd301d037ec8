"""A rebuild of the indexes, against a bare bulk of the same bytes into indexes of the same definition.

Turn by turn on one engine. The bare peer has its bodies ready before the clock starts and sends them one after another
by the official client; a rebuild counts words and editions, reads the database, makes and sends documents, compares
counts and a sample, and moves the aliases.
"""

import time
from collections.abc import Iterator

import orjson
from django.conf import settings
from elasticsearch import Elasticsearch, helpers

from bench.report import share, show
from catalogus.models import OutboxKind
from catalogus.search.documents import index_definition
from catalogus.search.indexing import rebuild
from catalogus.search.indexing.bulk import MAX_BODY_BYTES
from catalogus.search.indices import live_alias

AIM = 0.8
ROUNDS = 3
"""The best of each counts, as in the search part."""

_WHILE_FILLING = {"refresh_interval": "-1", "number_of_replicas": 0}
"""What a rebuild sets too while nobody searches the new index."""


def measure() -> None:
    """Rebuild and bulk turn by turn, and tell."""
    client = Elasticsearch(settings.ELASTICSEARCH_URL, request_timeout=120)
    rebuild()  # Warms the engine, and gives the bytes.
    bodies = {kind: list(_bodies(client, kind)) for kind in OutboxKind}
    documents = sum(len(body) // 2 for parts in bodies.values() for body in parts)
    size = sum(len(line) for parts in bodies.values() for body in parts for line in body)
    turns = [(rebuild().seconds, _bulk(client, bodies)) for _ in range(ROUNDS)]
    ours, bare = (documents / min(seconds) for seconds in zip(*turns, strict=True))
    figure, remark = share(ours, bare, AIM)
    show(
        f"Rebuild of {documents} documents, {size / 1e6:.0f} MB, best of {ROUNDS}",
        [
            ("rebuild", f"{ours:.0f} documents/s", f"{documents / ours:.1f} s"),
            ("bare: bulk", f"{bare:.0f} documents/s", f"{documents / bare:.1f} s, the same bytes and definition"),
            ("share", figure, remark),
        ],
    )


def _bodies(client: Elasticsearch, kind: OutboxKind) -> Iterator[list[bytes]]:
    """The live index as bodies of about the size that a rebuild sends."""
    lines: list[bytes] = []
    size = 0
    for hit in helpers.scan(client, index=live_alias(kind), size=500):
        document = orjson.dumps(hit["_source"])
        lines += [orjson.dumps({"index": {"_id": hit["_id"]}}), document]
        size += len(document)
        if size > MAX_BODY_BYTES:
            yield lines
            lines, size = [], 0
    if lines:
        yield lines


def _bulk(client: Elasticsearch, bodies: dict[OutboxKind, list[list[bytes]]]) -> float:
    """Seconds to make both indexes, fill and refresh them."""
    names = {kind: f"bench-bare-{kind.value}" for kind in OutboxKind}
    for name in names.values():
        client.options(ignore_status=404).indices.delete(index=name)
    started = time.perf_counter()
    for kind, name in names.items():
        definition = index_definition(kind)
        client.indices.create(
            index=name, mappings=definition["mappings"], settings=definition["settings"] | _WHILE_FILLING
        )
        for body in bodies[kind]:
            answer = client.bulk(index=name, operations=body, filter_path="errors")  # type: ignore[arg-type]
            if answer.body["errors"]:
                raise RuntimeError(f"the engine refused documents of {name}")
        client.indices.refresh(index=name)
    seconds = time.perf_counter() - started
    for name in names.values():
        client.indices.delete(index=name)
    return seconds
