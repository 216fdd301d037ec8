"""Readers' flags: they ask a moderator to look and hide nothing, however many there are."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import PublisherRole, User
from reviews.exceptions import ReviewChanged, ReviewNotAllowed
from reviews.models import FlagReason, FlagState, PublisherReply, Review, ReviewFlag, ReviewState
from reviews.services import flagging
from reviews.services.flagging import flag_review, reply_said_at
from reviews.services.moderating import approve, dismiss_flags, remove_reply, restore_reply
from reviews.services.publishing import edit_review, withdraw_review
from tests.factories import make_method
from tests.review_support import make_content, make_review, make_teacher
from tests.reviews.moderating.support import WHY, make_moderator, make_publishers_person, make_reply

pytestmark = pytest.mark.django_db


def flag(review: Review, user: User | None = None, reason: str = FlagReason.OFF_TOPIC, **more: Any) -> ReviewFlag:
    said: dict[str, Any] = {"user": user, "review": review, "reason": reason, "text": ""}
    return flag_review(**(said | more))


def is_as_it_was(review: Review, summary: dict[str, object]) -> bool:
    review.refresh_from_db()
    method = review.shown_method
    method.refresh_from_db()
    return review.state == ReviewState.PUBLISHED and summary == summary_of(review)


def summary_of(review: Review) -> dict[str, object]:
    return {name: value for name, value in vars(review.shown_method).items() if "review" in name}


def test_a_hundred_flags_hide_nothing():
    method = make_method()
    reviews = [make_review(method, score=score) for score in (1, 2, 3)]
    method.refresh_from_db()
    target = Review.objects.select_related("shown_method").get(pk=reviews[0].pk)
    summary = summary_of(target)
    assert summary["review_count"] == 3
    for _number in range(100):
        flag(target)
    assert is_as_it_was(target, summary)
    assert ReviewFlag.objects.filter(review=target, state=FlagState.OPEN).count() == 100


def test_all_of_a_publisher_flagging_everything_hides_nothing_and_is_marked():
    method = make_method()
    people = [make_publishers_person(method.publisher, role) for role in PublisherRole for _number in range(5)]
    reviews = [make_review(method, score=1) for _number in range(3)]
    for review in reviews:
        for person in people:
            assert flag(review, person).is_of_publisher
    assert set(Review.objects.values_list("state", flat=True)) == {ReviewState.PUBLISHED}
    method.refresh_from_db()
    assert method.review_count == 3
    assert not flag(reviews[0], make_teacher()).is_of_publisher
    assert not flag(reviews[0], make_publishers_person(make_method().publisher)).is_of_publisher


def test_a_publishers_person_is_marked_in_a_visit_without_a_second_factor_too():
    review = make_review(make_method())
    person = make_publishers_person(review.shown_method.publisher)
    person.has_second_factor = False
    assert flag(review, person).is_of_publisher


def test_nobody_flags_their_own_nor_what_is_not_public():
    author = make_teacher()
    review = make_review(make_method(), author=author)
    with pytest.raises(ReviewNotAllowed, match="zelf"):
        flag(review, author)
    withdraw_review(author=author, review=review)
    with pytest.raises(ReviewNotAllowed, match="niet meer te lezen"):
        flag(review)


def test_once_for_each_person_and_version():
    author, reader = make_teacher(), make_teacher()
    review = make_review(make_method(), author=author)
    first = flag(review, reader)
    assert flag(review, reader) == first, "a double click"
    with pytest.raises(ValidationError, match="al gemeld"):
        flag(review, reader, FlagReason.ABUSE)
    edit_review(author=author, review=review, content=make_content(review.method, body="Anders."), version=1)
    assert flag(review, reader).version == 2
    flag(review), flag(review)
    assert ReviewFlag.objects.count() == 4


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "verzonnen"}, "reason"),
        ({"reason": "\x00"}, "reason"),
        ({"reason": FlagReason.OTHER}, "text"),
        ({"reason": FlagReason.OTHER, "text": " \x00\n "}, "text"),
        ({"text": "a" * 20_000}, "text"),
    ],
)
def test_what_is_wrong_is_told_by_field(said: dict[str, str], field: str):
    review = make_review(make_method())
    with pytest.raises(ValidationError) as caught:
        flag(review, None, **said)
    assert list(caught.value.message_dict) == [field]
    assert not ReviewFlag.objects.exists()


def test_so_many_a_day(monkeypatch):
    monkeypatch.setattr(flagging, "MOST_A_DAY", 2)
    reader, method = make_teacher(), make_method()
    reviews = [make_review(method) for _number in range(3)]
    for review in reviews[:2]:
        flag(review, reader)
    with pytest.raises(ReviewNotAllowed, match="2 meldingen"):
        flag(reviews[2], reader)
    assert flag(reviews[2], make_teacher()).pk


def test_a_verdict_holds_for_that_text():
    author = make_teacher()
    review = make_review(make_method(), author=author)
    first = flag(review)
    dismiss_flags(actor=make_moderator(), review=review, reason="Dit mag.", version=1)
    first.refresh_from_db()
    assert [one.state for one in (first, flag(review))] == [FlagState.DISMISSED] * 2
    edit_review(author=author, review=review, content=make_content(review.method, body="Nieuw."), version=1)
    assert flag(review).state == FlagState.OPEN, "another text was not judged"


def test_a_flag_that_was_dismissed_keeps_none_of_another_reason_from_being_read():
    review = make_review(make_method())
    make_reply(review)
    for is_of_reply in (False, True):
        flag(review, reason=FlagReason.ADVERTISING, is_of_reply=is_of_reply)
        dismiss_flags(actor=make_moderator(), review=review, reason="Geen.", version=1, is_of_reply=is_of_reply)
        assert flag(review, reason=FlagReason.ADVERTISING, is_of_reply=is_of_reply).state == FlagState.DISMISSED
        assert flag(review, reason=FlagReason.ABUSE, is_of_reply=is_of_reply).state == FlagState.OPEN


@pytest.mark.parametrize("reason", [FlagReason.PERSONAL_DATA, FlagReason.OTHER])
def test_what_may_be_somebodys_data_or_is_told_in_own_words_is_always_read(reason):
    review = make_review(make_method())
    Review.objects.filter(pk=review.pk).update(state=ReviewState.WAITING)
    approve(actor=make_moderator(), review=review, reason="In orde.", version=1)
    flag_review(user=None, review=review, reason=reason, text="De naam in de derde zin.")
    dismiss_flags(actor=make_moderator(), review=review, reason="Dit mag.", version=1)
    again = flag_review(user=None, review=review, reason=reason, text="In de vierde zin ook.")
    assert again.state == FlagState.OPEN


def test_what_was_approved_before_it_was_published_was_judged():
    review = make_review(make_method())
    Review.objects.filter(pk=review.pk).update(state=ReviewState.WAITING)
    approve(actor=make_moderator(), review=review, reason="In orde.", version=1)
    assert flag(review).state == FlagState.DISMISSED


def test_a_verdict_about_a_name_holds_for_that_name():
    author = make_teacher(display_name="Docent D")
    review = make_review(make_method(), author=author, shown_as="name")
    flag(review, reason=FlagReason.NAME)
    dismiss_flags(actor=make_moderator(), review=review, reason="Een gewone naam.", version=1)
    assert flag(review, reason=FlagReason.NAME).state == FlagState.DISMISSED
    assert flag(review).state == FlagState.OPEN, "of the text nothing was said"
    author.display_name = "Een scheldwoord"
    author.save()
    assert flag(review, reason=FlagReason.NAME).state == FlagState.OPEN


def test_flags_of_a_reply_are_apart_and_hold_for_its_text():
    review, reader = make_review(make_method()), make_teacher()
    with pytest.raises(ReviewNotAllowed, match="geen antwoord"):
        flag(review, is_of_reply=True)
    reply = make_reply(review)
    first = flag(review, reader, is_of_reply=True)
    moderator = make_moderator()
    with pytest.raises(ReviewChanged, match="al besloten"):
        dismiss_flags(actor=moderator, review=review, reason="Dit mag.", version=1)
    dismiss_flags(actor=moderator, review=review, reason="Dit mag.", version=1, is_of_reply=True)
    assert flag(review, is_of_reply=True).state == FlagState.DISMISSED
    assert flag(review).state == FlagState.OPEN
    PublisherReply.objects.filter(pk=reply.pk).update(text="Anders.", edited_at=timezone.now())
    again = flag(review, reader, FlagReason.ABUSE, is_of_reply=True)
    assert (again.pk, again.state, again.decided_at) == (first.pk, FlagState.OPEN, None)


def test_a_reply_that_was_put_back_was_judged():
    review, moderator = make_review(make_method()), make_moderator()
    make_reply(review)
    flagged = flag(review, is_of_reply=True)
    remove_reply(actor=moderator, review=review, reason=WHY, version=1)
    flagged.refresh_from_db()
    assert flagged.state == FlagState.UPHELD
    with pytest.raises(ReviewNotAllowed, match="geen antwoord"):
        flag(review, is_of_reply=True)
    restore_reply(actor=moderator, review=review, reason="Toch goed.", version=1)
    assert flag(review, is_of_reply=True).state == FlagState.DISMISSED


def test_who_saw_an_earlier_text_looks_again():
    author = make_teacher()
    review = make_review(make_method(), author=author)
    reply = make_reply(review)
    with pytest.raises(ReviewChanged, match="antwoord"):
        flag(review, is_of_reply=True, reply_text_at=review.written_at)
    assert flag(review, is_of_reply=True, reply_text_at=reply_said_at(reply)).pk
    edit_review(author=author, review=review, content=make_content(review.method, body="Anders."), version=1)
    with pytest.raises(ReviewChanged, match="gewijzigd"):
        flag(review, version=1)
