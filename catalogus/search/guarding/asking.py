"""The way to the engine for everything that people wait for: pages, the API, suggestions, downloads.

Each process has a breaker of its own. One for all processes would have to be kept where each search reads it, and an
engine may be out of reach of one machine alone.
"""

import os
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings

from catalogus.search.backend import has_engine
from catalogus.search.guarding.breaker import Breaker, BreakerReport

LATE = 2
"""Times the time-out of one call: a search takes two calls at most, so an answer after this trickled in."""

Answer = TypeVar("Answer")

# The process is part of the key: one that was forked while a probe was on its way would wait for its end for ever.
_breakers: dict[tuple[str, int], Breaker] = {}


def ask_engine(call: Callable[[], Answer], *, may_be_late: bool = False) -> Answer:
    """What a call of the engine gives. Raises SearchUnavailable: at once while the engine is left alone.

    may_be_late: for a call that is no search of a page and has a time-out of its own.
    """
    if not has_engine():
        return call()  # Which says that there is none; nothing has failed.
    late_seconds = None if may_be_late else LATE * settings.ELASTICSEARCH_TIMEOUT_SECONDS
    return _breaker().ask(call, late_seconds=late_seconds)


def engine_report() -> BreakerReport | None:
    """How this process stands with the engine; None where no engine is set."""
    return _breaker().report() if has_engine() else None


def forget() -> None:
    """Know nothing of the engine, as at the start of the process."""
    _breakers.clear()


def _breaker() -> Breaker:
    # Of two threads that come first at once, both get the one that was put there.
    return _breakers.setdefault((settings.ELASTICSEARCH_URL, os.getpid()), Breaker())
