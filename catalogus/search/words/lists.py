"""The word list in memory: which words may be parts of compounds, and how single words fall apart."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordList:
    """A snapshot; take a new one for each piece of work, as it changes with the catalogue and by editors."""

    def parts_of(self, word: str) -> tuple[str, ...]:  # noqa: ARG002
        """What a word in normal form falls apart into, in order; empty where it does not."""
        return ()


def word_list() -> WordList:
    """The list of this moment, from a short memory."""
    return WordList()
