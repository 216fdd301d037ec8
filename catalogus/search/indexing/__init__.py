"""Keep the indexes equal to the database: the outbox drained, everything rebuilt, both sides compared."""

from catalogus.search.indexing.checking import CheckReport, KindReport, check
from catalogus.search.indexing.draining import DrainReport, drain
from catalogus.search.indexing.rebuilding import RebuildReport, ensure, rebuild
from catalogus.search.indexing.status import Status, request_rebuild_for_words, status

__all__ = [
    "CheckReport",
    "DrainReport",
    "KindReport",
    "RebuildReport",
    "Status",
    "check",
    "drain",
    "ensure",
    "rebuild",
    "request_rebuild_for_words",
    "status",
]
