"""Hits from the tables of the catalogue, as the engine gives them from its documents."""

from collections.abc import Mapping, Sequence
from typing import Any

from catalogus.facets import UNKNOWN
from catalogus.models import Method, Product
from catalogus.models.search_row import CODE_COLUMNS
from catalogus.search.backend import MethodHit, ProductHit
from catalogus.search.postgres.asking import ask
from catalogus.search.postgres.codes import CodeCounts, counted_columns
from catalogus.search.postgres.sql import Sql

_CODES = ("sectors", "levels", "years", "subjects")
_COPIED = (
    "public_id",
    "title",
    "state",
    "medium",
    "form",
    "role",
    "price_cents",
)

_REVIEWS = {
    "review_count": "review_count",
    "older_review_count": "older_review_count",
    "review_mean": "review_mean",
    "review_low": "review_low",
    "review_high": "review_high",
    "review_sort": "review_rank",
}
"""Columns of a method, and what a hit calls them."""


def product_hits(ids: Sequence[int]) -> dict[int, ProductHit]:
    """These products by their rows, in this order; those that are gone by now are left out. One query."""
    rows = (
        Product.objects.order_by()
        .filter(pk__in=ids)
        .values(
            "id",
            *_COPIED,
            *_CODES,
            "authors",
            "ean",
            "withdrawn_at",
            "edition__label",
            "method__public_id",
            "method__name",
            *(f"method__{name}" for name in _REVIEWS),
            "publisher__slug",
            "publisher__name",
        )
    )
    found = {row["id"]: _product_hit(row) for row in rows}
    return {pk: found[pk] for pk in ids if pk in found}


def _product_hit(row: Mapping[str, Any]) -> ProductHit:
    values: dict[str, Any] = {name: row[name] for name in _COPIED} | {name: tuple(row[name]) for name in _CODES}
    return ProductHit(
        **values,
        authors=tuple(row["authors"]),
        ean=row["ean"] or "",
        is_withdrawn=row["withdrawn_at"] is not None,
        edition=row["edition__label"],
        method_public_id=row["method__public_id"],
        method_name=row["method__name"],
        publisher_slug=row["publisher__slug"],
        publisher_name=row["publisher__name"],
        **_reviews(row, "method__"),
    )


def method_hits(matching: Mapping[int, int], products: Mapping[int, Sequence[int]]) -> list[MethodHit]:
    """These methods (row -> products that fit) in their order, with the products given for each; three queries."""
    offers = _offers(list(matching))
    samples = product_hits([pk for ids in products.values() for pk in ids])
    rows = (
        Method.objects.order_by()
        .filter(pk__in=matching)
        .values("id", "public_id", "name", "publisher__slug", "publisher__name", *_REVIEWS)
    )
    found = {}
    for row in rows:
        price, codes = offers.get(row["id"], (None, {}))
        lists: dict[str, Any] = {name: tuple(sorted(codes.get(name, {}).keys() - {UNKNOWN})) for name in _CODES}
        found[row["id"]] = MethodHit(
            public_id=row["public_id"],
            name=row["name"],
            publisher_slug=row["publisher__slug"],
            publisher_name=row["publisher__name"],
            **lists,
            matching_products=matching[row["id"]],
            products=tuple(samples[pk] for pk in products.get(row["id"], ()) if pk in samples),
            price_from_cents=price,
            **_reviews(row),
        )
    return [found[pk] for pk in matching if pk in found]


def _offers(method_ids: list[int]) -> dict[int, tuple[int | None, dict[str, dict[str, int]]]]:
    """Of each method the lowest price in euro, and the codes, of what can be ordered; codes of everything otherwise."""
    columns = counted_columns()
    bits = ", ".join(
        f"coalesce(bit_or({CODE_COLUMNS[column]}) FILTER (WHERE is_orderable),"
        f" CASE WHEN bool_or(is_orderable) THEN 0 ELSE bit_or({CODE_COLUMNS[column]}) END, 0)"
        for column in columns
    )
    statement = Sql(
        f"SELECT method_id, min(price_from) FILTER (WHERE is_orderable){', ' if bits else ''}{bits}"  # noqa: S608
        " FROM catalogus_searchrow WHERE method_id = ANY(%s) GROUP BY method_id",
        (method_ids,),
    )
    found = {}
    for method_id, price, *values in ask(statement):
        codes = CodeCounts()
        for column, value in zip(columns, values, strict=True):
            codes.add(column, value, 1)
        found[method_id] = (price, codes.by_facet())
    return found


def _reviews(row: Mapping[str, Any], path: str = "") -> dict[str, Any]:
    """path: how the row calls the columns of the method."""
    return {name: row[f"{path}{column}"] for column, name in _REVIEWS.items()}
