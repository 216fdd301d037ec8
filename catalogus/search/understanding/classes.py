"""Classes: levels and years in the notations of schools ("havo 3", "3h", "groep 7/8", "mbo niveau 3", "brugklas")."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogus.families.level_words import PHRASE, read_phrase
from catalogus.search.understanding.names import Names
from catalogus.search.understanding.tokens import Token

_LONGEST_PHRASE = 10
"""Words: "vmbo b / k / gt 3 en 4" and no longer; each word is tried with up to so many behind it."""

_STARTS = frozenset("GJOMNPVLAHS46")
_LEVEL_KINDS = frozenset("VLAHSWMN")
_YEAR_KINDS = frozenset("468GJOP")
_PROFICIENCY_KINDS = frozenset("RKE")

_YEARS = r"[1-8](?:[/–-][1-8])?"
_SHORT_LEVELS = {
    "h": "havo", "v": "vwo", "t": "vmbo-tl", "m": "mavo", "hv": "havo/vwo", "h/v": "havo/vwo", "th": "t/h",
    "t/h": "t/h", "tl": "tl", "gl": "gl", "gt": "gt", "kgt": "kgt", "kb": "kb", "bb": "bb", "bk": "bk",
}  # fmt: skip
# "3h", "4/5v"; "b", "k" and "g" are left out, for "3b" is the second part of a third book.
_YEAR_AND_SHORT_LEVEL = re.compile(rf"(?P<years>{_YEARS})-?(?P<level>{'|'.join(_SHORT_LEVELS)})", re.IGNORECASE)
# "h3", "gt4"; "t2" and "m3" are names of other things.
_SHORT_LEVEL_AND_YEAR = re.compile(
    rf"(?P<level>{'|'.join(level for level in _SHORT_LEVELS if level not in ('t', 'm'))})-?(?P<years>{_YEARS})",
    re.IGNORECASE,
)
_JOINED_YEAR = re.compile(rf"(?P<unit>groep|gr|leerjaar|lj|klas)[.-]?(?P<years>{_YEARS})", re.IGNORECASE)
_UNITS = {"gr": "groep", "lj": "leerjaar"}

_PARTS_OF_SCHOOL = {
    "onderbouw": ((1, 2), (1, 2, 3)),
    "middenbouw": ((3, 4, 5), ()),
    "bovenbouw": ((6, 7, 8), (4, 5, 6)),
    "brugklas": ((), (1,)),
    "brugklassen": ((), (1,)),
    "brugperiode": ((), (1, 2)),
}
"""The groups of primary and the years of secondary education. Schools differ; these take in what most of them mean."""

_PARTS_OF_LEVELS: Mapping[tuple[str, str], tuple[int, ...]] = {
    ("vmbo", "onderbouw"): (1, 2),
    ("vmbo", "bovenbouw"): (3, 4),
    ("havo", "bovenbouw"): (4, 5),
}
"""Where the years of one level are others than those of secondary education at large."""


@dataclass(frozen=True, slots=True)
class ClassWords:
    """What a stretch of words says: level_words and year_words are the places of the words that say it (from, to).

    levels and years are texts as families.level_words writes them ("havo", "leerjaar 3").
    """

    stop: int
    levels: tuple[str, ...]
    level_words: tuple[int, int]
    years: tuple[str, ...]
    year_words: tuple[int, int]


def class_at(tokens: Sequence[Token], kinds: str, first: int) -> ClassWords | None:
    """The longest phrase for levels and years that begins with this word."""
    token = tokens[first]
    if joined := _joined(token, first):
        return joined
    if token.key in _PARTS_OF_SCHOOL:
        return ClassWords(first + 1, (), (first, first), (token.key,), (first, first + 1))
    if kinds[first] not in _STARTS or (kinds[first] in "46" and not _may_lead(kinds, first)):
        return None
    for stop in range(min(len(tokens), first + _LONGEST_PHRASE), first, -1):
        if PHRASE.match(kinds, first, stop):
            if found := _read(tokens, kinds, first, stop):
                return found
        elif _is_ordinal_with_level(kinds, first, stop):
            return _ordinal(tokens, kinds, first, stop)
    return None


def _may_lead(kinds: str, first: int) -> bool:
    """Whether a number may be the year of what follows: "3 havo", but "boek 3 havo" is the third book."""
    return kinds[first - 1 : first] != "B" and kinds[first + 1 : first + 2] in {"V", "L", "A", "H", "S"}


def _is_ordinal_with_level(kinds: str, first: int, stop: int) -> bool:
    followed_by_level = kinds[first] == "O" and kinds[first + 1 : first + 2] in {"V", "L", "H"}
    return followed_by_level and stop > first + 1 and bool(PHRASE.match(kinds, first + 1, stop))


def _read(tokens: Sequence[Token], kinds: str, first: int, stop: int) -> ClassWords | None:
    phrase = kinds[first:stop]
    if _PROFICIENCY_KINDS & set(phrase):
        return None  # Reference levels ("2F", "B1") are in no facet.
    levels, years = read_phrase([token.text for token in tokens[first:stop]], phrase)
    places = range(first, stop)
    is_mbo = "M" in phrase or "N" in phrase
    in_levels = [place for place in places if is_mbo or kinds[place] in _LEVEL_KINDS]
    in_years = [place for place in places if not is_mbo and kinds[place] in _YEAR_KINDS]
    if "A" in phrase and not in_years:
        in_years = [place for place in range(first, stop) if kinds[place] == "A"]
    return ClassWords(
        stop,
        tuple(dict.fromkeys(levels)),
        (in_levels[0], in_levels[-1] + 1) if in_levels else (first, first),
        tuple(dict.fromkeys(years)),
        (in_years[0], in_years[-1] + 1) if in_years else (first, first),
    )


def _ordinal(tokens: Sequence[Token], kinds: str, first: int, stop: int) -> ClassWords | None:
    """ "derde havo": the year in front as a ranking word."""
    levels, years = read_phrase([token.text for token in tokens[first + 1 : stop]], kinds[first + 1 : stop])
    _none, ordinal = read_phrase([tokens[first].text, "leerjaar"], "OJ")
    if years:
        return None
    return ClassWords(stop, tuple(levels), (first + 1, stop), tuple(ordinal), (first, first + 1))


def _joined(token: Token, place: int) -> ClassWords | None:
    """Level and year, or "groep" and its number, written as one word."""
    here, nowhere = (place, place + 1), (place, place)
    if match := _YEAR_AND_SHORT_LEVEL.fullmatch(token.text) or _SHORT_LEVEL_AND_YEAR.fullmatch(token.text):
        level = _SHORT_LEVELS.get(match["level"].lower())
        years = _years("leerjaar", match["years"])
        return ClassWords(place + 1, (level,), here, years, here) if level and years else None
    if match := _JOINED_YEAR.fullmatch(token.text):
        unit = match["unit"].lower()
        years = _years(_UNITS.get(unit, unit), match["years"])
        return ClassWords(place + 1, (), nowhere, years, here) if years else None
    return None


def number_words(token: Token, unit: str) -> tuple[str, ...]:
    """The years that a bare number names: "7/8" and "groep" -> ("groep 7", "groep 8")."""
    return _years(unit, token.text) if token.kind in "468" else ()


def list_goes_on(tokens: Sequence[Token], kinds: str, stop: int) -> int:
    """Where a list of years behind a comma ends: "vwo 4, 5 en 6" goes on for three words behind "4,"."""
    is_list = stop < len(tokens) and tokens[stop - 1].raw.endswith(",") and kinds[stop] in "468"
    while is_list:
        stop += 1
        follows = stop < len(tokens) and kinds[stop] in "468" and tokens[stop - 1].raw.endswith(",")
        if not follows and kinds[stop : stop + 1] == "c" and kinds[stop + 1 : stop + 2] in {"4", "6", "8"}:
            stop += 1
            follows = True
        is_list = follows
    return stop


def _years(unit: str, text: str) -> tuple[str, ...]:
    _levels, years = read_phrase([unit, text], "J8")
    return tuple(f"{unit} {year.split()[-1]}" for year in years)


def level_codes(levels: Sequence[str], names: Names) -> tuple[str, ...]:
    """The codes of levels as texts; "vmbo-…" that nobody wrote before is vmbo."""
    codes: dict[str, None] = {}
    for text in levels:
        found = names.codes("levels", text)
        if not found and text.startswith("vmbo"):
            found = names.codes("levels", "vmbo")
        codes.update(dict.fromkeys(found))
    return tuple(sorted(codes))


def year_codes(
    years: Sequence[str], names: Names, *, is_po: bool, is_vo: bool, levels: Sequence[str]
) -> tuple[str, ...]:
    """The codes of years as texts, after the kind of school that the rest of the text speaks of.

    "jaar 3" is groep 3 in primary and leerjaar 3 in secondary education, and both where nothing tells; "klas" and
    "leerjaar" are secondary unless only primary is spoken of.
    """
    codes: dict[str, None] = {}
    for text in years:
        for known in _year_texts(text, is_po=is_po, is_vo=is_vo, levels=levels):
            codes.update(dict.fromkeys(names.codes("years", known)))
    return tuple(sorted(codes))


def _year_texts(text: str, *, is_po: bool, is_vo: bool, levels: Sequence[str]) -> list[str]:
    if text in _PARTS_OF_SCHOOL:
        groups, years = _PARTS_OF_SCHOOL[text]
        if levels:
            of_levels = (_PARTS_OF_LEVELS.get((level.split("-")[0], text), years) for level in levels)
            years = tuple(sorted({number for numbers in of_levels for number in numbers}))
        primary = [f"groep {number}" for number in groups] if is_po or not is_vo else []
        secondary = [f"leerjaar {number}" for number in years] if is_vo or not is_po else []
        return primary + secondary
    unit, _space, number = text.partition(" ")
    is_open = unit == "jaar"
    if unit == "groep" or (is_po and not is_vo):
        return [f"groep {number}"]
    if is_open and not is_vo and not is_po:
        return [f"groep {number}", f"leerjaar {number}"]
    return [f"leerjaar {number}"]
