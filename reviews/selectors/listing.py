"""The reviews of a method, filtered and in order, a page at a time; and those that name a product.

A page begins after a place in the order that its token tells (is it of an older edition, by what it is sorted, its
id), so a token has no end and a review that goes meanwhile moves nothing. A token never holds the moment or the number
of a review, which would tell who was at work then: both are looked up by the id. Nothing but the order shows them.
Which reviews fit is told by the facts of all of the method's, at most some thousands: the same rows as the counts
beside them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from catalogus.models import Method, Product
from reviews.models import Review
from reviews.querysets import published_reviews
from reviews.selectors.authors import AUTHOR_RELATIONS
from reviews.selectors.filtering import ReviewFacts, ReviewFilter, Sort, review_facts

__all__ = [
    "PAGE_SIZE",
    "PlaceGone",
    "ReviewFilter",
    "ReviewPage",
    "UnknownPlace",
    "reviews_of",
    "reviews_of_product",
    "with_everything_shown",
]

PAGE_SIZE = 20

_TOKEN = re.compile(r"([01])\.([0-9]{1,9})\.([a-z0-9]{1,13})", re.ASCII)

_NO_TOTAL = 999
"""Behind every total, in hundredths, where the lowest come first."""

_MICROSECONDS = 1_000_000

_Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """count: of all that fit; older_count: of those, of older editions. Tokens are "" where the list ends."""

    reviews: Sequence[Review]
    count: int
    older_count: int
    before: str
    after: str


class UnknownPlace(ValueError):
    """A token that no page gave."""


class PlaceGone(UnknownPlace):
    """A token of a review that is not there any more, or with another method."""


def reviews_of(
    method: Method,
    chosen: ReviewFilter,
    *,
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
    facts: Iterable[ReviewFacts] | None = None,
) -> ReviewPage:
    """A page of published reviews, those of the current edition first; three queries, one less with facts at hand and
    one more with a token.

    after, before: a token of a page in the same order. facts: review_facts(method) where it was read already. Raises
    UnknownPlace for a token that is none, PlaceGone for one whose review is gone.
    """
    places = sorted(
        (_place(one, chosen.sort), one.is_older, one.public_id)
        for one in (review_facts(method) if facts is None else facts)
        if chosen.fits(one)
    )
    order = [place for place, _older, _id in places]
    if before:
        end = bisect_left(order, _read(before, method, chosen.sort))
        start = max(0, end - size)
    else:
        start = bisect_right(order, _read(after, method, chosen.sort)) if after else 0
        end = start + size
    page = order[start:end]
    found = {review.pk: review for review in with_everything_shown(published_reviews().filter(pk__in=_pks(page)))}
    return ReviewPage(
        # One that was taken away since its facts were read is left out.
        reviews=[found[pk] for pk in _pks(page) if pk in found],
        count=len(order),
        older_count=sum(older for _place, older, _id in places),
        before=_token(page[0], places[start][2], chosen.sort) if page and start > 0 else "",
        after=_token(page[-1], places[start + len(page) - 1][2], chosen.sort) if page and end < len(order) else "",
    )


def reviews_of_product(product: Product, most: int) -> list[Review]:
    """The newest published reviews that name the product or one that was merged into it; two queries."""
    named = published_reviews().filter(Q(product=product) | Q(product__merged_into=product))
    return list(with_everything_shown(named).order_by("-published_at", "-pk")[:most])


def with_everything_shown(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """With all that a page tells of a review; one query more, for the scores."""
    return reviews.select_related(
        *AUTHOR_RELATIONS, "method", "edition", "product", "shown_method", "shown_edition", "reply__publisher"
    ).prefetch_related("scores")


def _place(one: ReviewFacts, sort: str) -> _Place:
    """Where a review stands in the order: smaller is earlier, and no two are the same."""
    return _signed(int(one.is_older), _value(one, sort), one.pk, sort)


def _value(one: ReviewFacts, sort: str) -> int:
    if sort == Sort.HELPFUL:
        return one.helpful_count
    if sort == Sort.LOWEST:
        return _NO_TOTAL if one.total is None else int(one.total * 100)
    if sort == Sort.HIGHEST:
        return 0 if one.total is None else int(one.total * 100)
    return _microseconds(one.published_at)


def _microseconds(at: datetime) -> int:
    return int(at.timestamp()) * _MICROSECONDS + at.microsecond


def _signed(is_older: int, value: int, pk: int, sort: str) -> _Place:
    return is_older, value if sort == Sort.LOWEST else -value, -pk


def _token(place: _Place, public_id: str, sort: str) -> str:
    """What everybody reads of a review, as it is now: its count or its total; no moment."""
    value = 0 if sort == Sort.NEWEST else abs(place[1])
    return f"{place[0]}.{value}.{public_id}"


def _read(token: str, method: Method, sort: str) -> _Place:
    match = _TOKEN.fullmatch(token)
    if match is None:
        raise UnknownPlace(token[:80])
    # Also of one that is not published now, so that the reader of a list goes on where they were.
    rows = Review.objects.filter(public_id=match[3], shown_method=method, published_at__isnull=False)
    found = rows.values_list("pk", "published_at").first()
    if found is None:
        raise PlaceGone(token)
    pk, published_at = found
    value = _microseconds(published_at) if sort == Sort.NEWEST and published_at else int(match[2])
    return _signed(int(match[1]), value, pk, sort)


def _pks(page: Iterable[_Place]) -> list[int]:
    return [-place[2] for place in page]
