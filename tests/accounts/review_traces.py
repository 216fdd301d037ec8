"""What a person leaves in the room of reviews: one that goes along, one that stays, and what they said of others'."""

import uuid
from typing import Any

from django.utils import timezone

from accounts.models import School, Section, User
from catalogus.models import Method
from reviews.models import (
    Appeal,
    HelpfulVote,
    ModerationEntry,
    PublisherReply,
    Review,
    ReviewDraft,
    ReviewFlag,
    ReviewScore,
    ReviewVersion,
    SectionConsent,
)
from reviews.selectors.rubrics import current_rubric_row
from tests.factories import make_method
from tests.review_support import edition_of, make_content


def leave_traces_in_reviews(person: User, other: User, name: str) -> None:
    """Rows as services write them, for a person who would be refused by most of them: staff, and of a publisher."""
    method, section = make_method(), Section.objects.get()
    told = f"Dit schrijft {name}."
    goes = make_row(method, person, "goes", body=told, interests="told", interests_text=told, after_deletion="goes")
    ReviewScore.objects.create(review=goes, criterion="didactiek", score=1, reason=told)
    stays = make_row(
        make_method(), person, "stays", version=2, section=section, names_school=True,
        shown_as="name",
    )  # fmt: skip
    add_version(goes, 1, body=told)
    add_version(stays, 1, body=told)
    add_version(stays, 2, school=stays.school.code, names_school=True, shown_as="name")
    for review in (goes, stays):
        Appeal.objects.create(review=review, version=1, text=told)
    drafts = {"author": person, "method": method, "fields": {"body": [told]}}
    ReviewDraft.objects.create(key=uuid.uuid4(), **drafts)
    ReviewDraft.objects.create(key=uuid.uuid4(), review=stays, **drafts)
    others = make_row(make_method(), other, "others")
    add_version(others, 1)
    HelpfulVote.objects.create(review=others, user=person)
    ReviewFlag.objects.create(review=others, version=1, user=person, reason="abuse")
    PublisherReply.objects.create(
        review=others, publisher=others.method.publisher, author=person, text="Dank u.", answered_version=1
    )
    SectionConsent.objects.create(section=section, given_by=person)
    ModerationEntry.objects.create(action="removed", review_ref="others", actor=person, reason="Een leerling.")
    ModerationEntry.objects.create(action="held", review_ref="stays", reason="Het account is nieuw.")


def make_row(method: Method, author: User, public_id: str, **fields: Any) -> Review:
    now = timezone.now()
    defaults: dict[str, Any] = {
        "school": School.objects.get(),
        "assurance": "federation",
        "edition": edition_of(method),
        "shown_method": method,
        "shown_edition": edition_of(method),
        "rubric": current_rubric_row(),
        "school_year": 2025,
        "sector": "vo",
        "use": "main",
        "duration": "12-36",
        "role": "teacher",
        "would_choose_again": "yes",
        "interests": "none",
        "shown_as": "description",
        "after_deletion": "stays",
        "state": "published",
        "written_at": now,
        "published_at": now,
    }
    return Review.objects.create(public_id=public_id, method=method, author=author, **(defaults | fields))


def add_version(review: Review, number: int, **said: Any) -> ReviewVersion:
    content = make_content(review.method, **said)
    return ReviewVersion.objects.create(
        review=review,
        number=number,
        content=content.as_json(),
        words=" ".join(content.texts.values()).lower(),
        at=review.written_at,
    )
