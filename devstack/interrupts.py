"""Ctrl-C and SIGTERM as a flag that the waiting loops look at.

A handler that raises could strike between the start of a process and the note of its pid, and leave it running.
"""

import signal
import time
from types import FrameType, TracebackType
from typing import Any, Self

from devstack.errors import StopRequested

POLL_SECONDS = 0.05
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupts:
    """Counts requests to stop: the first ends the work in hand, one more while stopping makes the stop hard."""

    def __init__(self) -> None:
        self._received: list[int] = []
        self._received_at_stop: int | None = None
        self._previous: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        for number in _SIGNALS:
            self._previous[number] = signal.signal(number, self._handle)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._previous.items():
            signal.signal(number, handler)

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        self._received.append(number)

    @property
    def received(self) -> tuple[int, ...]:
        """The signals that came, oldest first."""
        return tuple(self._received)

    def check(self) -> None:
        """Raise StopRequested once, where someone asked to stop and stopping has not begun; stopping then has."""
        if self._received and self._received_at_stop is None:
            self.begin_stop()
            raise StopRequested

    def sleep(self, seconds: float = POLL_SECONDS) -> None:
        """Sleep in short pieces, so that a request to stop is heard at once."""
        end = time.monotonic() + seconds
        while not self.is_hard and (left := end - time.monotonic()) > 0:
            self.check()
            time.sleep(min(left, POLL_SECONDS))
        self.check()

    def begin_stop(self) -> None:
        """From here on `check` is silent, and a further request makes the stop hard."""
        if self._received_at_stop is None:
            self._received_at_stop = len(self._received)

    @property
    def is_hard(self) -> bool:
        return self._received_at_stop is not None and len(self._received) > self._received_at_stop
