"""Go through all that is stored of reviews, by batches, and bring what differs in line with its rows."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from django.db import transaction

from catalogus.locks import Lock, try_lock
from catalogus.models import Edition, Method
from catalogus.naming import normal_form
from reviews.models import Review, ReviewVersion
from reviews.placing import places_of
from reviews.selectors.rubrics import rubric_of
from reviews.services.checking import (
    BATCH,
    Difference,
    Truth,
    about,
    differences_of_methods,
    differences_of_prior,
    differences_of_reviews,
    lock_reviews,
    methods_to_check,
    review_batches,
    truths_of,
)
from reviews.services.columns import CHOSEN_ANEW, columns_of, content_in, scores_of
from reviews.services.publishing import total_of
from reviews.services.summaries import recount_methods, restate_prior

PRIOR_WAIT_SECONDS = 60.0
"""Restating it takes a few seconds for all methods that have reviews."""

_POSITION = re.compile(r"(reviews|methods):(\d{1,18})")


class Part(StrEnum):
    """In this order: summaries are made of reviews, and the prior of summaries."""

    REVIEWS = "reviews"
    METHODS = "methods"
    PRIOR = "prior"


@dataclass(frozen=True, slots=True)
class Position:
    """Until where the work was done: the number of the last row of a part. As text: "reviews:1234"."""

    part: Part
    last: int

    @classmethod
    def of(cls, text: str) -> Self | None:
        """None for what is no position."""
        match = _POSITION.fullmatch(text)
        return cls(Part(match[1]), int(match[2])) if match else None

    def __str__(self) -> str:
        return f"{self.part}:{self.last}"


START = Position(Part.REVIEWS, 0)


@dataclass(frozen=True, slots=True)
class Step:
    """A batch that was looked at. position: its end; differences: what differed, mended by now where that was asked."""

    position: Position
    count: int
    differences: tuple[Difference, ...]


def row_counts(after: Position = START) -> dict[Part, int]:
    """How many rows of each part there are to look at."""
    reviews = Review.objects.filter(pk__gt=after.last).count() if after.part is Part.REVIEWS else 0
    return {Part.REVIEWS: reviews, Part.METHODS: len(methods_to_check(_from(Part.METHODS, after)))}


def look_over(*, is_mending: bool, after: Position = START) -> Iterator[Step]:
    """Every batch after the position, as soon as it was looked at: stopping between two loses nothing.

    Mending twice, or two at once, does the same as once.
    """
    if after.part is Part.REVIEWS:
        for pks in review_batches(after.last):
            found = differences_of_reviews(pks)
            if found and is_mending:
                _mend_reviews({one.ref for one in found})
            yield Step(Position(Part.REVIEWS, pks[-1]), len(pks), tuple(found))
    methods = methods_to_check(_from(Part.METHODS, after))
    for start in range(0, len(methods), BATCH):
        pks = methods[start : start + BATCH]
        found = differences_of_methods(pks)
        if found and is_mending:
            wrong = Method.objects.filter(public_id__in={one.ref for one in found})
            recount_methods(wrong.values_list("pk", flat=True))
        yield Step(Position(Part.METHODS, pks[-1]), len(pks), tuple(found))
    found = differences_of_prior()
    if found and is_mending:
        restate_when_alone(wait_seconds=PRIOR_WAIT_SECONDS)
    yield Step(Position(Part.PRIOR, 0), 1, tuple(found))


def restate_when_alone(*, wait_seconds: float = 0) -> int | None:
    """Restate the prior where it drifted; how many methods changed, None where another process does so already.

    Two at once could call the one's prior applied while the other's is not.
    """
    with try_lock(Lock.REVIEW_PRIOR, wait_seconds=wait_seconds) as is_ours:
        return restate_prior() if is_ours else None


def _from(part: Part, after: Position) -> int:
    return after.last if after.part is part else 0


@transaction.atomic
def _mend_reviews(refs: Collection[str]) -> None:
    """Versions are never rewritten, so the newest one is what its writer said; columns and scores follow it."""
    pks = list(Review.objects.filter(public_id__in=refs).values_list("pk", flat=True))
    lock_reviews(pks)
    reviews = list(Review.objects.filter(pk__in=pks).order_by("pk"))
    before = {review.shown_method_id for review in reviews}
    truths = truths_of(reviews)
    for review in reviews:
        _mend(review, truths[review.pk])
    recount_methods(before | {review.shown_method_id for review in reviews})


def _mend(review: Review, truth: Truth) -> None:
    answers = truth.answers
    if truth.content is None:
        _write_version(review, truth)
    else:
        for name, value in columns_of(truth.content).items():
            if name not in CHOSEN_ANEW:
                setattr(review, name, value)
        # The database wants the edition to be one of the method that was reviewed.
        review.method_id = Edition.objects.values_list("method_id", flat=True).get(pk=truth.content.edition)
        review.version = truth.number
        if dict(answers) != dict(truth.content.answers):
            answers = truth.content.answers
            review.scores.all().delete()
            # JSON keeps no order; rows stand in the rubric's.
            codes = rubric_of(review.rubric_id).codes
            rows = sorted(scores_of(truth.content), key=lambda row: codes.index(row.criterion))
            for row in rows:
                row.review = review
            review.scores.bulk_create(rows)
    review.total = total_of(answers.values())
    place = places_of([about(review)])[about(review)]
    review.shown_method_id, review.shown_edition_id = place.method, place.edition
    review.helpful_count = truth.votes
    review.save()


def _write_version(review: Review, truth: Truth) -> None:
    """Of what the columns say, where no version was kept."""
    content = content_in(review, truth.answers)
    ReviewVersion.objects.create(
        review=review,
        number=review.version,
        content=content.as_json(),
        words=normal_form(" ".join(content.texts.values())),
        at=review.edited_at or review.written_at,
    )
