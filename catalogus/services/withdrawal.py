"""Withdraw products that no source delivers any more; they keep their page, and come back when they are delivered."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from catalogus.models import Cause, OutboxKind, Product, VersionKind
from catalogus.services.history import Event, Told, write_versions
from catalogus.services.outbox import enqueue


@transaction.atomic
def withdraw_products(product_ids: Collection[int], *, cause: Cause, source: str = "", run: str = "") -> int:
    """Withdraw these products (rows), those that are withdrawn already left as they are; the number of the others."""
    now = timezone.now()
    rows = Product.objects.filter(pk__in=product_ids, withdrawn_at=None, merged_into=None).order_by("pk")
    found = dict(rows.select_for_update().values_list("pk", "method_id"))
    if not found:
        return 0
    Product.objects.filter(pk__in=found).update(withdrawn_at=now, updated_at=now)
    changes = {"withdrawn_at": [None, now.isoformat()]}
    events = (Event(pk, VersionKind.WITHDRAWN, changes) for pk in found)
    write_versions(events, Told(cause, now, source=source, run=run))
    enqueue(OutboxKind.METHOD, found.values())
    enqueue(OutboxKind.PRODUCT, found)
    return len(found)
