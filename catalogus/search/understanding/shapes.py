"""What is understood of a text, as values."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the text; text[start:end] of the whole is what goes when it is taken away."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Recognised(Stretch):
    """A stretch of the text that names something.

    text: the words that name it; the stretch from start to end may hold "voor de" or "en" around them as well.
    facet: the facet whose codes are alternatives ("levels"), or "price" (least_cents and most_cents, both included,
    None for no bound), or "edition" (codes hold normal forms of labels, "12e editie", the kind that was typed first).
    is_filter: it must hold, and its words are no words to look for; else it is a strong preference, and a product that
    has the words themselves in its name fits as well. Two of them may share one stretch: "3h" is a year and a level.
    """

    facet: str
    codes: tuple[str, ...] = ()
    least_cents: int | None = None
    most_cents: int | None = None
    is_filter: bool = False


class Sign(StrEnum):
    """What marks, and no vocabulary, make of a part of the text."""

    PHRASE = "phrase"
    EXCLUDED = "excluded"
    EAN = "ean"


@dataclass(frozen=True, slots=True)
class Marked(Stretch):
    """A stretch that stands between quotation marks, behind a minus sign or "zonder", or that is an article number."""

    sign: Sign


@dataclass(frozen=True, slots=True)
class Understanding:
    """words: what is left to look for, in order, as typed. phrases: between quotation marks. excluded: words or phrases
    that must not be there. ean: thirteen digits, where the text holds an article number; is_whole_ean: and no more.

    marked: phrases, exclusions and the number once more, with their places in the text. Punctuation alone is nothing:
    a text of it has no words, and a search for it finds nothing.
    """

    text: str
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    ean: str = ""
    is_whole_ean: bool = False
    marked: tuple[Marked, ...] = ()

    def without(self, stretch: Stretch) -> str:
        """The text without one stretch, of a thing that was recognised or marked."""
        return " ".join(f"{self.text[: stretch.start]} {self.text[stretch.end :]}".split())
