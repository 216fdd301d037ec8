"""Whether what is stored of reviews equals the rows that it is made of: columns, places, totals, votes, summaries.

All of it is kept by the services in the transaction of each change; this looks whether they did. What differs at first
sight is looked at once more with its rows locked, so that a review which is written meanwhile is no difference.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from catalogus.models import Method
from catalogus.services.reviews import NO_REVIEWS, ReviewSummary
from reviews.content import Answer, ReviewContent, content_of_json
from reviews.models import HelpfulVote, Review, ReviewScore, ReviewVersion
from reviews.placing import About, Place, places_of
from reviews.services.columns import CHOSEN_ANEW, answers_in, columns_of
from reviews.services.prior import computed_prior, has_drifted, is_prior_applied, stated_prior
from reviews.services.publishing import total_of
from reviews.services.summaries import summaries_of

BATCH = 1000
"""Of which all scores (8,000) and texts (a few megabytes) fit into memory with ease."""


class Checked(StrEnum):
    """What is compared with what."""

    CONTENT = "content"  # The columns and scores of a review, with its newest version.
    PLACE = "place"  # Where a review is shown, with merges and moves of the catalogue.
    TOTAL = "total"  # The mean of a review, with its scores.
    VOTES = "votes"  # How many found a review of use, with the votes.
    SUMMARY = "summary"  # What a method holds, with its reviews.
    PRIOR = "prior"  # The stated prior, with all reviews that count.


@dataclass(frozen=True, slots=True)
class Difference:
    """ref: the public id of a review, of a method for a summary, "" for the prior. It holds no text of a review."""

    checked: Checked
    ref: str
    stored: str
    expected: str


@dataclass(frozen=True, slots=True)
class Truth:
    """What the rows say of one review. content: of its newest version, None where it has none."""

    content: ReviewContent | None
    number: int
    answers: Mapping[str, Answer]
    place: Place
    votes: int


# What there is to look at


def review_batches(after: int = 0) -> Iterator[list[int]]:
    """All reviews in every state, after this one, by batches."""
    rows = Review.objects.order_by("pk").values_list("pk", flat=True)
    while batch := list(rows.filter(pk__gt=after)[:BATCH]):
        yield batch
        after = batch[-1]


def methods_to_check(after: int = 0) -> list[int]:
    """Methods that stand and have reviews or say that they have: two queries, however large the catalogue is."""
    says_so = ~Q(last_reviewed_at=None) | Q(review_count__gt=0) | Q(older_review_count__gt=0) | ~Q(review_mean=None)
    holding = Method.objects.filter(says_so, merged_into=None, pk__gt=after).order_by()
    shown = Review.objects.filter(shown_method__merged_into=None, shown_method__gt=after).order_by()
    return sorted({*holding.values_list("pk", flat=True), *shown.values_list("shown_method", flat=True).distinct()})


# What differs


def differences_of_reviews(pks: Collection[int]) -> list[Difference]:
    """Of each of these reviews; nine queries, and as many again for those that seem to differ."""
    suspect = _unequal_reviews(pks)
    if not suspect:
        return []
    with transaction.atomic():
        lock_reviews(suspect)
        return [one for found in _unequal_reviews(suspect).values() for one in found]


def differences_of_methods(pks: Collection[int]) -> list[Difference]:
    """Of each of these methods' summaries; merged ones have none."""
    suspect = _unequal_methods(pks)
    if not suspect:
        return []
    with transaction.atomic():
        lock_methods(suspect)
        return list(_unequal_methods(suspect).values())


def differences_of_prior() -> list[Difference]:
    """Where sort values follow no prior as a whole, or one that lies too far from what reviews say now."""
    stated, computed = stated_prior(), computed_prior()
    if has_drifted(stated, computed):
        return [Difference(Checked.PRIOR, "", *(f"{one.mean} (n={one.count})" for one in (stated, computed)))]
    if not is_prior_applied():
        return [
            Difference(
                Checked.PRIOR, "", _("%(mean)s, niet overal toegepast") % {"mean": stated.mean}, _("overal toegepast")
            )
        ]
    return []


def lock_methods(pks: Collection[int]) -> None:
    """In one order, as all who recount do."""
    rows = Method.objects.filter(pk__in=set(pks)).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk", flat=True))


def lock_reviews(pks: Collection[int]) -> None:
    """Methods first, where they are shown and where they belong, then reviews: as publishing does."""
    rows = list(Review.objects.filter(pk__in=pks))
    places = places_of({about(review) for review in rows})
    lock_methods({review.shown_method_id for review in rows} | {place.method for place in places.values()})
    list(Review.objects.filter(pk__in=pks).order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))


