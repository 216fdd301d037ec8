"""Search in basic mode: the JSON endpoints without an engine, against the same statements sent by the bare driver."""

import os
from typing import Any

import psycopg
from django.db import connection

from bench.report import show
from bench.search import SURFACES, through, timed_queries
from bench.timing import Ask, asked_site, compared
from catalogus.models import SearchRow
from catalogus.search import SearchCriteria
from catalogus.search.postgres import PostgresBackend

AIM_MS = 300.0
"""At p95 with facets, among 200,000 products; printed, for it hangs on the machine."""

AIM_RATIO = 1.5

Statement = tuple[str, Any]


def measure() -> None:
    """Time varied queries through each surface and bare."""
    queries = timed_queries()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE catalogus_searchrow")
    engine = os.environ.pop("ELASTICSEARCH_URL", "")
    try:
        with asked_site() as http, psycopg.connect(os.environ["DATABASE_URL"]) as driver:
            for surface in SURFACES:
                asks = [
                    (through(surface, criteria, http), _bare(criteria, driver, with_facets=surface.with_facets))
                    for criteria in queries
                ]
                rows = compared(asks, peer="bare driver", aim=AIM_RATIO, most_ms=AIM_MS)
                show(f"Basic mode, {surface.name}, {SearchRow.objects.count()} products", rows)
    finally:
        os.environ["ELASTICSEARCH_URL"] = engine


def _bare(criteria: SearchCriteria, driver: psycopg.Connection, *, with_facets: bool) -> Ask:
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
