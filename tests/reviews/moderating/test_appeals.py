"""The writer asks for another look, and another moderator decides."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import OutgoingMail, User
from reviews.exceptions import ReviewChanged, ReviewNotAllowed
from reviews.mail_names import APPEAL_DECIDED
from reviews.models import (
    Appeal,
    AppealState,
    FlagReason,
    FlagState,
    ModerationAction,
    ModerationEntry,
    Review,
    ReviewState,
)
from reviews.services.appeals import decide_appeal, make_appeal
from reviews.services.flagging import flag_review
from reviews.services.moderating import OVERTAKEN, approve, remove, restore
from reviews.services.publishing import edit_review
from tests.factories import make_method
from tests.review_support import make_content, make_review, make_teacher
from tests.reviews.moderating.support import WHY, make_moderator, make_publishers_person

pytestmark = pytest.mark.django_db

PLEA = "De naam is die van de hoofdpersoon uit een roman."


@pytest.fixture
def author() -> User:
    return make_teacher()


@pytest.fixture
def remover() -> User:
    return make_moderator()


@pytest.fixture
def review(author: User, remover: User) -> Review:
    return remove(actor=remover, review=make_review(make_method(), author=author), reason=WHY, version=1)


@pytest.fixture
def appeal(author: User, review: Review) -> Appeal:
    return make_appeal(author=author, review=review, text=PLEA, version=1)


def test_another_moderator_grants_it(review: Review, appeal: Appeal):
    decide_appeal(actor=make_moderator(), appeal=appeal, is_granted=True, answer="U hebt gelijk.")
    review.refresh_from_db()
    appeal.refresh_from_db()
    assert (review.state, review.removal_reason) == (ReviewState.PUBLISHED, "")
    assert (appeal.state, appeal.answer) == (AppealState.GRANTED, "U hebt gelijk.")
    review.shown_method.refresh_from_db()
    assert review.shown_method.review_count == 1
    last = ModerationEntry.objects.latest("pk")
    assert (last.action, last.reason) == (ModerationAction.APPEAL_GRANTED, "U hebt gelijk.")
    mail = OutgoingMail.objects.latest("pk")
    assert (mail.kind, mail.user, mail.about_id) == (APPEAL_DECIDED, review.author, last.pk)
    assert flag_review(user=None, review=review, reason=FlagReason.ABUSE, text="").state == FlagState.DISMISSED


def test_another_moderator_refuses_it(review: Review, appeal: Appeal):
    decide_appeal(actor=make_moderator(), appeal=appeal, is_granted=False, answer="Het is een leerling.")
    review.refresh_from_db()
    assert (review.state, review.removal_reason) == (ReviewState.REMOVED, WHY)
    assert ModerationEntry.objects.latest("pk").action == ModerationAction.APPEAL_REFUSED
    assert OutgoingMail.objects.latest("pk").kind == APPEAL_DECIDED


def test_who_removed_or_wrote_it_does_not_decide(review: Review, appeal: Appeal, author: User, remover: User):
    author.is_moderator = author.has_second_factor = True
    publishers = make_publishers_person(review.shown_method.publisher)
    publishers.is_moderator = True
    for person in (author, remover, publishers, make_teacher()):
        with pytest.raises(ReviewNotAllowed):
            decide_appeal(actor=person, appeal=appeal, is_granted=True, answer="Goed.")
    appeal.refresh_from_db()
    assert appeal.state == AppealState.OPEN


def test_it_is_decided_once(appeal: Appeal):
    decide_appeal(actor=make_moderator(), appeal=appeal, is_granted=False, answer="Nee.")
    with pytest.raises(ReviewChanged):
        decide_appeal(actor=make_moderator(), appeal=appeal, is_granted=True, answer="Ja.")
    assert OutgoingMail.objects.filter(kind=APPEAL_DECIDED).count() == 1


def test_only_the_writer_of_what_was_removed_appeals(review: Review, author: User, remover: User):
    for person in (make_teacher(), remover):
        with pytest.raises(ReviewNotAllowed):
            make_appeal(author=person, review=review, text=PLEA, version=1)
    with pytest.raises(ReviewNotAllowed):
        make_appeal(author=author, review=make_review(make_method(), author=author), text=PLEA, version=1)
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("text", ["", " \x00", "a" * 2001])
def test_it_says_why(review: Review, author: User, text: str):
    with pytest.raises(ValidationError) as caught:
        make_appeal(author=author, review=review, text=text, version=1)
    assert list(caught.value.message_dict) == ["text"]


def test_an_answer_is_asked_for(appeal: Appeal):
    with pytest.raises(ValidationError) as caught:
        decide_appeal(actor=make_moderator(), appeal=appeal, is_granted=True, answer=" ")
    assert list(caught.value.message_dict) == ["answer"]


def test_once_for_each_version(review: Review, author: User, appeal: Appeal):
    assert make_appeal(author=author, review=review, text=PLEA, version=1) == appeal, "a double click"
    with pytest.raises(ValidationError, match="al in beroep"):
        make_appeal(author=author, review=review, text="En nog iets.", version=1)
    edit_review(author=author, review=review, content=make_content(review.method, body="Zonder naam."), version=1)
    with pytest.raises(ReviewChanged):
        decide_appeal(actor=make_moderator(), appeal=appeal, is_granted=True, answer="Goed.")
    remove(actor=make_moderator(), review=review, reason="Nog steeds.", version=2)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.answer) == (AppealState.REFUSED, OVERTAKEN)
    with pytest.raises(ReviewChanged):
        make_appeal(author=author, review=review, text=PLEA, version=1)
    assert make_appeal(author=author, review=review, text=PLEA, version=2).state == AppealState.OPEN


def test_putting_it_back_grants_what_was_asked(review: Review, author: User, remover: User, appeal: Appeal):
    restore(actor=remover, review=review, reason="Ik las het verkeerd.", version=1)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.answer) == (AppealState.GRANTED, "Ik las het verkeerd.")


def test_approving_the_changed_text_ends_it(review: Review, author: User, appeal: Appeal):
    edit_review(author=author, review=review, content=make_content(review.method, body="Zonder naam."), version=1)
    approve(actor=make_moderator(), review=review, reason="Zo mag het.", version=2)
    appeal.refresh_from_db()
    assert appeal.state == AppealState.GRANTED
