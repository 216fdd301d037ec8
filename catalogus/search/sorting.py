"""The sorts by a number that not everything has: price, mean of reviews, number of reviews.

What has no number comes last. It is not given one: the engine is told what to take in its place, so that a cursor holds
a number too.
"""

from typing import Any

from catalogus.search.criteria import SearchCriteria, Sort

BY_NUMBER = frozenset({Sort.PRICE, Sort.RATING, Sort.REVIEWS})

AFTER_EVERY_PRICE = 2**31 - 1
"""The largest number that the field holds, far above what the database takes for a price."""

BELOW_EVERY_RANK = -1


def number_sort(criteria: SearchCriteria) -> dict[str, Any]:
    """The first key of one of BY_NUMBER. Of a method, its cheapest product that can be ordered counts."""
    if criteria.sort == Sort.PRICE:
        return {"price_from": {"order": "asc", "missing": AFTER_EVERY_PRICE}}
    if criteria.sort == Sort.RATING:
        return {"rating_rank": {"order": "desc", "missing": BELOW_EVERY_RANK}}
    return {"review_count": {"order": "desc"}}
