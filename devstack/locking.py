"""Locks that two commands in one folder wait for; the system drops them when their holder ends, however it ends."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from devstack.context import Context


def try_lock(stream: TextIO) -> bool:
    """Take the lock of an open file, or False where another process holds it."""
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def folder_lock(folder: Path, context: Context, *, waiting_for: str) -> Iterator[None]:
    """Hold the lock of a folder; waits for another holder, and says for what."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+") as stream:
        if not try_lock(stream):
            context.report.note(f"Wacht op {waiting_for} …")
            while not try_lock(stream):
                context.interrupts.sleep(0.2)
        yield
