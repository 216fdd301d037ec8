"""Reviews and all that hangs on them with a mark of its own in every field, so that it is seen wherever it turns up."""

import uuid
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import Section, SectionMember, User
from catalogus.models import Concept, Product, Scheme
from reviews.content import Answer
from reviews.models import (
    Appeal,
    HelpfulVote,
    ModerationAction,
    PublisherReply,
    Review,
    ReviewDraft,
    ReviewFlag,
    ReviewState,
)
from reviews.rubric import rubric
from reviews.services.holding import log
from reviews.services.publishing import edit_review, publish_review
from tests.factories import make_school
from tests.review_support import make_content, make_teacher

NAME, MAIL, SUBJECT = "Zonnebloem Kanarie", "zonnebloem@kanarie.example", "kenmerk-kanarie-7"
SCHOOL, SCHOOL_CODE = "Het Kanariecollege", "98QQ"
DRAFT, FLAG, APPEAL = "kanarie-concept", "kanarie-melding", "kanarie-beroep"
REMOVAL, EARLIER, REPLIER = "kanarie-reden", "kanarie-vroeger", "Distelvink Kanarie"
MODERATOR, VOTER = "Merel Kanarie", "Putter Kanarie"

PERSONAL = (NAME, MAIL, SUBJECT, SCHOOL, SCHOOL_CODE)
"""Of the writer; none of it is shown unless they chose so."""

HIDDEN = (DRAFT, FLAG, APPEAL, REMOVAL, EARLIER, REPLIER, MODERATOR, VOTER)
"""Shown to nobody who may not moderate, whatever was chosen."""

SAID = {name: f"kanarie-{name.replace('_', '-')}" for name in ("strong_point", "weak_point", "body", "interests_text")}
REASON, REPLY = "kanarie-waarom", "kanarie-antwoord"
TEXTS = (*SAID.values(), REASON, REPLY)
"""What everybody may read with the review, and nowhere else."""


def make_writer() -> User:
    writer = make_teacher(make_school(SCHOOL_CODE, SCHOOL), display_name=NAME, email=MAIL, subject=SUBJECT)
    EmailAddress.objects.create(user=writer, email=MAIL, verified=True, primary=True)
    subject = Concept.objects.get(scheme=Scheme.SUBJECT, code="wiskunde")
    section = Section.objects.create(school=writer.affiliations.get().school, subject=subject)
    SectionMember.objects.create(section=section, user=writer, role="lead")
    return writer


def write_canary(writer: User, product: Product, **said: Any) -> Review:
    """A published review in its second version, with a draft, a flag, a reply, a vote and a granted appeal."""
    method = product.method
    score, reason = {code: Answer(score=3) for code in rubric().codes}, {rubric().codes[0]: Answer(2, reason=REASON)}
    fields = SAID | {"interests": "told", "answers": score | reason} | said
    first = make_content(method, product=product, **(fields | {"body": EARLIER}))
    review = publish_review(author=writer, method=method, content=first)
    review = edit_review(
        author=writer, review=review, content=make_content(method, product=product, **fields), version=1
    )
    replier, moderator, voter = (make_teacher(display_name=name) for name in (REPLIER, MODERATOR, VOTER))
    ReviewDraft.objects.create(
        author=writer, method=method, review=review, key=uuid.uuid4(), fields={"body": [DRAFT]}, saves=1
    )
    ReviewFlag.objects.create(review=review, version=2, user=voter, reason="other", text=FLAG)
    HelpfulVote.objects.create(review=review, user=voter)
    PublisherReply.objects.create(
        review=review, publisher=method.publisher, author=replier, text=REPLY, answered_version=2
    )
    log(ModerationAction.REMOVED, review=review, reason=REMOVAL, actor=moderator)
    Appeal.objects.create(
        review=review, version=1, text=APPEAL, state="granted", answer=APPEAL, decided_at=timezone.now()
    )
    log(ModerationAction.APPEAL_GRANTED, review=review, reason=APPEAL, actor=moderator)
    Review.objects.filter(pk=review.pk).update(helpful_count=1)
    review.refresh_from_db()
    return review


def take_away(review: Review) -> None:
    """As a moderator does."""
    Review.objects.filter(pk=review.pk).update(
        state=ReviewState.REMOVED, closed_at=timezone.now(), removal_reason=REMOVAL
    )
