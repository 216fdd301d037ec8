"""What moderators decide: states, summaries, flags, the log, letters, and who is refused."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.models import OutgoingMail
from reviews.exceptions import ReviewChanged, ReviewNotAllowed
from reviews.mail_names import REPLY_REMOVED, REPLY_RESTORED, REVIEW_APPROVED, REVIEW_REMOVED, REVIEW_RESTORED
from reviews.models import FlagReason, FlagState, ModerationAction, ModerationEntry, PreModeration, Review, ReviewState
from reviews.services.flagging import flag_review
from reviews.services.moderating import (
    approve,
    dismiss_flags,
    last_entry_about,
    remove,
    remove_reply,
    restore,
    restore_reply,
)
from reviews.services.publishing import edit_review
from tests.factories import make_method
from tests.review_support import make_content, make_review, make_teacher
from tests.reviews.moderating.support import WHY, make_moderator, make_publishers_person, make_reply

pytestmark = pytest.mark.django_db


def waiting_review() -> Review:
    method = make_method()
    PreModeration.objects.create(method=method)
    return make_review(method)


def log_lines() -> list[tuple[str, str, int | None]]:
    return list(ModerationEntry.objects.order_by("pk").values_list("action", "reason", "version"))


def mail_kinds() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", flat=True))


def test_what_waited_is_published_and_counted():
    review = waiting_review()
    approve(actor=make_moderator(), review=review, reason="In orde.", version=1)
    review.refresh_from_db()
    assert review.state == ReviewState.PUBLISHED
    assert review.published_at is not None
    review.shown_method.refresh_from_db()
    assert review.shown_method.review_count == 1
    assert log_lines()[1:] == [(ModerationAction.APPROVED, "In orde.", 1)]
    assert mail_kinds() == [REVIEW_APPROVED]


def test_removing_takes_it_from_readers_and_from_the_count_and_restoring_puts_it_back():
    method = make_method()
    review = make_review(method)
    flag = flag_review(user=None, review=review, reason=FlagReason.PERSONAL_DATA, text="")
    published_at = review.published_at
    moderator = make_moderator()
    remove(actor=moderator, review=review, reason=f"  {WHY}\r\n", version=1)
    review.refresh_from_db()
    assert (review.state, review.removal_reason) == (ReviewState.REMOVED, WHY)
    flag.refresh_from_db()
    assert flag.state == FlagState.UPHELD
    method.refresh_from_db()
    assert method.review_count == 0
    restore(actor=moderator, review=review, reason="Bij nader inzien niet.", version=1)
    review.refresh_from_db()
    assert (review.state, review.removal_reason, review.closed_at) == (ReviewState.PUBLISHED, "", None)
    assert review.published_at == published_at
    method.refresh_from_db()
    assert method.review_count == 1
    assert log_lines() == [
        (ModerationAction.REMOVED, WHY, 1),
        (ModerationAction.RESTORED, "Bij nader inzien niet.", 1),
    ]
    assert mail_kinds() == [REVIEW_REMOVED, REVIEW_RESTORED]
    assert {mail.user for mail in OutgoingMail.objects.all()} == {review.author}


def test_flags_are_dismissed_without_a_letter():
    review = make_review(make_method())
    flags = [flag_review(user=None, review=review, reason=FlagReason.ABUSE, text="") for _number in range(3)]
    dismiss_flags(actor=make_moderator(), review=review, reason="Scherp, maar het mag.", version=1)
    for flag in flags:
        flag.refresh_from_db()
    assert {flag.state for flag in flags} == {FlagState.DISMISSED}
    assert log_lines() == [(ModerationAction.DISMISSED, "Scherp, maar het mag.", 1)]
    assert mail_kinds() == []


def test_a_reply_is_removed_and_put_back_and_who_wrote_it_hears_of_it():
    review = make_review(make_method())
    reply, moderator = make_reply(review), make_moderator()
    remove_reply(actor=moderator, review=review, reason=WHY, version=1)
    reply.refresh_from_db()
    assert reply.removed_at is not None
    assert reply.removal_reason == WHY
    restore_reply(actor=moderator, review=review, reason="Toch goed.", version=1)
    reply.refresh_from_db()
    assert not reply.removal_reason
    assert mail_kinds() == [REPLY_REMOVED, REPLY_RESTORED]
    assert {mail.user for mail in OutgoingMail.objects.all()} == {reply.author}
    review.refresh_from_db()
    assert review.state == ReviewState.PUBLISHED


ACTIONS: dict[str, tuple[Callable[..., Review], Callable[[], Review]]] = {}


def _removed() -> Review:
    review = make_review(make_method())
    return remove(actor=make_moderator(), review=review, reason=WHY, version=1)


def _flagged() -> Review:
    review = make_review(make_method())
    flag_review(user=None, review=review, reason=FlagReason.ABUSE, text="")
    return review


def _replied() -> Review:
    review = make_review(make_method())
    make_reply(review)
    return review


def _reply_removed() -> Review:
    return remove_reply(actor=make_moderator(), review=_replied(), reason=WHY, version=1)


ACTIONS = {
    "approve": (approve, waiting_review),
    "remove": (remove, lambda: make_review(make_method())),
    "remove what waits": (remove, waiting_review),
    "restore": (restore, _removed),
    "dismiss": (dismiss_flags, _flagged),
    "remove reply": (remove_reply, _replied),
    "restore reply": (restore_reply, _reply_removed),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_nothing_happens_twice(name: str):
    act, make = ACTIONS[name]
    review = make()
    act(actor=make_moderator(), review=review, reason=WHY, version=1)
    lines, mails = log_lines(), mail_kinds()
    with pytest.raises(ReviewChanged):
        act(actor=make_moderator(), review=review, reason=WHY, version=1)
    assert (log_lines(), mail_kinds()) == (lines, mails)


@pytest.mark.parametrize("name", ACTIONS)
def test_who_may_not_judge_is_refused_and_nothing_changes(name: str):
    act, make = ACTIONS[name]
    review = make()
    author = review.author
    assert author is not None
    author.is_moderator = author.has_second_factor = True
    publishers = make_publishers_person(review.shown_method.publisher)
    publishers.is_moderator = True
    unproven = make_moderator()
    unproven.has_second_factor = False
    before = (review.state, log_lines(), mail_kinds())
    for person in (author, publishers, unproven, make_teacher()):
        with pytest.raises(ReviewNotAllowed):
            act(actor=person, review=review, reason=WHY, version=1)
    review.refresh_from_db()
    assert (review.state, log_lines(), mail_kinds()) == before


@pytest.mark.parametrize("name", ACTIONS)
@pytest.mark.parametrize("reason", ["", " \n\x00", "a" * 2001])
def test_a_reason_is_asked_for(name: str, reason: str):
    act, make = ACTIONS[name]
    review = make()
    with pytest.raises(ValidationError) as caught:
        act(actor=make_moderator(), review=review, reason=reason, version=1)
    assert list(caught.value.message_dict) == ["reason"]


@pytest.mark.parametrize("name", ACTIONS)
def test_what_was_not_seen_is_not_judged(name: str):
    act, make = ACTIONS[name]
    review = make()
    seen = last_entry_about(review)
    with pytest.raises(ReviewChanged, match="Een andere moderator"):
        act(actor=make_moderator(), review=review, reason=WHY, version=1, last_entry=seen + 1)
    assert act(actor=make_moderator(), review=review, reason=WHY, version=1, last_entry=seen) == review


def test_a_version_that_was_not_read_is_not_judged():
    author = make_teacher()
    review = make_review(make_method(), author=author)
    edit_review(author=author, review=review, content=make_content(review.method, body="Anders."), version=1)
    with pytest.raises(ReviewChanged, match="gewijzigd"):
        remove(actor=make_moderator(), review=review, reason=WHY, version=1)


def test_a_review_whose_writer_left_is_judged_without_a_letter():
    review = make_review(make_method())
    Review.objects.filter(pk=review.pk).update(author=None)
    remove(actor=make_moderator(), review=review, reason=WHY, version=1)
    assert mail_kinds() == []
    assert log_lines() == [(ModerationAction.REMOVED, WHY, 1)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reviews_moderationentry SET reason = 'anders'",
        "UPDATE reviews_moderationentry SET at = now()",
        "UPDATE reviews_moderationentry SET actor_id = %s",
        "DELETE FROM reviews_moderationentry",
        "TRUNCATE reviews_moderationentry",
    ],
)
def test_the_log_stays_as_it_was_written(statement: str):
    moderator = make_moderator()
    remove(actor=moderator, review=make_review(make_method()), reason=WHY, version=1)
    other = make_moderator()
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # A table with checks that wait cannot be emptied anyhow.
        with pytest.raises(IntegrityError, match="cannot be changed"), transaction.atomic():
            cursor.execute(statement, [other.pk] if "%s" in statement else None)
    entry = ModerationEntry.objects.get()
    with pytest.raises(TypeError):
        entry.delete()
    moderator.delete()
    entry.refresh_from_db()
    assert (entry.actor, entry.reason) == (None, WHY)
