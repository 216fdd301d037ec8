"""Split a family name into the method's name and the words for edition, levels and years."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from catalogus.families.editions import EditionWords, edition_of_title, editions_in
from catalogus.families.level_words import LEANING_KINDS, PHRASE, read_phrase, word_kind
from catalogus.naming import normal_form


@dataclass(frozen=True, slots=True)
class FamilyName:
    """A family name, taken apart.

    method: the name that editions, levels and years share. edition_label: "3e druk", "12e editie", "2023/2024"; empty
    where none is stated. edition_ordinal: 3, 12, 2023; None where unknown. levels and years: one lower-case text for
    each that was split off ("havo", "vmbo-kgt", "niveau 3"; "groep 5", "leerjaar 3"), ranges written out.
    """

    method: str
    edition_label: str = ""
    edition_ordinal: int | None = None
    levels: tuple[str, ...] = ()
    years: tuple[str, ...] = ()


def split_family(family: str, title: str) -> FamilyName:
    """Split a family name into the method's name and the words for edition, levels and years.

    Edition words are taken out wherever they stand, level and year words only from the end. Where the family names no
    edition, the title is asked for one; nothing is taken from the title. A name of which nothing would be left is kept
    whole; the method is empty only if the family is.
    """
    taken_apart = _take_apart(family)
    editions = taken_apart.editions or edition_of_title(title)
    return FamilyName(
        method=taken_apart.method,
        # "3e druk 2023/2024" is another edition than "3e druk 2024/2025".
        edition_label=" ".join(dict.fromkeys(edition.label for edition in editions)),
        edition_ordinal=editions[0].ordinal if editions else None,
        levels=taken_apart.levels,
        years=taken_apart.years,
    )


@dataclass(frozen=True, slots=True)
class _TakenApart:
    method: str
    editions: tuple[EditionWords, ...]
    levels: tuple[str, ...]
    years: tuple[str, ...]


@lru_cache(maxsize=4096)  # The products of a family come together, and each is asked for twice.
def _take_apart(family: str) -> _TakenApart:
    whole = " ".join(family.split())
    name, editions = whole, list[EditionWords]()
    levels, years = list[str](), list[str]()
    while True:  # Until nothing changes, so that splitting the result again changes nothing.
        before = name
        name, found = _without_editions(name)
        editions += found
        name = _without_last_phrase(name, levels, years)
        if name == before:
            break
    if not normal_form(name):
        name = whole
    return _TakenApart(name, tuple(editions), _unique(levels), _unique(years))


def _without_editions(name: str) -> tuple[str, list[EditionWords]]:
    """The name without its edition words, and what they said."""
    found = [edition for edition in editions_in(name) if not _leans(name[: edition.span[0]])]
    rest = name
    for edition in reversed(found):
        start, end = edition.span
        rest = f"{rest[:start]} {rest[end:]}"
    return (_tidy(rest), found) if found else (name, [])


def _leans(before: str) -> bool:
    """Whether the words that stand before cannot do without what follows: "De crisis van 2023/2024"."""
    last = before.split()[-1:]
    return bool(last) and word_kind(last[0]) in LEANING_KINDS


def _tidy(text: str) -> str:
    """Close the gap that taken words leave: "Kiezel ( ), havo -" -> "Kiezel, havo"."""
    text = re.sub(r"[(\[]\s*[)\]]", " ", text)
    text = re.sub(r"(?<=[(\[])[\s,;:/-]+|[\s,;:/-]+(?=[)\]])", "", text)
    text = re.sub(r"\s+(?=[,;:](?:\s|$))", "", text)
    text = re.sub(r"[,;:](?=[,;:])|(?<=\s)[-–—|](?=\s+[-–—|](?:\s|$))", "", text)
    return " ".join(text.split()).lstrip(" -–—,;:|/·•)]").rstrip(" -–—,;:|/·•([")


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _without_last_phrase(name: str, levels: list[str], years: list[str]) -> str:
    """The name without one phrase for levels and years at its end, which is put in front of the two lists."""
    words = name.split()
    kinds = "".join(word_kind(word) for word in words)
    match = PHRASE.search(kinds)
    if not match:
        return name
    start = match.start()
    if kinds[start] in "46" and kinds[:start].endswith("B"):
        start += 1  # "Boek 3 havo" is the third book, not the third year.
    if _leans(" ".join(words[:start])) or not _is_balanced(" ".join(words[start:])):
        return name
    found_levels, found_years = read_phrase(words[start:], kinds[start:])
    levels[:0], years[:0] = found_levels, found_years
    return _tidy(" ".join(words[:start]))


def _is_balanced(text: str) -> bool:
    """Whether brackets close within the text, so that taking it leaves no half: "Kiezel (alleen havo)" stays."""
    depth = 0
    for sign in text:
        depth += (sign in "([") - (sign in ")]")
        if depth < 0:
            return False
    return depth == 0
