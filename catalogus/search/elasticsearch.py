"""The backend that asks Elasticsearch: one call for a page, its hits and its facets."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from catalogus.exceptions import SearchUnavailable
from catalogus.models import OutboxKind
from catalogus.search import cursor
from catalogus.search.backend import Facet, HitWalk, SearchPage
from catalogus.search.client import LONG_WORK_SECONDS, get_client
from catalogus.search.criteria import SearchCriteria, View
from catalogus.search.facets import only_facet, read_facets, read_relaxations, read_whole_facet
from catalogus.search.hits import method_hit, product_hit
from catalogus.search.indices import live_alias
from catalogus.search.queries import COMPLETE, Request, fitting_body, search_body
from catalogus.search.question import FEW_HITS
from catalogus.search.serving import known_index

MOST_IDS = 5_000
"""Products asked about in one call: below what the engine gives in one page, and a body of 50 KB."""

_KINDS = {View.PRODUCTS: OutboxKind.PRODUCT, View.METHODS: OutboxKind.METHOD}


class ElasticsearchBackend:
    """See SearchBackend."""

    name = "elasticsearch"

    def search(self, criteria: SearchCriteria, *, with_facets: bool = True, is_explained: bool = False) -> SearchPage:
        """One page, by one call; by a second one where all words of the text are found next to nowhere.

        Then some of them may be missing.
        Raises SearchUnavailable, and InvalidCriteria for a cursor that is none of this search.
        """
        request = Request.of(criteria, with_facets=with_facets, is_explained=is_explained)
        place = cursor.decode(criteria) if criteria.cursor else None
        if place is not None and place.is_loosened:
            request = request.loosened()
        answer = _ask(request, place)
        if place is None and is_to_be_loosened(request, answer):
            request = request.loosened()
            answer = _ask(request)
        return _page(request, answer)

    def whole_facet(self, criteria: SearchCriteria, facet: str) -> Facet:
        """See SearchBackend. Raises SearchUnavailable."""
        request = Request.of(criteria.with_page(1))
        answer = _ask(request, facet=facet)
        if is_to_be_loosened(request, answer):
            answer = _ask(request.loosened(), facet=facet)
        return read_whole_facet(criteria, facet, answer["aggregations"])

    def walk(self, criteria: SearchCriteria) -> HitWalk:
        """See SearchBackend. Raises SearchUnavailable."""
        from catalogus.search.exporting import Walk  # It asks as this module does.

        return Walk(criteria)

    def fitting(self, criteria: SearchCriteria, product_ids: Collection[int]) -> frozenset[int]:
        """See SearchBackend. A call for MOST_IDS products, and one before where a text may be loosened.

        Raises SearchUnavailable.
        """
        request = Request.of(replace(criteria.with_page(1), view=View.PRODUCTS, page_size=1), with_facets=False)
        if request.can_be_loosened and is_to_be_loosened(request, _ask(request)):
            request = request.loosened()
        ids = sorted(product_ids)
        found: set[int] = set()
        for start in range(0, len(ids), MOST_IDS):
            body = fitting_body(request, ids[start : start + MOST_IDS], timeout_seconds=LONG_WORK_SECONDS)
            with known_index():
                hits = get_client(timeout_seconds=LONG_WORK_SECONDS).search(
                    index=live_alias(OutboxKind.PRODUCT), body=body, allow_partial_search_results=False
                )
            found |= {int(hit["_id"]) for hit in hits.body["hits"]["hits"]}
        return frozenset(found)


def is_to_be_loosened(request: Request, answer: Mapping[str, Any]) -> bool:
    """Whether next to nothing has all the words, as the answer to a request without place or page tells."""
    return request.can_be_loosened and _complete(answer) < FEW_HITS


def _complete(answer: Mapping[str, Any]) -> int:
    count: int = answer["aggregations"][COMPLETE]["doc_count"]
    return count


def _ask(request: Request, place: cursor.Place | None = None, *, facet: str = "") -> dict[str, Any]:
    """The engine's answer: a page of hits, or with a facet the counts of all its values and nothing else."""
    body = search_body(
        request,
        timeout_seconds=settings.ELASTICSEARCH_TIMEOUT_SECONDS,
        after=place.after if place else None,
    )
    if facet:
        complete = {name: counted for name, counted in body["aggs"].items() if name == COMPLETE}
        body = only_facet(body, facet)
        body["aggs"] |= complete
    with known_index():
        answer: dict[str, Any] = (
            get_client()
            .search(
                index=live_alias(_KINDS[request.criteria.view]),
                body=body,
                # Half an answer would show wrong totals, and the same copies give the same scores to each page.
                allow_partial_search_results=False,
                preference=preference(request.criteria),
                include_named_queries_score=request.is_explained,
            )
            .body
        )
    if answer["timed_out"]:
        raise SearchUnavailable(_("De zoekmachine had te veel tijd nodig. Probeer het opnieuw."))
    return answer


def _total(answer: Mapping[str, Any]) -> int:
    total: int = answer["hits"]["total"]["value"]
    return total


def preference(criteria: SearchCriteria) -> str:
    """Which copies of the index answer: the same ones for each page of a search."""
    return hashlib.blake2b(criteria.text.encode(), digest_size=8).hexdigest()


def _page(request: Request, answer: Mapping[str, Any]) -> SearchPage:
    criteria, question = request.criteria, request.question
    is_loosened = bool(question and question.is_loosened)
    found = answer["hits"]["hits"]
    hits = found[: criteria.page_size]
    is_methods = criteria.view == View.METHODS
    return SearchPage(
        criteria=criteria,
        total=_total(answer),
        product_hits=() if is_methods else tuple(product_hit(hit["_source"], hit) for hit in hits),
        method_hits=tuple(method_hit(hit) for hit in hits) if is_methods else (),
        facets=read_facets(criteria, answer["aggregations"]) if request.with_facets else (),
        next_cursor=_next_cursor(request, _total(answer), found),
        took_ms=answer["took"],
        understanding=question.understanding if question else None,
        is_loosened=is_loosened,
        complete_total=_complete(answer) if is_loosened else None,
        replacements=question.replacements() if question else (),
        relaxations=read_relaxations(criteria, answer["aggregations"])
        if request.with_facets and not _total(answer)
        else (),
    )


def _next_cursor(request: Request, total: int, found: Sequence[Mapping[str, Any]]) -> str:
    """Where to go on; empty at the end. A cursor's page does not know its place, so it was asked for one hit more."""
    criteria = request.criteria
    if criteria.cursor:
        has_more = len(found) > criteria.page_size
    else:
        has_more = bool(found) and criteria.page * criteria.page_size < total
    if not has_more:
        return ""
    is_loosened = bool(request.question and request.question.is_loosened)
    return cursor.encode(criteria, found[: criteria.page_size][-1]["sort"], is_loosened=is_loosened)
