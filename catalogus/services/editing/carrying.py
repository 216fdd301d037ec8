"""Bring the products of one method into another, and give them back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from catalogus.models import Edition, Method, Product
from catalogus.survivors import leading_to

Rows = dict[int, dict[str, Any]]
"""Product -> the columns that it gets."""


class Carried(TypedDict):
    """What a merge did, as an Edit keeps it. products: product -> its edition before; JSON has texts for keys.

    locked_editions: those of the target that were locked by it, as was the method itself if is_target_locked.
    """

    source: int
    target: int
    products: dict[str, int]
    is_target_locked: bool
    locked_editions: list[int]


@dataclass(frozen=True, slots=True)
class Carrying:
    """rows: what is to be written of the products."""

    carried: Carried
    rows: Rows

    @property
    def cells(self) -> list[str]:
        """What this writes besides the places of products and the merge itself."""
        locked = [f"method:{self.carried['target']}:locked"] if self.carried["is_target_locked"] else []
        return locked + [f"edition:{pk}:locked" for pk in self.carried["locked_editions"]]


def carry(source: Method, target: Method) -> Carrying:
    """Merge `source` into `target`: each product goes to the edition of the same key, made where it is missing.

    A lock goes along: what is in a locked method or edition stays together. The products themselves are still to be
    written.
    """
    products = list(Product.objects.filter(method=source).order_by("pk"))
    editions = {edition.pk: edition for edition in source.editions.all()}
    meeting = matching_editions({product.edition_id for product in products}, editions, target)
    locking = [new.pk for old, new in meeting.items() if editions[old].is_locked and not new.is_locked]
    Edition.objects.filter(pk__in=locking).update(is_locked=True)
    is_locking = source.is_locked and not target.is_locked
    if is_locking:
        Method.objects.filter(pk=target.pk).update(is_locked=True)
    Method.objects.filter(pk=source.pk).update(merged_into=target)
    rows: Rows = {
        product.pk: {
            "publisher_id": target.publisher_id,
            "method_id": target.pk,
            "edition_id": meeting[product.edition_id].pk,
            # Without it nothing would tell, once they are together, whose it was.
            "origin_method_id": product.origin_method_id or source.pk,
        }
        for product in products
    }
    carried = Carried(
        source=source.pk,
        target=target.pk,
        products={str(product.pk): product.edition_id for product in products},
        is_target_locked=is_locking,
        locked_editions=sorted(locking),
    )
    return Carrying(carried, rows)


def returning(carried: Carried) -> list[Product]:
    """The products that go back when a merge is undone: what the source's records name, whenever that came in.

    What came with the merge though records name neither (an editor had put it there) goes back as well, unless they
    name the target by now. What an editor put into the target afterwards stays.
    """
    came_along = {int(pk) for pk in carried["products"]}
    own = leading_to(carried["source"])
    others = leading_to(carried["target"]) - own
    return [
        product
        for product in Product.objects.filter(method=carried["target"]).order_by("pk")
        if (product.origin_method_id in own and not (product.is_placement_locked and product.pk not in came_along))
        or (product.pk in came_along and product.origin_method_id not in others)
    ]


def give_back(carried: Carried) -> Rows:
    """Undo `carry`: the source stands again, with what goes back to it. The products are still to be written."""
    products = returning(carried)
    source, target = Method.objects.get(pk=carried["source"]), Method.objects.get(pk=carried["target"])
    Method.objects.filter(pk=source.pk).update(merged_into=None)
    if carried["is_target_locked"]:
        Method.objects.filter(pk=target.pk).update(is_locked=False)
    Edition.objects.filter(pk__in=carried["locked_editions"]).update(is_locked=False)
    editions = {edition.pk: edition for edition in target.editions.all()}
    meeting = matching_editions({product.edition_id for product in products}, editions, source)
    return {
        product.pk: {
            "publisher_id": source.publisher_id,
            "method_id": source.pk,
            "edition_id": meeting[product.edition_id].pk,
        }
        for product in products
    }


def matching_editions(wanted: Iterable[int], editions: Mapping[int, Edition], target: Method) -> dict[int, Edition]:
    """Edition -> the one of `target` with the same key, made where it is missing."""
    found = {edition.key: edition for edition in target.editions.all()}
    matching = {}
    for pk in sorted(wanted):
        edition = editions[pk]
        if edition.key not in found:
            found[edition.key] = Edition.objects.create(
                method=target, label=edition.label, key=edition.key, ordinal=edition.ordinal
            )
        matching[pk] = found[edition.key]
    return matching
