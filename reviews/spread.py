"""Whether reviews are enough for a total, and the mean and spread of those that are: one rule for every place."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection

LEAST_REVIEWS = 3
LEAST_SCHOOLS = 2
"""No total below these (rubriek.json, "regels"): one school, or two people, is no picture of a method."""

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


@dataclass(frozen=True, slots=True)
class Spread:
    """Of totals of 1 to 4. mean: not rounded; low and high: between them lies the middle half, both are in it."""

    count: int
    mean: Decimal
    low: Decimal
    high: Decimal

    @property
    def mean_in_hundredths(self) -> Decimal:
        """As it is stored and shown: rounded once, in one way."""
        return self.mean.quantize(_HUNDREDTH, ROUND_HALF_UP)


def spread_of(totals: Iterable[tuple[Decimal, str]]) -> Spread | None:
    """Mean and middle half of totals, each with the institution that it comes from; None where they are too few.

    The lower quartile is the ceil(n/4)-th of them in order, the upper one its mirror image, so both are a total that
    somebody gave.
    """
    found = list(totals)
    if not are_enough(len(found), {school for _total, school in found}):
        return None
    ordered = sorted(total for total, _school in found)
    quarter = (len(ordered) - 1) // 4
    return Spread(
        count=len(ordered),
        mean=sum(ordered, Decimal(0)) / len(ordered),
        low=ordered[quarter],
        high=ordered[len(ordered) - 1 - quarter],
    )


def are_enough(count: int, institutions: Collection[str]) -> bool:
    """Whether so many reviews of these different institutions may have a mean."""
    return count >= LEAST_REVIEWS and len(institutions) >= LEAST_SCHOOLS


def institutions_of(school_ids: Collection[int]) -> dict[int, str]:
    """School -> the institution that it belongs to now: locations of one school, and schools that merged, are one."""
    if not school_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_INSTITUTIONS, [list(school_ids)])
        return dict(cursor.fetchall())
