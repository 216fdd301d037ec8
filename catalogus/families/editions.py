"""Edition words: "3e druk", "12e ed.", "2023/2024", under one label however they are spelled."""

import re
from dataclasses import dataclass
from functools import lru_cache

from catalogus.families.ordinals import ORDINAL_WORDS
from catalogus.naming import normal_form

_NUMBER = r"[1-9][0-9]?"
_ENDING = r"(?:ste|de|e|st|nd|rd|th)"
_REVISED = r"(?:,?\s+(?:geheel\s+)?(?:herziene|vernieuwde|gewijzigde|nieuwe))?"
_PRINT = r"(?:druk|dr\.)"
_VERSION = r"(?:editie|edition|ed\.|ed)"
_CALENDAR_YEAR = r"20[0-9]{2}"
_EDITION = re.compile(
    rf"""
    (?<![\w/.'’-])
    (?:
        # "3e druk", "3de herziene druk", "12e ed.", "2nd edition", "derde druk"
        (?:(?P<ranked>{_NUMBER}){_ENDING}|(?P<word>{"|".join(ORDINAL_WORDS)})){_REVISED}\s*(?:(?P<p1>{_PRINT})|{_VERSION})
        # "2Druk", "3 druk", "4 editie"; not "3 ed", which is too short to be sure of
      | (?P<counted>{_NUMBER})\s?(?:(?P<p2>druk)|editie|edition)
        # "druk 3", "editie 4", "ed. 2021", but no software's "editie 2.0"
      | (?:(?P<p3>druk)|{_VERSION})\s*(?P<named>{_CALENDAR_YEAR}|{_NUMBER})(?![.,][0-9])
        # "2023/2024", "2023-24", "'23/'24", "schooljaar 2023/2024"
      | (?:schooljaar\s+)?(?P<year>{_CALENDAR_YEAR}|['’][0-9]{{2}})\s?[/–-]\s?['’]?(?P<next>{_CALENDAR_YEAR}|[0-9]{{2}})
        # "schooljaar 2024", "examenjaar 2024"; a bare "2050" belongs to the name
      | (?:schooljaar|examenjaar|cursusjaar|jaargang)\s+(?P<single>{_CALENDAR_YEAR})
    )
    (?!\w|[/–-]\w)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What the element says, in normal form, where it says nothing.
_NO_EDITION = frozenset({"", "nvt", "n v t", "onbekend"})
# In a title these make a school year the term of a licence ("schoollicentie 2023/2024"), which is no edition.
_LICENCE = re.compile(r"licen[ts]|abonnement", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EditionWords:
    """An edition that a text names, and where (span) the text does so."""

    label: str
    ordinal: int
    span: tuple[int, int]
    is_school_year: bool


def parse_edition_element(text: str) -> tuple[str, int | None]:
    """Label and ordinal of the element Entry/Edition of the ECK catalogservice, written as split_family writes them.

    "1Druk" -> ("1e druk", 1); "3" -> ("3e druk", 3); "Herzien" -> ("Herzien", None); "" -> ("", None).
    """
    label = " ".join(text.split())
    if bare := re.fullmatch(rf"({_NUMBER}){_ENDING}?", label, re.IGNORECASE):
        return f"{bare[1]}e druk", int(bare[1])
    if re.fullmatch(_CALENDAR_YEAR, label):
        return f"editie {label}", int(label)
    for edition in editions_in(label):
        return edition.label, edition.ordinal
    return ("", None) if normal_form(label) in _NO_EDITION else (label, None)


def editions_in(text: str) -> list[EditionWords]:
    """The editions that a text names, from left to right."""
    return [edition for match in _EDITION.finditer(text) if (edition := _read_edition(match))]


def _read_edition(match: re.Match[str]) -> EditionWords | None:
    """The edition, under one label however it is spelled; None if two years do not follow each other ("2014-2018")."""
    part = match.groupdict()
    if part["year"]:
        first, second = int(part["year"][-2:]), int(part["next"][-2:])
        if second != (first + 1) % 100:
            return None
        return EditionWords(f"{2000 + first}/{2000 + first + 1}", 2000 + first, match.span(), is_school_year=True)
    if part["single"]:
        return EditionWords(part["single"], int(part["single"]), match.span(), is_school_year=True)
    number = part["ranked"] or part["counted"] or part["named"]
    # A spelling that only case-blind matching sees, such as a dotless i, has no entry.
    ordinal = int(number) if number else ORDINAL_WORDS.get((part["word"] or "").casefold())
    if ordinal is None:
        return None
    kind = "druk" if part["p1"] or part["p2"] or part["p3"] else "editie"
    label = f"{kind} {ordinal}" if ordinal >= 2000 else f"{ordinal}e {kind}"
    return EditionWords(label, ordinal, match.span(), is_school_year=False)


@lru_cache(maxsize=4096)  # A batch asks for each title twice.
def edition_of_title(title: str) -> tuple[EditionWords, ...]:
    """The first edition that a title names, in a tuple of one; empty where it names none."""
    is_licence = bool(_LICENCE.search(title))
    return tuple(edition for edition in editions_in(title) if not (is_licence and edition.is_school_year))[:1]
