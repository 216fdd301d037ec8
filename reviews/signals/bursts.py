"""Many more reviews of a method in two days than it usually gets: an action of a school, a campaign, or a pile-on."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from catalogus.models import Method
from catalogus.web import formatting
from reviews.models import Review, ReviewState
from reviews.signals.found import MOST_OF_A_KIND, Signal, SignalKind, Window
from reviews.signals.runs import busiest

STRETCH = timedelta(hours=48)
LEAST_REVIEWS = 5
TIMES_USUAL = 4

_USUAL_SPAN = timedelta(days=365)
"""What is usual is taken over a year before: reviews come by seasons, as choices of methods do."""


def bursts(window: Window, *, method: int | None = None) -> list[Signal]:
    """One for each method: its busiest two days. method: of this one alone. Four queries."""
    reviews = window.reviews()
    if method is not None:
        reviews = reviews.filter(shown_method=method)
    busy = (
        reviews.order_by()
        .values("shown_method")
        .annotate(count=Count("pk"))
        .filter(count__gte=LEAST_REVIEWS)
        .values_list("shown_method", flat=True)
    )
    rows = (
        reviews.filter(shown_method__in=list(busy))
        .order_by("shown_method", "written_at", "pk")
        .values("shown_method", "written_at", "public_id", "pk")
    )
    found: list[tuple[int, Sequence[Any]]] = []
    for pk, group in groupby(rows.iterator(), key=lambda row: int(row["shown_method"])):
        stretch = busiest(list(group), STRETCH, at=lambda row: row["written_at"], who=lambda row: row["pk"])
        if len(stretch) >= LEAST_REVIEWS:
            found.append((pk, stretch))
    usual = _usual({pk: stretch[0]["written_at"] for pk, stretch in found})
    unusual = [(pk, stretch) for pk, stretch in found if len(stretch) >= TIMES_USUAL * usual[pk]]
    unusual.sort(key=lambda one: (-len(one[1]), one[0]))
    unusual = unusual[:MOST_OF_A_KIND]
    names = dict(Method.objects.filter(pk__in=[pk for pk, _stretch in unusual]).values_list("pk", "name"))
    return [_signal(names[pk], stretch, usual[pk]) for pk, stretch in unusual]


def _usual(starts: dict[int, datetime]) -> dict[int, float]:
    """Method -> how many reviews it got in two days, in the year before its busiest ones began."""
    counts = dict.fromkeys(starts, 0)
    if starts:
        earliest = min(starts.values()) - _USUAL_SPAN
        rows = Review.objects.filter(shown_method__in=starts, written_at__gte=earliest).exclude(
            state=ReviewState.WITHDRAWN
        )
        for pk, written_at in rows.values_list("shown_method_id", "written_at").iterator():
            if starts[pk] - _USUAL_SPAN <= written_at < starts[pk]:
                counts[pk] += 1
    return {pk: count * (STRETCH / _USUAL_SPAN) for pk, count in counts.items()}


def _signal(name: str, stretch: Sequence[Any], usual: float) -> Signal:
    text = _(
        "“%(method)s” kreeg %(count)d beoordelingen in %(hours)d uur, vanaf %(first)s. In het jaar daarvoor waren het "
        "er gemiddeld %(usual)s in %(hours)d uur."
    )
    said = {
        "method": name,
        "count": len(stretch),
        "hours": STRETCH // timedelta(hours=1),
        "first": formatting.moment(stretch[0]["written_at"]),
        "usual": formatting.decimal(usual),
    }
    return Signal(SignalKind.BURST, text % said, tuple(row["public_id"] for row in stretch))
