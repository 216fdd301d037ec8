"""The same text, or nearly, under reviews of different people: copied from a colleague, or written by one for many."""

from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from catalogus.web import formatting
from reviews.models import Review
from reviews.signals.found import MOST_OF_A_KIND, Signal, SignalKind, Window

LEAST_SIGNS = 40
"""Of shorter ones ("goede opgaven") many are alike by themselves."""

LEAST_ALIKE = 0.6
"""By pg_trgm: the share of their threes of signs that two texts have in common."""

MOST_COMPARED = 200
"""The newest texts of the window are each compared with all others of it: a look at what came in lately."""

MOST_ALIKE = 5
"""With each text the most alike ones."""

_EQUAL = """
SELECT array_agg(review.public_id ORDER BY review.written_at), count(DISTINCT review.author_id)
FROM reviews_reviewversion AS version
JOIN reviews_review AS review ON review.id = version.review_id AND review.version = version.number
WHERE review.written_at >= %(since)s AND review.written_at < %(until)s AND review.state <> 'withdrawn'
  AND length(version.words) >= %(least)s
GROUP BY md5(version.words)
HAVING count(DISTINCT coalesce(review.author_id, -review.id)) > 1
ORDER BY 2 DESC, 1 LIMIT %(most)s
"""
_ALIKE = """
WITH recent AS (
    SELECT review.public_id, review.author_id, review.id AS review_id, version.words
    FROM reviews_review AS review
    JOIN reviews_reviewversion AS version ON version.review_id = review.id AND version.number = review.version
    WHERE review.written_at >= %(since)s AND review.written_at < %(until)s AND review.state <> 'withdrawn'
      AND (%(review)s::bigint IS NULL OR review.id = %(review)s::bigint) AND length(version.words) >= %(least)s
    ORDER BY review.written_at DESC, review.id DESC LIMIT %(compared)s
)
SELECT recent.public_id, other.public_id, other.alike
FROM recent CROSS JOIN LATERAL (
    SELECT review.public_id, similarity(version.words, recent.words) AS alike
    FROM reviews_reviewversion AS version
    JOIN reviews_review AS review ON review.id = version.review_id AND review.version = version.number
    WHERE version.words %% recent.words AND length(version.words) >= %(least)s
      AND review.id <> recent.review_id AND review.author_id IS DISTINCT FROM recent.author_id
      AND review.written_at >= %(since)s AND review.written_at < %(until)s AND review.state <> 'withdrawn'
      AND (%(review)s::bigint IS NOT NULL OR version.words <> recent.words)
    ORDER BY alike DESC, review.id LIMIT %(alike)s
) AS other
ORDER BY other.alike DESC, 1, 2
"""


def same_text(window: Window) -> list[Signal]:
    """Equal ones first, then what is nearly equal among the newest. Two queries."""
    found = []
    for ids, people in _ask(_EQUAL, window):
        text = _("Dezelfde tekst staat onder %(count)d beoordelingen van %(people)d accounts.")
        said = {"count": len(ids), "people": people}
        found.append(Signal(SignalKind.SAME_TEXT, text % said, tuple(ids)))
    pairs: set[frozenset[str]] = set()
    for one, other, alike in _ask(_ALIKE, window):
        pair = frozenset((one, other))
        if pair not in pairs and len(found) < MOST_OF_A_KIND:
            pairs.add(pair)
            found.append(_nearly(one, other, alike))
    return found


def same_text_as(review: Review) -> list[Signal]:
    """Texts of others, in the time around it, that are like the one of this review; one query."""
    rows = _ask(_ALIKE, Window.around(review.written_at), review=review.pk)
    return [_nearly(one, other, alike) for one, other, alike in rows]


def _nearly(one: str, other: str, alike: float) -> Signal:
    text = _("Twee teksten van verschillende accounts zijn voor %(percent)s%% gelijk.")
    return Signal(SignalKind.SAME_TEXT, text % {"percent": formatting.number(round(alike * 100))}, (one, other))


def _ask(query: str, window: Window, review: int | None = None) -> list[tuple[Any, ...]]:
    parameters: dict[str, Any] = {
        "since": window.since,
        "until": window.until,
        "least": LEAST_SIGNS,
        "most": MOST_OF_A_KIND,
        "compared": MOST_COMPARED,
        "alike": MOST_ALIKE,
        "review": review,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(LEAST_ALIKE)])
        cursor.execute(query, parameters)
        return list(cursor.fetchall())
