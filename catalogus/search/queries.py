"""The body of a search, without talking to a server. Filters never touch the score."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from elasticsearch.dsl.aggs import Filter
from elasticsearch.dsl.query import Bool, MatchAll, Nested, Query, Terms

from catalogus.search import cursor
from catalogus.search.criteria import SearchCriteria, Sort, View
from catalogus.search.documents import NESTED_PATH
from catalogus.search.facets import facet_aggregations
from catalogus.search.filters import ProductFilters
from catalogus.search.hits import PRODUCT_FIELDS
from catalogus.search.matching import products_found
from catalogus.search.question import Question, effective_criteria
from catalogus.search.ranking import Ranking
from catalogus.search.sorting import BY_NUMBER, number_sort

SHOWN_PRODUCTS = 3
"""Products that are given with a method: enough to see why it was found, few enough to read over."""

COMPLETE = "complete"
"""The aggregation that counts what has all the words of the text: whatever the filters, but with them once loosened."""

_INNER_PATH = f"{NESTED_PATH}."


@dataclass(frozen=True, slots=True)
class Request:
    """A search made ready for the engine. filters: the criteria that hold, with those that the text itself states."""

    criteria: SearchCriteria
    filters: SearchCriteria
    question: Question | None
    with_facets: bool = True
    is_explained: bool = False

    @classmethod
    def of(cls, criteria: SearchCriteria, **options: bool) -> Self:
        """The request for a page of a search."""
        question = Question.of(criteria)
        return cls(criteria, effective_criteria(criteria, question), question, **options)

    @property
    def can_be_loosened(self) -> bool:
        """Whether there is something of the text to leave out."""
        return bool(self.question and self.question.can_be_loosened)

    @property
    def counts_first(self) -> bool:
        """Whether something is counted that the filters do not narrow, so that these come after the counting."""
        return self.with_facets or self.can_be_loosened

    def loosened(self) -> Self:
        """The same, where some words may be missing."""
        return replace(self, question=self.question.loosened()) if self.question else self


def search_body(
    request: Request, *, timeout_seconds: float, after: list[cursor.SortValue] | None = None
) -> dict[str, Any]:
    """What is sent to the engine. after: the sort values of the hit before, where a cursor was given."""
    criteria = request.criteria
    body = _methods_body(request) if criteria.view == View.METHODS else _products_body(request)
    if not body["aggs"]:
        del body["aggs"]
    body["sort"] = _sort(criteria)
    body["track_total_hits"] = True
    body["timeout"] = f"{int(timeout_seconds * 1000)}ms"
    if after is not None:
        # One more than is asked for tells whether there is more after these.
        body["search_after"] = after
        body["size"] = criteria.page_size + 1
    else:
        body["from"] = (criteria.page - 1) * criteria.page_size
        body["size"] = criteria.page_size
    return body


def fitting_body(request: Request, product_ids: Sequence[int], *, timeout_seconds: float) -> dict[str, Any]:
    """Which of these products the search finds; hits have an id and nothing else."""
    filters: list[Query] = [*ProductFilters(request.filters).all(), Terms("_id", [str(pk) for pk in product_ids])]
    if request.question:
        filters.append(products_found(request.question))
    return {
        "query": Bool(filter=filters).to_dict(),
        "size": len(product_ids),
        "_source": False,
        "track_total_hits": False,
        "timeout": f"{int(timeout_seconds * 1000)}ms",
    }


def _products_body(request: Request) -> dict[str, Any]:
    filters = ProductFilters(request.filters)
    fitting = Bool(filter=filters.all())
    scored = _text_queries(request)[1]
    body: dict[str, Any] = {"_source": list(PRODUCT_FIELDS)}
    if request.counts_first:
        body["query"] = (scored or MatchAll()).to_dict()
        body["post_filter"] = fitting.to_dict()
    else:
        body["query"] = Bool(must=[scored] if scored else [], filter=[fitting]).to_dict()
    body["aggs"] = facet_aggregations(request.filters, filters) if request.with_facets else {}
    if request.question and request.question.is_loosened:
        _count_complete(body, Bool(filter=[products_found(request.question.strict()), fitting]))
    elif request.can_be_loosened:
        _count_complete(body, MatchAll())
    return body


def _methods_body(request: Request) -> dict[str, Any]:
    """A method is a hit when one product of it fits the text and every filter; the best of these gives the score."""
    filters = ProductFilters(request.filters, _INNER_PATH)
    words, scored = _text_queries(request, _INNER_PATH)
    best = Nested(
        path=NESTED_PATH,
        query=Bool(must=[scored] if scored else [], filter=filters.all()),
        score_mode="max" if scored else "none",
        inner_hits={
            "size": SHOWN_PRODUCTS,
            "_source": [f"{_INNER_PATH}{name}" for name in PRODUCT_FIELDS],
            "sort": [
                *([{"_score": "desc"}] if scored else []),
                {f"{_INNER_PATH}sort_title": "asc"},
                {f"{_INNER_PATH}id": "asc"},
            ],
        },
    )
    body: dict[str, Any] = {"_source": {"excludes": [NESTED_PATH]}}
    if not request.counts_first:
        body["query"] = best.to_dict()
    elif words is None:
        body["query"] = MatchAll().to_dict()
        body["post_filter"] = best.to_dict()
    else:
        # The facets count what the text finds; only products that fit the filters too show themselves and score.
        body["query"] = Bool(filter=[Nested(path=NESTED_PATH, query=words)], should=[best]).to_dict()
        body["post_filter"] = Nested(path=NESTED_PATH, query=Bool(filter=[words, *filters.all()])).to_dict()
    facets = facet_aggregations(request.filters, filters, path=_INNER_PATH, text=words) if request.with_facets else {}
    body["aggs"] = facets
    if request.question and request.question.is_loosened:
        every = products_found(request.question.strict(), _INNER_PATH)
        _count_complete(body, Nested(path=NESTED_PATH, query=Bool(filter=[every, *filters.all()])))
    elif request.can_be_loosened:
        _count_complete(body, MatchAll())
    return body


def _count_complete(body: dict[str, Any], wanted: Query) -> None:
    """Count what has all the words. Whether some may be missing hangs on the text alone, so the filters stay out of it:

    else a click on a value that counts two would find more than two.
    """
    body["aggs"][COMPLETE] = Filter(wanted).to_dict()


def _text_queries(request: Request, path: str = "") -> tuple[Query | None, Query | None]:
    """Which products the text finds, without and with a score; nothing where there is no text."""
    if request.question is None:
        return None, None
    found = products_found(request.question, path)
    return found, Ranking(request.question, path, with_names=request.is_explained).query(found)


def _sort(criteria: SearchCriteria) -> list[dict[str, Any]]:
    """The public id last, so that the order of equals is the same each time; it favours no publisher."""
    tie: dict[str, str] = {"public_id": "asc"}
    if criteria.sort == Sort.TITLE:
        return [{"sort_title": "asc"}, tie]
    if criteria.sort == Sort.NEWEST:
        return [{"published_day": "desc"}, tie]
    if criteria.sort in BY_NUMBER:
        return [number_sort(criteria), tie]
    return [{"_score": "desc"}, tie] if criteria.text else [tie]
