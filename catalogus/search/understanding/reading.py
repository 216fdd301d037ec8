"""Read a text: signs first, then numbers and prices, then names; what is left are words to look for."""

from catalogus.search.understanding.concepts import recognise
from catalogus.search.understanding.editions import take_editions
from catalogus.search.understanding.marks import take_minus_words, take_negated_words, take_number, take_phrases
from catalogus.search.understanding.names import known_names
from catalogus.search.understanding.prices import take_prices
from catalogus.search.understanding.shapes import Marked, Recognised, Sign, Understanding
from catalogus.search.understanding.sheet import Sheet
from catalogus.search.understanding.states import take_states
from catalogus.search.understanding.tokens import Token, pieces_of_tokens


def understand(text: str, *, is_literal: bool = False) -> Understanding:
    """What the text means, whatever it holds. is_literal: its words are taken as words alone, whatever they name;
    quotation marks, minus signs and article numbers are read all the same.
    """
    sheet = Sheet(text)
    marked = take_phrases(sheet, is_literal=is_literal)
    if not any(mark.sign == Sign.EAN for mark in marked) and (number := take_number(sheet)):
        marked.append(number)
    recognised: list[Recognised] = []
    if not is_literal:
        recognised += take_prices(sheet) + take_states(sheet)
    marked += take_minus_words(sheet)
    if not is_literal:
        marked += take_negated_words(sheet)
        recognised += take_editions(sheet)
    pieces = list(pieces_of_tokens(sheet))
    if is_literal or not pieces:
        left = [token for tokens in pieces for token in tokens if token.is_word]
    else:
        named, left = recognise(pieces, known_names())
        recognised += named
    return _understanding(text, sorted(marked, key=_place), sorted(recognised, key=_place), left)


def _place(stretch: Marked | Recognised) -> tuple[int, int]:
    return stretch.start, stretch.end


def _understanding(text: str, marked: list[Marked], recognised: list[Recognised], left: list[Token]) -> Understanding:
    numbers = [mark.text for mark in marked if mark.sign == Sign.EAN]
    return Understanding(
        text=text,
        words=tuple(token.raw for token in left),
        phrases=tuple(mark.text for mark in marked if mark.sign == Sign.PHRASE),
        excluded=tuple(mark.text for mark in marked if mark.sign == Sign.EXCLUDED),
        recognised=tuple(recognised),
        ean=numbers[0] if numbers else "",
        is_whole_ean=len(numbers) == 1 and len(marked) == 1 and not recognised and not left,
        marked=tuple(marked),
    )
