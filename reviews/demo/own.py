"""A draft and reviews in several states of the teacher who signs in, so that the pages of one's own show something.

They come through the services that the pages use, written today. The account comes with the demonstration federation;
without one there is nobody to write them.
"""

import uuid
from datetime import timedelta

from django.utils import timezone

from accounts.demo.federated import claims_at, demonstration_federation
from accounts.demo.people import person_by_key
from accounts.models import User
from catalogus.models import Method
from reviews.access import may_review_method
from reviews.content import ReviewContent
from reviews.demo.dice import Dice
from reviews.demo.people import Teacher
from reviews.demo.saying import Subject, before_the_change, say
from reviews.demo.shelf import Title, titles, vocabulary
from reviews.models import ModerationAction, Review, ReviewDraft, ReviewState
from reviews.school_years import current_school_year
from reviews.selectors.rubrics import current_rubric
from reviews.services.holding import log
from reviews.services.publishing import edit_review, publish_review, withdraw_review
from reviews.services.summaries import recount_methods

_SUBJECT = "wiskunde"
_REMOVED = "In de toelichting staat de naam van een leerling. Haal die weg; dan kan de beoordeling terug."
"""What a moderator wrote to the teacher: enough to see how it is told, and to appeal or change it."""


def load_own() -> int:
    """How many reviews and drafts were stored now; none where the account is not there, or wrote something already."""
    user = _teacher_account()
    if user is None or Review.objects.filter(author=user).exists() or ReviewDraft.objects.filter(author=user).exists():
        return 0
    shelf = [title for title in titles() if any("vo" in part.sectors for part in title.parts)]
    shelf.sort(key=lambda title: (title.subject != _SUBJECT, Dice("own", title.public_id).fraction()))
    methods = Method.objects.in_bulk([title.pk for title in shelf[:12]])
    allowed = [title for title in shelf[:12] if may_review_method(user, methods[title.pk])]
    makers = (_published, _edited, _removed, _withdrawn, _draft)
    for maker, title in zip(makers, allowed, strict=False):
        maker(user, methods[title.pk], title)
    return min(len(makers), len(allowed))


def _teacher_account() -> User | None:
    person, federation = person_by_key("docent"), demonstration_federation()
    if person is None or federation is None:
        return None
    claims = claims_at(person, federation)
    return User.objects.filter(issuer=claims.issuer, subject=claims.subject).first()


def _said(title: Title, quality: float) -> tuple[ReviewContent, Dice]:
    dice = Dice("own", title.public_id)
    part = next(part for part in title.parts if "vo" in part.sectors)
    teacher = Teacher(0, "", "", "vo", _SUBJECT, "teacher", is_by_mail=False)
    subject = Subject(teacher, part, names_product=False, quality=quality, school_year=current_school_year() - 1)
    return say(subject, dice, codes=current_rubric().codes, known=vocabulary(), has_section=False), dice


def _published(user: User, method: Method, title: Title) -> Review:
    content, _dice = _said(title, 3.6)
    return publish_review(author=user, method=method, content=content, acknowledged=True)


def _edited(user: User, method: Method, title: Title) -> Review:
    content, dice = _said(title, 3.1)
    before = before_the_change(content, dice)
    review = publish_review(author=user, method=method, content=before, acknowledged=True)
    return edit_review(author=user, review=review, content=content, version=review.version, acknowledged=True)


def _withdrawn(user: User, method: Method, title: Title) -> Review:
    return withdraw_review(author=user, review=_published(user, method, title))


def _removed(user: User, method: Method, title: Title) -> Review:
    review = _published(user, method, title)
    review.state, review.closed_at, review.removal_reason = ReviewState.REMOVED, timezone.now(), _REMOVED
    review.save(update_fields=["state", "closed_at", "removal_reason"])
    log(ModerationAction.REMOVED, review=review, reason=_REMOVED)
    recount_methods([review.shown_method_id])
    return review


def _draft(user: User, method: Method, title: Title) -> ReviewDraft:
    """Half filled in, as a form keeps it: name -> texts."""
    content, _dice = _said(title, 3.2)
    fields = {
        "edition": [str(content.edition)],
        "school_year": [str(content.school_year)],
        "sector": [content.sector],
        "levels": list(content.levels),
        "years": list(content.years),
        "use": [content.use],
        "strong_point": [content.strong_point or content.weak_point],
        **{f"score-{code}": [answer.code] for code, answer in list(content.answers.items())[:3]},
        **{f"reason-{code}": [answer.reason] for code, answer in list(content.answers.items())[:3] if answer.reason},
    }
    now = timezone.now()
    return ReviewDraft.objects.create(
        author=user, method=method, key=uuid.uuid4(), fields=fields, saves=4,
        created_at=now - timedelta(hours=2), updated_at=now - timedelta(hours=1),
    )  # fmt: skip
