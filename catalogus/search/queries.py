"""The body of a search, without talking to a server. Filters never touch the score."""

from typing import Any

from elasticsearch.dsl.query import Bool, MatchAll, Nested, Query

from catalogus.search import cursor
from catalogus.search.criteria import SearchCriteria, Sort, View
from catalogus.search.documents import NESTED_PATH
from catalogus.search.facets import facet_aggregations
from catalogus.search.filters import ProductFilters
from catalogus.search.hits import PRODUCT_FIELDS
from catalogus.search.matching import text_query

SHOWN_PRODUCTS = 3
"""Products that are given with a method: enough to see why it was found, few enough to read over."""

# Where no text decides which of a method's products are best, they come as in a list of titles.
_SHOWN_ORDER = ("sort_title", "id")

_INNER_PATH = f"{NESTED_PATH}."


def search_body(criteria: SearchCriteria, *, with_facets: bool, timeout_seconds: float) -> dict[str, Any]:
    """What is sent to the engine. Raises InvalidCriteria where the cursor is none of this search."""
    body = (
        _methods_body(criteria, with_facets) if criteria.view == View.METHODS else _products_body(criteria, with_facets)
    )
    body["sort"] = _sort(criteria)
    body["track_total_hits"] = True
    body["timeout"] = f"{int(timeout_seconds * 1000)}ms"
    if criteria.cursor:
        # One more than is asked for tells whether there is more after these.
        body["search_after"] = cursor.decode(criteria)
        body["size"] = criteria.page_size + 1
    else:
        body["from"] = (criteria.page - 1) * criteria.page_size
        body["size"] = criteria.page_size
    return body


def _products_body(criteria: SearchCriteria, with_facets: bool) -> dict[str, Any]:
    filters = ProductFilters(criteria)
    words = text_query(criteria.text) if criteria.text else None
    body: dict[str, Any] = {"_source": list(PRODUCT_FIELDS)}
    _ask(body, words, Bool(filter=filters.all()), after_counting=with_facets)
    if with_facets:
        body["aggs"] = facet_aggregations(criteria, filters)
    return body


def _methods_body(criteria: SearchCriteria, with_facets: bool) -> dict[str, Any]:
    """A method is a hit when one product of it fits the text and every filter; its best product gives the score."""
    filters = ProductFilters(criteria, _INNER_PATH)
    words = text_query(criteria.text, _INNER_PATH) if criteria.text else None
    fitting = Nested(
        path=NESTED_PATH,
        query=Bool(must=[words] if words else [], filter=filters.all()),
        inner_hits={
            "size": SHOWN_PRODUCTS,
            "_source": [f"{_INNER_PATH}{name}" for name in PRODUCT_FIELDS],
            "sort": [
                *([{"_score": "desc"}] if words else []),
                {f"{_INNER_PATH}sort_title": "asc"},
                {f"{_INNER_PATH}id": "asc"},
            ],
        },
    )
    body: dict[str, Any] = {"_source": {"excludes": [NESTED_PATH]}}
    scored = Nested(path=NESTED_PATH, query=words, score_mode="max") if words else None
    _ask(body, scored, fitting, after_counting=with_facets)
    if with_facets:
        body["aggs"] = facet_aggregations(criteria, filters, path=_INNER_PATH, text=words)
    return body


def _ask(body: dict[str, Any], scored: Query | None, fitting: Query, *, after_counting: bool) -> None:
    """Put the filters behind the counting of facets, or, where none are counted, beside the query."""
    if after_counting:
        body["query"] = (scored or MatchAll()).to_dict()
        body["post_filter"] = fitting.to_dict()
    else:
        body["query"] = Bool(must=[scored] if scored else [], filter=[fitting]).to_dict()


def _sort(criteria: SearchCriteria) -> list[dict[str, str]]:
    """The public id last, so that the order of equals is the same each time; it favours no publisher."""
    tie: dict[str, str] = {"public_id": "asc"}
    if criteria.sort == Sort.TITLE:
        return [{"sort_title": "asc"}, tie]
    if criteria.sort == Sort.NEWEST:
        return [{"published_day": "desc"}, tie]
    return [{"_score": "desc"}, tie] if criteria.text else [tie]
