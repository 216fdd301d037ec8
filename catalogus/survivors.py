"""What became of products and methods that were merged: lists and reviews point at rows, and show where they led to."""

from collections.abc import Collection, Mapping

from django.db import connection

from catalogus.models import Method, Product

_CHAIN = """
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


def survivors_of(model: type[Product | Method], pks: Collection[int]) -> Mapping[int, int]:
    """Row -> the row that it was merged into in the end, itself where it stands; one query, none for no rows.

    What was merged in a circle, which nobody should have made, stands for itself.
    """
    if not pks:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_CHAIN.format(table=model._meta.db_table), [list(pks)])
        return {pk: pk for pk in pks} | dict(cursor.fetchall())


def leading_to(method_id: int) -> set[int]:
    """The method and all that were merged into it, by however many steps."""
    with connection.cursor() as cursor:
        cursor.execute(_LEADING, [method_id])
        return {pk for (pk,) in cursor.fetchall()}
