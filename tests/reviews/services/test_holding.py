"""What a moderator took away, or has yet to look at, comes back by a moderator alone."""

import pytest

from accounts.models import User
from catalogus.models import Method
from catalogus.services.editing import merge_methods
from reviews.models import FlagReason, ModerationEntry, PreModeration, Review, ReviewState
from reviews.services.flagging import flag_review
from reviews.services.moderating import approve, dismiss_flags, remove, restore
from reviews.services.publishing import edit_review, withdraw_review
from reviews.services.switching import hold_method
from tests.factories import make_method
from tests.review_support import make_content, make_review, make_teacher
from tests.reviews.moderating.support import WHY, make_moderator

pytestmark = pytest.mark.django_db

BAD = "Dit boek is geschreven door iemand die ik persoonlijk ken en die van wiskunde niets begrijpt."
BAD_AGAIN = "Dit boek is geschreven door iemand die ik echt persoonlijk ken en die van wiskunde niets begrijpt!"
GOOD = "De hoofdstukken volgen elkaar logisch op en de toetsen sluiten goed aan bij de stof."
GOOD_TOO = "De hoofdstukken volgen elkaar logisch op en de toetsen sluiten goed aan bij alle stof."


def written(method: Method, author: User, body: str, **said: int) -> Review:
    return make_review(method, author=author, body=body, strong_point="", **said)


def edited(review: Review, body: str) -> ReviewState:
    assert review.author is not None
    content = make_content(review.shown_method, body=body, strong_point="", school_year=review.school_year)
    now = edit_review(author=review.author, review=review, content=content, version=review.version)
    review.refresh_from_db()
    return ReviewState(now.state)


def removed(review: Review) -> None:
    remove(actor=make_moderator(), review=review, reason=WHY, version=review.version)


def approved(review: Review) -> None:
    approve(actor=make_moderator(), review=review, reason="In orde.", version=review.version)


def two_reviews() -> tuple[Review, Review]:
    """Of one person and one method, of two school years."""
    method, author = make_method(), make_teacher()
    return written(method, author, BAD, school_year=2023), written(method, author, GOOD, school_year=2024)


def test_another_review_of_the_writer_waits_while_one_is_removed():
    one, other = two_reviews()
    removed(one)
    assert edited(other, BAD) == ReviewState.WAITING


def test_a_removed_text_comes_back_under_no_other_review_after_the_first_was_mended():
    one, other = two_reviews()
    removed(one)
    edited(one, GOOD_TOO)
    approved(one)
    assert edited(other, BAD_AGAIN) == ReviewState.WAITING


@pytest.mark.parametrize("text", [BAD, BAD_AGAIN])
def test_a_removed_text_does_not_come_back_once_a_mended_one_was_approved(text):
    review = written(make_method(), make_teacher(), BAD)
    removed(review)
    assert edited(review, GOOD) == ReviewState.WAITING
    approved(review)
    assert edited(review, text) == ReviewState.WAITING
    line = ModerationEntry.objects.filter(review_ref=review.public_id)[0]
    assert line.reason.startswith("De tekst lijkt")


def test_who_mends_a_text_goes_on_with_what_was_approved():
    review = written(make_method(), make_teacher(), BAD)
    removed(review)
    edited(review, GOOD)
    approved(review)
    assert edited(review, GOOD_TOO) == ReviewState.PUBLISHED


def test_what_was_put_back_may_be_said():
    review = written(make_method(), make_teacher(), BAD)
    removed(review)
    review.refresh_from_db()
    restore(actor=make_moderator(), review=review, reason="Bij nader inzien mag het.", version=1)
    assert edited(review, GOOD) == ReviewState.PUBLISHED
    assert edited(review, BAD_AGAIN) == ReviewState.PUBLISHED


def test_the_removed_text_of_another_writer_holds_nobody():
    method = make_method()
    removed(written(method, make_teacher(), BAD))
    assert written(method, make_teacher(), BAD).state == ReviewState.PUBLISHED


def test_a_flagged_review_is_not_posted_again_without_its_flag():
    method, author = make_method(), make_teacher()
    review = written(method, author, BAD)
    flag_review(user=None, review=review, reason=FlagReason.ABUSE, text="")
    withdraw_review(author=author, review=review)
    again = written(method, author, GOOD)
    assert again.state == ReviewState.WAITING
    approved(again)
    # Once a moderator saw what is said now, only the text that was flagged waits.
    assert edited(again, GOOD_TOO) == ReviewState.PUBLISHED
    assert edited(again, BAD) == ReviewState.WAITING


@pytest.mark.parametrize("what", ["dismissed", "of-reply", "none"])
def test_who_withdraws_without_an_open_flag_writes_anew_at_once(what):
    method, author = make_method(), make_teacher()
    review = written(method, author, GOOD)
    if what == "dismissed":
        flag_review(user=None, review=review, reason=FlagReason.ABUSE, text="")
        dismiss_flags(actor=make_moderator(), review=review, reason="In orde.", version=1)
    elif what == "of-reply":
        review.flags.create(version=1, is_of_reply=True, reason=FlagReason.ABUSE)
    withdraw_review(author=author, review=review)
    assert written(method, author, GOOD).state == ReviewState.PUBLISHED


def test_holding_follows_a_merge_and_is_turned_off_where_it_came():
    source, target = make_method(), make_method()
    merge_from = Method.objects.filter(pk=source.pk)
    merge_from.update(publisher=target.publisher)
    PreModeration.objects.create(method=source)
    merge_methods(source=merge_from.get(), target=target, actor="redactie", reason="Het is dezelfde.")
    assert make_review(target).state == ReviewState.WAITING
    staff = User.objects.create_user(display_name="Redactie", is_staff=True)
    staff.has_second_factor = True
    assert not hold_method(actor=staff, method=target, is_held=True, reason="Nog een aanval.")
    PreModeration.objects.create(method=target)
    assert hold_method(actor=staff, method=target, is_held=False, reason="Het is voorbij.")
    assert not PreModeration.objects.exists()
    assert make_review(target).state == ReviewState.PUBLISHED
