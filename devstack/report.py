"""What the reader sees: one line per step, with a tick, what was done and the seconds."""

import contextlib
import time
from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.status import Status
from rich.table import Table

PIPE_WIDTH = 200  # Room for a long address; a pipe has no width of its own.


def dutch_seconds(seconds: float) -> str:
    """1.234 -> "1,2 s"; 83 -> "1 min 23 s"."""
    if seconds < 60:
        return f"{seconds:.1f} s".replace(".", ",")
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


class Step:
    """One step under way; `done` says at its end what was done, `update` shows counts while it goes on."""

    def __init__(self, title: str, status: Status | None) -> None:
        self.title = title
        self.outcome = title
        self._status = status
        self._started = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started

    def update(self, detail: str = "") -> None:
        if self._status is not None:
            text = f"{self.title} [dim]{escape(detail)} {dutch_seconds(self.seconds)}[/]"
            self._status.update(text)

    def done(self, outcome: str) -> None:
        self.outcome = outcome


class Report:
    """Writes to the terminal, or plain lines to a file or pipe; a terminal that went away is no error."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(stderr=True, highlight=False)

    def _print(self, markup: str) -> None:
        # The window may have been closed (SIGHUP); what is still to be stopped must be stopped all the same.
        with contextlib.suppress(OSError):
            self.console.print(markup, soft_wrap=True)

    @contextlib.contextmanager
    def step(self, title: str, *, child_writes: bool = False) -> Iterator[Step]:
        """Show a step; child_writes: a child writes to the terminal meanwhile, so no spinner may move there."""
        spins = self.console.is_terminal and not child_writes
        status = self.console.status(escape(title), spinner="dots") if spins else None
        if child_writes:
            self._print(f"[cyan]›[/] {escape(title)} …")
        step = Step(escape(title), status)
        try:
            with status or contextlib.nullcontext():
                yield step
        except BaseException:
            self._print(f"[red]✗[/] {escape(title)} [dim]{dutch_seconds(step.seconds)}[/]")
            raise
        self._print(f"[green]✓[/] {escape(step.outcome)} [dim]{dutch_seconds(step.seconds)}[/]")

    def note(self, text: str) -> None:
        self._print(f"[yellow]![/] {escape(text)}")

    def say(self, text: str, *, style: str = "") -> None:
        self._print(f"[{style}]{escape(text)}[/]" if style else escape(text))

    def fail(self, message: str, remedy: str = "") -> None:
        self._print(f"[bold red]✗ {escape(message)}[/]")
        if remedy:
            self._print(f"  [bold]→[/] {escape(remedy)}")

    def show(self, table: Table) -> None:
        """A table is an answer, so it goes to standard output, where a pipe can read it uncut."""
        output = Console(highlight=False)
        if not output.is_terminal:
            output.width = PIPE_WIDTH
        output.print(table)
