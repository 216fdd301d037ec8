"""The SRU service: parameters in, answer out. It knows of no HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final

from ingest.demo.answers import Found, RecordXml, Times, explain_answer, fault_answer, search_answer
from ingest.demo.diagnostics import Diagnostic
from ingest.demo.eck import write
from ingest.demo.entries import Entry
from ingest.demo.feed import Feed, Snapshot
from ingest.demo.indexes import IndexKind
from ingest.demo.queries import condition_of
from ingest.demo.requests import Drilldown, Parameters, SearchRequest, read_operation, read_search
from ingest.demo.store import Condition, Store, split_facet

CEILING: Final = 4_000
"""The real service gives no more than so many records of one result."""


@dataclass(frozen=True, slots=True)
class Answer:
    """records: the identifiers of the records in the body, by number, in their order."""

    body: bytes
    records: Mapping[int, str] = field(default_factory=dict)


class SruService:
    """Answers requests about what the feed serves at the moment. ceiling: how much of a result can be reached."""

    def __init__(self, feed: Feed, *, ceiling: int = CEILING) -> None:
        self._feed = feed
        self._ceiling = ceiling

    def answer(self, parameters: Parameters, host: str, port: int) -> Answer:
        """The answer to any parameters; what is wrong with them stands in the answer."""
        try:
            if read_operation(parameters) == "explain":
                return Answer(explain_answer(host, port))
            request = read_search(parameters)
            with self._feed.lease(is_page=request.maximum > 0) as snapshot:
                return self._search(request, snapshot)
        except Diagnostic as diagnostic:
            return Answer(fault_answer(diagnostic))

    def _search(self, request: SearchRequest, snapshot: Snapshot) -> Answer:
        started = perf_counter()
        store = snapshot.store
        condition = condition_of(request.query, store.sector_sets)
        indexing = perf_counter()
        total = store.count(condition)
        start, fault = self._window(request, total)
        limit = max(0, min(request.maximum, min(total, self._ceiling) - start + 1))
        numbers = store.numbers(condition, start - 1, limit) if limit else []
        indexed = perf_counter()
        navigators = [(asked.name, _drilldown(store, asked, condition)) for asked in request.drilldowns]
        queried = perf_counter()
        records = [_record(snapshot.catalogue.entry(number), request) for number in numbers]
        end = start + len(numbers)
        has_next = bool(numbers) and end <= min(total, self._ceiling)
        times = Times(perf_counter() - started, queried - started, indexed - indexing)
        found = Found(total, records, end if has_next else None, navigators, fault, times)
        return Answer(
            search_answer(request, found),
            {number: record.identifier for number, record in zip(numbers, records, strict=True)},
        )

    def _window(self, request: SearchRequest, total: int) -> tuple[int, Diagnostic | None]:
        """The first position to give, and what is wrong with the one that was asked for.

        As the real service: who asks for more than can be reached gets a diagnostic, and the last page again.
        """
        last = request.start + request.maximum - 1
        if total > self._ceiling and max(request.start, last) > self._ceiling:
            return max(1, self._ceiling - request.maximum + 1), Diagnostic(61, str(request.start))
        if request.start > max(total, 1):
            return request.start, Diagnostic(61, str(request.start))
        return request.start, None


def _record(found: Entry, request: SearchRequest) -> RecordXml:
    extra = [(name, write(found, name)) for name in request.extra_schemas]
    return RecordXml(found.identifier, write(found, request.schema), extra)


def _drilldown(store: Store, asked: Drilldown, condition: Condition) -> list[tuple[str, int]]:
    if asked.index.kind is IndexKind.SET:
        return list(split_facet(store.facet(asked.index.column, condition, None)))[: asked.limit]
    return store.facet(asked.index.column, condition, asked.limit)
