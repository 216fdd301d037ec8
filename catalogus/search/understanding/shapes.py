"""What is understood of a text, as values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recognised:
    """A stretch of the text that names something; text[start:end] is what was typed.

    facet: the facet whose codes are alternatives ("levels"), or "price" (least_cents and most_cents, None for no
    bound), or "edition" (codes hold its number, "12"). is_filter: it must hold, and its words are no words to look for;
    else it is a strong preference, and a product that has the words themselves in its name fits as well.
    """

    text: str
    start: int
    end: int
    facet: str
    codes: tuple[str, ...] = ()
    least_cents: int | None = None
    most_cents: int | None = None
    is_filter: bool = False


@dataclass(frozen=True, slots=True)
class Understanding:
    """words: what is left to look for, in order, as typed. phrases: between quotation marks. excluded: words or phrases
    that must not be there. ean: thirteen digits, where the text holds an article number; is_whole_ean: and no more.
    """

    text: str
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    ean: str = ""
    is_whole_ean: bool = False

    def without(self, recognised: Recognised) -> str:
        """The text without the stretch of one thing that was recognised."""
        return " ".join(f"{self.text[: recognised.start]} {self.text[recognised.end :]}".split())
