"""The order of hits, and where a list goes on: the keys of `search.sorting` and `queries` as SQL.

A key is followed by the public id, ascending, so that the order of equals is the same each time and the same as the
engine's. Where there is none, the public id alone decides.
"""

from dataclasses import dataclass

from catalogus.search.criteria import SearchCriteria, Sort
from catalogus.search.cursor import SortValue, is_by_score
from catalogus.search.postgres.sql import NOTHING, Sql
from catalogus.search.sorting import AFTER_EVERY_PRICE, BELOW_EVERY_RANK

_REVIEWS = "LEFT JOIN catalogus_method AS reviewed ON reviewed.id = {method}"
_METHODS_OWN = """
LEFT JOIN (
    SELECT method_id, min(price_from) FILTER (WHERE is_orderable) AS price_from,
        coalesce(max(published_day) FILTER (WHERE is_orderable), max(published_day)) AS published_day
    FROM catalogus_searchrow GROUP BY method_id
) AS own ON own.method_id = found.method_id
"""
"""Of a whole method, whichever of its products are found: what can be ordered counts, or else everything."""


@dataclass(frozen=True, slots=True)
class Order:
    """key: what is sorted by first, None for the public id alone; joins: what it needs besides."""

    key: Sql | None = None
    is_descending: bool = False
    joins: Sql = NOTHING


def product_order(criteria: SearchCriteria, score: Sql | None) -> Order:
    """The order of products, each a `row`."""
    if score is not None and is_by_score(criteria):
        return Order(score, is_descending=True)
    if criteria.sort == Sort.TITLE:
        return Order(Sql("row.sort_title"))
    if criteria.sort == Sort.NEWEST:
        return Order(Sql("row.published_day"), is_descending=True)
    if criteria.sort == Sort.PRICE:
        return Order(Sql(f"coalesce(row.price_from, {AFTER_EVERY_PRICE})"))
    return _by_reviews(criteria.sort, "row.method_id")


def method_order(criteria: SearchCriteria, *, has_score: bool) -> Order:
    """The order of methods, each a `found` with its method_id, and score, sort_name of its products that fit."""
    if has_score and is_by_score(criteria):
        return Order(Sql("found.score"), is_descending=True)
    if criteria.sort == Sort.TITLE:
        return Order(Sql("found.sort_name"))
    if criteria.sort == Sort.NEWEST:
        return Order(Sql("own.published_day"), is_descending=True, joins=Sql(_METHODS_OWN))
    if criteria.sort == Sort.PRICE:
        return Order(Sql(f"coalesce(own.price_from, {AFTER_EVERY_PRICE})"), joins=Sql(_METHODS_OWN))
    return _by_reviews(criteria.sort, "found.method_id")


def _by_reviews(sort: Sort, method: str) -> Order:
    if sort not in {Sort.RATING, Sort.REVIEWS}:
        return Order()
    joins = Sql(_REVIEWS.format(method=method))
    if sort == Sort.RATING:
        return Order(Sql(f"coalesce(reviewed.review_sort, {BELOW_EVERY_RANK})"), is_descending=True, joins=joins)
    return Order(Sql("reviewed.review_count"), is_descending=True, joins=joins)


def after(order: Order, values: list[SortValue]) -> Sql:
    """Whether a hit, with `key` and `public_id`, comes after these sort values."""
    *key, public_id = values
    if order.key is None or not key:
        return Sql("public_id > %s", (public_id,))
    sign = "<" if order.is_descending else ">"
    return Sql(f"(key {sign} %s OR key = %s AND public_id > %s)", (key[0], key[0], public_id))


def sorted_by(order: Order) -> str:
    if order.key is None:
        return "public_id"
    return f"key {'DESC' if order.is_descending else 'ASC'}, public_id"
