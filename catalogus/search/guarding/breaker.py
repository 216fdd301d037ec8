"""A circuit breaker: an engine that does not answer is left alone for a while, and then tried by one call at a time.

Closed, every call goes through. After a few failures it opens: no call goes through, and who asks is told so at once.
After a pause a single call is let through as a probe while all others are still told no. A good probe closes the
breaker; a failed one opens it again, for longer each time up to a limit.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from django.utils.translation import gettext as _

from catalogus.exceptions import SearchUnavailable

FAILURES_IN_A_ROW = 3
"""One failure is a slip, such as a connection that a proxy closed. Three visitors have waited 800 ms each."""

FAILURES_OF_LAST_CALLS = 5
LAST_CALLS = 10
"""An engine that fails every second call is no use either, and never fails three times in a row."""

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 15.0
"""A frozen engine costs one visitor of each process 800 ms in this time; one that is back is noticed within it."""

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class State(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half-open"


@dataclass(frozen=True, slots=True)
class BreakerReport:
    """How a breaker stands. failures: of the last LAST_CALLS calls; pause_seconds: until a probe may go, 0 if it may.

    HALF_OPEN: the pause is over, and either a probe is on its way or the next call will be one.
    """

    state: State
    failures: int
    pause_seconds: float


class Breaker:
    """May be used by any number of threads; its lock is never held while a call runs."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._is_failure: deque[bool] = deque(maxlen=LAST_CALLS)
        self._is_open = False
        self._is_probing = False
        self._opened_until = 0.0
        self._pause_seconds = FIRST_PAUSE_SECONDS
        # A call says nothing of what came after the breaker opened or closed: it began before that.
        self._period = 0

    def ask(self, call: Callable[[], Answer], *, late_seconds: float | None = None) -> Answer:
        """What the call gives, or SearchUnavailable without calling while the breaker is open.

        SearchUnavailable raised by the call is a failure. So is an answer that took longer than late_seconds, which is
        given nevertheless. What else it raises is the asker's own fault, or ours, and tells nothing of the engine.
        """
        period = self._enter()
        started = self._clock()
        is_told = False
        try:
            answer = call()
            took = self._clock() - started
            is_told = True
            if late_seconds is not None and took > late_seconds:
                self._failed(period, _("een antwoord kwam pas na %(seconds).1f seconden") % {"seconds": took})
            else:
                self._succeeded(period)
        except SearchUnavailable as error:
            is_told = True
            self._failed(period, str(error))
            raise
        finally:
            if not is_told:
                self._leave(period)
        return answer

    def report(self) -> BreakerReport:
        """How it stands at this moment."""
        with self._lock:
            pause = max(0.0, self._opened_until - self._clock()) if self._is_open else 0.0
            state = State.CLOSED if not self._is_open else State.OPEN if pause else State.HALF_OPEN
            return BreakerReport(state, sum(self._is_failure), pause)

    def _enter(self) -> int:
        """The period in which a call begins. Raises SearchUnavailable where it may not."""
        with self._lock:
            if not self._is_open:
                return self._period
            if not self._is_probing and self._clock() >= self._opened_until:
                self._is_probing = True
                return self._period
        raise SearchUnavailable(_("De zoekmachine antwoordde niet en wordt even met rust gelaten."))

    def _succeeded(self, period: int) -> None:
        with self._lock:
            if period != self._period:
                return
            if not self._is_open:
                self._is_failure.append(False)
                return
            self._is_open = self._is_probing = False
            self._period += 1
            self._is_failure.clear()
            self._pause_seconds = FIRST_PAUSE_SECONDS
        logger.warning("the engine answers again; basic mode ends")

    def _failed(self, period: int, reason: str) -> None:
        with self._lock:
            if period != self._period:
                return
            self._is_failure.append(True)
            was_open = self._is_open
            if was_open:
                self._pause_seconds = min(2 * self._pause_seconds, LONGEST_PAUSE_SECONDS)
            if was_open or self._is_to_be_opened():
                self._open()
            has_opened = self._is_open and not was_open
        if has_opened:
            logger.warning("the engine is left alone for a while and search goes on in basic mode: %s", reason)
        elif not was_open:
            logger.warning("the engine failed, and basic mode takes its place this once: %s", reason)

    def _leave(self, period: int) -> None:
        """A call ended without telling anything of the engine: if it was the probe, the next one is."""
        with self._lock:
            if period == self._period:
                self._is_probing = False

    def _is_to_be_opened(self) -> bool:
        last = list(self._is_failure)
        return sum(last) >= FAILURES_OF_LAST_CALLS or sum(last[-FAILURES_IN_A_ROW:]) == FAILURES_IN_A_ROW

    def _open(self) -> None:
        self._is_open, self._is_probing = True, False
        self._period += 1
        self._opened_until = self._clock() + self._pause_seconds
