"""Mark index documents as stale, in the transaction of the change that made them so."""

from collections.abc import Iterable

from django.db import connection

from catalogus.models import OutboxKind
from catalogus.services.search_rows import refresh_search_rows

# The revision is taken again after the row's lock is held: of two changes at once the later has the higher one.
_ENQUEUE = """
INSERT INTO catalogus_outboxentry (kind, object_id, revision)
SELECT %s, id, nextval('catalogus_outbox_revision') FROM unnest(%s::bigint[]) AS id
ON CONFLICT (kind, object_id) DO UPDATE SET revision = nextval('catalogus_outbox_revision')
"""


def enqueue(kind: OutboxKind, ids: Iterable[int]) -> None:
    """The documents of these rows are older than the database; call it after the change, in its transaction.

    The rows of search in the database are as the change left the products from then on. Methods before their products:
    a row holds something of its method, and all who mark both take the locks in this order.
    """
    # Sorted, so that two writers take the rows' locks in one order.
    unique = sorted(set(ids))
    if unique:
        with connection.cursor() as cursor:
            cursor.execute(_ENQUEUE, [kind.value, unique])
        if kind == OutboxKind.PRODUCT:
            refresh_search_rows(unique)


_ENQUEUE_ALL = """
INSERT INTO catalogus_outboxentry (kind, object_id, revision)
SELECT kind, id, nextval('catalogus_outbox_revision') FROM (
    SELECT %s AS kind, id FROM catalogus_method UNION ALL SELECT %s, id FROM catalogus_product ORDER BY kind, id
) AS everything
ON CONFLICT (kind, object_id) DO UPDATE SET revision = nextval('catalogus_outbox_revision')
"""


def enqueue_all() -> None:
    """Every document is older than the database: something that all of them may hold has changed."""
    with connection.cursor() as cursor:
        cursor.execute(_ENQUEUE_ALL, [OutboxKind.METHOD.value, OutboxKind.PRODUCT.value])
