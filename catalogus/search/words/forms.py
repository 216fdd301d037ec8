"""What a product's document holds of its words besides these themselves."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catalogus.naming import normal_form, normal_words, without_plural_sign
from catalogus.search.words.lists import WordList
from catalogus.search.words.texts import WORD, humps

MOST_PARTS = 60
MOST_JOINED = 60
"""Of one document. A title of twelve words has some forty joined forms; who stuffs a title gains nothing more."""

_WORDS_JOINED = 12
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
    called = set(names)
    joined: set[str] = set()
    parts = set(words.remembered(tuple(others), _parts_of_texts))
    for name in called:
        parts.update(_parts_of_text(name, words))
        joined.update(_joined(name))
    return WordForms(sorted(parts)[:MOST_PARTS], sorted(joined)[:MOST_JOINED])


def _parts_of_texts(texts: tuple[str, ...], words: WordList) -> tuple[str, ...]:
    return tuple({part: None for text in texts for part in _parts_of_text(text, words)})


def _parts_of_text(text: str, words: WordList) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for word in WORD.findall(without_plural_sign(text)):
        found.update(dict.fromkeys(words.remembered(word, _parts_of_word)))
    if "- " in text:
        for beginning, whole in _HALF.findall(text):
            parts = words.parts_of(normal_form(whole))
            if parts:
                half = normal_form(beginning) + parts[-1]
                found.update(dict.fromkeys((half, *words.all_parts_of(half))))
    return tuple(found)


def _parts_of_word(word: str, words: WordList) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for hump in map(normal_form, humps(word)):
        found.update(dict.fromkeys((hump, *words.all_parts_of(hump))))
    found.update(dict.fromkeys(words.all_parts_of(normal_form(word))))
    return tuple(found)


# The products of a method share its name.
@lru_cache(maxsize=8192)
def _joined(name: str) -> tuple[str, ...]:
    """The words of a name as one word, and every two or three neighbours; also as if "en" were not there.

    "Tel & Meet" -> "telenmeet", "telen", "enmeet", "telmeet". A single word is given as it is. Numbers are joined in
    the whole name alone: "deel 2" and "2 havo" are not written as one.
    """
    words = normal_words(name)[:_WORDS_JOINED]
    forms = set(_neighbours(words))
    if "en" in words:
        forms.update(_neighbours([word for word in words if word != "en"]))
    return tuple(form for form in forms if len(form) <= _LONGEST_JOINED)


def _neighbours(words: Sequence[str]) -> Iterator[str]:
    if not words:
        return
    yield "".join(words)
    two = one = ""
    for word in words:
        if not word.isalpha():
            two = one = ""
            continue
        if one:
            yield one + word
            if two:
                yield two + one + word
        two, one = one, word
