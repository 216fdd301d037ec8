"""The words of a piece of text with their places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalogus.families.level_words import word_kind
from catalogus.naming import normal_form
from catalogus.search.understanding.sheet import Sheet

_WORD = re.compile(r"\S+")
_LEADING, _TRAILING = "([{'’‘`,;:!?.", ")]}'’‘`,;:!?."
# A series of languages' levels or a bilingual stream is no level of the vocabulary.
_NO_CLASS = frozenset({"tto"})


@dataclass(frozen=True, slots=True)
class Token:
    """raw: as typed, from raw_start; text: without the punctuation around it; key: its normal form, maybe empty.

    kind: the letter that families.level_words gives it. is_ended: a comma or the like stands behind it.
    """

    raw: str
    raw_start: int
    raw_end: int
    text: str
    start: int
    end: int
    key: str
    kind: str
    is_ended: bool

    @property
    def is_word(self) -> bool:
        """Whether there is anything to look for in it; "&" is one, for "Tel & Meet" is a title."""
        return "&" in self.raw or any(sign.isalnum() for sign in self.raw)


def pieces_of_tokens(sheet: Sheet) -> Iterator[list[Token]]:
    """The words of each unbroken piece that is left to read."""
    for start, end in sheet.pieces():
        yield [_token(match.group(), start + match.start()) for match in _WORD.finditer(sheet.rest[start:end])]


def _token(raw: str, place: int) -> Token:
    without_start = raw.lstrip(_LEADING)
    text = without_start.rstrip(_TRAILING)
    start = place + len(raw) - len(without_start)
    kind = "X" if text.casefold() in _NO_CLASS or len(text) > 40 else word_kind(text)
    return Token(
        raw=raw,
        raw_start=place,
        raw_end=place + len(raw),
        text=text,
        start=start,
        end=start + len(text),
        key=normal_form(text),
        kind=kind,
        is_ended=raw[-1:] in ",;.:",
    )
