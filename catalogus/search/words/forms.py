"""What a product's document holds of its words besides these themselves."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from catalogus.naming import normal_form, normal_words, without_plural_sign
from catalogus.search.words.lists import WordList
from catalogus.search.words.texts import WORD, humps

MOST_PARTS = 60
MOST_JOINED = 60
"""Of one document. A title of twelve words has some forty joined forms; who stuffs a title gains nothing more."""

_WORDS_JOINED = 12
_NEIGHBOURS = (2, 3)
_LONGEST_JOINED = 100

# "Lees- en werkboek" is a "leesboek" as well.
_HALF = re.compile(r"([^\W\d_]{3,})-\s+(?:en|of|&)\s+([^\W\d_]{4,})")


@dataclass(frozen=True, slots=True)
class WordForms:
    """parts: what compounds fall apart into; joined: neighbours in a name written as one. Sorted, without repeats."""

    parts: list[str]
    joined: list[str]


def word_forms(names: Iterable[str], others: Iterable[str], words: WordList) -> WordForms:
    """names: title and method name, of which words are also joined; others: further texts, only split."""
    called = list(dict.fromkeys(names))
    parts = dict.fromkeys(part for text in (*called, *others) for part in _parts(text, words))
    joined = dict.fromkeys(form for name in called for form in _joined(name))
    return WordForms(sorted(islice(parts, MOST_PARTS)), sorted(islice(joined, MOST_JOINED)))


def _parts(text: str, words: WordList) -> Iterator[str]:
    text = without_plural_sign(text)
    for word in WORD.findall(text):
        for hump in humps(word):
            yield from _parts_of_word(normal_form(hump), words, with_itself=True)
        yield from _parts_of_word(normal_form(word), words)
    if "- " in text:
        for beginning, whole in _HALF.findall(text):
            parts = words.parts_of(normal_form(whole))
            if parts:
                yield from _parts_of_word(normal_form(beginning) + parts[-1], words, with_itself=True)


def _parts_of_word(word: str, words: WordList, *, with_itself: bool = False) -> Iterator[str]:
    if with_itself:
        yield word
    yield from words.all_parts_of(word)


# The products of a method share its name, and many titles begin with it.
@lru_cache(maxsize=8192)
def _joined(name: str) -> tuple[str, ...]:
    """The words of a name as one word, and every two or three neighbours; also as if "en" were not there.

    "Tel & Meet" -> "telenmeet", "telen", "enmeet", "telmeet". A single word is given as it is.
    """
    words = normal_words(name)[:_WORDS_JOINED]
    forms: dict[str, None] = {}
    for row in (words, [word for word in words if word != "en"]):
        forms["".join(row)] = None
        for size in _NEIGHBOURS:
            for start in range(len(row) - size + 1):
                forms["".join(row[start : start + size])] = None
    # "3 4" is no word "34".
    return tuple(form for form in forms if form and len(form) <= _LONGEST_JOINED and not form.isdigit())
