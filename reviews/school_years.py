"""School years, named by the calendar year in which they begin: 2025 is 2025/2026.

They run from 1 August to 31 July for every sector (Wet voortgezet onderwijs 2020, article 1.1; likewise in the laws of
the other sectors), by the clock of the schools.
"""

import datetime

from django.utils import timezone

FIRST_MONTH = 8

EARLIEST = 2000
"""A review of use before this says little of what can be bought, and is most likely a slip."""


def school_year_of(day: datetime.date) -> int:
    """2026-07-31 -> 2025; 2026-08-01 -> 2026."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def current_school_year() -> int:
    return school_year_of(timezone.localdate())


def school_year_label(year: int) -> str:
    """2025 -> "2025/2026"."""
    return f"{year}/{year + 1}"


def reviewable_school_years() -> list[int]:
    """The years that a review can be about, newest first: this one and the nine before it."""
    return [year for year in range(current_school_year(), current_school_year() - 10, -1) if year >= EARLIEST]
