"""Where a review is read: with the product that it names, else with what its method was merged into.

A review points to what was reviewed, for ever. Merges, unmerges and moves of products change where that is found now;
these functions say where, by the rows of the catalogue as they stand.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import connection

from catalogus.models import Edition, Method, Product

_SURVIVORS = """
WITH RECURSIVE chain (origin, id, next) AS (
    SELECT id, id, merged_into_id FROM {table} WHERE id = ANY (%s)
    UNION
    SELECT chain.origin, item.id, item.merged_into_id FROM chain JOIN {table} item ON item.id = chain.next
)
SELECT origin, id FROM chain WHERE next IS NULL
"""
_LEADING = """
WITH RECURSIVE step AS (
    SELECT %s::bigint AS id
    UNION
    SELECT method.id FROM step JOIN catalogus_method AS method ON method.merged_into_id = step.id
)
SELECT id FROM step
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Numbers of the method and the edition with which a review is read."""

    method: int
    edition: int


@dataclass(frozen=True, slots=True)
class About:
    """Numbers of what was reviewed."""

    method: int
    edition: int
    product: int | None = None


def survivors(model: type[Product | Method], pks: Collection[int]) -> dict[int, int]:
    """Row -> what it was merged into in the end, itself where it stands."""
    if not pks:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SURVIVORS.format(table=model._meta.db_table), [list(pks)])
        return {pk: pk for pk in pks} | dict(cursor.fetchall())


def surviving_method_id(method_id: int) -> int:
    return survivors(Method, [method_id])[method_id]


def leading_to(method_id: int) -> set[int]:
    """The method and all that were merged into it, by however many steps."""
    with connection.cursor() as cursor:
        cursor.execute(_LEADING, [method_id])
        return {pk for (pk,) in cursor.fetchall()}


def places_of(reviewed: Collection[About]) -> dict[About, Place]:
    """Where each is read now; five queries at most, however many there are.

    An edition of a merged method is the one with the same key in the survivor; where the survivor has none, for no
    product brought it along, the edition stays what it was.
    """
    products = survivors(Product, {one.product for one in reviewed if one.product is not None})
    placed = {
        pk: Place(method, edition)
        for pk, method, edition in Product.objects.filter(pk__in=set(products.values())).values_list(
            "pk", "method_id", "edition_id"
        )
    }
    methods = survivors(Method, {one.method for one in reviewed if one.product is None})
    editions = _editions_in(methods, {one.edition for one in reviewed if one.product is None})
    return {
        one: placed[products[one.product]]
        if one.product is not None
        else Place(methods[one.method], editions.get((methods[one.method], one.edition), one.edition))
        for one in reviewed
    }


def _editions_in(methods: Mapping[int, int], edition_ids: Collection[int]) -> dict[tuple[int, int], int]:
    """(surviving method, edition) -> the edition of the same key there."""
    if not edition_ids:
        return {}
    keys = dict(Edition.objects.filter(pk__in=edition_ids).values_list("pk", "key"))
    there = Edition.objects.filter(method__in=set(methods.values()), key__in=set(keys.values()))
    by_key = {(method, key): pk for pk, method, key in there.values_list("pk", "method_id", "key")}
    return {
        (method, pk): by_key[method, key]
        for method in set(methods.values())
        for pk, key in keys.items()
        if (method, key) in by_key
    }
