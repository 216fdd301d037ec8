"""How many searches the database answers at a time, over all processes of an installation.

What an engine could not bear is not moved to PostgreSQL, which has all other pages to serve. A slot is an advisory
lock, so that it is free again however its holder ends, also by kill -9.
"""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from catalogus.exceptions import SearchUnavailable
from catalogus.locks import Lock

LONGEST_WAIT_SECONDS = 0.5
"""Two or three searches of others; who waits longer holds a thread of the server that other pages need."""

_PAUSE_SECONDS = 0.03
"""Between two tries, on average: a waiting search asks the database some fifteen times in all."""


@contextmanager
def search_slot(*, may_wait: bool = True) -> Iterator[None]:
    """Hold a slot while the block runs. Raises SearchUnavailable where none became free in LONGEST_WAIT_SECONDS.

    may_wait: False for what stands beside a page, which does without it where all slots are taken.

    The block may read and not write: it is rolled back at its end. That gives a lock back at once that lasts as long as
    the transaction around it, which may be the caller's and go on. A lock of the session would be lost in a pool that
    hands out transactions, and could not be given back in a transaction that failed.
    """
    with transaction.atomic():
        try:
            with connection.cursor() as cursor:
                _take(cursor, Lock.BASIC_SEARCH, settings.BASIC_SEARCH_SLOTS, may_wait=may_wait)
            yield
        finally:
            transaction.set_rollback(True)


class ExportSlot:
    """A slot for a download, held until it is given back.

    Exports have slots of their own, half as many: a reader may take minutes over one and searches would wait for it.
    The lock stands on a connection of its own: a download goes on over many transactions of the ordinary one.
    """

    def __init__(self) -> None:
        """Raises SearchUnavailable where none became free in LONGEST_WAIT_SECONDS."""
        connection.ensure_connection()  # Which tells a database that is away as it does everywhere.
        self._connection = connection.get_new_connection(connection.get_connection_params())
        try:
            with self._connection.cursor() as cursor:
                _take(cursor, Lock.BASIC_EXPORT, max(1, settings.BASIC_SEARCH_SLOTS // 2))
        except BaseException:
            self.give_back()
            raise

    def give_back(self) -> None:
        """May be done twice. The connection may be gone by now, and the slot with it."""
        with suppress(psycopg.Error):
            self._connection.rollback()  # At once: of a connection that is closed the server hears a moment later.
        self._connection.close()


def _take(cursor: Any, lock: Lock, slots: int, *, may_wait: bool = True) -> None:
    """Hold one of so many slots until the transaction of this cursor ends, or is rolled back to before this."""
    # A CASE is worked out in its order and no further than the first that holds, so one lock is taken at most.
    tries = " ".join(f"WHEN pg_try_advisory_xact_lock({lock.value}, {slot}) THEN true" for slot in range(slots))
    deadline = time.monotonic() + (LONGEST_WAIT_SECONDS if may_wait else 0.0)
    while True:
        cursor.execute(f"SELECT CASE {tries} ELSE false END")
        if cursor.fetchone()[0]:
            return
        if time.monotonic() >= deadline:
            raise SearchUnavailable(
                _("Er zoeken nu te veel mensen tegelijk in de basismodus: alle plaatsen (%(slots)d) zijn bezet.")
                % {"slots": slots}
            )
        # Not all in step, or they would meet again at each try.
        time.sleep(_PAUSE_SECONDS * random.uniform(0.5, 1.5))  # noqa: S311  It guards nothing.
