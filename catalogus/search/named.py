"""Subjects and publishers by the beginnings of their names, from memory: it works where the engine is away.

Only those are known with which a search finds something, so that no suggestion leads to an empty page.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic
from typing import Self

from django.db.models import Count, F, Func

from catalogus.models import Concept, ConceptAlias, Product, Publisher, Scheme
from catalogus.models.provenance import Provenance
from catalogus.naming import normal_form

REMEMBERED_SECONDS = 600
"""How long a process keeps them: counting a million products takes seconds, and what there is changes slowly."""

# How well a name fits what was typed, on one scale with the engine's answers (suggest_queries.py).
WHOLE, BEGINS, WORDS, WORDS_BEGIN, JOINED, ALIKE = 7.0, 6.0, 4.0, 3.0, 2.0, 1.0

SHORTEST_FUZZY = 5
SHORTEST_FUZZY_TWICE = 9
"""One slip in a word from five letters on, two from nine on: in a shorter word another word begins with a slip."""

_SHORTEST_JOINED = 3
_WITH_FIGURES = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Named:
    """One subject or publisher. names: normal forms; others: abbreviations and spellings, found by their beginning.

    words: all of these and the names as one word, each after a space: what holds " wis" nowhere has no name with it.
    """

    code: str
    names: tuple[str, ...]
    others: tuple[str, ...]
    words: str
    methods: int
    place: int

    @classmethod
    def of(cls, code: str, labels: Iterable[str], others: tuple[str, ...], *, methods: int, place: int) -> Self:
        names = tuple(dict.fromkeys(form for label in labels if (form := normal_form(label))))
        joined = (name.replace(" ", "") for name in names)
        return cls(code, names, others, " ".join(("", *names, *joined, *others)), methods, place)


@dataclass(frozen=True, slots=True)
class Found:
    code: str
    score: float


def subjects(typed: str, *, most: int, with_slips: bool = False) -> list[Found]:
    """The subjects that fit, best first. typed: a normal form, not empty; with_slips: also names only like it."""
    return _find(_subjects(_moment()), typed, most, with_slips=with_slips)


def publishers(typed: str, *, most: int, with_slips: bool = False) -> list[Found]:
    """The publishers that fit, best first; see subjects."""
    return _find(_publishers(_moment()), typed, most, with_slips=with_slips)


def forget() -> None:
    """Read anew at the next call, as a test needs that changes what is remembered."""
    _subjects.cache_clear()
    _publishers.cache_clear()


def allowed_slips(word: str) -> int:
    """How many letters of a typed word may be wrong: none in a short one and in one with figures."""
    if len(word) < SHORTEST_FUZZY or _WITH_FIGURES.search(word):
        return 0
    return 2 if len(word) >= SHORTEST_FUZZY_TWICE else 1


def begins_alike(typed: str, word: str) -> bool:
    """Whether the word begins like what was typed with the slips that are allowed; the first letter is right.

    A slip is a letter too many, too few or another, or two neighbours that changed places.
    """
    slips = allowed_slips(typed)
    if not slips or typed[0] != word[:1]:
        return word.startswith(typed)
    beginning = word[: len(typed) + slips]
    before_last: list[int] = []
    last = list(range(len(beginning) + 1))
    for row, letter in enumerate(typed, start=1):
        line = [row]
        for column, other in enumerate(beginning, start=1):
            cost = min(last[column] + 1, line[column - 1] + 1, last[column - 1] + (letter != other))
            is_swap = row > 1 < column and letter == beginning[column - 2] and typed[row - 2] == other
            line.append(min(cost, before_last[column - 2] + 1) if is_swap else cost)
        if min(line) > slips:
            return False
        before_last, last = last, line
    return min(last) <= slips


def _find(all_named: Iterable[Named], typed: str, most: int, *, with_slips: bool) -> list[Found]:
    words = typed.split()
    joined = typed.replace(" ", "")
    first = f" {words[0]}"
    fitting = (named for named in all_named if with_slips or first in named.words)
    found = [
        (score, named) for named in fitting if (score := _score(named, typed, words, joined, with_slips=with_slips))
    ]
    found.sort(key=lambda pair: (-pair[0], -pair[1].methods, pair[1].place))
    return [Found(named.code, score) for score, named in found[:most]]


def _score(named: Named, typed: str, words: Sequence[str], joined: str, *, with_slips: bool) -> float:
    """0 where it does not fit."""
    best = max((_score_of_name(name, typed, words, joined) for name in named.names), default=0.0)
    if best < WORDS and typed in named.others:
        return WORDS
    if not best and len(typed) >= _SHORTEST_JOINED and any(other.startswith(typed) for other in named.others):
        return JOINED
    if not best and with_slips and any(_is_alike(name, words) for name in named.names):
        return ALIKE
    return best


def _score_of_name(name: str, typed: str, words: Sequence[str], joined: str) -> float:
    if name == typed:
        return WHOLE
    if name.startswith(typed):
        return BEGINS
    parts = name.split()
    if all(any(part.startswith(word) for part in parts) for word in words):
        return WORDS if set(words) <= set(parts) else WORDS_BEGIN
    if len(joined) >= _SHORTEST_JOINED and name.replace(" ", "").startswith(joined):
        return JOINED
    return 0.0


def _is_alike(name: str, words: Sequence[str]) -> bool:
    parts = name.split()
    return all(any(begins_alike(word, part) for part in parts) for word in words)


def _moment() -> int:
    return int(monotonic()) // REMEMBERED_SECONDS


@lru_cache(maxsize=1)
def _subjects(_moment: int) -> tuple[Named, ...]:
    found = Product.objects.live().orderable().in_default_sectors()
    codes = found.annotate(code=Func(F("subjects"), function="unnest")).order_by().values("code")
    methods = dict(codes.annotate(methods=Count("method", distinct=True)).values_list("code", "methods"))
    concepts = Concept.objects.filter(scheme=Scheme.SUBJECT, code__in=methods).order_by("position", "code")
    rows = list(concepts.values_list("pk", "code", "label_nl", "label_en"))
    others = _spellings([pk for pk, *_ in rows])
    return tuple(
        Named.of(code, labels, others.get(pk, ()), methods=methods[code], place=place)
        for place, (pk, code, *labels) in enumerate(rows)
    )


def _spellings(concepts: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """What else a subject is called, by its row; not what publishers' records alone call it."""
    kept = ConceptAlias.objects.filter(concept__in=concepts, provenance__in=(Provenance.SEED, Provenance.EDITOR))
    found: dict[int, tuple[str, ...]] = {}
    for concept, key in kept.order_by("key").values_list("concept_id", "key"):
        if concept is not None:
            found[concept] = (*found.get(concept, ()), key)
    return found


@lru_cache(maxsize=1)
def _publishers(_moment: int) -> tuple[Named, ...]:
    found = Product.objects.live().orderable().in_default_sectors().order_by().values("publisher")
    methods = dict(found.annotate(methods=Count("method", distinct=True)).values_list("publisher", "methods"))
    rows = Publisher.objects.filter(pk__in=methods).order_by("name", "pk").values_list("pk", "slug", "name")
    return tuple(
        Named.of(slug, [name], (), methods=methods[pk], place=place) for place, (pk, slug, name) in enumerate(rows)
    )
