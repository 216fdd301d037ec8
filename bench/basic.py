"""Search in basic mode: the JSON endpoints without an engine, against the same statements sent by the bare driver."""

import os
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
import urllib3
from django.db import connection

from bench.ground import free_port, running
from bench.queries import varied_queries
from bench.report import ratio, show
from bench.search import ROUNDS, SURFACES, percentile, through, timed
from catalogus.article_numbers import ean13
from catalogus.models import SearchRow
from catalogus.search import SearchCriteria
from catalogus.search.postgres import PostgresBackend

AIM_SECONDS = 0.3
"""At p95 with facets, among 200,000 products; printed, for it hangs on the machine."""

AIM_RATIO = 1.5

Statement = tuple[str, Any]


def measure() -> None:
    """Time varied queries through each surface and bare."""
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    server = ("-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{port}", "--threads", "4",
              "--log-level", "warning")  # fmt: skip
    queries = [criteria for criteria in varied_queries() if not ean13(criteria.text)]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE catalogus_searchrow")
    engine = os.environ.pop("ELASTICSEARCH_URL", "")
    try:
        with (
            running(*server, ready=f"{site}/healthz"),
            urllib3.HTTPConnectionPool("127.0.0.1", port) as http,
            psycopg.connect(os.environ["DATABASE_URL"]) as driver,
        ):
            for surface in SURFACES:
                asked = [
                    (through(surface, criteria, http), _bare(criteria, driver, with_facets=surface.with_facets))
                    for criteria in queries
                ]
                _compare(f"Basic mode, {surface.name}, {SearchRow.objects.count()} products", asked)
    finally:
        os.environ["ELASTICSEARCH_URL"] = engine


def _compare(title: str, asked: Sequence[tuple[Callable[[], None], Callable[[], None]]]) -> None:
    ours, theirs = [], []
    for mine, bare in asked:
        mine()
        bare()
        times = [(timed(mine), timed(bare)) for _ in range(ROUNDS)]
        ours.append(min(one for one, _ in times))
        theirs.append(min(one for _, one in times))
    rows = []
    for name, share in (("p50", 50), ("p95", 95)):
        figure, remark = ratio(percentile(ours, share), percentile(theirs, share), AIM_RATIO)
        took = f"{percentile(ours, share) * 1e3:.1f} / {percentile(theirs, share) * 1e3:.1f} ms"
        rows.append((f"{name}: ours / bare driver", took, f"aim {AIM_SECONDS * 1e3:.0f} ms" if share > 50 else ""))
        rows.append((f"{name}: ratio", figure, remark))
    show(title, rows)


def _bare(criteria: SearchCriteria, driver: psycopg.Connection, *, with_facets: bool) -> Callable[[], None]:
    """Send the statements of this search once more, one after the other."""
    statements = _statements(criteria, with_facets=with_facets)

    def ask() -> None:
        with driver.transaction(), driver.cursor() as cursor:
            for text, params in statements:
                cursor.execute(text, params)
                if cursor.description:
                    cursor.fetchall()

    return ask


def _statements(criteria: SearchCriteria, *, with_facets: bool) -> list[Statement]:
    found: list[Statement] = []

    def note(execute: Any, text: str, params: Any, many: bool, context: Any) -> Any:
        if "SAVEPOINT" not in text:
            found.append((text, params))
        return execute(text, params, many, context)

    with connection.execute_wrapper(note):
        PostgresBackend().search(criteria, with_facets=with_facets)
    return found
