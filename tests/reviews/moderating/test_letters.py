"""What writers are mailed about decisions: the reason that was given then, and what they can do about it."""

import pytest
from django.core import mail

from accounts.models import OutgoingMail
from accounts.services.mail import send_due
from reviews.models import Review
from reviews.services.appeals import decide_appeal, make_appeal
from reviews.services.moderating import approve, remove, remove_reply, restore, restore_reply
from reviews.services.publishing import edit_review
from tests.factories import make_method
from tests.review_support import make_content, make_review, make_teacher
from tests.reviews.moderating.support import WHY, give_address, make_moderator, make_reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def review() -> Review:
    author = make_teacher()
    give_address(author)
    return make_review(make_method(name="Blokken & Bouwen"), author=author)


def sent() -> list[tuple[str, str]]:
    send_due()
    return [(str(letter.subject), str(letter.body)) for letter in mail.outbox]


def test_each_letter_tells_the_reason_that_was_given_then(review: Review):
    moderator = make_moderator()
    remove(actor=moderator, review=review, reason=WHY, version=1)
    restore(actor=moderator, review=review, reason="Bij nader inzien <mag> het.", version=1)
    remove(actor=moderator, review=review, reason="Toch niet & nooit.", version=1)
    letters = sent()
    assert [subject for subject, _body in letters] == [
        "Uw beoordeling van Blokken & Bouwen is weggehaald",
        "Uw beoordeling van Blokken & Bouwen is teruggezet",
        "Uw beoordeling van Blokken & Bouwen is weggehaald",
    ]
    reasons = (WHY, "Bij nader inzien <mag> het.", "Toch niet & nooit.")
    for (_subject, body), reason in zip(letters, reasons, strict=True):
        assert reason in body
        assert moderator.display_name not in body
    assert f"/beoordelingen/{review.public_id}/beroep/" in letters[0][1]


@pytest.mark.parametrize(("is_granted", "said"), [(True, "zette haar terug"), (False, "Zij blijft weg")])
def test_what_became_of_an_appeal(review: Review, is_granted: bool, said: str):
    assert review.author is not None
    remove(actor=make_moderator(), review=review, reason=WHY, version=1)
    appeal = make_appeal(author=review.author, review=review, text="Een personage.", version=1)
    decide_appeal(actor=make_moderator(), appeal=appeal, is_granted=is_granted, answer="Ons antwoord.")
    subject, body = sent()[-1]
    assert subject == "Over uw beroep bij Blokken & Bouwen is besloten"
    assert said in body
    assert "Ons antwoord." in body


def test_what_was_changed_after_a_removal_is_told_when_it_is_published(review: Review):
    assert review.author is not None
    remove(actor=make_moderator(), review=review, reason=WHY, version=1)
    edit_review(author=review.author, review=review, content=make_content(review.method, body="Beter."), version=1)
    approve(actor=make_moderator(), review=review, reason="Zo mag het.", version=2)
    subject, body = sent()[-1]
    assert subject == "Uw beoordeling van Blokken & Bouwen is gepubliceerd"
    assert "Zo mag het." in body


def test_who_replied_for_the_publisher_hears_of_it(review: Review):
    reply, moderator = make_reply(review), make_moderator()
    assert reply.author is not None
    give_address(reply.author)
    remove_reply(actor=moderator, review=review, reason=WHY, version=1)
    restore_reply(actor=moderator, review=review, reason="Toch goed.", version=1)
    letters = sent()
    assert ["weggehaald" in subject for subject, _body in letters] == [True, False]
    assert WHY in letters[0][1]
    assert {letter.to[0] for letter in mail.outbox} == {f"persoon{reply.author.pk}@school.example"}


def test_about_a_review_that_is_gone_nothing_is_sent(review: Review):
    remove(actor=make_moderator(), review=review, reason=WHY, version=1)
    review.delete()
    assert sent() == []
    assert not OutgoingMail.objects.exists()
