"""Harvest and index a feed, against the bare sum of the parts that nobody can do without.

The parts of harvest and index: lxml parses the same bytes, COPY writes the same rows into tables with the same indexes
and rules, and the official client sends the same documents to the engine in bulk. The parts of a pass by itself: the
same pages are fetched one after another and parsed, and what must be written is written in bulk: all rows by COPY in
the first pass, and when each record was seen, by one UPDATE, in a second pass that finds nothing changed.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from django.conf import settings
from django.db import connection
from elasticsearch import Elasticsearch, helpers
from lxml import etree

from bench.ground import free_port, running
from bench.report import ratio, show
from catalogus.models import OutboxKind
from catalogus.search.indexing import rebuild
from catalogus.search.indices import live_alias
from ingest.koppelpunt.sru import MAX_PAGE
from ingest.models import CellState, Harvest, HarvestState
from ingest.services.harvest import harvest
from ingest.services.sources import register_source

AIM = 2.0
AIM_OF_A_PASS = 1.5
TABLES = (
    "catalogus_method",
    "catalogus_edition",
    "catalogus_product",
    "catalogus_productversion",
    "catalogus_outboxentry",
    "ingest_record",
)


class Clock:
    """Adds up seconds by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started


def measure(records: int) -> None:
    """Harvest so many records of the demonstration Koppelpunt into the bench's database, index them, and tell."""
    clock = Clock()
    port = free_port()
    url = f"http://127.0.0.1:{port}/sru"
    server = ("manage.py", "demo_koppelpunt", "--records", str(records), "--port", str(port), "--seed", "1")
    with running(*server, ready=f"{url}?operation=searchRetrieve&version=1.2&query=*&maximumRecords=0"):
        source = register_source(code="demo", url=url)
        with clock.of("harvest"):
            first = harvest(source)
        assert (first.state, first.received) == (HarvestState.COMPLETE, records), first.message
        with clock.of("index"):
            rebuild()
        before = _places()
        with clock.of("second pass"):
            second = harvest(source)
        rewritten = len(before.items() ^ _places().items())
        pages = _fetch(first, url, clock)
    _parse(pages, clock)
    _stamp(second, clock)
    rows = _copy(clock)
    documents = _bulk(clock)
    _tell(first, clock, rows, documents, sum(map(len, pages)))
    _tell_passes(second, clock, rewritten)


def fill(records: int) -> None:
    """The same catalogue, for measurements of what is done with it."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/sru"
    server = ("manage.py", "demo_koppelpunt", "--records", str(records), "--port", str(port), "--seed", "1")
    with running(*server, ready=f"{url}?operation=searchRetrieve&version=1.2&query=*&maximumRecords=0"):
        harvest(register_source(code="demo", url=url))
    rebuild()


def _places() -> dict[int, str]:
    """Where each product's row lies: another place when it was written again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, ctid::text FROM catalogus_product")
        return dict(cursor.fetchall())


def _stamp(one_pass: Harvest, clock: Clock) -> None:
    """Write when each record was seen, which a pass must do for all of them."""
    with clock.of("bare stamp"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ingest_record SET last_seen_at = now(), last_harvest_id = %s WHERE source_id = %s",
            [one_pass.pk, one_pass.source_id],
        )


def _fetch(one_pass: Harvest, url: str, clock: Clock) -> list[bytes]:
    """The bytes of the pass once more, as the harvest asked for them."""
    pages = []
    with httpx.Client(timeout=60) as client, clock.of("fetch"):
        for cell in one_pass.cells.filter(state=CellState.DONE):
            for start in range(1, cell.expected + 1, MAX_PAGE):
                parameters: dict[str, str | int] = {
                    "operation": "searchRetrieve", "version": "1.2", "query": cell.query, "startRecord": start,
                    "maximumRecords": MAX_PAGE, "recordSchema": "eckcs2.5.2",
                }  # fmt: skip
                pages.append(client.get(url, params=parameters).content)
    return pages


def _parse(pages: list[bytes], clock: Clock) -> None:
    with clock.of("bare parse"):
        for page in pages:
            etree.fromstring(page)


