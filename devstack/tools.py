"""Runs a helper program (initdb, mvn, javac) to its end, with its output in a log, and hears a request to stop."""

import contextlib
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from devstack.context import Context
from devstack.ending import adopt, end_process, forget
from devstack.errors import DevstackError

TAIL_LINES = 15
TOOL_GRACE_SECONDS = 10.0  # A harvest finishes its page in that time; killed, it would go on from the page before.
NO_NETWORK = "Maven kon niet ophalen wat nodig is: kijk of het netwerk werkt en probeer het opnieuw."
# What a log's last lines may say -> what the reader can do about it.
_REMEDIES = {
    "No space left on device": "De schijf is vol: maak ruimte vrij en probeer het opnieuw.",
    "Disk full": "De schijf is vol: maak ruimte vrij en probeer het opnieuw.",
    "Address already in use": "Een ander programma nam de poort intussen in gebruik: probeer het opnieuw.",
    "Cannot allocate memory": "Er is te weinig geheugen vrij: sluit andere programma's.",
    "Could not transfer artifact": NO_NETWORK,
    "Could not resolve": NO_NETWORK,
}


@dataclass(frozen=True)
class RunAs:
    """The account that a program gets when it must not run as root."""

    uid: int
    gid: int


def tail_of(log: Path, lines: int = TAIL_LINES) -> str:
    """The last lines of a log; "" where there is none."""
    try:
        with log.open("rb") as stream:
            stream.seek(max(0, log.stat().st_size - 16384))
            return "\n".join(stream.read().decode(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""


def failure(what: str, log: Path, *, remedy: str = "") -> DevstackError:
    """An error that shows a log's last lines and its path, with the remedy that those lines point to."""
    tail = tail_of(log)
    known = next((text for sign, text in _REMEDIES.items() if sign in tail), "")
    shown = f"{what}. De laatste regels van {log}:\n{tail}" if tail else f"{what}. Zie {log}."
    return DevstackError(shown, remedy=known or remedy)


def fresh_log(log: Path) -> Path:
    """Put the log of the previous start aside as NAME.log.1, so that a log tells of one start."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists():
        log.replace(log.with_name(f"{log.name}.1"))
    return log


def run_tool(
    context: Context,
    argv: Sequence[str],
    *,
    what: str,
    log: Path | None,
    run_as: RunAs | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    while_waiting: Callable[[], None] = lambda: None,
) -> None:
    """Run argv to its end; log None: it writes to our terminal.

    Raises DevstackError with the log's tail when it fails, StopRequested when interrupted, and what while_waiting
    raises; in the latter two cases the program has been ended.
    """
    if log is not None:
        log.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.nullcontext() if log is None else log.open("ab") as stream:
        process = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream if stream is None else subprocess.STDOUT,
            cwd=cwd,
            env=dict(env) if env is not None else None,
            start_new_session=True,
            user=run_as.uid if run_as else None,
            group=run_as.gid if run_as else None,
            extra_groups=[] if run_as else None,
        )
    adopt(process)
    try:
        while process.poll() is None:
            while_waiting()
            context.interrupts.sleep()
    except BaseException:
        end_process(context.interrupts, process.pid, grace_seconds=TOOL_GRACE_SECONDS)
        raise
    forget(process.pid)
    if process.returncode == 0:
        return
    trouble = f"{what} is mislukt (code {process.returncode})"
    raise DevstackError(f"{trouble}; zie de regels hierboven.") if log is None else failure(trouble, log)
