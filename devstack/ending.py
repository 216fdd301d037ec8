"""Ends processes: asks, waits, then kills, and at once when the reader asked twice."""

import contextlib
import os
import signal
import subprocess
import time

from devstack.interrupts import Interrupts
from devstack.pidfile import birth_of

_KILL_SECONDS = 10.0  # A killed process goes at once, unless the system holds it (a disk that does not answer).
_own_children: dict[int, "subprocess.Popen[bytes]"] = {}  # Kept so that those which end are reaped, never zombies.


def adopt(process: "subprocess.Popen[bytes]") -> None:
    """Remember a child of this process, so that its end is seen at once."""
    _own_children[process.pid] = process


def forget(pid: int) -> None:
    """Drop a child that has ended; its exit code is taken, so that no zombie stays."""
    child = _own_children.pop(pid, None)
    if child is not None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(1)


def exit_code(pid: int) -> int | None:
    """How a child of this process ended; None where it lives or is no child of ours."""
    child = _own_children.get(pid)
    return None if child is None else child.poll()


def _lives(pid: int, birth: str) -> bool:
    return exit_code(pid) is None and birth_of(pid) == birth


def end_process(
    interrupts: Interrupts, pid: int, *, first: signal.Signals = signal.SIGTERM, grace_seconds: float = 30
) -> None:
    """Send `first`, wait for the end, then kill what is left of the process and its group."""
    birth = birth_of(pid)
    if birth is None:
        return
    with contextlib.suppress(ProcessLookupError):
        leads_group = os.getpgid(pid) == pid
        if not interrupts.is_hard:
            os.kill(pid, first)
            _wait_for_end(interrupts, pid, birth, grace_seconds, until_hard=True)
        if _lives(pid, birth):
            os.kill(pid, signal.SIGKILL)
        if leads_group:  # Children that outlived their parent go too.
            os.killpg(pid, signal.SIGKILL)
    _wait_for_end(interrupts, pid, birth, _KILL_SECONDS, until_hard=False)
    forget(pid)


def end_orphans(pid: int) -> None:
    """Kill what outlived a process of ours that led a group and has died, such as the workers of a web server.

    While nobody lives under its number, the group of that number holds its children alone.
    """
    if birth_of(pid) is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def _wait_for_end(interrupts: Interrupts, pid: int, birth: str, seconds: float, *, until_hard: bool) -> None:
    end = time.monotonic() + seconds
    while _lives(pid, birth) and time.monotonic() < end and not (until_hard and interrupts.is_hard):
        time.sleep(0.02)
