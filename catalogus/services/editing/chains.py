"""Chains of merged methods: where they end, and what leads to one."""

from collections.abc import Iterable

from django.db import connection

_SURVIVORS = """
WITH RECURSIVE step AS (
    SELECT id AS start, id, merged_into_id FROM catalogus_method WHERE id = ANY(%s)
    UNION
    SELECT step.start, method.id, method.merged_into_id
    FROM step JOIN catalogus_method AS method ON method.id = step.merged_into_id
)
SELECT start, id FROM step WHERE merged_into_id IS NULL
"""
_LEADING = """
WITH RECURSIVE step AS (
    SELECT %s::bigint AS id
    UNION
    SELECT method.id FROM step JOIN catalogus_method AS method ON method.merged_into_id = step.id
)
SELECT id FROM step
"""


def survivors(method_ids: Iterable[int]) -> dict[int, int]:
    """Method -> the one that it was merged into in the end, itself where it stands."""
    with connection.cursor() as cursor:
        cursor.execute(_SURVIVORS, [list(set(method_ids))])
        return dict(cursor.fetchall())


def leading_to(method_id: int) -> set[int]:
    """The method and all that were merged into it, by however many steps."""
    with connection.cursor() as cursor:
        cursor.execute(_LEADING, [method_id])
        return {pk for (pk,) in cursor.fetchall()}
