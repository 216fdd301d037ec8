"""Which rows are the hits of a search, in their order."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogus.search.criteria import SearchCriteria, View
from catalogus.search.cursor import SortValue
from catalogus.search.postgres.asking import ask
from catalogus.search.postgres.ordering import Order, after, method_order, product_order, sorted_by
from catalogus.search.postgres.sql import NOTHING, TRUE, Sql, every, join

SHOWN_PRODUCTS = 3
"""Products that are given with a method, as the engine gives them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit: its row, the sort values that a cursor goes on after, and how many products of it fit."""

    pk: int
    sort: list[SortValue]
    matching: int


def find(
    criteria: SearchCriteria,
    fits: Sql,
    score: Sql | None,
    *,
    limit: int | None,
    offset: int = 0,
    place: Sequence[SortValue] | None = None,
) -> list[Found]:
    """The hits from an offset on, or after the sort values of a place; limit None for all of them."""
    if criteria.view == View.METHODS:
        order = method_order(criteria, has_score=score is not None)
        rows = _methods_in_order(fits, score, order) if order.key else _methods_by_public_id(fits)
    else:
        order = product_order(criteria, score)
        key = order.key or Sql("NULL")
        rows = Sql(
            "SELECT row.product_id AS pk, row.public_id, 1 AS matching,"  # noqa: S608
            f" {key.text} AS key FROM catalogus_searchrow AS row {order.joins.text} WHERE {fits.text}",
            key.params + order.joins.params + fits.params,
        )
    goes_on = TRUE if place is None else after(order, list(place))
    bounds = Sql("" if limit is None else f" LIMIT {limit} OFFSET {offset}")
    statement = join(
        " ",
        [
            Sql(f"SELECT pk, public_id, key, matching FROM ({rows.text}) AS hit WHERE", rows.params),  # noqa: S608
            goes_on,
            Sql(f"ORDER BY {sorted_by(order)}{bounds.text}"),
        ],
    )
    return [
        Found(pk, [public_id] if order.key is None else [value, public_id], matching)
        for pk, public_id, value, matching in ask(statement)
    ]


def _methods_in_order(fits: Sql, score: Sql | None, order: Order) -> Sql:
    """Methods with a key to be sorted by."""
    best = Sql(f"max({score.text}) AS score,", score.params) if score else NOTHING
    key = order.key or NOTHING
    return Sql(
        'SELECT found.method_id AS pk, method.public_id COLLATE "C" AS public_id, found.matching,'  # noqa: S608
        f" {key.text} AS key FROM ("
        f"SELECT row.method_id, {best.text} min(row.sort_name) AS sort_name, count(*) AS matching"
        f" FROM catalogus_searchrow AS row WHERE {fits.text} GROUP BY row.method_id"
        f") AS found JOIN catalogus_method AS method ON method.id = found.method_id {order.joins.text}",
        key.params + best.params + fits.params + order.joins.params,
    )


def _methods_by_public_id(fits: Sql) -> Sql:
    """Methods in the order of an index, so that the first page of everything reads the first methods alone."""
    products = f"FROM catalogus_searchrow AS row WHERE row.method_id = method.id AND {fits.text}"
    return Sql(
        'SELECT method.id AS pk, method.public_id COLLATE "C" AS public_id, NULL AS key,'  # noqa: S608
        f" (SELECT count(*) {products}) AS matching FROM catalogus_method AS method WHERE EXISTS (SELECT {products})",
        fits.params * 2,
    )


def best_products(method_ids: Sequence[int], fits: Sql, score: Sql | None) -> dict[int, list[int]]:
    """Of each of these methods the products that fit best, SHOWN_PRODUCTS at most."""
    if not method_ids:
        return {}
    of_these = every([Sql("row.method_id = ANY(%s)", (list(method_ids),)), fits])
    by_score = Sql(f"{score.text} DESC,", score.params) if score else Sql("")
    statement = Sql(
        "SELECT method_id, product_id FROM (SELECT row.method_id, row.product_id, row_number() OVER ("  # noqa: S608
        f"PARTITION BY row.method_id ORDER BY {by_score.text} row.sort_title, row.product_id) AS place"
        f" FROM catalogus_searchrow AS row WHERE {of_these.text}) AS placed"
        f" WHERE place <= {SHOWN_PRODUCTS} ORDER BY method_id, place",
        by_score.params + of_these.params,
    )
    found: dict[int, list[int]] = {}
    for method_id, product_id in ask(statement):
        found.setdefault(method_id, []).append(product_id)
    return found
