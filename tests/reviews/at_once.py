"""Several people at once, in real transactions: all start together, or one waits for what another holds."""

import threading
import time
from collections.abc import Callable

from django.db import connection

from catalogus.models import Method
from reviews.services.prior import stated_prior
from reviews.services.summaries import summaries_of

Job = Callable[[], object]

_PATIENCE_SECONDS = 30
_WAITING = """
SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))
"""


def at_once(*jobs: Job) -> list[BaseException | None]:
    """Run all, each in a thread and with a connection of its own; what each raised, None where it went well."""
    start = threading.Barrier(len(jobs))
    raised: list[BaseException | None] = [None] * len(jobs)

    def run(number: int, job: Job) -> None:
        try:
            start.wait(_PATIENCE_SECONDS)
            job()
        except BaseException as error:  # noqa: BLE001  Told to the thread of the test.
            raised[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number, job)) for number, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_PATIENCE_SECONDS)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return raised


class Beside:
    """A job in a thread, with a connection of its own, from when this is made."""

    def __init__(self, job: Job) -> None:
        self._raised: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(job,))
        self._thread.start()

    def ended(self) -> BaseException | None:
        """Wait for its end; what it raised."""
        self._thread.join(_PATIENCE_SECONDS)
        assert not self._thread.is_alive(), "somebody waits for ever"
        return self._raised

    def _run(self, job: Job) -> None:
        try:
            job()
        except BaseException as error:  # noqa: BLE001  Told to the thread of the test.
            self._raised = error
        finally:
            connection.close()


def until_somebody_waits() -> None:
    """Return when another session waits for a lock that this one holds."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(_WAITING)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waits for a lock")


def wrong_summaries() -> list[int]:
    """The methods whose stored summary is not what their reviews say."""
    methods = list(Method.objects.filter(merged_into=None))
    found = summaries_of([method.pk for method in methods], stated_prior())
    return [
        method.pk
        for method in methods
        if (
            method.review_count,
            method.older_review_count,
            method.review_mean,
            method.review_low,
            method.review_high,
            method.review_sort,
            method.last_reviewed_at,
        )
        != (
            (one := found[method.pk]).count,
            one.older_count,
            one.mean,
            one.low,
            one.high,
            one.sort,
            one.last_reviewed_at,
        )
    ]
