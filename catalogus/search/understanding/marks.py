"""Phrases between quotation marks, what must not be there, and article numbers: read before any vocabulary."""

import re

from catalogus.article_numbers import typed_number
from catalogus.search.understanding.function_words import FUNCTION_WORDS
from catalogus.search.understanding.shapes import Marked, Sign
from catalogus.search.understanding.sheet import TAKEN, Sheet

_QUOTES = '"“”„‟«»'
_QUOTE = re.compile(f"[{_QUOTES}]")
_MINUS = "-−"
# "werkboek en -schrift" is one word written short, no exclusion. A digit behind the sign is a range ("vwo 4 -6").
_EXCLUDED_WORD = re.compile(rf"(?<![^\s{TAKEN}])[{_MINUS}](?P<word>[^\W\d_][^\s{TAKEN}]*)")
_WRITTEN_SHORT = re.compile(r"(?:^|\s)(?:en|of|/|&)\s+$", re.IGNORECASE)
# "zonder werkboek", "geen digitaal", "niet het antwoordenboek".
_NEGATION = r"(?<![^\s\x00])(?:zonder|geen|niet)\s+(?:(?:een|de|het)\s+)?"
_NEGATED_WORD = re.compile(rf"{_NEGATION}(?P<word>[^\s{TAKEN}]+)", re.IGNORECASE)
_NEGATION_AT_END = re.compile(rf"{_NEGATION}$", re.IGNORECASE)
_LONGEST_NEGATION = len("zonder een  ")
_MINUS_AT_END = re.compile(rf"(?<![^\s{TAKEN}{_QUOTES}])[{_MINUS}]$")
_EDGES = "()[]{},;:!?.'’`"


def take_phrases(sheet: Sheet, *, is_literal: bool) -> list[Marked]:
    """What stands between quotation marks. An odd sign is taken as well, and means nothing."""
    rest = sheet.rest
    places = [match.start() for match in _QUOTE.finditer(rest)]
    found = []
    for opening, closing in zip(places[::2], places[1::2], strict=False):
        words = " ".join(sheet.text[opening + 1 : closing].replace(TAKEN, " ").split())
        if not any(character.isalnum() for character in words):
            sheet.take(opening, closing + 1)
            continue
        start, sign = _start(rest, opening, is_literal=is_literal)
        sheet.take(start, closing + 1)
        if sign == Sign.PHRASE and (number := typed_number(words)) and number.end - number.start == len(words):
            # Numbers are pasted out of tables with their quotation marks.
            found.append(Marked(number.ean, start, closing + 1, Sign.EAN))
        else:
            found.append(Marked(words, start, closing + 1, sign))
    if len(places) % 2:
        sheet.take(places[-1], places[-1] + 1)
    return found


def _start(rest: str, opening: int, *, is_literal: bool) -> tuple[int, Sign]:
    """Where a phrase begins, with the minus sign or the "zonder" that excludes it."""
    if _MINUS_AT_END.search(rest, max(0, opening - 1), opening):
        return opening - 1, Sign.EXCLUDED
    negation = None if is_literal else _NEGATION_AT_END.search(rest, max(0, opening - _LONGEST_NEGATION), opening)
    return (negation.start(), Sign.EXCLUDED) if negation else (opening, Sign.PHRASE)


def take_number(sheet: Sheet) -> Marked | None:
    """The first article number; others stay words."""
    number = typed_number(sheet.rest)
    if number is None:
        return None
    sheet.take(number.start, number.end)
    return Marked(number.ean, number.start, number.end, Sign.EAN)


def take_minus_words(sheet: Sheet) -> list[Marked]:
    """Words behind a minus sign."""
    found = []
    rest = sheet.rest
    for match in _EXCLUDED_WORD.finditer(rest):
        word = match["word"].strip(_EDGES)
        if word and not _WRITTEN_SHORT.search(rest, max(0, match.start() - 5), match.start()):
            sheet.take(*match.span())
            found.append(Marked(word, *match.span(), Sign.EXCLUDED))
    return found


def take_negated_words(sheet: Sheet) -> list[Marked]:
    """The word behind "zonder", "geen" or "niet"; not one that stands in every text, for that would exclude all."""
    found = []
    for match in _NEGATED_WORD.finditer(sheet.rest):
        word = match["word"].strip(_EDGES)
        if any(sign.isalnum() for sign in word) and word.casefold() not in FUNCTION_WORDS:
            sheet.take(*match.span())
            found.append(Marked(word, *match.span(), Sign.EXCLUDED))
    return found
