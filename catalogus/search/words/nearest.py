"""What a mistyped word may have meant: the words of the catalogue that are nearest to it."""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from rapidfuzz.distance import OSA

from catalogus.memory import Memory
from catalogus.models import SearchWord
from catalogus.search.words.inflection import base_forms

SHORTEST = 5
"""Of four letters nearly everything is near to something."""

MOST = 3
MOST_ASKED = 6
"""Unknown words of one text that are looked up: each costs some milliseconds, and a text with more is no slip."""

_TWO_SLIPS_FROM = 8
_REMEMBERED = 5_000
_LONGEST = 40

# One letter of five wrong leaves three of ten trigrams alike, two letters changed round two of ten.
_ALIKE = 0.19
_CANDIDATES = 50
_NEAREST = """
SELECT typed.word, near.word, near.method_count
FROM unnest(%s::text[]) AS typed(word)
CROSS JOIN LATERAL (
    SELECT known.word, known.method_count FROM catalogus_searchword AS known
    WHERE known.word %% typed.word AND length(known.word) BETWEEN length(typed.word) - 2 AND length(typed.word) + 2
    ORDER BY similarity(known.word, typed.word) DESC, known.method_count DESC, known.word
    LIMIT %s
) AS near
"""


def nearest(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each word in normal form those of the catalogue that it may have been, best first; none for a known one.

    At most one query for what is known and one for what is near, and none for words that were asked a short while ago.
    Of many unknown words the first MOST_ASKED are looked up.
    """
    wanted = dict.fromkeys(word for word in words if SHORTEST <= len(word) <= _LONGEST and word.isalpha())
    remembered = _answers.get()
    answers = {word: remembered[word] for word in wanted if word in remembered}
    missing = [word for word in wanted if word not in answers]
    if missing:
        unknown = _unknown(missing)
        known = dict.fromkeys(set(missing).difference(unknown), ())
        found = known | _ask(unknown[:MOST_ASKED])
        if len(remembered) > _REMEMBERED:
            remembered.clear()
        remembered.update(found)
        answers |= found
    return answers


def _unknown(words: Sequence[str]) -> list[str]:
    """Those that the catalogue has neither as they are nor as the plural of what it has."""
    forms = {word: {word, *base_forms(word)} for word in words}
    known = set(SearchWord.objects.filter(word__in=set().union(*forms.values())).values_list("word", flat=True))
    return [word for word in words if not known & forms[word]]


def _ask(words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    if not words:
        return {}
    candidates: dict[str, list[tuple[int, bool, int, str]]] = {word: [] for word in words}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL pg_trgm.similarity_threshold = %s", [_ALIKE])
        cursor.execute(_NEAREST, [list(words), _CANDIDATES])
        for typed, near, methods in cursor.fetchall():
            most = 2 if len(typed) >= _TWO_SLIPS_FROM else 1
            distance = OSA.distance(typed, near, score_cutoff=most)
            if distance <= most:
                candidates[typed].append((distance, typed[0] != near[0], -methods, near))
    return {word: tuple(near for *_, near in sorted(rows)[:MOST]) for word, rows in candidates.items()}


def _nothing(_before: dict[str, tuple[str, ...]] | None) -> dict[str, tuple[str, ...]]:
    return {}


_answers = Memory[dict[str, tuple[str, ...]]](_nothing)
