"""The JSON endpoints and the search page, against the same bodies sent by the bare client; over HTTP, turn by turn.

Both are asked with urllib3, on which the engine's client stands, so that both sides pay for the same HTTP. Where a text
is loosened, and so takes two calls of the engine, the bare client sends both bodies too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

import urllib3
from django.conf import settings
from elasticsearch import Elasticsearch

from bench.queries import varied_queries
from bench.report import show
from bench.timing import Ask, asked_site, compared
from catalogus.article_numbers import ean13
from catalogus.models import OutboxKind
from catalogus.search import SearchCriteria, View
from catalogus.search.elasticsearch import ElasticsearchBackend
from catalogus.search.indices import live_alias
from catalogus.search.queries import Request, search_body

KINDS = {View.PRODUCTS: OutboxKind.PRODUCT, View.METHODS: OutboxKind.METHOD}


@dataclass(frozen=True, slots=True)
class Surface:
    """Where a search is asked, and what it may take at most of the bare client's time."""

    name: str
    aim: float
    is_page: bool
    with_facets: bool

    def address(self, criteria: SearchCriteria) -> str:
        """The address that asks this search here."""
        query = criteria.query_string()
        if self.is_page:
            return f"/zoeken/?{query}"
        path = "/api/v1/methods/" if criteria.view == View.METHODS else "/api/v1/products/"
        query = query.replace("view=products", "").strip("&").replace("&&", "&")
        return f"{path}?{query}&facets=1" if self.with_facets else f"{path}?{query}"


SURFACES = (
    Surface("API with facets", 1.3, is_page=False, with_facets=True),
    Surface("API without facets", 1.3, is_page=False, with_facets=False),
    Surface("Search page", 2.0, is_page=True, with_facets=True),
)


def measure() -> None:
    """Time 200 queries through each surface and bare."""
    queries = timed_queries()
    with asked_site() as http:
        bare = Elasticsearch(settings.ELASTICSEARCH_URL)
        for surface in SURFACES:
            _compare(surface, queries, http, bare)


def timed_queries() -> list[SearchCriteria]:
    """The varied queries; a number alone leads from the page to its product and searches nothing."""
    return [criteria for criteria in varied_queries() if not ean13(criteria.text)]


def _compare(
    surface: Surface, queries: Sequence[SearchCriteria], http: urllib3.HTTPConnectionPool, bare: Elasticsearch
) -> None:
    bodies = [_bodies(criteria, with_facets=surface.with_facets) for criteria in queries]
    loosened = sum(len(found) > 1 for found in bodies)
    asks = [
        (through(surface, criteria, http), _bare(criteria, found, bare))
        for criteria, found in zip(queries, bodies, strict=True)
    ]
    rows = compared(asks, peer="bare client", aim=surface.aim)
    rows.append(("in two calls", f"{loosened} of {len(queries)}", "where next to nothing has all words"))
    show(f"{surface.name}, {len(queries)} queries", rows)


def _bodies(criteria: SearchCriteria, *, with_facets: bool) -> list[dict[str, object]]:
    request = Request.of(criteria, with_facets=with_facets)
    is_loosened = ElasticsearchBackend().search(criteria, with_facets=False).is_loosened
    requests = [request, request.loosened()] if is_loosened else [request]
    return [search_body(one, timeout_seconds=5) for one in requests]


def through(surface: Surface, criteria: SearchCriteria, http: urllib3.HTTPConnectionPool) -> Ask:
    """Ask a surface and read its answer. Raises RuntimeError for any but a good one."""
    address = surface.address(criteria)

    def ask() -> None:
        response = http.request("GET", address)
        if response.status != HTTPStatus.OK:
            raise RuntimeError(f"{address}: status {response.status}")
        if surface.is_page:
            response.data.decode()
        else:
            response.json()

    return ask


def _bare(criteria: SearchCriteria, bodies: Sequence[dict[str, object]], bare: Elasticsearch) -> Ask:
    index = live_alias(KINDS[criteria.view])

    def ask() -> None:
        for body in bodies:
            bare.search(index=index, body=body)

    return ask
