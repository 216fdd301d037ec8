"""Successors: from the code that a record names to the product, without ever going round in a circle."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from catalogus.models import Cause, OutboxKind, Product, VersionKind
from catalogus.services.history import Event, Told, write_versions
from catalogus.services.outbox import enqueue


@dataclass(frozen=True, slots=True)
class _Naming:
    """A product that names a successor, or has one: rows of products, and the code that it names."""

    id: int
    publisher_id: int
    code: str
    successor_id: int | None


_WRITE = """
UPDATE catalogus_product AS product SET successor_id = pair.target, updated_at = %s
FROM unnest(%s::bigint[], %s::bigint[]) AS pair (id, target) WHERE product.id = pair.id
"""


@transaction.atomic
def link_successors(*, cause: Cause, source: str = "", run: str = "") -> int:
    """Bring every product's successor in line with the codes that products name; the number that changed.

    A code is an EAN before it is a publisher's own code. A product whose chain comes back to itself has no successor:
    the records contradict each other, and which of them errs nobody can tell. Looks at the few percent of products that
    name one, and writes only what differs: call it when a pass has ended, for a successor may come long after the
    product that names it.
    """
    naming = [
        _Naming(*row)
        for row in Product.objects.filter(
            Q(merged_into=None) & ~Q(successor_identifier="") | Q(successor__isnull=False)
        )
        .order_by("pk")
        .values_list("pk", "publisher_id", "successor_identifier", "successor_id")
    ]
    wanted = _without_circles(_targets(naming))
    changed = {
        one.id: (one.successor_id, wanted.get(one.id)) for one in naming if one.successor_id != wanted.get(one.id)
    }
    if changed:
        _write(changed, cause=cause, source=source, run=run)
    return len(changed)


def _naming() -> list[_Naming]:
    named = Q(merged_into=None) & ~Q(successor_identifier="")
    rows = Product.objects.filter(named | Q(successor__isnull=False)).order_by("pk")
    columns = ("pk", "publisher_id", "successor_identifier", "successor_id", "merged_into_id")
    return [
        _Naming(pk, publisher_id, "" if merged_into_id else code, successor_id)
        for pk, publisher_id, code, successor_id, merged_into_id in rows.values_list(*columns)
    ]


def _targets(naming: Iterable[_Naming]) -> dict[int, int]:
    """Row -> row of the product that it names, for those that name one that is there."""
    named = [one for one in naming if one.code]
    by_ean = dict(
        Product.objects.filter(merged_into=None, ean__in={one.code for one in named})
        .order_by()
        .values_list("ean", "pk")
    )
    rest = [one for one in named if one.code not in by_ean]
    by_code = _by_publishers_code(rest)
    found = {one.id: by_ean.get(one.code) or by_code.get((one.publisher_id, one.code)) for one in named}
    return {pk: target for pk, target in found.items() if target is not None and target != pk}


def _by_publishers_code(named: list[_Naming]) -> dict[tuple[int, str], int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT product.publisher_id, product.identifier, min(product.id) FROM catalogus_product AS product"
            " JOIN (SELECT DISTINCT * FROM unnest(%s::bigint[], %s::text[])) AS sought (publisher_id, identifier)"
            " USING (publisher_id, identifier) WHERE product.merged_into_id IS NULL GROUP BY 1, 2",
            [[one.publisher_id for one in named], [one.code for one in named]],
        )
        return {(publisher_id, code): pk for publisher_id, code, pk in cursor.fetchall()}


def _without_circles(targets: Mapping[int, int]) -> dict[int, int]:
    """The links but for those that lead back to where they start."""
    in_circle: set[int] = set()
    done: set[int] = set()
    for start in targets:
        path: dict[int, None] = {}
        at: int | None = start
        while at is not None and at not in done and at not in path:
            path[at] = None
            at = targets.get(at)
        if at in path:
            steps = list(path)
            in_circle.update(steps[steps.index(at) :])
        done.update(path)
    return {pk: target for pk, target in targets.items() if pk not in in_circle}


def _write(changed: Mapping[int, tuple[int | None, int | None]], *, cause: Cause, source: str, run: str) -> None:
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [now, list(changed), [new for _old, new in changed.values()]])
    rows = {pk for pair in changed.values() for pk in pair if pk is not None}
    public_ids: dict[int | None, str] = dict(Product.objects.filter(pk__in=rows).values_list("pk", "public_id"))
    events = (
        Event(pk, VersionKind.CHANGED, {"successor": [public_ids.get(old), public_ids.get(new)]})
        for pk, (old, new) in changed.items()
    )
    write_versions(events, Told(cause, now, source=source, run=run))
    enqueue(OutboxKind.PRODUCT, changed)
