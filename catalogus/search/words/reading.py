"""The words of a search with all that they may stand for."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed, or several that are one term ("moderne vreemde talen").

    parts: what a compound falls apart into. others: synonyms, each of one word or more. near: what it may have meant,
    best first; only for a word that the catalogue does not have.
    """

    text: str
    parts: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


def read_words(typed: Sequence[str]) -> tuple[Word, ...]:
    """The words in the order in which they were typed."""
    return tuple(Word(text) for text in typed)
