"""Names in a text: concepts, publishers, forms, media and roles, the longest stretch first.

A name that means several things is what fits its neighbours:
* a sector before a level ("basisonderwijs" is the sector, for it takes in more);
* a level before a subject where a bare year or another level stands beside it ("gym 3"), else a subject ("gym");
* a subject before a publisher.
A word of names.DOUBTFUL names something only beside a sector, level or year ("na havo 4").
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from catalogus.naming import normal_form
from catalogus.search.understanding.classes import class_at, level_codes, list_goes_on, number_words, year_codes
from catalogus.search.understanding.names import DOUBTFUL, Meanings, Names
from catalogus.search.understanding.shapes import Recognised
from catalogus.search.understanding.tokens import Token

_CLASS_FACETS = frozenset({"sectors", "levels", "years"})
_PRIMARY, _SECONDARY = frozenset({"po", "so"}), frozenset({"vo", "vso", "mbo"})
# Which meaning goes first beside a class, and which elsewhere.
_BESIDE_A_CLASS = ("sectors", "levels", "years", "subjects", "forms", "media", "roles", "publishers")
_ELSEWHERE = ("sectors", "subjects", "levels", "years", "forms", "media", "roles", "publishers")

_ARTICLES = frozenset({"de", "het", "een"})
_BEFORE_A_CLASS = frozenset({"voor", "in", "op"})
_BEFORE_A_SUBJECT = frozenset({"voor"})
_AND = frozenset({"en", "of"})


@dataclass(slots=True)
class _Find:
    """Words (first to stop) that name something; of several meanings one is chosen when all finds are there.

    begin, end: with the words around that only lead to it ("voor de"). unit_words: years that wait for the kind of
    school; is_bare: without a word for years. needs_mbo: "niveau 3" is a level of vocational education only where that
    is spoken of. needs_vo: "kader 2" is a class only where secondary education is.
    """

    first: int
    stop: int
    meanings: Meanings = field(default_factory=dict)
    unit_words: tuple[str, ...] = ()
    is_doubtful: bool = False
    is_bare: bool = False
    needs_mbo: bool = False
    needs_vo: bool = False
    facet: str = ""
    codes: tuple[str, ...] = ()
    begin: int = 0
    end: int = 0

    def is_class(self) -> bool:
        return bool(self.unit_words) or bool(_CLASS_FACETS & set(self.meanings))


@dataclass(frozen=True, slots=True)
class _School:
    """The kinds of school that a text speaks of."""

    is_po: bool
    is_vo: bool
    is_mbo: bool
    levels: tuple[str, ...]


def recognise(pieces: Sequence[Sequence[Token]], names: Names) -> tuple[list[Recognised], list[Token]]:
    """What the words name, and the words that are left; in the order of the text."""
    found = [_finds(tokens, names) for tokens in pieces]
    school = _school([find for finds in found for find in finds], names)
    if any(token.key.split()[:1] == ["mbo"] for tokens in pieces for token in tokens):
        school = replace(school, is_mbo=True)  # "mbo zorg" is one name, of a subject.
    recognised: list[Recognised] = []
    left: list[Token] = []
    for place, (tokens, finds) in enumerate(zip(pieces, found, strict=True)):
        chosen = _chosen(finds, school, names)
        _take_leading_words(tokens, chosen)
        merged = _take_connectors(tokens, chosen, is_first=place == 0, is_last=place == len(pieces) - 1)
        taken = {word for find in merged for word in range(find.begin, find.end)}
        left += [token for word, token in enumerate(tokens) if word not in taken and token.is_word]
        recognised += [_recognised(tokens, find) for find in merged]
    return recognised, left


def _finds(tokens: Sequence[Token], names: Names) -> list[_Find]:
    """All names in a piece, from left to right, each as long as can be."""
    kinds = "".join(token.kind for token in tokens)
    finds: list[_Find] = []
    place = 0
    while place < len(tokens):
        here = _longest_at(tokens, kinds, place, names)
        stop = max((find.stop for find in here), default=place + 1)
        if here:
            here = _with_numbers(tokens, kinds, here, finds, names)
            stop = max(find.stop for find in here)
        finds += here
        place = stop
    return finds


def _longest_at(tokens: Sequence[Token], kinds: str, place: int, names: Names) -> list[_Find]:
    named = _named_at(tokens, kinds, place, names)
    words = class_at(tokens, kinds, place)
    if words and (named is None or words.stop >= named.stop):
        finds = []
        if codes := level_codes(words.levels, names):
            finds.append(_Find(*words.level_words, meanings={"levels": codes}))
        elif words.levels and all(text.startswith("niveau") for text in words.levels):
            meant = level_codes([f"mbo {text}" for text in words.levels], names)
            finds.append(_Find(*words.level_words, meanings={"levels": meant}, needs_mbo=True))
        if words.years:
            finds.append(_Find(*words.year_words, unit_words=words.years))
        if finds:
            return sorted(finds, key=lambda find: (find.first, find.stop))
    return [named] if named else []


def _named_at(tokens: Sequence[Token], kinds: str, place: int, names: Names) -> _Find | None:
    """The longest name that begins with this word, but for "mbo" at its end that a level needs ("rekenen mbo 4")."""
    best: _Find | None = None
    key = ""
    for stop in range(place + 1, min(len(tokens), place + names.most_words) + 1):
        part = tokens[stop - 1].key
        if not part:
            if stop == place + 1:
                break
            continue
        key = f"{key} {part}" if key else part
        if best and kinds[stop - 1] == "M" and class_at(tokens, kinds, stop - 1):
            break
        if meanings := names.meanings.get(key):
            best = _Find(place, stop, meanings, is_doubtful=key in DOUBTFUL)
    return best or _listed(tokens[place], place, names)


def _listed(token: Token, place: int, names: Names) -> _Find | None:
    """ "frans/duits": names of one kind with strokes between them."""
    parts = token.text.split("/")
    if not 1 < len(parts) <= 6:
        return None
    meanings = [names.meanings.get(normal_form(part), {}) for part in parts]
    shared = set(meanings[0]).intersection(*meanings)
    if not shared:
        return None
    facet = min(shared, key=_ELSEWHERE.index)
    codes = tuple(sorted({code for meant in meanings for code in meant[facet]}))
    return _Find(place, place + 1, {facet: codes})


def _with_numbers(
    tokens: Sequence[Token], kinds: str, here: list[_Find], before: list[_Find], names: Names
) -> list[_Find]:
    """A bare number right behind a sector or level is a year, and so is one right before a level: "po 5", "3 sbo".

    So are more of them behind a comma.
    """
    last = here[-1]
    if last.unit_words:
        stop = list_goes_on(tokens, kinds, last.stop)
        unit = last.unit_words[-1].split()[0]
        more = [word for token in tokens[last.stop : stop] for word in number_words(token, unit)]
        last.stop, last.unit_words = stop, (*last.unit_words, *more)
        return here
    if len(here) > 1 or not {"sectors", "levels"} & set(last.meanings):
        return here
    if last.is_doubtful and not last.meanings.get("levels", ("",))[0].startswith("vmbo"):
        return here
    unit = _unit_of(last, names)
    if last.stop < len(tokens) and not tokens[last.stop - 1].is_ended and kinds[last.stop] in "468":
        years = number_words(tokens[last.stop], unit)
        last.needs_vo = last.is_doubtful
        return [last, _Find(last.stop, last.stop + 1, unit_words=years, is_bare=True, needs_vo=last.is_doubtful)]
    first = last.first
    is_free = not last.is_doubtful and first > 0 and not (before and before[-1].stop >= first)
    if is_free and kinds[first - 1] in "468" and "levels" in last.meanings and kinds[max(0, first - 2)] != "B":
        return [_Find(first - 1, first, unit_words=number_words(tokens[first - 1], unit), is_bare=True), last]
    return here


def _unit_of(find: _Find, names: Names) -> str:
    """What the years of a sector or level are called; "jaar" where both may be meant."""
    sectors = set(find.meanings.get("sectors", ()))
    for level in find.meanings.get("levels", ()):
        sectors |= names.sectors["levels", level]
    if sectors and sectors <= _PRIMARY:
        return "groep"
    return "leerjaar" if sectors and sectors <= _SECONDARY else "jaar"


def _school(finds: Sequence[_Find], names: Names) -> _School:
    """The kinds of school: by sectors and levels, else by the words for years, else by the subjects."""
    sectors: set[str] = set()
    levels: list[str] = []
    subjects: set[str] = set()
    units: set[str] = set()
    for find in finds:
        if find.is_doubtful or find.needs_mbo or find.needs_vo:
            continue
        units |= {word.split()[0] for word in find.unit_words}
        sectors.update(find.meanings.get("sectors", ()))
        for subject in find.meanings.get("subjects", ()):
            subjects |= names.sectors["subjects", subject]
        if "subjects" not in find.meanings:
            for level in find.meanings.get("levels", ()):
                sectors |= names.sectors["levels", level]
                levels.append(level)
    told = sectors or {code for unit, code in (("groep", "po"), ("klas", "vo"), ("leerjaar", "vo")) if unit in units}
    told = told or subjects
    is_mbo = "mbo" in sectors or (not sectors and "mbo" in subjects and not subjects & _PRIMARY)
    return _School(bool(told & _PRIMARY), bool(told & _SECONDARY), is_mbo, tuple(levels))


def _chosen(finds: Sequence[_Find], school: _School, names: Names) -> list[_Find]:
    """The finds that mean something here, each with the one thing that it means."""
    chosen = []
    for place, find in enumerate(finds):
        beside = [
            other
            for other in (*finds[max(0, place - 2) : place], *finds[place + 1 : place + 3])
            if other.is_class() and not other.is_doubtful and _touch(find, other)
        ]
        if find.needs_mbo and not school.is_mbo:
            continue
        if find.needs_vo and not (school.is_vo and not school.is_po):
            continue
        if find.is_doubtful and not _is_sure(find, beside):
            continue
        if find.unit_words:
            find.facet = "years"
            find.codes = year_codes(
                find.unit_words, names, is_po=school.is_po, is_vo=school.is_vo, levels=school.levels
            )
        else:
            order = _BESIDE_A_CLASS if any(_tells_a_level(other) for other in beside) else _ELSEWHERE
            find.facet = min(find.meanings, key=order.index)
            find.codes = find.meanings[find.facet]
        if find.codes:
            find.begin, find.end = find.first, find.stop
            chosen.append(find)
    return chosen


def _is_sure(find: _Find, beside: Sequence[_Find]) -> bool:
    """Whether neighbours make a doubtful word a name. "Basis" and "kader" are tracks of vmbo, beside that or a year."""
    if "levels" not in find.meanings:
        return bool(beside)
    return any(
        other.unit_words or any(level.startswith("vmbo") for level in other.meanings.get("levels", ()))
        for other in beside
    )


def _touch(one: _Find, other: _Find) -> bool:
    return one.stop == other.first or other.stop == one.first


def _tells_a_level(find: _Find) -> bool:
    """Whether a neighbour makes a word a level: "gym 3" is of the gymnasium, "gym klas 3" is a lesson."""
    return "levels" in find.meanings or find.is_bare


def _take_leading_words(tokens: Sequence[Token], finds: Sequence[_Find]) -> None:
    """Words that only lead to a name go with it: "voor havo", "op het mbo", "in groep 5"."""
    free_from = 0
    for find in finds:
        leading = _BEFORE_A_SUBJECT if find.facet in {"subjects", "forms", "media"} else _BEFORE_A_CLASS
        for count in (2, 1) if find.facet != "publishers" else ():
            if find.begin - count >= free_from and _leads(tokens[find.begin - count : find.begin], leading):
                find.begin -= count
                break
        free_from = max(free_from, find.end)


def _leads(tokens: Sequence[Token], leading: frozenset[str]) -> bool:
    first, *others = (token.text.casefold() for token in tokens)
    return first in leading and all(word in _ARTICLES for word in others)


def _take_connectors(tokens: Sequence[Token], finds: list[_Find], *, is_first: bool, is_last: bool) -> list[_Find]:
    """ "en", "of" and "&" between two names, or between one and the edge of the text, are no words to look for.

    Two names of one kind with such a word between them are alternatives: "frans en duits".
    """
    merged: list[_Find] = []
    for find in finds:
        before = merged[-1] if merged else None
        if before and before.end == find.begin - 1 and _connects(tokens[find.begin - 1]):
            if before.facet == find.facet and not _shares_words(find, finds):
                before.codes = tuple(sorted({*before.codes, *find.codes}))
                before.stop, before.end = find.stop, find.end
                continue
            find.begin -= 1
        elif not before and is_first and find.begin == 1 and _connects(tokens[0]):
            find.begin = 0
        merged.append(find)
    if merged and is_last and merged[-1].end == len(tokens) - 1 and _connects(tokens[-1]):
        merged[-1].end += 1
    return merged


def _connects(token: Token) -> bool:
    return token.text.casefold() in _AND or token.raw in {"&", "/", "+", ","}


def _shares_words(find: _Find, finds: Sequence[_Find]) -> bool:
    return any(other is not find and other.first < find.stop and find.first < other.stop for other in finds)


def _recognised(tokens: Sequence[Token], find: _Find) -> Recognised:
    words = tokens[find.first : find.stop]
    start = tokens[find.begin].raw_start if find.begin < find.first else words[0].start
    end = tokens[find.end - 1].raw_end if find.end > find.stop else words[-1].end
    return Recognised(" ".join(token.text for token in words), start, end, find.facet, find.codes)
