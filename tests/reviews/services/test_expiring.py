"""What is erased by itself, and what a moderator still has to look at."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reviews.models import Appeal, ReviewDraft, ReviewFlag, ReviewState
from reviews.services.drafts import open_draft
from reviews.services.expiring import DRAFTS_LAST, EMPTY_DRAFTS_LAST, HELD_BACK_LAST, WITHDRAWN_LAST
from reviews.services.publishing import withdraw_review
from reviews.tasks import forget_old_drafts
from tests.factories import make_method
from tests.review_support import make_review, make_teacher

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("saves", "age", "is_kept"),
    [
        (1, DRAFTS_LAST - A_DAY, True),
        (1, DRAFTS_LAST + A_DAY, False),
        (0, EMPTY_DRAFTS_LAST - A_DAY, True),
        (0, EMPTY_DRAFTS_LAST + A_DAY, False),
    ],
)
def test_a_draft_goes_when_nobody_goes_on_with_it(saves, age, is_kept):
    draft = open_draft(author=make_teacher(), method=make_method())
    ReviewDraft.objects.filter(pk=draft.pk).update(saves=saves, updated_at=timezone.now() - age)
    forget_old_drafts()
    assert ReviewDraft.objects.filter(pk=draft.pk).exists() == is_kept


def withdrawn(age: timedelta):
    teacher = make_teacher()
    review = withdraw_review(author=teacher, review=make_review(make_method(), author=teacher))
    type(review).objects.filter(pk=review.pk).update(closed_at=timezone.now() - age)
    return review


@pytest.mark.parametrize(("age", "is_kept"), [(WITHDRAWN_LAST - A_DAY, True), (WITHDRAWN_LAST + A_DAY, False)])
def test_a_withdrawn_review_goes_with_all_its_versions(age, is_kept):
    review = withdrawn(age)
    stays = make_review(make_method())
    forget_old_drafts()
    assert type(review).objects.filter(pk=review.pk).exists() == is_kept
    assert review.versions.exists() == is_kept
    stays.refresh_from_db()
    assert stays.state == ReviewState.PUBLISHED


@pytest.mark.parametrize("open_thing", ["flag", "appeal"])
@pytest.mark.parametrize(("age", "is_kept"), [(HELD_BACK_LAST - A_DAY, True), (HELD_BACK_LAST + A_DAY, False)])
def test_one_about_which_something_was_open_stays_longer_and_then_goes_as_well(open_thing, age, is_kept):
    review = withdrawn(age)
    if open_thing == "flag":
        ReviewFlag.objects.create(review=review, version=1, reason="abuse")
    else:
        Appeal.objects.create(review=review, version=1, text="Kijk nog eens.")
    forget_old_drafts()
    assert type(review).objects.filter(pk=review.pk).exists() == is_kept


def test_what_was_decided_keeps_nothing():
    review = withdrawn(WITHDRAWN_LAST + A_DAY)
    ReviewFlag.objects.create(review=review, version=1, reason="abuse", state="dismissed", decided_at=timezone.now())
    forget_old_drafts()
    assert not type(review).objects.filter(pk=review.pk).exists()
