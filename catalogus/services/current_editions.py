"""Which edition of a method is current, remembered on the method: search ranks it above older ones."""

from collections.abc import Iterable, Iterator

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Count, Sum

from catalogus.choices import ProductState
from catalogus.models import Method, OutboxEntry, OutboxKind
from catalogus.services.method_changes import tell_methods_changed
from catalogus.services.outbox import enqueue

_BATCH = 2_000
"""Methods whose rows are locked at once: a harvest that wants one of them waits for tens of milliseconds."""

# A question for each method, by the index on its products: a join of all at once is planned for empty tables right
# after a first harvest, and takes minutes. A method that somebody is changing at this moment is left alone: that change
# marks its document as stale again.
_REFRESH = """
WITH ours AS (
    SELECT id FROM catalogus_method WHERE id = ANY(%(ids)s) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
), found AS (
    SELECT ours.id, (
        SELECT max(edition.ordinal)
        FROM catalogus_product AS product JOIN catalogus_edition AS edition ON edition.id = product.edition_id
        WHERE product.method_id = ours.id AND product.merged_into_id IS NULL AND product.withdrawn_at IS NULL
            AND product.state = ANY(%(orderable)s)
    ) AS ordinal
    FROM ours
)
UPDATE catalogus_method AS method SET current_ordinal = found.ordinal
FROM found WHERE method.id = found.id AND method.current_ordinal IS DISTINCT FROM found.ordinal
RETURNING method.id
"""
_SEEN = "current-editions-seen"
_PRODUCTS = "SELECT id FROM catalogus_product WHERE method_id = ANY(%s)"


def refresh_current_editions(method_ids: Iterable[int] | None = None) -> int:
    """Write down the current edition of these methods, or of all of them; how many got another one.

    It is the highest ordinal with a product that can be ordered. Where it changed, the documents of the method and its
    products are stale.
    """
    return sum(map(_refresh, _batches(method_ids)))


def refresh_waiting_editions() -> int:
    """The same for the methods whose documents wait in the outbox, where no engine empties it.

    Nothing is looked at while the same rows wait as the last time: without an engine they all stay there.
    """
    waiting = OutboxEntry.objects.filter(kind=OutboxKind.METHOD).order_by()
    # Not the highest revision: one drawn earlier may be committed later.
    state = waiting.aggregate(rows=Count("pk"), revisions=Sum("revision"))
    if cache.get(_SEEN) == state:
        return 0
    changed = refresh_current_editions(waiting.values_list("object_id", flat=True))
    cache.set(_SEEN, state, timeout=None)
    return changed


def _batches(method_ids: Iterable[int] | None) -> Iterator[list[int]]:
    if method_ids is not None:
        ids = sorted(set(method_ids))
        yield from (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))
        return
    last = 0
    while batch := list(Method.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_BATCH]):
        yield batch
        last = batch[-1]


@transaction.atomic
def _refresh(ids: list[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_REFRESH, {"ids": ids, "orderable": list(ProductState.orderable())})
        changed = [pk for (pk,) in cursor.fetchall()]
        if changed:
            enqueue(OutboxKind.METHOD, changed)
            tell_methods_changed(changed)
            cursor.execute(_PRODUCTS, [changed])
            enqueue(OutboxKind.PRODUCT, (pk for (pk,) in cursor.fetchall()))
    return len(changed)
