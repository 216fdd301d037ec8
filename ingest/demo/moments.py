"""Moments in the three or four forms in which publishers write them, and in the one in which an index sorts them."""

import re
from datetime import UTC, date, datetime
from typing import Final

from ingest.demo.dice import Dice

_FIRST_DAY: Final = date(2018, 1, 2).toordinal()
_DAYS: Final = (date(2024, 9, 3) - date(2018, 1, 2)).days
_PARTIAL: Final = re.compile(r"\d{4}(?:-\d{2})?")


def throw_moment(style: str, dice: Dice) -> str:
    """A moment between 2018 and September 2024, in a supplier's style."""
    day = date.fromordinal(_FIRST_DAY + dice.below(_DAYS))
    return write_moment(day, style, dice)


def write_moment(day: date, style: str, dice: Dice) -> str:
    """ "zulu": 2024-01-02T00:00:00.000Z; "offset": 2020-02-12T09:06:37+01:00; "date": 2021-07-31; "local": no zone."""
    if style == "date":
        return day.isoformat()
    if style == "zulu":
        return f"{day.isoformat()}T00:00:00.000Z"
    second = dice.below(36_000) + 28_800
    clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
    if style == "local":
        return f"{day.isoformat()}T{clock}"
    # Summer time, near enough for a date that somebody invented.
    return f"{day.isoformat()}T{clock}+0{2 if 4 <= day.month <= 10 else 1}:00"


def utc_text(text: str) -> str | None:
    """The moment as an index compares it: "2020-02-12T09:06:37+01:00" -> "2020-02-12T08:06:37Z".

    Without a zone it counts as UTC. A year or a month alone stays as it is, for text of that form sorts before all its
    moments. None for what is no moment.
    """
    stripped = text.strip()
    if _PARTIAL.fullmatch(stripped):
        return stripped
    try:
        moment = datetime.fromisoformat(stripped)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except OverflowError:
        return None
