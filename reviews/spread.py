"""Whether reviews are enough for a total, and the mean and spread of those that are: one rule for every place."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol, TypeVar

from django.db import connection

LEAST_AUTHORS = 3
LEAST_SCHOOLS = 2
"""No total below these (rubriek.json, "regels"): one school, or two people, is no picture of a method.

Schools are asked once, of all that count in a method's current edition. Asked of each filter, a mean that stands or not
would tell whether somebody without a name works at a school that one knows of the others.
"""

_HUNDREDTH = Decimal("0.01")

_INSTITUTIONS = """
WITH RECURSIVE chain (origin, code, next) AS (
    SELECT id, institution_code, merged_into_id FROM accounts_school WHERE id = ANY (%s)
    UNION
    SELECT chain.origin, school.institution_code, school.merged_into_id
    FROM chain JOIN accounts_school AS school ON school.id = chain.next
)
SELECT origin, code FROM chain WHERE next IS NULL
"""


class Said(Protocol):
    """What tells of a published review whose it is and which is newer. author: None where their account is gone."""

    @property
    def pk(self) -> int: ...
    @property
    def author(self) -> int | None: ...
    @property
    def school_year(self) -> int: ...
    @property
    def published_at(self) -> datetime: ...
    @property
    def total(self) -> Decimal | None: ...


_Said = TypeVar("_Said", bound=Said)


@dataclass(frozen=True, slots=True)
class Spread:
    """Of totals of 1 to 4, one of each author. mean: not rounded; low and high: between them lies the middle half.

    Both ends are in it.
    """

    count: int
    mean: Decimal
    low: Decimal
    high: Decimal

    @property
    def mean_in_hundredths(self) -> Decimal:
        """As it is stored and shown: rounded once, in one way."""
        return self.mean.quantize(_HUNDREDTH, ROUND_HALF_UP)


def spread_of(totals: Collection[Decimal]) -> Spread | None:
    """Mean and middle half of totals, one of each author; None where they are of too few.

    Ask is_broad_enough of the method before. The lower quartile is the ceil(n/4)-th of them in order, the upper one its
    mirror image, so both are a total that somebody gave.
    """
    if len(totals) < LEAST_AUTHORS:
        return None
    ordered = sorted(totals)
    quarter = (len(ordered) - 1) // 4
    return Spread(
        count=len(ordered),
        mean=sum(ordered, Decimal(0)) / len(ordered),
        low=ordered[quarter],
        high=ordered[len(ordered) - 1 - quarter],
    )


def totals_of(reviews: Iterable[Said]) -> list[Decimal]:
    """Those that count: one of each author."""
    return [one.total for one in one_of_each(reviews) if one.total is not None]


def one_of_each(reviews: Iterable[_Said]) -> list[_Said]:
    """Of every author the newest review: nobody counts twice by reviewing one method for ten school years.

    One with a total goes before one without. Newest is by the school year that it is about, then by when it was
    published (querysets.counting_reviews says the same to the database). Those whose author is gone are all there, for
    nothing tells any more whose they are.
    """
    newest: dict[tuple[int | None, int], _Said] = {}
    for one in reviews:
        whose = (None, one.pk) if one.author is None else (one.author, 0)
        if whose not in newest or _newness(newest[whose]) < _newness(one):
            newest[whose] = one
    return list(newest.values())


def _newness(one: Said) -> tuple[bool, int, datetime, int]:
    return one.total is not None, one.school_year, one.published_at, one.pk


def is_broad_enough(count: int, institutions: Collection[str]) -> bool:
    """Whether a method may have a mean anywhere: what counts of its current edition, and the institutions of that."""
    return count >= LEAST_AUTHORS and len(institutions) >= LEAST_SCHOOLS


def institutions_of(school_ids: Collection[int]) -> dict[int, str]:
    """School -> the institution that it belongs to now: locations of one school, and schools that merged, are one."""
    if not school_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_INSTITUTIONS, [list(school_ids)])
        return dict(cursor.fetchall())
