"""`exec`: one command in the foreground, with the services under it."""

import os
import signal
import subprocess
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from devstack.context import Context
from devstack.errors import DevstackError
from devstack.interrupts import POLL_SECONDS
from devstack.stack import Stack

NOT_FOUND = 127  # As shells have it.


def execute(
    context: Context, argv: Sequence[str], *, keep: bool, without: Collection[str] = (), stack: Stack | None = None
) -> int:
    """Run argv with the services' addresses in its environment; its exit code, 128 + n where signal n ended it.

    without: as `Stack.up` has it.
    """
    stack = stack or Stack(context)
    try:
        stack.up(keep=keep, command=f"exec {Path(argv[0]).name}", without=without)
        return in_foreground(context, argv, stack.environment())
    finally:
        context.interrupts.begin_stop()
        if not keep:
            stack.leave()


def in_foreground(context: Context, argv: Sequence[str], addresses: dict[str, str]) -> int:
    """The command stays in our process group, so that it has the terminal (a debugger, a progress line)."""
    # What stands beside our Python (pytest, celery) is found without an activated virtual environment.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    try:
        process = subprocess.Popen(argv, env={**os.environ, "PATH": path, **addresses}, cwd=context.checkout.base)
    except FileNotFoundError:
        raise DevstackError(f"Het programma {argv[0]} is niet gevonden.") from None
    handled = len(context.interrupts.received)
    while process.poll() is None:
        received = context.interrupts.received
        for number in received[handled:]:
            # The terminal sends Ctrl-C to the whole group, the command included; any other signal reached us alone.
            if number != signal.SIGINT or not sys.stdin.isatty():
                process.send_signal(number)
        handled = len(received)
        try:
            process.wait(POLL_SECONDS)
        except subprocess.TimeoutExpired:
            continue
    return process.returncode if process.returncode >= 0 else 128 - process.returncode
