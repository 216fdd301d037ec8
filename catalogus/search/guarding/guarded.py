"""The engine, and the database in its place while it does not answer."""

from collections.abc import Callable, Collection
from typing import TypeVar

from catalogus.exceptions import SearchUnavailable
from catalogus.search import cursor
from catalogus.search.backend import Facet, HitWalk, SearchBackend, SearchPage
from catalogus.search.criteria import SearchCriteria
from catalogus.search.guarding.asking import ask_engine

Answer = TypeVar("Answer")


class GuardedBackend:
    """See SearchBackend. Raises SearchUnavailable only where the database cannot answer either.

    What is the asker's own fault, or ours (InvalidCriteria, an engine that refuses what we asked), is raised as it is.
    """

    name = "elasticsearch"

    def __init__(self, engine: SearchBackend, basic: SearchBackend) -> None:
        self._engine = engine
        self._basic = basic

    def search(self, criteria: SearchCriteria, *, with_facets: bool = True, is_explained: bool = False) -> SearchPage:
        """A cursor by relevance goes on with whom it began, for the other one has another order.

        Raises SearchUnavailable for one of the engine where that is away; any other order goes on in the database.
        """

        def ask(backend: SearchBackend) -> SearchPage:
            return backend.search(criteria, with_facets=with_facets, is_explained=is_explained)

        if criteria.cursor and cursor.decode(criteria).is_basic:
            return ask(self._basic)
        return self._first(ask)

    def whole_facet(self, criteria: SearchCriteria, facet: str) -> Facet:
        return self._first(lambda backend: backend.whole_facet(criteria, facet))

    def walk(self, criteria: SearchCriteria) -> HitWalk:
        """Who begins it goes on with it: where the engine goes away on the way, the walk ends in SearchUnavailable."""
        return self._first(lambda backend: backend.walk(criteria), may_be_late=True)

    def fitting(self, criteria: SearchCriteria, product_ids: Collection[int]) -> frozenset[int]:
        return self._first(lambda backend: backend.fitting(criteria, product_ids), may_be_late=True)

    def _first(self, ask: Callable[[SearchBackend], Answer], *, may_be_late: bool = False) -> Answer:
        """What the engine says, or else what the database does."""
        try:
            return ask_engine(lambda: ask(self._engine), may_be_late=may_be_late)
        except SearchUnavailable:
            return ask(self._basic)
