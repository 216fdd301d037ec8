"""How a compound falls apart: into words of a list that cover the whole of it, or not at all.

"Wandhalterung" is no "wand" and "alterung": what is left over between two known words makes them no parts. The letters
that Dutch puts between parts (s, e, en, er) belong to the part before them.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from catalogus.search.words.inflection import base_forms, linked_forms

SHORTEST_PART = 3
SHORTEST_COMPOUND = 6
LONGEST_COMPOUND = 40
"""Longer than any word of a title; it bounds the work that a hostile word takes."""

_Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class _Split:
    """A way to cover a word to its end. The least is the best: few parts, as the list has them, none of them short.

    shortest: the length of its shortest part, below zero.
    """

    count: int
    inexact: int
    shortest: int
    parts: _Parts


@dataclass(frozen=True, slots=True)
class Splitter:
    """anywhere: words that may be any part; first: those that never end a compound ("reken", "lees").

    exceptions: words that fall apart otherwise, or, without parts, never.
    """

    anywhere: Set[str] = frozenset()
    first: Set[str] = frozenset()
    exceptions: Mapping[str, _Parts] = field(default_factory=dict)

    def split(self, word: str) -> _Parts:
        """The parts in order, the last one without its ending where the list has it so; empty where there are none.

        "rekenschriften" -> "reken", "schrift".
        """
        for form in (word, *base_forms(word)):
            if form in self.exceptions:
                return self.exceptions[form]
        if not (SHORTEST_COMPOUND <= len(word) <= LONGEST_COMPOUND and word.isalpha()):
            return ()
        best = self._best(word)
        return best.parts if best and best.count > 1 else ()

    def _best(self, word: str) -> _Split | None:
        """The best cover of the whole word, found from its end: the best of each rest is known before it is needed."""
        rests = {len(word): _Split(0, 0, -LONGEST_COMPOUND, ())}
        for start in range(len(word) - SHORTEST_PART, -1, -1):
            ways = []
            for end in range(start + SHORTEST_PART, len(word) + 1):
                rest = rests.get(end)
                if rest is None or end - start == len(word):
                    continue
                part = self._part(word[start:end], is_last=end == len(word))
                if part:
                    inexact = rest.inexact + (part != word[start:end])
                    shortest = max(rest.shortest, -len(part))
                    ways.append(_Split(rest.count + 1, inexact, shortest, (part, *rest.parts)))
            if ways:
                rests[start] = min(ways)
        return rests.get(0)

    def _part(self, text: str, *, is_last: bool) -> str | None:
        """The word of the list that a stretch of a compound is, if it is one."""
        forms: Iterator[str] = base_forms(text) if is_last else linked_forms(text)
        for form in (text, *forms):
            if form in self.anywhere or (not is_last and form in self.first):
                return form
        return None
