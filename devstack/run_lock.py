"""The one `run` of a checkout: a lock that the system drops however that process ends, and a way to stop its holder."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from devstack.checkout import Checkout
from devstack.context import Context
from devstack.ending import end_process
from devstack.errors import DevstackError
from devstack.locking import try_lock

_WRITE_SECONDS = 2.0
STOP_SECONDS = 120.0  # The worker ends its task, Elasticsearch and PostgreSQL write what they hold.


def _path(checkout: Checkout) -> Path:
    return checkout.state / "run.lock"


@contextlib.contextmanager
def only_run(checkout: Checkout, port: int) -> Iterator[None]:
    """Hold the lock while a run goes on. Raises DevstackError where another run holds it."""
    with _path(checkout).open("a+") as stream:
        if not try_lock(stream):
            pid, at = _holder(checkout)
            raise DevstackError(
                f"Er draait hier al een run (proces {pid}) op http://127.0.0.1:{at}/",
                remedy="Gebruik die, of stop hem met Ctrl-C in zijn venster of met: make stop",
            )
        stream.truncate(0)
        stream.write(f"{os.getpid()} {port}")
        stream.flush()
        yield


def _holder(checkout: Checkout) -> tuple[int, int]:
    """Process and port of the run that holds the lock; it writes them just after it took the lock."""
    end = time.monotonic() + _WRITE_SECONDS
    while not (text := _path(checkout).read_text()) and time.monotonic() < end:
        time.sleep(0.05)
    pid, _, port = text.partition(" ")
    return int(pid or 0), int(port or 0)


def stop_running_run(context: Context) -> None:
    """Ask the run of this checkout, where there is one, to end, and wait until it has."""
    if not _path(context.checkout).exists():
        return
    with _path(context.checkout).open("a+") as stream:
        if try_lock(stream):
            return
        pid, _ = _holder(context.checkout)
        with context.report.step("De lopende run stoppen") as step:
            end_process(context.interrupts, pid, grace_seconds=STOP_SECONDS)
            step.done(f"De run (proces {pid}) is gestopt")
