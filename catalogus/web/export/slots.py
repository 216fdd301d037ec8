"""How many exports one process makes at a time, so that searching goes on beside them."""

import threading
import time
from collections.abc import Callable

MOST_AT_ONCE = 2
"""Of the four threads that a process serves with; the others go on answering pages."""

LONGEST_SECONDS = 600.0
"""An export of 200,000 rows takes half a minute. Who has not read it after this time has gone, without saying so."""


class Slot:
    """A place that is held until it is given back or its time is over."""

    def __init__(self, slots: "Slots", ends_at: float) -> None:
        self._slots = slots
        self.ends_at = ends_at

    def is_over(self) -> bool:
        return self._slots.clock() >= self.ends_at

    def give_back(self) -> None:
        """May be done twice."""
        self._slots.give_back(self)


class Slots:
    """Places of which so many may be held at a time.

    A reader that hangs without going away would hold its place for ever; a place whose time is over is free for the
    next one, and who still holds it must stop (`Slot.is_over`).
    """

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._most = most
        self._seconds = seconds
        self._held: set[Slot] = set()
        self._lock = threading.Lock()

    def take(self) -> Slot | None:
        """A place, or None where all are held."""
        with self._lock:
            self._held = {slot for slot in self._held if not slot.is_over()}
            if len(self._held) >= self._most:
                return None
            slot = Slot(self, self.clock() + self._seconds)
            self._held.add(slot)
            return slot

    def clear(self) -> None:
        """Take all places back from whoever holds them."""
        with self._lock:
            self._held.clear()

    def give_back(self, slot: Slot) -> None:
        with self._lock:
            self._held.discard(slot)


EXPORTS = Slots(MOST_AT_ONCE, LONGEST_SECONDS)
"""Those of this process."""
