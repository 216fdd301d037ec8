"""The publisher's reply: who writes it, what is kept of it, and what a moderator's removal means."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import OutgoingMail, PublisherRole, User
from accounts.services.mail import send_due
from catalogus.models import Publisher
from reviews.exceptions import ReviewChanged, ReviewNotAllowed
from reviews.mail_names import REVIEW_REPLIED
from reviews.models import PublisherReply, ReplyMemory
from reviews.services.publishing import edit_review, withdraw_review
from reviews.services.replying import reply_mark, withdraw_reply, write_reply
from tests.accounts.places import make_person, speak_for
from tests.factories import make_method, make_publisher
from tests.review_support import make_content, make_review, make_teacher

pytestmark = pytest.mark.django_db

TEXT = "Dank u. In de volgende druk staat er een antwoordenboek bij."


def member_of(publisher: Publisher, role: PublisherRole = PublisherRole.EDITOR, *, second_factor: bool = True) -> User:
    user = make_person()
    speak_for(user, publisher, role)
    user.has_second_factor = second_factor
    return user


@pytest.fixture
def method():
    return make_method(name="Kompas")


@pytest.fixture
def author():
    return make_teacher(language="nl")


@pytest.fixture
def review(method, author):
    return make_review(method, author=author)


@pytest.fixture
def editor(method):
    return member_of(method.publisher)


def test_a_reply_stands_in_the_publishers_name_and_the_writer_is_told_once(review, editor, method):
    reply = write_reply(author=editor, review=review, text=f"  {TEXT}\r\n\r\nMet groet\t\n")
    assert (reply.text, reply.publisher, reply.edited_at) == (f"{TEXT}\n\nMet groet", method.publisher, None)
    assert reply.answered_version == 1
    write_reply(author=editor, review=review, text="Anders.")
    assert [(waiting.kind, waiting.user_id, waiting.about_id) for waiting in OutgoingMail.objects.all()] == [
        (REVIEW_REPLIED, review.author_id, reply.pk)
    ]


def test_the_letter_says_neither_what_was_written_nor_by_whom(review, editor, author):
    author.emailaddress_set.create(email="els@esdoorn.example", verified=True, primary=True)
    write_reply(author=editor, review=review, text=TEXT)
    assert send_due() == 1
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (
        ["els@esdoorn.example"],
        f"{review.method.publisher} antwoordde op uw beoordeling van Kompas",
    )
    body = str(letter.body)
    assert f"/beoordelingen/{review.public_id}/" in body
    assert "Kompas" in body
    assert TEXT not in body


@pytest.mark.parametrize("gone", ["reply", "review", "removed"])
def test_no_letter_goes_about_what_is_gone(review, editor, author, gone):
    author.emailaddress_set.create(email="els@esdoorn.example", verified=True, primary=True)
    reply = write_reply(author=editor, review=review, text=TEXT)
    if gone == "reply":
        withdraw_reply(author=editor, review=review)
    elif gone == "review":
        withdraw_review(author=author, review=review)
    else:
        PublisherReply.objects.filter(pk=reply.pk).update(removed_at=timezone.now(), removal_reason="Een naam.")
    assert send_due() == 0
    assert not mail.outbox


def test_a_change_is_marked_and_the_same_again_is_none(review, editor):
    first = write_reply(author=editor, review=review, text=TEXT)
    assert write_reply(author=editor, review=review, text=TEXT).edited_at is None
    changed = write_reply(author=editor, review=review, text="Anders.", seen=reply_mark(first))
    assert changed.edited_at is not None
    assert (changed.pk, changed.written_at) == (first.pk, first.written_at)


def test_who_wrote_the_review_gets_one_letter_however_often_a_reply_is_taken_back(review, editor):
    for number in range(4):
        write_reply(author=editor, review=review, text=f"Antwoord {number}.")
        withdraw_reply(author=editor, review=review)
    assert OutgoingMail.objects.filter(kind=REVIEW_REPLIED).count() == 1


def test_a_reply_from_before_there_was_a_memory_is_no_news_when_it_is_written_again(review, editor, method):
    for _number in range(2):
        ReplyMemory.objects.all().delete()
        PublisherReply.objects.create(review=review, publisher=method.publisher, text=TEXT, answered_version=1)
        write_reply(author=editor, review=review, text="Anders.")
        ReplyMemory.objects.all().delete()
        withdraw_reply(author=editor, review=review)
        write_reply(author=editor, review=review, text=TEXT)
        withdraw_reply(author=editor, review=review)
    assert not OutgoingMail.objects.exists()


def test_five_changes_a_day_and_the_next_day_more(review, editor, author):
    for number in range(3):
        write_reply(author=editor, review=review, text=f"Antwoord {number}.")
    write_reply(author=editor, review=review, text="Antwoord 2.")  # The same again is no change.
    withdraw_reply(author=editor, review=review)
    for number in range(2):
        write_reply(author=editor, review=review, text=f"Weer {number}.")
    with pytest.raises(ReviewNotAllowed, match="hoogstens 5 keer per dag"):
        write_reply(author=editor, review=review, text="Te veel.")
    assert PublisherReply.objects.get().text == "Weer 1."
    withdraw_reply(author=editor, review=review)
    assert not PublisherReply.objects.exists(), "taking back is never refused"
    other = make_review(make_method(publisher=review.method.publisher), author=author)
    write_reply(author=editor, review=other, text=TEXT)
    ReplyMemory.objects.filter(review=review).update(changed_on=timezone.localdate() - timedelta(days=1))
    write_reply(author=editor, review=review, text="Morgen.")
    assert ReplyMemory.objects.get(review=review).changes == 1


def test_what_changed_meanwhile_is_told(review, editor, author):
    write_reply(author=editor, review=review, text=TEXT)
    with pytest.raises(ReviewChanged, match="collega"):
        write_reply(author=editor, review=review, text="Van een ander.", seen="")
    edit_review(author=author, review=review, content=make_content(review.method, body="Toch anders."), version=1)
    with pytest.raises(ReviewChanged, match="gewijzigd"):
        write_reply(author=editor, review=review, text="Nog iets.", version=1)
    assert PublisherReply.objects.get().text == TEXT


def test_it_is_known_which_version_was_answered(review, editor, author):
    write_reply(author=editor, review=review, text=TEXT)
    edit_review(author=author, review=review, content=make_content(review.method, body="Toch anders."), version=1)
    again = write_reply(author=editor, review=review, text=TEXT, version=2)
    assert (again.answered_version, again.edited_at is not None) == (2, True)


def test_who_may_not_is_refused(review, method, author):
    others = make_publisher()
    merged = make_publisher(merged_into=method.publisher)
    for user in (
        member_of(method.publisher, PublisherRole.READER),
        member_of(method.publisher, second_factor=False),
        member_of(others, PublisherRole.OWNER),
        author,
        make_teacher(),
    ):
        with pytest.raises(ReviewNotAllowed):
            write_reply(author=user, review=review, text=TEXT)
        with pytest.raises(ReviewNotAllowed):
            withdraw_reply(author=user, review=review)
    assert not PublisherReply.objects.exists()
    for user in (member_of(method.publisher, PublisherRole.OWNER), member_of(merged)):
        write_reply(author=user, review=review, text=TEXT)
        withdraw_reply(author=user, review=review)
        withdraw_reply(author=user, review=review)
    assert not PublisherReply.objects.exists()


def test_who_left_the_publisher_may_not(review, method):
    user = member_of(method.publisher)
    user.publisher_memberships.update(
        joined_at=timezone.now() - timedelta(days=2), ended_at=timezone.now() - timedelta(days=1)
    )
    with pytest.raises(ReviewNotAllowed):
        write_reply(author=user, review=review, text=TEXT)


def test_a_review_that_nobody_reads_gets_no_reply(review, editor, author):
    withdraw_review(author=author, review=review)
    with pytest.raises(ReviewNotAllowed):
        write_reply(author=editor, review=review, text=TEXT)


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00\u202e", "x" * 2001])
def test_a_text_that_cannot_be_is_refused_by_its_field(review, editor, text):
    with pytest.raises(ValidationError) as refused:
        write_reply(author=editor, review=review, text=text)
    assert list(refused.value.message_dict) == ["text"]
    assert not PublisherReply.objects.exists()


def test_the_longest_text_is_kept_whole(review, editor):
    assert write_reply(author=editor, review=review, text="é" * 2000).text == "é" * 2000


def test_a_removed_reply_keeps_its_place(review, editor):
    reply = write_reply(author=editor, review=review, text=TEXT)
    PublisherReply.objects.filter(pk=reply.pk).update(removed_at=timezone.now(), removal_reason="Er staat een naam in.")
    with pytest.raises(ReviewNotAllowed, match="Er staat een naam in"):
        write_reply(author=editor, review=review, text="Anders.")
    with pytest.raises(ReviewNotAllowed, match="Er staat een naam in"):
        withdraw_reply(author=editor, review=review)
    assert PublisherReply.objects.get().text == TEXT


def test_a_reply_of_the_publisher_before_is_not_anothers_to_change(review, editor, method):
    write_reply(author=editor, review=review, text=TEXT)
    method.publisher = make_publisher(name="De Es")
    method.save()
    new = member_of(method.publisher)
    with pytest.raises(ReviewNotAllowed, match="antwoordde"):
        write_reply(author=new, review=review, text="Van ons.")
    assert PublisherReply.objects.get().text == TEXT


@pytest.mark.django_db(transaction=True)
def test_a_double_click_and_a_colleague_make_one_reply(review, editor, method, django_db_serialized_rollback):
    colleague = member_of(method.publisher, PublisherRole.OWNER)
    start = threading.Barrier(3)
    ends: list[str] = []

    def write(user: User, text: str) -> None:
        try:
            start.wait(20)
            write_reply(author=user, review=review, text=text, seen="")
            ends.append("written")
        except ReviewChanged:
            ends.append("told")
        finally:
            connection.close()

    texts = ((editor, TEXT), (editor, TEXT), (colleague, "Van mij."))
    threads = [threading.Thread(target=write, args=arguments) for arguments in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    kept = PublisherReply.objects.get()
    assert sorted(ends) == (["told", "written", "written"] if kept.text == TEXT else ["told", "told", "written"])
    assert OutgoingMail.objects.filter(kind=REVIEW_REPLIED).count() == 1
