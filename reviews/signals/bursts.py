"""Many more reviews of a method in two days than it usually gets: an action of a school, a campaign, or a pile-on."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from catalogus.web import formatting
from reviews.signals.found import MOST_OF_A_KIND, Signal, SignalKind, Window

STRETCH = timedelta(hours=48)
LEAST_REVIEWS = 5
TIMES_USUAL = 4

_USUAL_SPAN = timedelta(days=365)
"""What is usual is taken over a year before: reviews come by seasons, as choices of methods do."""

_QUERY = """
WITH counted AS (
    SELECT shown_method_id AS method, written_at AS ended, count(*) OVER (
        PARTITION BY shown_method_id ORDER BY written_at RANGE BETWEEN %(stretch)s PRECEDING AND CURRENT ROW
    ) AS n
    FROM reviews_review
    WHERE written_at >= %(since)s AND written_at < %(until)s AND state <> 'withdrawn'
      AND (%(method)s::bigint IS NULL OR shown_method_id = %(method)s::bigint)
), best AS (
    SELECT DISTINCT ON (method) method, ended, n FROM counted WHERE n >= %(least)s ORDER BY method, n DESC, ended
), compared AS (
    SELECT best.*, (
        SELECT count(*) FROM reviews_review WHERE shown_method_id = best.method AND state <> 'withdrawn'
        AND written_at >= best.ended - %(stretch)s - %(span)s AND written_at < best.ended - %(stretch)s
    ) AS before
    FROM best
)
SELECT catalogus_method.name, n, ended, before, (
    SELECT array_agg(public_id ORDER BY written_at, id) FROM reviews_review
    WHERE shown_method_id = compared.method AND state <> 'withdrawn'
    AND written_at >= ended - %(stretch)s AND written_at <= ended
)
FROM compared JOIN catalogus_method ON catalogus_method.id = compared.method
WHERE n >= %(times)s * before * %(share)s
ORDER BY n DESC, compared.method LIMIT %(most)s
"""


def bursts(window: Window, *, method: int | None = None) -> list[Signal]:
    """One for each method: its busiest two days. method: of this one alone. One query."""
    parameters: dict[str, Any] = {
        "since": window.since,
        "until": window.until,
        "method": method,
        "stretch": STRETCH,
        "span": _USUAL_SPAN,
        "least": LEAST_REVIEWS,
        "times": TIMES_USUAL,
        "share": STRETCH / _USUAL_SPAN,
        "most": MOST_OF_A_KIND,
    }
    with connection.cursor() as cursor:
        cursor.execute(_QUERY, parameters)
        return [_signal(*row) for row in cursor.fetchall()]


def _signal(name: str, count: int, ended: datetime, before: int, ids: list[str]) -> Signal:
    text = _(
        "“%(method)s” kreeg %(count)d beoordelingen in %(hours)d uur, tot en met %(ended)s. In het jaar daarvoor waren "
        "het er gemiddeld %(usual)s in %(hours)d uur."
    )
    said = {
        "method": name,
        "count": count,
        "hours": STRETCH // timedelta(hours=1),
        "ended": formatting.moment(ended),
        "usual": formatting.decimal(before * (STRETCH / _USUAL_SPAN)),
    }
    return Signal(SignalKind.BURST, text % said, tuple(ids))
