"""Keep the indexes equal to the database: the outbox drained, everything rebuilt, both sides compared."""

from catalogus.search.indexing.checking import CheckReport, KindReport, check
from catalogus.search.indexing.draining import DrainReport, drain
from catalogus.search.indexing.rebuilding import RebuildReport, ensure, rebuild

__all__ = [
    "CheckReport",
    "DrainReport",
    "KindReport",
    "RebuildReport",
    "check",
    "drain",
    "ensure",
    "rebuild",
]
