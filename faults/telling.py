"""What is told of a fault: a line for each thing that was done or seen, with its seconds and a verdict."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape

_STYLES = {True: "[green]OK  [/]", False: "[bold red]FAIL[/]", None: "    "}


class Story:
    """Prints lines as they come and remembers of each fault whether all went well."""

    def __init__(self) -> None:
        self._console = Console(highlight=False)
        self._failed: dict[str, list[str]] = {}
        self._fault = ""

    @contextmanager
    def of(self, fault: str) -> Iterator[None]:
        """The lines within are about this fault. What goes wrong in an unforeseen way is a line too, and is over."""
        self._fault = fault
        self._failed[fault] = []
        self._console.print(f"\n[bold]{escape(fault)}[/]")
        try:
            yield
        except Exception as error:  # noqa: BLE001  One fault must not keep the next from being tried.
            self.see("the trial goes on to its end", f"{type(error).__name__}: {error}", is_good=False)

    def did(self, what: str, seconds: float = 0.0) -> None:
        self._line(what, "", seconds, None)

    def see(self, what: str, seen: str, *, is_good: bool, seconds: float = 0.0) -> None:
        """what: what should be so; seen: what was."""
        self._line(what, seen, seconds, is_good)
        if not is_good:
            self._failed[self._fault].append(f"{what}: {seen}")

    @contextmanager
    def doing(self, what: str) -> Iterator[None]:
        """Time a thing that is done."""
        started = time.monotonic()
        yield
        self.did(what, time.monotonic() - started)

    def _line(self, what: str, seen: str, seconds: float, verdict: bool | None) -> None:
        took = f"{seconds:8.2f} s" if seconds else " " * 10
        self._console.print(
            f"  {_STYLES[verdict]}{took}  {escape(what)}{escape(f': {seen}') if seen else ''}", soft_wrap=True
        )

    def end(self) -> int:
        """Tell which faults went well; 0 when all did, else 1."""
        self._console.print("\n[bold]All of it[/]")
        for fault, failures in self._failed.items():
            self._console.print(f"  {_STYLES[not failures]}  {escape(fault)}")
            for failure in failures:
                self._console.print(f"          {escape(failure)}", soft_wrap=True)
        return int(any(self._failed.values()))
