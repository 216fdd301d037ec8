"""The backend that asks Elasticsearch: one call for a page, its hits and its facets."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from catalogus.exceptions import SearchUnavailable
from catalogus.models import OutboxKind
from catalogus.search import cursor
from catalogus.search.backend import SearchPage
from catalogus.search.client import engine_faults, get_client
from catalogus.search.criteria import SearchCriteria, View
from catalogus.search.facets import read_facets
from catalogus.search.hits import method_hit, product_hit
from catalogus.search.indices import live_alias
from catalogus.search.queries import search_body

_KINDS = {View.PRODUCTS: OutboxKind.PRODUCT, View.METHODS: OutboxKind.METHOD}


class ElasticsearchBackend:
    """See SearchBackend."""

    name = "elasticsearch"

    def search(self, criteria: SearchCriteria, *, with_facets: bool = True) -> SearchPage:
        """One page. Raises SearchUnavailable, and InvalidCriteria for a cursor that is none of this search."""
        body = search_body(criteria, with_facets=with_facets, timeout_seconds=settings.ELASTICSEARCH_TIMEOUT_SECONDS)
        with engine_faults():
            answer: dict[str, Any] = (
                get_client()
                .search(
                    index=live_alias(_KINDS[criteria.view]),
                    body=body,
                    # Half an answer would show wrong totals, and the same copies give the same scores to each page.
                    allow_partial_search_results=False,
                    preference=_preference(criteria),
                )
                .body
            )
        if answer["timed_out"]:
            raise SearchUnavailable(_("De zoekmachine had te veel tijd nodig. Probeer het opnieuw."))
        return _page(criteria, answer, with_facets=with_facets)


def _preference(criteria: SearchCriteria) -> str:
    return hashlib.blake2b(criteria.text.encode(), digest_size=8).hexdigest()


def _page(criteria: SearchCriteria, answer: Mapping[str, Any], *, with_facets: bool) -> SearchPage:
    total = answer["hits"]["total"]["value"]
    found = answer["hits"]["hits"]
    hits = found[: criteria.page_size]
    is_methods = criteria.view == View.METHODS
    return SearchPage(
        criteria=criteria,
        total=total,
        product_hits=() if is_methods else tuple(product_hit(hit["_source"]) for hit in hits),
        method_hits=tuple(method_hit(hit) for hit in hits) if is_methods else (),
        facets=read_facets(criteria, answer["aggregations"]) if with_facets else (),
        next_cursor=_next_cursor(criteria, total, found),
        took_ms=answer["took"],
    )


def _next_cursor(criteria: SearchCriteria, total: int, found: Sequence[Mapping[str, Any]]) -> str:
    """Where to go on; empty at the end. A cursor's page does not know its place, so it was asked for one hit more."""
    if criteria.cursor:
        has_more = len(found) > criteria.page_size
    else:
        has_more = bool(found) and criteria.page * criteria.page_size < total
    return cursor.encode(criteria, found[: criteria.page_size][-1]["sort"]) if has_more else ""
