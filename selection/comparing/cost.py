"""What a place in the classroom costs, in a year and over some years: whole cents, VAT included.

The rules, which the page tells as well (cost_words.rules):

1.  A price is for one sale unit. Of a unit of n pieces, or of a purchase of n licences, a pupil pays an n-th. Where
    both numbers are stated and differ, the lower bound takes the larger and the upper bound the smaller one.
2.  A book lasts for the whole period, unless it is stated to be consumable: then it is bought each year.
3.  A licence is bought again when it is over, counted in school years: two of four years make six. One of less than a
    year is bought as often as a school year of ten months needs it, each year again.
4.  A licence with a book that stays with the pupil (LIFO) is bought each year, for next year's pupils get their own.
    Where the licence is for more years, the pupil may also keep the place so long: from rule 3 up to each year.
5.  A book with a licence together (combi) is bought as its licence is, for its parts have no prices of their own; where
    it is stated to be consumable, up to each year. Of what is digital alone that flag says nothing: sources set it for
    any licence.
6.  What is digital and stated to be without a licence is bought once.
7.  A licence of which no length is stated is bought once at least; how often at most is unknown.
8.  No price, or one in another currency than the euro: unknown, and unknown is never 0. Of a sum that holds something
    unknown the rest is a lower bound, without an upper one.
9.  An indicative price counts as it stands, and the result is called indicative.

Bounds are rounded up to whole cents once, at the end; what a year costs is the total divided by the years, rounded to
the nearest cent.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from math import ceil

from catalogus.choices import Form, Medium

CURRENCY = "EUR"

_Packs = Callable[[int], Fraction]
"""How many sale units of so many pieces are paid for."""

_DAYS_OF_A_YEAR = 365
_SLACK_DAYS = 31
"""A licence of four years that ends a month early still serves four school years, and publishers count months of 30."""

_LEAST_DAYS_OF_A_YEAR = 270
"""What is shorter does not last from the summer holidays to the exams."""

_DAYS_OF_SCHOOL = 300


class Doubt(Enum):
    """Why a cost is a range, a lower bound, or not known at all."""

    NO_PRICE = auto()
    OTHER_CURRENCY = auto()
    NO_TERM = auto()
    KEPT_OR_NEW = auto()
    UNIT_OR_LICENCES = auto()
    SOME_UNKNOWN = auto()
    NOTHING_TO_COUNT = auto()


@dataclass(frozen=True, slots=True)
class Offer:
    """What a product's cost depends on; days: how long its licence is. A number that is 0 counts as not stated."""

    price_cents: int | None
    currency: str = CURRENCY
    is_indicative: bool = False
    sale_unit_size: int | None = None
    license_count: int | None = None
    form: str = Form.UNKNOWN
    medium: str = Medium.UNKNOWN
    is_licensed: bool | None = None
    is_consumable: bool | None = None
    license_days: int | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """How often something is bought in a period; most is None where nobody knows."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Cost:
    """From low to high, in cents. Without high it is low at least; without both nobody knows. Never 0 for unknown."""

    low_cents: int | None
    high_cents: int | None
    is_indicative: bool = False
    doubts: frozenset[Doubt] = frozenset()

    def per_year(self, years: int) -> "Cost":
        """Of a cost over so many years, each bound rounded to the nearest cent."""
        return Cost(
            None if self.low_cents is None else _divided(self.low_cents, years),
            None if self.high_cents is None else _divided(self.high_cents, years),
            self.is_indicative,
            self.doubts,
        )


def cost_per_pupil(offer: Offer, years: int) -> Cost:
    """Of one pupil's place over so many years, a part of a sale unit counted as a part."""
    return _cost(offer, years, lambda units: Fraction(1, units))


def cost_of_group(offer: Offer, years: int, pupils: int) -> Cost:
    """Of so many pupils over so many years, in whole sale units."""
    return _cost(offer, years, lambda units: Fraction(ceil(Fraction(pupils, units))))


