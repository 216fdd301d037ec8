"""What a process remembers of the database for a short while."""

import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

KEPT_SECONDS = 30.0
"""How long an editor's change may take to be seen by every process; index documents take longer to be made anew."""

Known = TypeVar("Known")


class Memory(Generic[Known]):
    """What `read` gives, kept for KEPT_SECONDS unless it says otherwise.

    read is told what was known before, so that it may give that again.
    """

    _all: "list[Memory[Any]]" = []

    def __init__(self, read: Callable[[Known | None], Known], *, kept_seconds: float | None = None) -> None:
        self._read = read
        self._kept_seconds = kept_seconds
        self._value: Known | None = None
        self._read_at = 0.0
        Memory._all.append(self)

    def get(self) -> Known:
        """What is known; read again where that is too long ago."""
        value = self._value
        kept_seconds = KEPT_SECONDS if self._kept_seconds is None else self._kept_seconds
        if value is None or time.monotonic() - self._read_at > kept_seconds:
            return self.refresh()
        return value

    @property
    def last(self) -> Known | None:
        """What was read last, however long ago; None where nothing was."""
        return self._value

    def refresh(self) -> Known:
        """Read it now, however short ago it was read."""
        # A new value in the place of the old one: another thread sees one or the other, never half of one.
        value = self._read(self._value)
        self._value, self._read_at = value, time.monotonic()
        return value

    def forget(self) -> None:
        """Know nothing, as at the start of the process."""
        self._value = None


def forget_all() -> None:
    """Forget everything that is remembered so: after a change that must be seen at once."""
    for memory in Memory._all:
        memory.forget()
