"""Where a review is read: with the product that it names, else with what its method was merged into.

A review points to what was reviewed, for ever. Merges, unmerges and moves of products change where that is found now;
these functions say where, by the rows of the catalogue as they stand.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from catalogus.models import Edition, Method, Product
from catalogus.survivors import survivors_of


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


def surviving_method_id(method_id: int) -> int:
    return survivors_of(Method, [method_id])[method_id]


def places_of(reviewed: Collection[About]) -> dict[About, Place]:
    """Where each is read now; five queries at most, however many there are.

    An edition of a merged method is the one with the same key in the survivor; where the survivor has none, for no
    product brought it along, the edition stays what it was.
    """
    products = survivors_of(Product, {one.product for one in reviewed if one.product is not None})
    placed = {
        pk: Place(method, edition)
        for pk, method, edition in Product.objects.filter(pk__in=set(products.values())).values_list(
            "pk", "method_id", "edition_id"
        )
    }
    methods = survivors_of(Method, {one.method for one in reviewed if one.product is None})
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
