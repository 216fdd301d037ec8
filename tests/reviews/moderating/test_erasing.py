"""A reason in the log becomes one sentence, by staff alone; the database takes no other change of a line."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from reviews.exceptions import ReviewNotAllowed
from reviews.models import Appeal, ModerationEntry, PublisherReply, Review
from reviews.services.appeals import decide_appeal, make_appeal
from reviews.services.erasing import ERASED, erase_reason
from reviews.services.moderating import remove, remove_reply
from tests.factories import make_method
from tests.people import sign_in
from tests.review_support import make_review
from tests.reviews.moderating.support import WHY, make_moderator, make_reply

pytestmark = pytest.mark.django_db


def make_staff() -> User:
    staff = make_moderator()
    staff.is_staff = True
    staff.save()
    return staff


def removed_review() -> tuple[Review, ModerationEntry]:
    review = make_review(make_method())
    remove(actor=make_moderator(), review=review, reason=WHY, version=1)
    review.refresh_from_db()
    return review, ModerationEntry.objects.get(review_ref=review.public_id)


def test_it_is_erased_wherever_it_stands_and_the_line_stays():
    review, entry = removed_review()
    make_reply(review)
    remove_reply(actor=make_moderator(), review=review, reason="Een andere reden.", version=1)
    assert review.author
    appeal = make_appeal(author=review.author, review=review, text="Het is een personage.", version=1)
    decide_appeal(actor=make_moderator(), appeal=appeal, is_granted=False, answer=WHY)
    erase_reason(actor=make_staff(), entry=entry)
    before = (entry.at, entry.action, entry.version, entry.actor)
    entry.refresh_from_db()
    assert entry.reason == ERASED
    assert (entry.at, entry.action, entry.version, entry.actor) == before
    assert Review.objects.get().removal_reason == ERASED
    assert Appeal.objects.get().answer == ERASED
    assert PublisherReply.objects.get().removal_reason == "Een andere reden."


def test_moderators_erase_nothing():
    _review, entry = removed_review()
    with pytest.raises(ReviewNotAllowed):
        erase_reason(actor=make_moderator(), entry=entry)
    entry.refresh_from_db()
    assert entry.reason == WHY


@pytest.mark.parametrize(
    "change",
    [
        {"reason": "Iets anders."},
        {"reason": f"{ERASED}."},
        {"reason": ERASED, "version": 2},
        {"reason": ERASED, "action": "approved"},
    ],
)
def test_the_database_takes_no_other_change(change: dict[str, str | int]):
    _review, entry = removed_review()
    with pytest.raises(IntegrityError), transaction.atomic():
        ModerationEntry.objects.filter(pk=entry.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        ModerationEntry.objects.filter(pk=entry.pk).update(reason=ERASED, actor=make_moderator())
    ModerationEntry.objects.filter(pk=entry.pk).update(reason=ERASED, actor=None)


def test_staff_erase_it_on_the_page_of_the_log(client: Client):
    _review, entry = removed_review()
    desk = sign_in(client, make_staff())
    assert WHY in desk.get("/moderatie/logboek/").content.decode()
    assert desk.post("/moderatie/logboek/", {"wissen": str(entry.pk)}).status_code == 302
    shown = desk.get("/moderatie/logboek/").content.decode()
    assert WHY not in shown
    assert f'value="{entry.pk}"' not in shown
    for wrong in ("", "x", "²", "9" * 30, str(entry.pk + 1)):
        assert desk.post("/moderatie/logboek/", {"wissen": wrong}).status_code == 404