def times_bought(offer: Offer, years: int) -> Times:
    """By rules 2 to 7, in a period of so many years."""
    if _is_book(offer):
        return Times(years, years) if offer.is_consumable else Times(1, 1)
    if offer.form == Form.LIFO:
        renewed = _renewals(offer.license_days, years) if offer.license_days else years
        return Times(min(renewed, years), max(renewed, years))
    is_used_up = offer.form == Form.COMBI and offer.is_consumable
    if offer.license_days:
        renewed = _renewals(offer.license_days, years)
        return Times(renewed, max(renewed, years) if is_used_up else renewed)
    if is_used_up:
        return Times(years, None)
    if offer.form == Form.DIGITAL and offer.is_licensed is False:
        return Times(1, 1)
    return Times(1, None)


def together(costs: Iterable[Cost]) -> Cost:
    """What all of these cost. What is unknown among them leaves a lower bound, and of nothing else nothing."""
    found = list(costs)
    if not found:
        return Cost(None, None, doubts=frozenset({Doubt.NOTHING_TO_COUNT}))
    lows = [cost.low_cents for cost in found if cost.low_cents is not None]
    highs = [cost.high_cents for cost in found if cost.high_cents is not None]
    is_bounded = len(lows) == len(highs) == len(found)
    return Cost(
        sum(lows) if lows else None,
        sum(highs) if is_bounded else None,
        _is_indicative(found),
        _doubts(found, is_partly_unknown=0 < len(lows) < len(found)),
    )


def one_of(costs: Iterable[Cost]) -> Cost:
    """From the cheapest to the dearest of these. What has no known cost is out of the range, and the doubts say so."""
    found = list(costs)
    if not found:
        return Cost(None, None, doubts=frozenset({Doubt.NOTHING_TO_COUNT}))
    known = [cost for cost in found if cost.low_cents is not None]
    lows = [cost.low_cents for cost in known if cost.low_cents is not None]
    highs = [cost.high_cents for cost in known if cost.high_cents is not None]
    return Cost(
        min(lows, default=None),
        max(highs) if known and len(highs) == len(known) else None,
        _is_indicative(known),
        _doubts(found, is_partly_unknown=0 < len(known) < len(found)),
    )


def _cost(offer: Offer, years: int, packs: _Packs) -> Cost:
    if offer.price_cents is None or offer.currency != CURRENCY:
        doubt = Doubt.NO_PRICE if offer.price_cents is None else Doubt.OTHER_CURRENCY
        return Cost(None, None, bool(offer.is_indicative), frozenset({doubt}))
    times = times_bought(offer, years)
    pieces = {number for number in (offer.sale_unit_size, offer.license_count) if number} or {1}
    doubts = set()
    if len(pieces) > 1:
        doubts.add(Doubt.UNIT_OR_LICENCES)
    if times.most is None:
        doubts.add(Doubt.NO_TERM)
    elif times.least < times.most:
        doubts.add(Doubt.KEPT_OR_NEW)
    return Cost(
        ceil(offer.price_cents * times.least * packs(max(pieces))),
        None if times.most is None else ceil(offer.price_cents * times.most * packs(min(pieces))),
        bool(offer.is_indicative),
        frozenset(doubts),
    )


def _is_book(offer: Offer) -> bool:
    if offer.form == Form.UNKNOWN:
        return offer.medium == Medium.BOOK and not offer.license_days
    return offer.form == Form.FOLIO


def _renewals(days: int, years: int) -> int:
    """How often a licence of so many days is bought in so many school years."""
    if days < _LEAST_DAYS_OF_A_YEAR:
        return years * ceil(_DAYS_OF_SCHOOL / days)
    return ceil(years / max(1, (days + _SLACK_DAYS) // _DAYS_OF_A_YEAR))


def _divided(cents: int, years: int) -> int:
    """Half a cent goes up."""
    return (2 * cents + years) // (2 * years)


def _is_indicative(costs: Iterable[Cost]) -> bool:
    return any(cost.is_indicative for cost in costs)


def _doubts(costs: Iterable[Cost], *, is_partly_unknown: bool) -> frozenset[Doubt]:
    found = frozenset(doubt for cost in costs for doubt in cost.doubts)
    return found | {Doubt.SOME_UNKNOWN} if is_partly_unknown else found
