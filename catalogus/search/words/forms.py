"""What a product's document holds of its words besides these themselves."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalogus.search.words.lists import WordList


@dataclass(frozen=True, slots=True)
class WordForms:
    """parts: what compounds fall apart into; joined: neighbours in a name written as one. Sorted, without repeats."""

    parts: list[str]
    joined: list[str]


def word_forms(names: Iterable[str], others: Iterable[str], words: WordList) -> WordForms:  # noqa: ARG001
    """names: title and method name, of which words are also joined; others: further texts, only split."""
    return WordForms([], [])
