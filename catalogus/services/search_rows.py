"""Keep the rows of search equal to the products: written in the transaction of each change, by `services.outbox`.

Whoever changes a product marks its document as stale, and has the lock of its row in the outbox from then on until its
transaction ends. A row of search is made after that, from what is committed and what the transaction itself wrote, so
of two changes at once the later one makes the row that stays. What a row holds of its method (name, reviews) is right
for the same reason where a method is marked as stale before its products: who changes a method and who puts a product
into it wait for each other.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from catalogus.choices import ProductState
from catalogus.facet_rules import codes_of
from catalogus.facets import COMPUTED, FACETS, UNKNOWN
from catalogus.models import Product, SearchRow
from catalogus.models.search_row import CODE_COLUMNS
from catalogus.services.facet_codes import COMBINED, Code, bits, numbers_for
from catalogus.sort_values import day_number, price_from, sort_key
from catalogus.statistics import analyze

_ROWS_AT_ONCE = 1000

_NOT_HELD = frozenset({"publishers"})
"""Facets that no bit tells: of the others that are not among HELD_FACETS a date decides."""

_LISTS = {rule.name: rule.column for rule in FACETS.values() if rule.scheme}
_SCALARS = {
    rule.name: rule.column for rule in FACETS.values() if rule.column and not rule.scheme and rule.name not in _NOT_HELD
}
_COMPUTED = {
    rule.name: codes_of(COMPUTED[rule.field])
    for rule in FACETS.values()
    if rule.field in COMPUTED and rule.name not in _NOT_HELD
}
_ANNOTATED = {f"codes_of_{name}": expression for name, expression in _COMPUTED.items()}

HELD_FACETS = (*_LISTS, *_SCALARS, *_COMPUTED, COMBINED)
"""What has bits in a row."""

_READ = (
    "id",
    "title",
    "method__name",
    "price_cents",
    "first_published_on",
    "combined",
    *_LISTS.values(),
    *_SCALARS.values(),
    *_ANNOTATED,
)
_COPIED = ("public_id", "method_id", "publisher_id", "is_withdrawn", "is_orderable")
_GIVEN = ("published_day", "price_from", "sort_title", "sort_name", *CODE_COLUMNS)
_WRITTEN = (*_COPIED, *_GIVEN, "words")


def _words(text: str) -> str:
    """The words of a name as normal_form parts them; to the database "2/3" is a file by itself, and "-3" a number."""
    return f"to_tsvector('keuzecatalogus', translate(replace({text}, '&', ' en '), '/.-_@:+', '       '))"


# Words are made by the database; the codes, by rules that stand in facet_rules, come as arrays.
_WANTED = f"""
SELECT given.product_id, product.public_id, product.method_id, product.publisher_id,
    product.withdrawn_at IS NOT NULL AS is_withdrawn,
    product.withdrawn_at IS NULL AND product.state = ANY(%s) AS is_orderable,
    {", ".join(f"given.{name}" for name in _GIVEN)},
    setweight({_words("product.title")}, 'A') || setweight({_words("method.name")}, 'B')
        || setweight(product.search_vector, 'C') AS words
FROM unnest(%s::bigint[], %s::int[], %s::int[], %s::text[], %s::text[]{", %s::bigint[]" * len(CODE_COLUMNS)})
    AS given (product_id, {", ".join(_GIVEN)})