def _copy(clock: Clock) -> int:
    """Copy the rows of each table into a table like it; the number of rows."""
    total = 0
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM"
                " information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
                [table],
            )
            columns = cursor.fetchone()[0]
            with cursor.copy(f"COPY {table} ({columns}) TO STDOUT") as copy:
                data = b"".join(bytes(chunk) for chunk in copy)
            cursor.execute(f"CREATE TABLE bench_copy (LIKE {table} INCLUDING ALL)")
            with clock.of("bare COPY"), cursor.copy(f"COPY bench_copy ({columns}) FROM STDIN") as copy:
                copy.write(data)
            cursor.execute("SELECT count(*) FROM bench_copy")
            total += cursor.fetchone()[0]
            cursor.execute("DROP TABLE bench_copy")
    return total


def _bulk(clock: Clock) -> int:
    """Send the documents of both indexes to indexes like them; the number of documents."""
    client = Elasticsearch(settings.ELASTICSEARCH_URL, request_timeout=120)
    total = 0
    for kind in OutboxKind:
        live = live_alias(kind)
        documents = [
            {"_index": "bench-bare", "_id": hit["_id"], "_source": hit["_source"]}
            for hit in helpers.scan(client, index=live, size=1000)
        ]
        (definition,) = client.indices.get(index=live).body.values()
        analysis = definition["settings"]["index"].get("analysis", {})
        client.options(ignore_status=404).indices.delete(index="bench-bare")
        client.indices.create(
            index="bench-bare",
            mappings=definition["mappings"],
            settings={"analysis": analysis, "number_of_replicas": 0, "refresh_interval": "-1"},
        )
        with clock.of("bare bulk"):
            helpers.bulk(client, documents, chunk_size=1000)
            client.indices.refresh(index="bench-bare")
        client.indices.delete(index="bench-bare")
        total += len(documents)
    return total


def _tell(one_pass: Harvest, clock: Clock, rows: int, documents: int, size: int) -> None:
    seconds = clock.seconds
    ours = seconds["harvest"] + seconds["index"]
    bare = seconds["bare parse"] + seconds["bare COPY"] + seconds["bare bulk"]
    figure, remark = ratio(ours, bare, AIM)
    show(
        f"Harvest and index of {one_pass.received} records, {size / 1e6:.0f} MB",
        [
            ("harvest", f"{seconds['harvest']:.1f} s", f"{one_pass.received / seconds['harvest']:.0f} records/s"),
            ("index", f"{seconds['index']:.1f} s", f"{documents / seconds['index']:.0f} documents/s"),
            ("bare: lxml parse", f"{seconds['bare parse']:.1f} s", "the same bytes"),
            ("bare: COPY", f"{seconds['bare COPY']:.1f} s", f"{rows} rows of {len(TABLES)} tables, same indexes"),
            ("bare: bulk", f"{seconds['bare bulk']:.1f} s", f"{documents} documents"),
            ("ratio", figure, remark),
            ("the source's own time", f"{seconds['fetch']:.1f} s", "fetching alone; not among the bare parts"),
        ],
    )


def _tell_passes(second: Harvest, clock: Clock, rewritten: int) -> None:
    seconds = clock.seconds
    reading = seconds["fetch"] + seconds["bare parse"]
    first_bare, second_bare = reading + seconds["bare COPY"], reading + seconds["bare stamp"]
    first_ratio, first_remark = ratio(seconds["harvest"], first_bare, AIM_OF_A_PASS)
    second_ratio, second_remark = ratio(seconds["second pass"], second_bare, AIM_OF_A_PASS)
    show(
        f"Passes over {second.received} records",
        [
            ("first pass", f"{seconds['harvest']:.1f} s", ""),
            ("bare: fetch, parse, COPY", f"{first_bare:.1f} s", "one after another"),
            ("ratio", first_ratio, first_remark),
            ("second pass, nothing changed", f"{seconds['second pass']:.1f} s", f"{rewritten} product rows written"),
            ("bare: fetch, parse, UPDATE of when seen", f"{second_bare:.1f} s", "one after another"),
            ("ratio", second_ratio, second_remark),
        ],
    )
