"""The advisory locks of PostgreSQL that we use, in one list so that no two share a number.

A lock of a session is let go when its connection ends, also after kill -9: it says that somebody lives, not that
somebody once began.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable


class Lock(IntEnum):
    """The first key of a lock; the second is the row it is about, or 0."""

    SEQUENCE = 7_410_001
    REBUILD = 7_410_002
    HARVEST = 7_410_003
    SEED = 7_410_004
    DRAIN = 7_410_005
    IDENTIFY = 7_410_006
    REMAP = 7_410_007
    EDIT = 7_410_008
    SCHOOLS = 7_410_009
    FACET_CODES = 7_410_010
    OVERVIEW = 7_410_011
    COVERS = 7_410_012
    REVIEW_PRIOR = 7_410_013
    BASIC_SEARCH = 7_410_020
    BASIC_EXPORT = 7_410_021


def lock_until_commit(lock: Lock, key: int = 0, *, is_shared: bool = False) -> None:
    """Wait for the lock and hold it until the transaction around this call ends.

    is_shared: with others who hold it shared; who takes it alone waits for all of them.
    """
    function = "pg_advisory_xact_lock_shared" if is_shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [lock.value, key])


def lock_for_editing(*, wait_seconds: float) -> bool:
    """Be alone with methods, editions, publishers and corrections until the transaction ends; what comes in waits.

    Whether that could be had within so many seconds.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{round(wait_seconds * 1000)}ms"])
            # Whoever brings records in takes these two in this order, so nobody waits in a circle.
            lock_until_commit(Lock.IDENTIFY)
            lock_until_commit(Lock.EDIT)
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            return False
        raise
    return True


def _take(lock: Lock, key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [lock.value, key])
        return bool(cursor.fetchone()[0])


_IS_HELD = """
SELECT EXISTS (
    SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
    WHERE datname = current_database() AND locktype = 'advisory' AND granted
        AND classid::bigint = %s AND objid::bigint = %s AND objsubid = 2
)
"""


def is_held(lock: Lock, key: int = 0) -> bool:
    """Whether somebody, this connection included, has the lock at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(_IS_HELD, [lock.value, key])
        return bool(cursor.fetchone()[0])


@contextmanager
def try_lock(lock: Lock, key: int = 0, *, wait_seconds: float = 0) -> Iterator[bool]:
    """Whether the lock could be had; where so, it is held until the block ends or the connection is lost.

    wait_seconds: how long to try. The server notices that a killed process is gone when its last statement ends.
    """
    deadline = time.monotonic() + wait_seconds
    while not (held := _take(lock, key)) and time.monotonic() < deadline:
        time.sleep(0.1)
    try:
        yield held
    finally:
        if held and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [lock.value, key])
