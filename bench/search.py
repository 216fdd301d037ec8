"""The JSON endpoint, against the same body sent by the bare client; both over HTTP on loopback, turn by turn.

The endpoint is asked with urllib3, on which the engine's client stands, so that both sides pay for the same HTTP.
"""

import statistics
import time
from collections.abc import Callable
from http import HTTPStatus

import urllib3
from django.conf import settings
from elasticsearch import Elasticsearch

from bench.ground import free_port, running
from bench.queries import varied_queries
from bench.report import ratio, show
from catalogus.models import OutboxKind
from catalogus.search import SearchCriteria, View
from catalogus.search.indices import live_alias
from catalogus.search.queries import Request, search_body

AIM = 1.5
ROUNDS = 3
"""Each query is timed so often and its best counts: what disturbs is seldom there three times."""

KINDS = {View.PRODUCTS: OutboxKind.PRODUCT, View.METHODS: OutboxKind.METHOD}


def measure() -> None:
    """Time 200 queries through the endpoint and bare, with facets and without."""
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    server = ("-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{port}", "--threads", "4",
              "--log-level", "warning")  # fmt: skip
    queries = varied_queries()
    with running(*server, ready=f"{site}/healthz"), urllib3.HTTPConnectionPool("127.0.0.1", port, timeout=30) as http:
        bare = Elasticsearch(settings.ELASTICSEARCH_URL)
        for with_facets in (True, False):
            _compare(queries, http, bare, with_facets=with_facets)


def _compare(
    queries: list[SearchCriteria], http: urllib3.HTTPConnectionPool, bare: Elasticsearch, *, with_facets: bool
) -> None:
    ours, theirs = [], []
    for criteria in queries:
        asks = _through_endpoint(criteria, http, with_facets), _bare(criteria, bare, with_facets)
        for ask in asks:
            ask()  # The first answer warms the engine's caches for both alike.
        times = [(_timed(asks[0]), _timed(asks[1])) for _ in range(ROUNDS)]
        ours.append(min(one for one, _ in times))
        theirs.append(min(one for _, one in times))
    rows = []
    for name, share in (("p50", 50), ("p95", 95)):
        mine, other = _percentile(ours, share), _percentile(theirs, share)
        figure, remark = ratio(mine, other, AIM)
        rows.append((f"{name}: endpoint / bare client", f"{mine * 1e3:.1f} / {other * 1e3:.1f} ms", ""))
        rows.append((f"{name}: ratio", figure, remark))
    show(f"Search, {len(queries)} queries, {'with' if with_facets else 'without'} facets", rows)


def _through_endpoint(
    criteria: SearchCriteria, http: urllib3.HTTPConnectionPool, with_facets: bool
) -> Callable[[], None]:
    path = "/api/v1/methods/" if criteria.view == View.METHODS else "/api/v1/products/"
    query = criteria.query_string().replace("view=products", "").strip("&").replace("&&", "&")
    address = f"{path}?{query}&facets=1" if with_facets else f"{path}?{query}"

    def ask() -> None:
        response = http.request("GET", address)
        if response.status != HTTPStatus.OK:
            raise RuntimeError(f"{address}: status {response.status}")
        response.json()

    return ask


def _bare(criteria: SearchCriteria, bare: Elasticsearch, with_facets: bool) -> Callable[[], None]:
    body = search_body(Request.of(criteria, with_facets=with_facets), timeout_seconds=5)
    index = live_alias(KINDS[criteria.view])

    def ask() -> None:
        bare.search(index=index, body=body)

    return ask


def _timed(ask: Callable[[], None]) -> float:
    started = time.perf_counter()
    ask()
    return time.perf_counter() - started


def _percentile(times: list[float], share: int) -> float:
    return statistics.quantiles(times, n=100)[share - 1]