def truths_of(reviews: Sequence[Review]) -> dict[int, Truth]:
    """Review -> what the rows say of it."""
    pks = [review.pk for review in reviews]
    newest = ReviewVersion.objects.filter(review__in=pks).order_by("review_id", "-number").distinct("review_id")
    versions = {version.review_id: version for version in newest}
    scores: dict[int, list[ReviewScore]] = {pk: [] for pk in pks}
    for score in ReviewScore.objects.filter(review__in=pks).order_by("pk"):
        scores[score.review_id].append(score)
    counts = HelpfulVote.objects.filter(review__in=pks).order_by().values_list("review").annotate(Count("pk"))
    votes: dict[int, int] = dict(counts)
    places = places_of({about(review) for review in reviews})
    return {
        review.pk: Truth(
            content=content_of_json(versions[review.pk].content) if review.pk in versions else None,
            number=versions[review.pk].number if review.pk in versions else 0,
            answers=answers_in(scores[review.pk]),
            place=places[about(review)],
            votes=votes.get(review.pk, 0),
        )
        for review in reviews
    }


def about(review: Review) -> About:
    return About(review.method_id, review.edition_id, review.product_id)


def stored_summary(method: Method) -> ReviewSummary:
    """What the method's columns hold."""
    return ReviewSummary(
        count=method.review_count,
        older_count=method.older_review_count,
        mean=method.review_mean,
        low=method.review_low,
        high=method.review_high,
        sort=method.review_sort,
        last_reviewed_at=method.last_reviewed_at,
    )


def _unequal_reviews(pks: Collection[int]) -> dict[int, list[Difference]]:
    reviews = list(Review.objects.filter(pk__in=pks).order_by("pk"))
    truths = truths_of(reviews)
    found = {review.pk: list(_differences(review, truths[review.pk])) for review in reviews}
    return {pk: differences for pk, differences in found.items() if differences}


def _differences(review: Review, truth: Truth) -> Iterator[Difference]:
    ref = review.public_id
    if truth.content is None:
        yield Difference(Checked.CONTENT, ref, _version_told(review.version), _("er is geen versie"))
    elif unequal := unequal_fields(review, truth.content, truth.answers):
        yield Difference(Checked.CONTENT, ref, ", ".join(unequal), _version_told(truth.number))
    if truth.content is not None and truth.number != review.version:
        yield Difference(Checked.CONTENT, ref, _version_told(review.version), _version_told(truth.number))
    total = total_of(truth.answers.values())
    if review.total != total:
        yield Difference(Checked.TOTAL, ref, _told(review.total), _told(total))
    if (place := Place(review.shown_method_id, review.shown_edition_id)) != truth.place:
        yield Difference(Checked.PLACE, ref, _place_told(place), _place_told(truth.place))
    if review.helpful_count != truth.votes:
        yield Difference(Checked.VOTES, ref, str(review.helpful_count), str(truth.votes))


def unequal_fields(review: Review, content: ReviewContent, answers: Mapping[str, Answer]) -> list[str]:
    """Names of what the review's columns and scores say otherwise than this content."""
    said = {name: value for name, value in columns_of(content).items() if name not in CHOSEN_ANEW}
    columns = [name for name, value in said.items() if getattr(review, name) != value]
    codes = sorted(answers.keys() | content.answers.keys())
    return columns + [code for code in codes if answers.get(code) != content.answers.get(code)]


def _unequal_methods(pks: Collection[int]) -> dict[int, Difference]:
    methods = Method.objects.filter(pk__in=pks, merged_into=None).in_bulk()
    computed = summaries_of(methods.keys(), stated_prior())
    return {
        pk: Difference(Checked.SUMMARY, method.public_id, _summary_told(stored), _summary_told(computed[pk]))
        for pk, method in sorted(methods.items())
        if (stored := stored_summary(method)) != computed[pk]
    }


# In words


def _summary_told(summary: ReviewSummary) -> str:
    """What is not as without reviews: "count=3 mean=3.25 …"."""
    told = [
        f"{field.name}={_told(value)}"
        for field in fields(summary)
        if (value := getattr(summary, field.name)) != getattr(NO_REVIEWS, field.name)
    ]
    return " ".join(told) or _("geen beoordelingen")


def _place_told(place: Place) -> str:
    """Numbers of rows, for an edition has no name of its own."""
    return _("methode %(method)d, uitgave %(edition)d") % {"method": place.method, "edition": place.edition}


def _version_told(number: int) -> str:
    return _("versie %(number)d") % {"number": number}


def _told(value: object) -> str:
    return _("geen") if value is None else str(value)
