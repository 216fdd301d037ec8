"""Level and year words at the end of a name: "havo/vwo 3", "vmbo b/k/gt", "groep 4-6", "niveau 3"."""

import re
from functools import lru_cache
from itertools import pairwise

from catalogus.families.ordinals import ORDINAL_WORDS

# Every word of a name gets one letter for its kind; a rule is a pattern of letters at the end of the name.

_TRACKS = frozenset({"vmbo", "mavo", "havo", "vwo", "vwo+", "atheneum", "gymnasium", "praktijkonderwijs", "tto"})
# Abbreviated tracks, each with the first and the last step of the ladder that it stands for: "k/gt" goes up without a
# gap and is a list of tracks, "b/v" is not.
_SHORT_TRACKS = {
    "b": (0, 0), "bb": (0, 0), "basis": (0, 0), "bk": (0, 1), "bkgt": (0, 3), "k": (1, 1), "kb": (1, 1),
    "kader": (1, 1), "kgt": (1, 3), "g": (2, 2), "gl": (2, 2), "gt": (2, 3), "t": (3, 3), "tl": (3, 3),
    "h": (4, 4), "v": (5, 5),
}  # fmt: skip
# A name that ends in one of these is unfinished, so what follows belongs to it.
_LEANING_WORDS = (
    "naar", "van", "op", "in", "met", "over", "aan", "bij", "een", "uit", "om", "of", "mijn", "ons", "onze",
    "and", "und", "the", "to", "for", "from", "der", "die", "das",
)  # fmt: skip
# A number behind one of these counts parts, not years.
_PART_WORDS = (
    "deel", "blok", "boek", "thema", "module", "unit", "part", "katern", "hoofdstuk", "kern", "werkboek", "leesboek",
    "leerboek", "cahier", "stap", "les", "band",
)  # fmt: skip
_WORD_KINDS = {
    **dict.fromkeys(("groep", "groepen"), "G"),
    **dict.fromkeys(("leerjaar", "leerjaren", "klas", "klassen", "jaar"), "J"),
    **dict.fromkeys(("niveau", "niveaus"), "N"),
    **dict.fromkeys(("onderbouw", "middenbouw", "bovenbouw"), "P"),
    **dict.fromkeys(("kgt", "bkgt"), "L"),
    **dict.fromkeys(("bb", "kb", "gl", "tl", "gt", "bk"), "S"),
    **dict.fromkeys(("b", "k", "g", "t", "basis", "kader"), "W"),
    **dict.fromkeys(("en", "&", "+", "t/m", "tot", "/"), "c"),
    **dict.fromkeys(("de", "het"), "D"),
    **dict.fromkeys(_LEANING_WORDS, "Q"),
    **dict.fromkeys(_PART_WORDS, "B"),
    "voor": "F",
    "mbo": "M",
    "erk": "E",
    **{word: "O" for word, number in ORDINAL_WORDS.items() if number <= 6},
}
LEANING_KINDS = frozenset("QDFc")

_TRACK_LIST = r"(?:V[SWH]*|[LAH])(?:c?(?:V[SWH]*|[LAH]))*"
_UP_TO_4, _UP_TO_6, _UP_TO_8 = r"4(?:c4)*", r"[46](?:c[46])*", r"[468](?:c[468])*"
PHRASE = re.compile(
    "(?:FD?)?(?:"  # "voor", "voor het"
    + "|".join(
        (
            rf"G{_UP_TO_8}",  # "groep 5", "groep 4-6", "groep 7 en 8"
            rf"J{_UP_TO_6}",  # "leerjaar 3", "klas 1/2", "jaar 2"
            r"OJ",  # "3e leerjaar", "derde klas"
            rf"M?N{_UP_TO_4}",  # "niveau 3", "mbo niveau 3/4"
            r"M?N[RK](?:c[RK])*|EK(?:cK)*",  # "niveau 2F", "niveau A2", "ERK B1"
            rf"M{_UP_TO_4}",  # "mbo 3"
            rf"[46]?{_TRACK_LIST}",  # "havo/vwo", "1 havo/vwo", "vmbo b/k/gt", "gl/tl", "vwo tto", "vwo4"
            rf"{_TRACK_LIST}{_UP_TO_6}",  # "havo/vwo 3", "vwo 4-6"
            rf"[46]S|S{_UP_TO_6}",  # "3 gt", "tl 4": beside a year such an abbreviation is a track
            r"R(?:cR)*|KcK",  # "2F", "2F/3F", "A1-A2"; a lone "A2" may be a part of a series
            r"P",  # "bovenbouw"
        )
    )
    + ")$"
)


def _bare(word: str) -> str:
    return word.casefold().strip("()[],;:")


@lru_cache(maxsize=4096)  # Names share their words, and each word is looked at again for every phrase that is taken.
def word_kind(word: str) -> str:
    """One letter: the kind of word that PHRASE and LEANING_KINDS name it by; X for any other."""
    bare = _bare(word)
    if kind := _WORD_KINDS.get(bare):
        return kind
    if numbers := _numbers(bare):
        return "4" if max(numbers) <= 4 else "6" if max(numbers) <= 6 else "8"
    if re.fullmatch(r"[1-6](?:e|de|ste)", bare):
        return "O"
    if re.fullmatch(r"[1-4][fs](?:[/–-][1-4][fs])*|[abc][12](?:[/–-][abc][12])+", bare):
        return "R"
    if re.fullmatch(r"[abc][12]", bare):
        return "K"
    tracks, with_years = _tracks(bare)
    if not tracks:
        return "H" if _is_short_list(bare) else "X"
    return "A" if with_years else "V" if tracks[-1].startswith("vmbo") else "L"


