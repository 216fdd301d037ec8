"""Merge products: the one that goes keeps its row and its address, which leads to the one that stays."""

from collections.abc import Collection, Mapping

from django.db import connection, transaction
from django.utils import timezone

from catalogus.models import Cause, OutboxKind, Product, VersionKind
from catalogus.services.history import Event, Told, write_versions
from catalogus.services.method_changes import lock_told_methods, tell_methods_changed
from catalogus.services.outbox import enqueue


def release_eans(public_ids: Collection[str]) -> None:
    """Take the EAN from products that are about to be merged, so that another may have it in the same transaction."""
    if public_ids:
        Product.objects.filter(public_id__in=public_ids).update(ean=None)


@transaction.atomic
def merge_products(pairs: Mapping[str, str], *, cause: Cause, source: str = "", run: str = "") -> None:
    """Merge each product into another (public id -> public id); both were stored before."""
    if not pairs:
        return
    now = timezone.now()
    rows = Product.objects.filter(public_id__in=pairs.keys() | set(pairs.values()))
    found = {key: (pk, method_id) for key, pk, method_id in rows.values_list("public_id", "pk", "method_id")}
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalogus_product AS product SET merged_into_id = pair.target, updated_at = %s"
            " FROM unnest(%s::bigint[], %s::bigint[]) AS pair (id, target) WHERE product.id = pair.id",
            [now, [found[key][0] for key in pairs], [found[target][0] for target in pairs.values()]],
        )
    events = (Event(found[key][0], VersionKind.MERGED, {"merged_into": [None, to]}) for key, to in pairs.items())
    write_versions(events, Told(cause, now, source=source, run=run))
    methods = lock_told_methods(method for _pk, method in found.values())
    enqueue(OutboxKind.METHOD, methods)
    tell_methods_changed(methods)
    enqueue(OutboxKind.PRODUCT, (pk for pk, _method in found.values()))


@transaction.atomic
def unmerge_products(public_ids: Collection[str], *, cause: Cause, source: str = "", run: str = "") -> None:
    """Let these products stand for themselves again; the caller writes what they say in the same transaction."""
    if not public_ids:
        return
    now = timezone.now()
    rows = Product.objects.filter(public_id__in=public_ids, merged_into__isnull=False).select_related("merged_into")
    found = {product.pk: (product.merged_into, product.method_id) for product in rows}
    Product.objects.filter(pk__in=found).update(merged_into=None, updated_at=now)
    events = (
        Event(pk, VersionKind.UNMERGED, {"merged_into": [target.public_id if target else None, None]})
        for pk, (target, _method) in found.items()
    )
    write_versions(events, Told(cause, now, source=source, run=run))
    # What rested on the product that it had been merged into stands with that one's method.
    targets = {target.method_id for target, _method in found.values() if target}
    told = lock_told_methods(targets | {method for _target, method in found.values()})
    enqueue(OutboxKind.METHOD, (method for _target, method in found.values()))
    tell_methods_changed(told)
    enqueue(OutboxKind.PRODUCT, found)
