"""The words of a search with all that they may stand for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalogus.naming import normal_form, normal_words
from catalogus.search.words.inflection import base_forms
from catalogus.search.words.lists import WordList, word_list
from catalogus.search.words.nearest import nearest
from catalogus.search.words.texts import humps


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
    words = word_list()
    keys = [normal_words(text) for text in typed]
    read: list[Word] = []
    unknown: dict[int, str] = {}
    place = 0
    while place < len(typed):
        word, length = _term(typed, keys, place, words)
        if word is None:
            word = _single(typed[place], keys[place], words)
            if len(keys[place]) == 1 and not (word.parts or word.others) and not _is_known(keys[place][0], words):
                unknown[len(read)] = keys[place][0]
        read.append(word)
        place += length
    if unknown:
        near = nearest(unknown.values())
        for index, key in unknown.items():
            read[index] = replace(read[index], near=near.get(key, ()))
    return tuple(read)


def _term(typed: Sequence[str], keys: Sequence[Sequence[str]], place: int, words: WordList) -> tuple[Word | None, int]:
    """The longest term of several words with synonyms that begins here, and how many typed words it takes."""
    for length in range(min(words.longest_synonym, len(typed) - place), 1, -1):
        term = [word for key in keys[place : place + length] for word in key]
        others = _others(term, words)
        if others:
            return Word(" ".join(typed[place : place + length]), others=others), length
    return None, 1


def _single(text: str, key: Sequence[str], words: WordList) -> Word:
    if not key:
        return Word(text)
    parts: tuple[str, ...] = tuple(normal_form(hump) for hump in humps(text))
    # The name of a subject is found as that; its parts would bring what is only alike ("natuur" and "kunde").
    if not parts and len(key) == 1 and key[0] not in words.concepts:
        parts = words.parts_of(key[0])
    return Word(text, parts=parts, others=_others(key, words))


def _others(key: Sequence[str], words: WordList) -> tuple[str, ...]:
    """Synonyms of a text, also in the plural: who types "werkboeken" is told what "werkboek" is."""
    *before, last = key
    for form in (last, *base_forms(last)):
        others = words.synonyms.get(" ".join((*before, form)))
        if others:
            return others
    return ()


def _is_known(key: str, words: WordList) -> bool:
    """Known as it is, or as the plural of what is known; what else the catalogue has, the database knows."""
    return any(words.knows(form) for form in (key, *base_forms(key)))
