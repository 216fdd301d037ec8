"""Ask a backend the judged queries, and work out the figures of each and of each kind."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalogus.search import SearchCriteria, View
from catalogus.search.backend import SearchBackend
from tests.catalogus.search.judged.catalogue import method_keys, product_keys
from tests.catalogus.search.judged.judging import Judged
from tests.catalogus.search.judged.metrics import Figures, figures, mean

ALL = "all"
"""The name under which the mean over all queries stands beside the kinds."""


@dataclass(frozen=True, slots=True)
class Answer:
    """found: readable keys of the first page, best first. total: all hits there are."""

    judged: Judged
    found: Sequence[str]
    total: int
    figures: Figures


FEW_OF_A_KIND = 4
"""Of each kind of query, enough to tell that it fell in basic mode: two backends asked everything is a slow test."""


def few_of_each_kind(queries: Iterable[Judged]) -> list[Judged]:
    """The first of each kind: the part of the queries that the figures of the database are kept for."""
    by_kind: defaultdict[str, list[Judged]] = defaultdict(list)
    for judged in queries:
        by_kind[judged.kind].append(judged)
    return [judged for listed in by_kind.values() for judged in listed[:FEW_OF_A_KIND]]


def ask_all(queries: Iterable[Judged], backend: SearchBackend) -> list[Answer]:
    """The first page of each, as a visitor gets it: nothing chosen, the default size."""
    keys = {View.METHODS: method_keys(), View.PRODUCTS: product_keys()}
    return [_ask(judged, backend, keys[judged.view]) for judged in queries]


def _ask(judged: Judged, backend: SearchBackend, keys: Mapping[str, str]) -> Answer:
    page = backend.search(SearchCriteria(text=judged.query, view=judged.view), with_facets=False)
    hits = page.method_hits if judged.view == View.METHODS else page.product_hits
    found = [keys[hit.public_id] for hit in hits]
    return Answer(judged, found, page.total, figures(found, judged.grades))


def figures_by_kind(answers: Iterable[Answer]) -> dict[str, Figures]:
    """kind -> means of its queries, in the order of the file, and over all under ALL."""
    by_kind: defaultdict[str, list[Figures]] = defaultdict(list)
    for answer in answers:
        by_kind[answer.judged.kind].append(answer.figures)
    everything = [one for listed in by_kind.values() for one in listed]
    return {kind: mean(listed) for kind, listed in by_kind.items()} | {ALL: mean(everything)}
