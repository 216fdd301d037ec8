"""The same text, or nearly, under reviews of different people: copied from a colleague, or written by one for many.

Equal texts are found wherever they are. Nearly equal ones are looked for where they mislead readers most: among reviews
of the same method or of the same school. To look for those everywhere took half a minute for one text.
"""

from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from catalogus.web import formatting
from reviews.models import Review
from reviews.signals.found import MOST_OF_A_KIND, Signal, SignalKind, Window

LEAST_SIGNS = 40
"""Of shorter ones ("goede opgaven") many are alike by themselves."""

LEAST_ALIKE = 0.6
"""By pg_trgm: the share of their threes of signs that two texts have in common."""

MOST_COMPARED = 50
MOST_BESIDE = 20
"""On the page of all signals: so many of the newest texts, each with so many of the newest beside it."""

MOST_BESIDE_ONE = 400
"""With one review: with so many of the newest beside it."""

MOST_ALIKE = 5
"""Of the texts beside it, the most alike ones."""

_EQUAL = """
SELECT array_agg(review.public_id ORDER BY review.written_at, review.id), count(DISTINCT review.author_id)
FROM reviews_reviewversion AS version
JOIN reviews_review AS review ON review.id = version.review_id AND review.version = version.number
WHERE review.written_at >= %(since)s AND review.written_at < %(until)s AND review.state <> 'withdrawn'
  AND (%(words)s::text IS NULL OR md5(version.words) = md5(%(words)s::text))
  AND length(version.words) >= %(least)s
GROUP BY md5(version.words)
HAVING count(DISTINCT coalesce(review.author_id, -review.id)) > 1
ORDER BY 2 DESC, 1 LIMIT %(most)s
"""
_ALIKE = """
WITH recent AS (
    SELECT review.id, review.public_id, review.author_id, review.shown_method_id, review.school_id, version.words
    FROM reviews_review AS review
    JOIN reviews_reviewversion AS version ON version.review_id = review.id AND version.number = review.version
    WHERE review.written_at >= %(since)s AND review.written_at < %(until)s AND review.state <> 'withdrawn'
      AND (%(review)s::bigint IS NULL OR review.id = %(review)s::bigint) AND length(version.words) >= %(least)s
    ORDER BY review.written_at DESC, review.id DESC LIMIT %(compared)s
), pairs AS MATERIALIZED (
    SELECT recent.public_id AS one, beside.public_id AS other, similarity(recent.words, version.words) AS alike
    FROM recent CROSS JOIN LATERAL (
        SELECT found.* FROM (
            (SELECT id, public_id, author_id, state, version FROM reviews_review
             WHERE shown_method_id = recent.shown_method_id AND written_at >= %(since)s AND written_at < %(until)s
             ORDER BY written_at DESC LIMIT %(beside)s)
            UNION
            (SELECT id, public_id, author_id, state, version FROM reviews_review
             WHERE school_id = recent.school_id AND written_at >= %(since)s AND written_at < %(until)s
             ORDER BY written_at DESC LIMIT %(beside)s)
        ) AS found
        WHERE found.id <> recent.id AND found.state <> 'withdrawn'
          AND found.author_id IS DISTINCT FROM recent.author_id
    ) AS beside
    JOIN reviews_reviewversion AS version ON version.review_id = beside.id AND version.number = beside.version
    WHERE length(version.words) >= %(least)s AND version.words <> recent.words
      -- Texts of which one is much longer have too few signs in common to be alike.
      AND length(version.words) BETWEEN length(recent.words) * 0.5 AND length(recent.words) * 2
)
SELECT one, other, alike FROM (
    SELECT *, row_number() OVER (PARTITION BY one ORDER BY alike DESC, other) AS place
    FROM pairs WHERE alike >= %(alike)s
) AS placed
WHERE place <= %(closest)s ORDER BY alike DESC, one, other
"""


def same_text(window: Window) -> list[Signal]:
    """Equal ones first, then what is nearly equal among the newest. Two queries."""
    found = _equal(window)
    pairs: set[frozenset[str]] = set()
    for one, other, alike in _ask(_ALIKE, window):
        pair = frozenset((one, other))
        if pair not in pairs and len(pairs) < MOST_OF_A_KIND:
            pairs.add(pair)
            found.append(_nearly(one, other, alike))
    return found


def same_text_as(review: Review) -> list[Signal]:
    """Texts of others, in the time around it, that are like the one of this review; three queries."""
    window = Window.around(review.written_at)
    words = review.versions.filter(number=review.version).values_list("words", flat=True).first() or ""
    beside = _ask(_ALIKE, window, review=review.pk, beside=MOST_BESIDE_ONE)
    return [*_equal(window, words=words), *(_nearly(one, other, alike) for one, other, alike in beside)]


def _equal(window: Window, **more: Any) -> list[Signal]:
    text = _("Dezelfde tekst staat onder %(count)d beoordelingen van %(people)d accounts.")
    return [
        Signal(SignalKind.SAME_TEXT, text % {"count": len(ids), "people": people}, tuple(ids))
        for ids, people in _ask(_EQUAL, window, **more)
    ]


def _nearly(one: str, other: str, alike: float) -> Signal:
    text = _("Twee teksten van verschillende accounts zijn voor %(percent)s%% gelijk.")
    return Signal(SignalKind.SAME_TEXT, text % {"percent": formatting.number(round(alike * 100))}, (one, other))


def _ask(query: str, window: Window, **more: Any) -> list[tuple[Any, ...]]:
    parameters: dict[str, Any] = {
        "since": window.since,
        "until": window.until,
        "least": LEAST_SIGNS,
        "most": MOST_OF_A_KIND,
        "compared": MOST_COMPARED,
        "beside": MOST_BESIDE,
        "closest": MOST_ALIKE,
        "alike": LEAST_ALIKE,
        "review": None,
        "words": None,
    }
    with connection.cursor() as cursor:
        cursor.execute(query, parameters | more)
        return list(cursor.fetchall())
