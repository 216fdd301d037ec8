"""Where a province may stand beside a role, a subject and a sector: only where these fit people of many schools."""

from collections.abc import Mapping

from django.db.models import Count, F, Func

from accounts.models import School
from catalogus.memory import Memory

LEAST_INSTITUTIONS = 5
"""A province has two or three schools for vso: with its name beside "vso", colleagues know who is meant."""

_KEPT_SECONDS = 3600.0
"""Schools come and go with a file of the register, some times a year."""

_Counts = Mapping[tuple[str, str], int]


def is_province_shown(province: str, sector: str) -> bool:
    """Whether so many open institutions there have the sector; their locations count once. A query an hour."""
    return bool(province) and _counts.get().get((province, sector), 0) >= LEAST_INSTITUTIONS


def _read(_before: _Counts | None) -> _Counts:
    """(province, sector) -> the number of open institutions."""
    each_sector = Func(F("sectors"), function="unnest", set_returning=True)
    rows = (
        School.objects.filter(ended_on=None)
        .exclude(province="")
        .order_by()
        .values("province", one_sector=each_sector)
        .annotate(number=Count("institution_code", distinct=True))
    )
    return {(row["province"], row["one_sector"]): row["number"] for row in rows}


_counts: Memory[_Counts] = Memory(_read, kept_seconds=_KEPT_SECONDS)
