"""What a digital product says of its license: for how long, for how many, and by when it must be activated."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from ingest.demo.dice import Dice, Weighted
from ingest.demo.entries import Entry
from ingest.demo.moments import write_moment
from ingest.demo.publishers import LEERBRON, LOSBLAD, METHODENET, SCHOOLHAVEN, VAKBANK

FIXED_DURATION: Final = "Flexible Start with fixed duration"
FIXED_END: Final = "Flexible Start with fixed end"
FIXED: Final = "Fixed start and end"

SHARES: Final = {
    LEERBRON.name: 0.10, METHODENET.name: 0.35, VAKBANK.name: 0.50, SCHOOLHAVEN.name: 0.60, LOSBLAD.name: 0.40,
}  # fmt: skip
"""Of the digital products that are used up. Of ten real records of one large supplier none said a word of it."""


@dataclass(frozen=True, slots=True)
class License:
    """What the record says, as text; an empty text is an element that is not there.

    is_misspelled: whether the 2.3 record says LicenseAvailablityOptions, as the schema before it did.
    """

    availability: str = ""
    duration: str = ""
    starts: str = ""
    ends: str = ""
    count: str = ""
    activation_days: str = ""
    activation_date: str = ""
    options: tuple[str, ...] = ()
    is_misspelled: bool = False


NO_LICENSE: Final = License()

_KINDS = Weighted((FIXED_DURATION, 0.5), (FIXED_END, 0.3), (FIXED, 0.2))
_MISSPELLED: Final = 0.04
_COUNTED: Final = 0.2
_COUNTS: Final = ("1", "1", "1", "1", "25", "30", "100")
_ACTIVATED: Final = 0.55
_ACTIVATION = Weighted((("days",), 0.75), (("date",), 0.15), (("days", "date"), 0.10))
_ACTIVATION_DAYS: Final = ("30", "30", "60", "90", "365", "1095", "1095")
_NEVER: Final = "2090-07-20T00:00:00"
"""What some write where there is no last day for activating."""

_WITH_OPTIONS: Final = 0.12
_OPTIONS: Final = (
    ("Proefexemplaar",),
    ("Inkijkexemplaar",),
    ("Demo-exemplaar",),
    ("Inkijkexemplaar", "Demo-exemplaar"),
)

_SCHOOL_YEAR: Final = 2024
_YEARS: Final = re.compile(r"\b(\d) jaar\b")
_FOR_MANY: Final = re.compile(r"\bvanaf (\d+) leerlingen\b")


def license_of(found: Entry, dice: Dice) -> License:
    """As long as the title says, where it says so."""
    if not (found.is_digital and found.is_consumed) or not dice.chance(SHARES[found.supplier.name]):
        return NO_LICENSE
    kind = _KINDS.pick(dice)
    days = _days(found.title, dice)
    first = _first_year(found)
    activation = _ACTIVATION.pick(dice) if dice.chance(_ACTIVATED) else ()
    style = found.supplier.dates
    return License(
        availability=kind,
        duration=_duration(days, found) if kind == FIXED_DURATION else "",
        starts=write_moment(date(first, 8, 1), style, dice) if kind == FIXED else "",
        ends=write_moment(date(first + max(1, days // 365), 7, 31), style, dice) if kind != FIXED_DURATION else "",
        count=_count(found.title, dice),
        activation_days=dice.pick(_ACTIVATION_DAYS) if "days" in activation else "",
        activation_date=_last_day(first, style, dice) if "date" in activation else "",
        options=dice.pick(_OPTIONS) if dice.chance(_WITH_OPTIONS) else (),
        is_misspelled=dice.chance(_MISSPELLED),
    )


def _days(title: str, dice: Dice) -> int:
    years = _YEARS.search(title)
    if years:
        return int(years[1]) * 365
    if "halfjaar" in title:
        return 183
    return 30 if "proeflicentie" in title else dice.pick((365, 365, 365, 730, 1460))


def _duration(days: int, found: Entry) -> str:
    """Whole days; one supplier writes them as ISO 8601 does."""
    return f"P{days}D" if found.supplier is VAKBANK else str(days)


def _first_year(found: Entry) -> int:
    """The calendar year in which the school year of the license begins."""
    return min(_SCHOOL_YEAR, int(found.published[:4]) + 1) if found.state == "Niet meer leverbaar" else _SCHOOL_YEAR


def _count(title: str, dice: Dice) -> str:
    many = _FOR_MANY.search(title)
    if many:
        return many[1]
    return dice.pick(_COUNTS) if dice.chance(_COUNTED) else ""


def _last_day(first_year: int, style: str, dice: Dice) -> str:
    return _NEVER if dice.chance(0.1) else write_moment(date(first_year, 10, 1), style, dice)
