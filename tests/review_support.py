"""Teachers and their reviews, for tests: least valid ones, made by the services that everybody uses."""

import itertools
from typing import Any

from django.utils import timezone

from accounts.models import Affiliation, AffiliationRole, AffiliationState, Assurance, School, User
from catalogus.models import Edition, Method, Product
from reviews.content import Answer, ReviewContent
from reviews.models import Review
from reviews.rubric import rubric
from reviews.school_years import current_school_year
from reviews.services.publishing import publish_review
from tests.factories import make_edition, make_school

_numbers = itertools.count(1)


def make_teacher(school: School | None = None, **fields: Any) -> User:
    """Somebody whom a federation shows to work at the school; at one of their own where none is given."""
    number = next(_numbers)
    if school is None:
        school = make_school(f"98{chr(65 + number // 26 % 26)}{chr(65 + number % 26)}", f"School {number}")
    user = User.objects.create_user(
        issuer="https://federatie.example", **({"display_name": f"Docent {number}"} | fields)
    )
    Affiliation.objects.create(
        user=user,
        school=school,
        role=AffiliationRole.EMPLOYEE,
        assurance=Assurance.FEDERATION,
        state=AffiliationState.APPROVED,
        confirmed_at=timezone.now(),
    )
    return user


def edition_of(method: Method) -> Edition:
    """The method's newest edition; the unknown one is made where it has none."""
    return method.editions.order_by("-ordinal", "pk").first() or make_edition(method=method)


def make_content(method: Method, *, score: int = 3, product: Product | None = None, **fields: Any) -> ReviewContent:
    """What a teacher could say of the method, with this score for every criterion."""
    reason = "Het ontbreekt." if score < 3 else ""
    edition = product.edition if product else edition_of(method)
    defaults: dict[str, Any] = {
        "edition": edition.pk,
        "product": product.pk if product else None,
        "school": "",
        "school_year": current_school_year(),
        "sector": "vo",
        "levels": ("havo",),
        "years": ("leerjaar-3",),
        "subject": "wiskunde",
        "use": "main",
        "duration": "12-36",
        "role": "teacher",
        "pupils": "30-100",
        "answers": {code: Answer(score=score, reason=reason) for code in rubric().codes},
        "strong_point": "De opgaven lopen op.",
        "weak_point": "",
        "would_choose_again": "yes",
        "body": "",
        "interests": "none",
        "interests_text": "",
        "shown_as": "description",
        "names_school": False,
        "after_deletion": "stays",
    }
    return ReviewContent(**(defaults | fields))


def said_in_a_form(method: Method, *, score: str = "3", **fields: str | list[str]) -> dict[str, str | list[str]]:
    """The same as the form of a page sends it; a field set to "" is empty there."""
    said: dict[str, str | list[str]] = {
        "edition": str(edition_of(method).pk),
        "school_year": str(current_school_year()),
        "sector": "vo",
        "levels": ["havo"],
        "years": ["leerjaar-3"],
        "subject": "wiskunde",
        "use": "main",
        "duration": "12-36",
        "role": "teacher",
        "strong_point": "De opgaven lopen op.",
        "would_choose_again": "yes",
        "interests": "none",
        "shown_as": "description",
        "after_deletion": "stays",
    }
    return said | {f"score-{code}": score for code in rubric().codes} | fields


def make_review(method: Method, *, author: User | None = None, **said: Any) -> Review:
    """A published review, through the service; `said` as make_content takes it."""
    return publish_review(author=author or make_teacher(), method=method, content=make_content(method, **said))
