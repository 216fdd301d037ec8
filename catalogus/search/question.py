"""A text, made ready to be asked: what was understood of it, and its words with all that they stand for.

Made once for a search; matching.py says which products answer it, ranking.py in what order.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from catalogus.choices import HIGHER_EDUCATION
from catalogus.naming import normal_form
from catalogus.search.backend import Replacement
from catalogus.search.criteria import SearchCriteria
from catalogus.search.stop_words import STOP_WORDS
from catalogus.search.understanding import Recognised, Understanding, understand
from catalogus.search.words import Word, read_words

MOST_WORDS = 40
"""Words beyond these only order what the first ones find: a pasted title is known by far fewer."""

FEW_HITS = 3
"""Where fewer than these have all the words, whatever the filters, some may be missing; those with all come first."""

SHORTEST_BEGINNING = 3
"""Two letters begin too much: "nu" would find "numeriek"."""

_MOST_JOINED = 3
_LONGEST_NAME = 6
_SHORTEST_JOINED = 5
"""Shorter ones join strangers: "op" and "en" are "open"."""

_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A word that must be found. joined: it and its neighbours in the text written as one, as names often are."""

    word: Word
    joined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """words and named must be found, all of them unless is_loosened. stop_words only order; so do the others.

    unfinished: the last word, if it may be the beginning of a longer one. whole: the text without signs of its own.
    names: stretches of the text that may be the whole name of a method.
    """

    understanding: Understanding
    words: tuple[Asked, ...] = ()
    named: tuple[Recognised, ...] = ()
    stop_words: tuple[str, ...] = ()
    unfinished: str = ""
    whole: str = ""
    names: tuple[str, ...] = ()
    is_loosened: bool = False

    @classmethod
    def of(cls, criteria: SearchCriteria) -> Self | None:
        """What the text of a search asks; None where there is none."""
        if not criteria.text:
            return None
        understood = understand(criteria.text, is_literal=criteria.is_literal)
        tokens = _tokens(criteria.text)
        wanted = [word for word in understood.words if normal_form(word)][:MOST_WORDS]
        content = [word for word in wanted if normal_form(word) not in STOP_WORDS]
        named = tuple(found for found in understood.recognised if not found.is_filter)
        if not content and not named and not understood.phrases:
            content = wanted
        joined = _joined(tokens)
        free = set(map(normal_form, content))
        last = content[-1] if content and understood.words[-1:] == (content[-1],) else ""
        is_last = bool(last) and bool(tokens) and tokens[-1] == last
        return cls(
            understanding=understood,
            words=tuple(_asked(word, joined) for word in read_words(content)),
            named=named,
            stop_words=tuple(word for word in wanted if word not in content),
            unfinished=last if is_last and len(last) >= SHORTEST_BEGINNING else "",
            whole=" ".join(tokens),
            names=_names(tokens, free),
        )

    @property
    def can_be_loosened(self) -> bool:
        """Whether there is something to leave out."""
        return not self.is_loosened and self.parts > 1

    @property
    def parts(self) -> int:
        """How many things must be found; level and year are one class."""
        facets = {"class" if found.facet in {"levels", "years"} else found.facet for found in self.named}
        return len(self.words) + len(facets) + len(self.understanding.phrases)

    def loosened(self) -> Self:
        """The same, where some words may be missing."""
        return replace(self, is_loosened=True)

    def strict(self) -> Self:
        """The same, where every word must be found."""
        return replace(self, is_loosened=False)

    def replacements(self) -> tuple[Replacement, ...]:
        """What mistyped words were taken for, each with the text that says so."""
        found = []
        for asked in self.words:
            for near in asked.word.near[:1]:
                text = re.sub(rf"(?<!\w){re.escape(asked.word.text)}(?!\w)", near, self.understanding.text)
                found.append(Replacement(asked.word.text, near, text))
        return tuple(found)

    @property
    def is_empty(self) -> bool:
        """Whether nothing that can be looked for is left of the text."""
        understood = self.understanding
        return not (self.parts or understood.ean or understood.excluded or understood.recognised)


def effective_criteria(criteria: SearchCriteria, question: Question | None) -> SearchCriteria:
    """The filters that hold: those that were chosen, and those that the text states where none was chosen.

    "niet meer leverbaar" in a text is as good as a choice of that state. A sector that stays out by itself ("hbo")
    comes in when the text names it.
    """
    if question is None:
        return criteria
    for found in question.understanding.recognised:
        if found.facet == "states" and not criteria.states:
            criteria = replace(criteria, states=tuple(sorted(found.codes)))
        elif found.facet == "sectors" and not criteria.sectors and not set(found.codes).isdisjoint(HIGHER_EDUCATION):
            criteria = replace(criteria, sectors=tuple(sorted(found.codes)))
    return criteria


def _tokens(text: str) -> list[str]:
    """The first words; one that is typed again and again is typed once, for so do titles that are stuffed."""
    words = _TOKEN.findall(text.replace('"', " "))[:MOST_WORDS]
    return [word for place, word in enumerate(words) if not place or word.casefold() != words[place - 1].casefold()]


def _asked(word: Word, joined: Iterable[tuple[frozenset[str], str]]) -> Asked:
    own = set(normal_form(word.text).split())
    return Asked(word, tuple(dict.fromkeys(form for words, form in joined if own & words)))


def _joined(tokens: Sequence[str]) -> list[tuple[frozenset[str], str]]:
    """Neighbours written as one: the words that each is made of, and the form."""
    forms = [normal_form(token) for token in tokens]
    found = []
    for size in range(1, _MOST_JOINED + 1):
        for start in range(len(forms) - size + 1):
            words = " ".join(forms[start : start + size]).split()
            form = "".join(words)
            if len(form) >= _SHORTEST_JOINED:
                found.append((frozenset(words), form))
    return found


def _names(tokens: Sequence[str], free: set[str]) -> tuple[str, ...]:
    """Stretches that may be a method's whole name; what only names concepts ("wiskunde") is none."""
    stretches: dict[str, None] = {}
    for size in range(1, min(_LONGEST_NAME, len(tokens)) + 1):
        for start in range(len(tokens) - size + 1):
            stretch = tokens[start : start + size]
            if any(normal_form(token) in free for token in stretch):
                stretches[" ".join(stretch)] = None
    return tuple(stretches)
