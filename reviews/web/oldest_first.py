"""Pages of what waits, oldest first, by the moment and number of the row that they begin after.

What is judged leaves the queue, so the way back is to its beginning and not to a page before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from catalogus.web.keyset import AFTER

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_DIGITS = 16
"""Microseconds since 1970 need as many until the year 2286."""


@dataclass(frozen=True, slots=True)
class OldestFirst:
    """Addresses are empty where they lead nowhere."""

    rows: Sequence[Any]
    start_url: str
    next_url: str


def oldest_first(rows: QuerySet[Any], request: HttpRequest, size: int) -> OldestFirst:
    """rows: each with `since`, a moment. Raises Http404 for an address that no page of this made."""
    given = request.GET.get(AFTER, "")
    if given:
        since, pk = _start(given)
        rows = rows.filter(Q(since__gt=since) | Q(since=since, pk__gt=pk))
    found = list(rows.order_by("since", "pk")[: size + 1])
    query = request.GET.copy()
    query.pop(AFTER, None)
    start_url = f"{request.path}?{query.urlencode()}" if given else ""
    next_url = ""
    if len(found) > size:
        last = found[size - 1]
        query[AFTER] = f"{(last.since - _EPOCH) // timedelta(microseconds=1)}-{last.pk}"
        next_url = f"{request.path}?{query.urlencode()}"
    return OldestFirst(found[:size], start_url, next_url)


def _start(given: str) -> tuple[datetime, int]:
    parts = given.split("-")
    if len(parts) != 2 or not all(one.isascii() and one.isdigit() and len(one) <= _MOST_DIGITS for one in parts):
        raise Http404(_("Deze pagina is er niet."))
    return _EPOCH + timedelta(microseconds=int(parts[0])), int(parts[1])
