"""What commands share that take long: a bar that shows how far they are, and an end when somebody asks for it."""

import signal
import threading

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

STOPPED = 130
"""What a shell gives a command that Ctrl-C ended."""


def progress_bar() -> Progress:
    """On the error output, so that what a command says can be kept by itself."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True))


def stop_when_asked() -> threading.Event:
    """Set by Ctrl-C and SIGTERM from now on: the work in hand is finished, and nothing more begun."""
    asked = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_signal: asked.set())
    return asked
