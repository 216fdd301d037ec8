"""Sum up the reviews of a method and tell the catalogue, in the transaction of the change."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import BooleanField, Case, Q, Value, When

from catalogus.models import Method
from catalogus.services.reviews import NO_REVIEWS, ReviewSummary, set_review_summary
from reviews.models import Review
from reviews.placing import About, places_of
from reviews.querysets import IS_OLDER, published_reviews
from reviews.services.prior import (
    Prior,
    computed_prior,
    has_drifted,
    is_prior_applied,
    mark_prior_applied,
    sort_value,
    state_prior,
    stated_prior,
)
from reviews.spread import institutions_of, is_broad_enough, one_of_each, spread_of

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Counted:
    """What a summary needs of one published review. total: None where it does not count; school: an institution.

    author: None where their account is gone.
    """

    pk: int
    author: int | None
    school_year: int
    published_at: datetime
    total: Decimal | None
    is_older: bool
    school: str


def summarise(reviews: Sequence[Counted], prior: Prior) -> ReviewSummary:
    """The summary of one method's published reviews, in any order; mean and spread by the rule of reviews.spread."""
    if not reviews:
        return NO_REVIEWS
    current = [review for review in reviews if not review.is_older]
    last = max(review.published_at for review in reviews)
    older_count = len(reviews) - len(current)
    counted = [(one.total, one.school) for one in one_of_each(current) if one.total is not None]
    is_broad = is_broad_enough(len(counted), {school for _total, school in counted})
    spread = spread_of([total for total, _school in counted]) if is_broad else None
    if spread is None:
        return ReviewSummary(count=len(current), older_count=older_count, last_reviewed_at=last)
    return ReviewSummary(
        count=len(current),
        older_count=older_count,
        mean=spread.mean_in_hundredths,
        low=spread.low,
        high=spread.high,
        sort=sort_value(spread.mean, spread.count, prior),
        last_reviewed_at=last,
    )


@transaction.atomic
def recount_methods(method_ids: Iterable[int]) -> int:
    """Bring the summaries of these methods in line with their reviews; how many changed. Merged ones are left."""
    wanted = sorted(set(method_ids))
    # In one order, so that two who recount the same methods wait for each other and never in a circle.
    live = Method.objects.filter(pk__in=wanted, merged_into=None).order_by("pk").select_for_update(no_key=True)
    ids = list(live.values_list("pk", flat=True))
    prior = stated_prior()
    return sum(set_review_summary(pk, summary) for pk, summary in summaries_of(ids, prior).items())


def summaries_of(method_ids: Collection[int], prior: Prior) -> dict[int, ReviewSummary]:
    """Method -> what its published reviews say; two queries and one for schools."""
    is_older = Case(When(IS_OLDER, then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = (
        published_reviews()
        .filter(shown_method__in=method_ids)
        .annotate(is_older=is_older)
        .values_list(
            "shown_method_id", "school_id", "pk", "author_id", "school_year", "published_at", "total", "is_older"
        )
    )
    read = list(rows)
    institutions = institutions_of({school for _method, school, *_rest in read})
    found: dict[int, list[Counted]] = {pk: [] for pk in method_ids}
    for method, school, pk, author, school_year, published_at, total, older in read:
        if published_at is not None:  # Every published one has it; the database holds that.
            found[method].append(
                Counted(pk, author, school_year, published_at, total, is_older=older, school=institutions[school])
            )
    return {pk: summarise(reviews, prior) for pk, reviews in found.items()}


@transaction.atomic
def follow_methods(method_ids: frozenset[int]) -> None:
    """Move reviews along with what happened to these methods, and recount both sides: `method_changes` calls it."""
    # A product is told of with the method that it leaves, where its reviews are shown until now.
    touched = Review.objects.filter(Q(method__in=method_ids) | Q(shown_method__in=method_ids))
    reviews = list(touched.order_by("pk").select_for_update(no_key=True))
    if not reviews:
        return
    # A review that stays with a method that nobody told of changes nothing there. Waiting for that method would be
    # waiting in a circle with who holds it and wants the review.
    concerned = set(method_ids)
    places = places_of({_about(review) for review in reviews})
    moved = []
    for review in reviews:
        place = places[_about(review)]
        if (review.shown_method_id, review.shown_edition_id) != (place.method, place.edition):
            concerned |= {review.shown_method_id, place.method}
            review.shown_method_id, review.shown_edition_id = place.method, place.edition
            moved.append(review)
    Review.objects.bulk_update(moved, ["shown_method", "shown_edition"], batch_size=500)
    recount_methods(concerned)


def _about(review: Review) -> About:
    return About(review.method_id, review.edition_id, review.product_id)


def restate_prior() -> int:
    """State the prior anew where it drifted, and bring all sort values in line with it; how many methods changed.

    It is stated first, so that a review that comes meanwhile uses it too; where this is stopped half-way, the next
    time goes on.
    """
    prior = computed_prior()
    if has_drifted(stated_prior(), prior):
        state_prior(prior)
    elif is_prior_applied():
        return 0
    changed = sum(recount_methods(ids) for ids in reviewed_methods())
    mark_prior_applied()
    return changed


def reviewed_methods() -> Iterator[list[int]]:
    """All methods that stand and have reviews, by batches."""
    last = 0
    rows = Method.objects.filter(merged_into=None, shown_reviews__isnull=False).order_by("pk").distinct()
    while batch := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:_BATCH]):
        yield batch
        last = batch[-1]
