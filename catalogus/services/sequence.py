"""Give the changes of products their numbers, in one place at a time and after they were committed."""

from django.db import connection, transaction

from catalogus.locks import Lock, lock_until_commit

_ASSIGN = """
WITH waiting AS (
    SELECT id FROM catalogus_productversion WHERE seq IS NULL ORDER BY id LIMIT %s
), numbered AS (
    SELECT id, row_number() OVER (ORDER BY id)
        + (SELECT coalesce(max(seq), 0) FROM catalogus_productversion) AS seq
    FROM waiting
)
UPDATE catalogus_productversion AS version SET seq = numbered.seq FROM numbered WHERE version.id = numbered.id
"""


def assign_sequence(batch: int = 10_000) -> int:
    """Number every committed change that has no number yet; the count of them.

    The lock is held until the numbers are committed, so numbers appear in their own order: a reader who has seen a
    number has seen all below it, whatever the order in which the changes themselves were written.
    """
    total = 0
    while numbered := _assign_batch(batch):
        total += numbered
    return total


@transaction.atomic
def _assign_batch(batch: int) -> int:
    lock_until_commit(Lock.SEQUENCE)
    with connection.cursor() as cursor:
        cursor.execute(_ASSIGN, [batch])
        return int(cursor.rowcount)