JOIN catalogus_product AS product ON product.id = given.product_id
JOIN catalogus_method AS method ON method.id = product.method_id
ORDER BY given.product_id
"""  # noqa: S608  Column names of ours, no value of anyone's.

_INSERT = f"INSERT INTO catalogus_searchrow (product_id, {', '.join(_WRITTEN)}) {_WANTED} ON CONFLICT (product_id)"
_IS_OTHER = (
    f"({', '.join(f'stored.{name}' for name in _WRITTEN)}) IS DISTINCT FROM"
    f" ({', '.join(f'{{new}}.{name}' for name in _WRITTEN)})"
)
_REFRESH = f"""
{_INSERT.replace("catalogus_searchrow", "catalogus_searchrow AS stored", 1)} DO UPDATE
SET {", ".join(f"{name} = excluded.{name}" for name in _WRITTEN)} WHERE {_IS_OTHER.format(new="excluded")}
"""
_ADD = f"{_INSERT} DO NOTHING"
_DIFFERING = f"""
SELECT wanted.product_id, stored.product_id IS NULL FROM ({_WANTED}) AS wanted
LEFT JOIN catalogus_searchrow AS stored USING (product_id)
WHERE stored.product_id IS NULL OR {_IS_OTHER.format(new="wanted")}
"""  # noqa: S608
_REMOVE = "DELETE FROM catalogus_searchrow WHERE product_id = ANY(%s)"


@dataclass(slots=True)
class RowDifferences:
    """Rows of products that are missing, there without a product that stands for itself, or with other values."""

    missing: int = 0
    superfluous: int = 0
    different: int = 0

    def __bool__(self) -> bool:
        return bool(self.missing or self.superfluous or self.different)


def refresh_search_rows(product_ids: Iterable[int]) -> None:
    """Make the rows of these products as the products are; take away those of products that were merged or are gone."""
    for ids in _chunks(sorted(set(product_ids))):
        standing = _write(_REFRESH, ids)
        if gone := [pk for pk in ids if pk not in standing]:
            with connection.cursor() as cursor:
                cursor.execute(_REMOVE, [gone])


def add_missing_search_rows() -> int:
    """Make rows for products that have none, as after the release that brought them; how many products were looked at.

    May run beside everything else, be stopped and run again: a row that somebody makes in the meantime stays.
    """
    added = last = 0
    missing = _standing().filter(~Exists(SearchRow.objects.filter(product=OuterRef("pk")))).order_by("pk")
    while ids := list(missing.filter(pk__gt=last).values_list("pk", flat=True)[:_ROWS_AT_ONCE]):
        with transaction.atomic():
            _write(_ADD, ids)
        added += len(ids)
        last = ids[-1]
    if added:
        analyze(SearchRow)
    return added


def check_search_rows(*, repair: bool = False) -> RowDifferences:
    """Compare every row with its product; repair: make the rows that differ anew. What differs before is told."""
    found = RowDifferences()
    last = 0
    while ids := list(_standing().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_ROWS_AT_ONCE]):
        last = ids[-1]
        with transaction.atomic(), connection.cursor() as cursor:
            parameters, _standing_ids = _parameters(ids)
            cursor.execute(_DIFFERING, parameters)
            differing = cursor.fetchall()
        found.missing += sum(is_missing for _pk, is_missing in differing)
        found.different += sum(not is_missing for _pk, is_missing in differing)
        if repair and differing:
            _mark(pk for pk, _is_missing in differing)
    superfluous = list(
        SearchRow.objects.filter(~Exists(_standing().filter(pk=OuterRef("product_id")))).values_list("pk", flat=True)
    )
    found.superfluous = len(superfluous)
    if repair and superfluous:
        _mark(superfluous)
    return found


def _mark(product_ids: Iterable[int]) -> None:
    """Refresh rows under the lock that every change takes."""
    from catalogus.models import OutboxKind
    from catalogus.services.outbox import enqueue  # It calls this module for every change.

    with transaction.atomic():
        enqueue(OutboxKind.PRODUCT, product_ids)


def _standing() -> Any:
    return Product.objects.filter(merged_into=None)


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _ROWS_AT_ONCE] for start in range(0, len(ids), _ROWS_AT_ONCE))


def _write(statement: str, ids: Sequence[int]) -> set[int]:
    """Write the rows of those products among these that stand for themselves; which these are."""
    parameters, standing = _parameters(ids)
    if standing:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
    return standing


def _parameters(ids: Sequence[int]) -> tuple[list[Any], set[int]]:
    """What _WANTED takes for these products, and which of them stand for themselves."""
    text, params = _reading()
    with connection.cursor() as cursor:
        cursor.execute(text, [*params, list(ids)])
        rows = [dict(zip(_READ, row, strict=True)) for row in cursor.fetchall()]
    codes = [_codes(row) for row in rows]
    numbers = numbers_for(code for found in codes for code in found)
    values = [
        (
            row["id"],
            day_number(row["first_published_on"]),
            price_from(row["price_cents"], row["codes_of_prices"]),
            sort_key(row["title"]),
            sort_key(row["method__name"]),
            *bits(found, numbers),
        )
        for row, found in zip(rows, codes, strict=True)
    ]
    columns = [list(column) for column in zip(*values, strict=True)] or [[] for _name in ("product_id", *_GIVEN)]
    return [list(ProductState.orderable()), *columns], {row["id"] for row in rows}


@lru_cache(maxsize=1)
def _reading() -> tuple[str, tuple[Any, ...]]:
    """The statement that reads _READ of some products, and its first values; the rows' ids are the last one.

    Written once in a process: that takes longer than reading a hundred products.
    """
    rows = Product.objects.order_by().annotate(**_ANNOTATED).values_list("merged_into_id", *_READ)
    text, params = rows.query.sql_with_params()
    names = ", ".join(f"read.{name}" for name in _READ)
    return f"SELECT {names} FROM ({text}) AS read WHERE read.merged_into_id IS NULL AND read.id = ANY(%s)", params  # noqa: S608


def _codes(row: dict[str, Any]) -> list[Code]:
    found = [(name, code) for name, column in _LISTS.items() for code in row[column] or (UNKNOWN,)]
    found += [(name, row[column]) for name, column in _SCALARS.items()]
    found += [(name, code) for name in _COMPUTED for code in row[f"codes_of_{name}"]]
    found += [(COMBINED, code) for code in row["combined"]]
    return found