def _numbers(bare: str) -> tuple[int, ...]:
    """The years that a word of digits names: "3" -> (3,); "4-6" -> (4, 5, 6); "1/2" -> (1, 2); else nothing."""
    if not re.fullmatch(r"[1-8](?:[/–-][1-8])*", bare):
        return ()
    numbers = [int(digit) for digit in re.findall("[1-8]", bare)]
    if numbers != sorted(set(numbers)):
        return ()
    return tuple(range(numbers[0], numbers[-1] + 1)) if re.search("[–-]", bare) else tuple(numbers)


def _is_short_list(bare: str) -> bool:
    """Whether the word lists abbreviated tracks without a gap: "k/gt", "gl/tl", "t/h", "basis/kader"."""
    steps = [_SHORT_TRACKS.get(part, (-9, -9)) for part in bare.split("/")]
    return len(steps) > 1 and all(lower[1] + 1 == upper[0] for lower, upper in pairwise(steps))


def _tracks(bare: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The tracks that one word names, and the years written onto it; nothing if it is not wholly made of these.

    "havo/vwo" -> havo, vwo; "vmbo-t/havo" -> vmbo-t, havo; "vmbo-b/k" -> vmbo-b/k; "vwo4" -> vwo with year 4;
    "mbo-3" -> "mbo niveau 3", which is a level in itself.
    """
    if match := re.fullmatch(r"mbo-?([1-4](?:[/–-][1-4])*)", bare):
        return tuple(f"mbo niveau {number}" for number in _numbers(match[1])), ()
    years: tuple[int, ...] = ()
    if match := re.fullmatch(r"([1-6])-?([a-z].*)", bare):
        years, bare = (int(match[1]),), match[2]
    elif match := re.fullmatch(r"(.*[a-z])-?([1-6](?:[/–-][1-6])?)", bare):
        years, bare = _numbers(match[2]), match[1]
        if not years:
            return (), ()
    tracks: list[str] = []
    parts = re.split(r"[/,&]|(?<=[a-z])-(?=(?:vmbo|mavo|havo|vwo))", bare)
    # "pro", "mbo" and "t" are tracks beside others ("pro/vmbo", "t/havo"), and parts of names alone ("Taal Pro", "3t").
    if not any(part in _TRACKS or part.startswith("vmbo") for part in parts):
        return (), ()
    return (tuple(tracks), years) if all(_add_track(tracks, part) for part in parts) else ((), ())


def _add_track(tracks: list[str], part: str) -> bool:
    """Add the track that a part of a word names; a short one joins the vmbo before it. False if it names none."""
    if part in _TRACKS or part in ("pro", "mbo"):
        tracks.append(part)
    elif part in _SHORT_TRACKS:
        _add_short_track(tracks, part)
    elif match := re.fullmatch(r"vmbo-?\(?([a-z]+)\)?([a-z]*)", part):
        if match[1] + match[2] not in _SHORT_TRACKS:
            return False
        tracks.append(f"vmbo-{match[1]}{match[2]}")
    else:
        return False
    return True


def _add_short_track(tracks: list[str], short: str) -> None:
    """Add an abbreviated track: "vmbo" and "b" -> vmbo-b; then "k" -> vmbo-b/k; "h" -> havo."""
    if short in ("h", "v"):
        tracks.append({"h": "havo", "v": "vwo"}[short])
    elif tracks and tracks[-1].startswith("vmbo"):
        tracks[-1] += f"{'-' if tracks[-1] == 'vmbo' else '/'}{short}"
    else:
        tracks.append(f"vmbo-{short}")


def read_phrase(words: list[str], kinds: str) -> tuple[list[str], list[str]]:
    """What a phrase says: levels and years, each in one text."""
    bare = [_bare(word) for word in words]
    levels: list[str] = []
    numbers: list[int] = []
    years: list[str] = []
    for word, kind in zip(bare, kinds, strict=True):
        if word in _SHORT_TRACKS or kind == "H":
            for short in word.split("/"):
                _add_short_track(levels, short)
        elif kind in "VLA":
            tracks, with_years = _tracks(word)
            levels += tracks
            numbers += with_years
        elif kind in "RK":
            levels += _proficiencies(word)
        elif kind in "468":
            upward = bool(numbers) and _is_range(bare)
            numbers += range(numbers[-1] + 1, _numbers(word)[-1] + 1) if upward else _numbers(word)
        elif kind == "O":
            numbers.append(ORDINAL_WORDS.get(word) or int(word[0]))
        elif kind == "P":
            years.append(word)
    if "N" in kinds or "M" in kinds:
        # Without "mbo" only the sector of the product tells whether "niveau 3" is one of vocational education.
        unit = "mbo niveau" if "M" in kinds else "niveau"
        return levels + [f"{unit} {number}" for number in numbers], years
    unit = "groep" if "G" in kinds else "jaar" if "jaar" in bare else "klas" if "klas" in bare else "leerjaar"
    return levels, [f"{unit} {number}" for number in numbers] + years


def _is_range(bare: list[str]) -> bool:
    return "t/m" in bare or "tot" in bare


def _proficiencies(word: str) -> list[str]:
    """The levels of a word: "2f/3f" -> 2f, 3f; "a1-a2" -> a1, a2 (both ends, for what lies between has other names)."""
    return re.findall(r"[1-4][fs]|[abc][12]", word)
