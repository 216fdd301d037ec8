"""Who may not judge a review does not read what is not public of it either, in no list and on no page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone

from accounts.models import (
    Affiliation,
    AffiliationRole,
    AffiliationState,
    Assurance,
    PublisherMember,
    PublisherRole,
    School,
    Section,
    SectionMember,
    User,
)
from catalogus.models import Concept, Scheme
from reviews.access import judging_refusal, may_read_versions, review_to_read, reviews_to_judge
from reviews.exceptions import ReviewNotAllowed
from reviews.models import FlagReason, ModerationEntry, Review
from reviews.selectors.queue import flagged_reviews, open_appeals, waiting_reviews
from reviews.services.appeals import make_appeal
from reviews.services.flagging import flag_review
from reviews.services.moderating import remove
from tests.catalogus.web.page import Page
from tests.factories import make_method, make_publisher, make_school
from tests.people import sign_in
from tests.review_support import make_review, make_teacher
from tests.reviews.moderating.support import WHY, make_moderator, make_reply

pytestmark = pytest.mark.django_db


def _is_of_a_publisher(ended_days_ago: int | None) -> Callable[[User, Review], object]:
    def make(moderator: User, _review: Review) -> object:
        ended = None if ended_days_ago is None else timezone.now() - timedelta(days=ended_days_ago)
        return PublisherMember.objects.create(
            user=moderator,
            publisher=make_publisher(),
            role=PublisherRole.READER,
            joined_at=timezone.now() - timedelta(days=500),
            ended_at=ended,
        )

    return make


def _works(user: User, school: School) -> None:
    Affiliation.objects.create(
        user=user, school=school, role=AffiliationRole.EMPLOYEE, assurance=Assurance.FEDERATION,
        state=AffiliationState.APPROVED,
    )  # fmt: skip


def _is_of_the_section(moderator: User, review: Review) -> None:
    subject = Concept.objects.get(scheme=Scheme.SUBJECT, code="wiskunde")
    review.section = Section.objects.create(school=review.school, subject=subject)
    review.save()
    SectionMember.objects.create(section=review.section, user=moderator)


TIES: dict[str, Callable[[User, Review], object]] = {
    "of a rival": _is_of_a_publisher(None),
    "lately of a rival": _is_of_a_publisher(30),
    "of its school": lambda moderator, review: _works(moderator, review.school),
    "of the institution": lambda moderator, review: _works(
        moderator, make_school(review.school.institution_code, "Het geheel")
    ),
    "of its section": _is_of_the_section,
    "flagged it": lambda moderator, review: flag_review(
        user=moderator, review=review, reason=FlagReason.ABUSE, text=""
    ),
    "answered it": lambda moderator, review: type(make_reply(review)).objects.update(author=moderator),
    "wrote it": lambda moderator, review: Review.objects.filter(pk=review.pk).update(author=moderator),
}


def flagged_review() -> Review:
    school = make_school("97ZZ01", "Locatie")
    review = make_review(make_method(), author=make_teacher(school))
    flag_review(user=None, review=review, reason=FlagReason.ABUSE, text="")
    return review


@pytest.mark.parametrize("tie", TIES)
def test_who_has_a_tie_neither_judges_nor_reads(client: Client, tie: str):
    moderator, review = make_moderator(), flagged_review()
    TIES[tie](moderator, review)
    review = Review.objects.get(pk=review.pk)
    assert judging_refusal(moderator, review)
    assert review not in reviews_to_judge(moderator)
    assert review not in flagged_reviews(moderator)
    with pytest.raises(ReviewNotAllowed):
        remove(actor=moderator, review=review, reason=WHY, version=1)
    remove(actor=make_moderator(), review=review, reason=WHY, version=1)
    review.refresh_from_db()
    if tie == "wrote it":
        return
    if tie == "flagged it":
        # The removal upheld their flag; here it is as if it were open still.
        review.flags.filter(user=moderator).update(state="open", decided_at=None)
    with pytest.raises(Http404):
        review_to_read(moderator, review.public_id)
    assert not may_read_versions(moderator, review)
    assert review.author
    make_appeal(author=review.author, review=review, text="Het is een personage.", version=1)
    assert not open_appeals(moderator)
    log = sign_in(client, moderator).get("/moderatie/logboek/")
    assert log.status_code == 200
    assert review.public_id not in log.content.decode()


@pytest.mark.parametrize(
    "no_tie",
    [
        lambda _moderator, _review: None,
        _is_of_a_publisher(366),
        lambda moderator, _review: _works(moderator, make_school("97ZZ02", "Andere locatie")),
        lambda moderator, review: flag_review(
            user=moderator, review=make_review(review.shown_method), reason=FlagReason.ABUSE, text=""
        ),
    ],
)
def test_who_has_none_does(client: Client, no_tie: Callable[[User, Review], object]):
    moderator, review = make_moderator(), flagged_review()
    no_tie(moderator, review)
    assert not judging_refusal(moderator, review)
    assert review in reviews_to_judge(moderator)
    assert review in flagged_reviews(moderator)
    remove(actor=moderator, review=review, reason=WHY, version=1)
    assert review_to_read(moderator, review.public_id) == review
    line = ModerationEntry.objects.get(review_ref=review.public_id)
    assert line.review_ref in sign_in(client, moderator).get("/moderatie/logboek/").content.decode()


def test_who_may_judge_nothing_is_told_what_to_do(client: Client):
    moderator, review = make_moderator(), flagged_review()
    User.objects.filter(pk=moderator.pk).update(is_staff=True)
    _is_of_a_publisher(None)(moderator, review)
    desk = sign_in(client, moderator)
    for address in ("/moderatie/", f"/moderatie/{review.public_id}/"):
        assert "vraag de redactie dan om er een aan te wijzen" in Page(desk.get(address)).text()
    assert not waiting_reviews(moderator)


def test_signals_leave_out_what_one_may_not_judge(client: Client):
    method = make_method(name="De Lindeboom")
    school = make_school("97YY00", "Aan de Gracht")
    reviews = [make_review(method, author=make_teacher(school)) for _number in range(5)]
    other = make_review(method)
    moderator = make_moderator()
    _works(moderator, school)
    shown = sign_in(client, moderator).get("/moderatie/signalen/").content.decode()
    assert other.public_id in shown
    assert not [one for one in reviews if one.public_id in shown]
    assert "Aan de Gracht" not in shown
