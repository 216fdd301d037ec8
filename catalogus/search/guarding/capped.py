"""The database as an engine, for so many at a time."""

from collections.abc import Collection, Iterator

from catalogus.search.backend import Facet, Hit, HitWalk, SearchBackend, SearchPage
from catalogus.search.criteria import SearchCriteria
from catalogus.search.guarding.slots import ExportSlot, search_slot


class CappedBackend:
    """See SearchBackend. Raises SearchUnavailable where too many ask at once as well."""

    def __init__(self, backend: SearchBackend) -> None:
        self.name = backend.name
        self._backend = backend

    def search(self, criteria: SearchCriteria, *, with_facets: bool = True, is_explained: bool = False) -> SearchPage:
        with search_slot():
            return self._backend.search(criteria, with_facets=with_facets, is_explained=is_explained)

    def whole_facet(self, criteria: SearchCriteria, facet: str) -> Facet:
        with search_slot():
            return self._backend.whole_facet(criteria, facet)

    def walk(self, criteria: SearchCriteria) -> HitWalk:
        """Holds its slot until it is closed."""
        slot = ExportSlot()
        try:
            return _CappedWalk(self._backend.walk(criteria), slot)
        except BaseException:
            slot.give_back()
            raise

    def fitting(self, criteria: SearchCriteria, product_ids: Collection[int]) -> frozenset[int]:
        with search_slot():
            return self._backend.fitting(criteria, product_ids)


class _CappedWalk(HitWalk):
    """See HitWalk."""

    def __init__(self, walk: HitWalk, slot: ExportSlot) -> None:
        self.criteria = walk.criteria
        self.total = walk.total
        self._walk = walk
        self._slot = slot

    def chunks(self) -> Iterator[list[Hit]]:
        return self._walk.chunks()

    def close(self) -> None:
        try:
            self._walk.close()
        finally:
            self._slot.give_back()
