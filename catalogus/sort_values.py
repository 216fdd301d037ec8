"""What products and methods are sorted by, as documents of the engine and rows of search in the database both hold it.

Lists go on from one to the other, so both must hold the same.
"""

import datetime
from collections.abc import Collection

from catalogus.choices import PriceRange
from catalogus.naming import normal_form

SORT_LENGTH = 100
"""Longer than what tells two titles apart; the engine refuses a key of over 32,766 bytes."""


def sort_key(text: str) -> str:
    """The beginning of a title or name in normal form."""
    return normal_form(text)[:SORT_LENGTH]


def day_number(date: datetime.date | None) -> int:
    """Days since the year 1, 0 for no date: a number for everything, so that a cursor can hold it."""
    return date.toordinal() if date else 0


def price_from(price_cents: int | None, price_ranges: Collection[str]) -> int | None:
    """The price in cents of a euro, by the codes of a product in the facet of prices.

    None where it is not known; what another currency costs compares with nothing.
    """
    return None if PriceRange.UNKNOWN in price_ranges else price_cents
