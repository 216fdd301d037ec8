"""The backend that asks the database: where no engine is configured, and where it does not answer."""

import time
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from catalogus.facets import FACETS
from catalogus.search import cursor
from catalogus.search.backend import Facet, HitWalk, Relaxation, SearchPage
from catalogus.search.criteria import SearchCriteria, View
from catalogus.search.facets import facet_of, most_first, most_listed, relaxation_of
from catalogus.search.postgres.asked import Asked
from catalogus.search.postgres.asking import ask, searching
from catalogus.search.postgres.counting import Counts, count, count_facets
from catalogus.search.postgres.filters import RowFilters
from catalogus.search.postgres.finding import Found, best_products, find
from catalogus.search.postgres.hits import method_hits, product_hits
from catalogus.search.postgres.sql import Sql, every

LONG_WORK_SECONDS = 60.0
"""For what nobody looks at: which of a week's products fit a search that was kept."""


class PostgresBackend:
    """See SearchBackend. Nothing is explained here."""

    name = "postgres"

    def search(self, criteria: SearchCriteria, *, with_facets: bool = True, is_explained: bool = False) -> SearchPage:  # noqa: ARG002
        """One page. Raises SearchUnavailable where it takes too long, and InvalidCriteria for a bad cursor."""
        started = time.monotonic()
        with searching():
            asked = Asked.of(criteria)
            if with_facets:
                counts = count_facets(asked.filters, asked.text, criteria.view)
            else:
                counts = Counts(total=count(asked.filters, asked.text, criteria.view))
            page = _hits(asked, counts.total)
            return SearchPage(
                criteria=criteria,
                total=counts.total,
                **page,
                facets=_facets(asked, counts) if with_facets else (),
                took_ms=round((time.monotonic() - started) * 1000),
                understanding=asked.question.understanding if asked.question else None,
                is_loosened=asked.is_loosened,
                complete_total=count(asked.filters, asked.complete, criteria.view) if asked.is_loosened else None,
                replacements=asked.question.replacements() if asked.question else (),
                relaxations=_relaxations(asked) if with_facets and not counts.total else (),
                is_basic=True,
            )

    def whole_facet(self, criteria: SearchCriteria, facet: str) -> Facet:
        """See SearchBackend. Raises SearchUnavailable."""
        with searching():
            asked = Asked.of(criteria.with_page(1))
            counts = count_facets(asked.filters, asked.text, criteria.view, (facet,)).codes.get(facet, {})
            return replace(facet_of(criteria, facet, counts, most=len(counts)), is_basic=True)

    def walk(self, criteria: SearchCriteria) -> HitWalk:
        """See SearchBackend. Raises SearchUnavailable."""
        from catalogus.search.postgres.walking import Walk  # It asks as this module does.

        return Walk(criteria)

    def fitting(self, criteria: SearchCriteria, product_ids: Collection[int]) -> frozenset[int]:
        """See SearchBackend. Raises SearchUnavailable."""
        with searching(seconds=LONG_WORK_SECONDS):
            asked = Asked.of(replace(criteria.with_page(1), view=View.PRODUCTS))
            among = every([Sql("row.product_id = ANY(%s)", (list(product_ids),)), asked.fits])
            rows = f"SELECT row.product_id FROM catalogus_searchrow AS row WHERE {among.text}"  # noqa: S608
            return frozenset(pk for (pk,) in ask(Sql(rows, among.params)))


def _hits(asked: Asked, total: int) -> dict[str, Any]:
    """The hits of a page, and the cursor to what comes after them."""
    criteria = asked.criteria
    size = criteria.page_size
    if asked.place:
        # One more than is asked for tells whether there is more after these.
        rows = find(criteria, asked.fits, asked.score, limit=size + 1, place=asked.place.after)
        has_more = len(rows) > size
    else:
        rows = find(criteria, asked.fits, asked.score, limit=size, offset=(criteria.page - 1) * size)
        has_more = bool(rows) and criteria.page * size < total
    shown = rows[:size]
    is_methods = criteria.view == View.METHODS
    return {
        "product_hits": () if is_methods else tuple(product_hits([row.pk for row in shown]).values()),
        "method_hits": _methods(asked, shown) if is_methods else (),
        "next_cursor": _cursor(asked, shown[-1]) if has_more else "",
    }


def _methods(asked: Asked, rows: list[Found]) -> tuple[Any, ...]:
    matching = {row.pk: row.matching for row in rows}
    return tuple(method_hits(matching, best_products(list(matching), asked.fits, asked.score)))


def _cursor(asked: Asked, last: Found) -> str:
    is_basic = cursor.is_by_score(asked.criteria)
    return cursor.encode(asked.criteria, last.sort, is_loosened=asked.is_loosened, is_basic=is_basic)


def _facets(asked: Asked, counts: Counts) -> tuple[Facet, ...]:
    return tuple(
        facet_of(asked.criteria, facet, dict(counts.codes.get(facet, {})), most_listed(facet)) for facet in FACETS
    )


def _relaxations(asked: Asked) -> tuple[Relaxation, ...]:
    """What would be found without the choices of one facet."""
    criteria, filters = asked.criteria, asked.filters.criteria
    return most_first(
        relaxation_of(facet, codes, count(RowFilters.of(filters.without(facet)), asked.text, asked.criteria.view))
        for facet in FACETS
        if (codes := criteria.selected(facet))
    )
