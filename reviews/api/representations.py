"""What the API gives of reviews, as plain dictionaries: only what a page shows to the same reader.

serializers.py describes the same shapes for OpenAPI, and a test holds the two together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone
from rest_framework.request import Request

from catalogus.api.representations import Addresses
from catalogus.labels import concept_label, value_labels
from catalogus.models import Edition, Method, Product, Scheme
from reviews.content import SCORES
from reviews.models import (
    AfterDeletion,
    Appeal,
    Duration,
    Interests,
    PublisherReply,
    PupilCount,
    Review,
    ReviewerRole,
    ReviewScore,
    ReviewState,
    ShownAs,
    Unscored,
    Use,
    WouldChooseAgain,
)
from reviews.rubric import Rubric
from reviews.school_years import school_year_label
from reviews.selectors.authors import shown_author, shown_school
from reviews.selectors.rubrics import rubric_of

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Places:
    """The beginnings of absolute addresses. reviews: of the API; site: of the pages."""

    catalogue: Addresses
    reviews: str
    site: str

    @classmethod
    def of(cls, request: Request) -> "Places":
        return cls(
            catalogue=Addresses.of(request),
            reviews=request.build_absolute_uri(reverse("reviews-api:reviews")),
            site=request.build_absolute_uri("/").rstrip("/"),
        )

    def review(self, public_id: str) -> str:
        return f"{self.reviews}{public_id}/"


def review(found: Review, places: Places) -> JSON:
    """What everybody reads of a published review; `found` with its scores and its reply at hand."""
    return {
        "id": found.public_id,
        "url": places.review(found.public_id),
        "page_url": places.site + reverse("reviews:review", args=[found.public_id]),
        "method": method_reference(found.shown_method, places),
        "edition": edition_reference(found.shown_edition),
        "is_older_edition": is_replaced(found.shown_edition.ordinal, found.shown_method.current_ordinal),
        "product": None if found.product is None else product_reference(found.product, places),
        "school_year": found.school_year,
        "school_year_label": school_year_label(found.school_year),
        "sector": _concept(Scheme.SECTOR, found.sector),
        "levels": _concepts("levels", found.levels),
        "years": _concepts("years", found.years),
        "subject": _concept(Scheme.SUBJECT, found.subject) if found.subject else None,
        "use": coded(Use, found.use),
        "duration": coded(Duration, found.duration),
        "role": coded(ReviewerRole, found.role),
        "pupils": coded(PupilCount, found.pupils) if found.pupils else None,
        "rubric": rubric_of(found.rubric_id).version,
        "scores": _scores(found.scores.all(), rubric_of(found.rubric_id)),
        "strong_point": found.strong_point,
        "weak_point": found.weak_point,
        "would_choose_again": coded(WouldChooseAgain, found.would_choose_again),
        "body": found.body,
        "interests": coded(Interests, found.interests),
        "interests_text": found.interests_text,
        "author": shown_author(found),
        "school": shown_school(found) or None,
        "version": found.version,
        # The day alone: the moment, laid beside the log of a school's network, would tell who wrote it.
        "published_on": day_of(found.published_at),
        "edited_on": day_of(found.edited_at),
        "helpful_count": found.helpful_count,
        "reply": _shown_reply(found),
    }


def own_review(found: Review, places: Places) -> JSON:
    """The same, and how it stands and what was chosen, for its writer and for moderators."""
    appeal = found.appeals.order_by("-at", "-pk").first()
    return review(found, places) | {
        "state": coded(ReviewState, found.state),
        "removal_reason": found.removal_reason,
        "written_at": found.written_at,
        "closed_at": found.closed_at,
        "shown_as": coded(ShownAs, found.shown_as),
        "names_school": found.names_school,
        "after_deletion": coded(AfterDeletion, found.after_deletion),
        "appeal": None if appeal is None else appeal_of(appeal),
    }


def appeal_of(found: Appeal) -> JSON:
    return {
        "version": found.version,
        "text": found.text,
        "at": found.at,
        "state": {"code": found.state, "label": found.get_state_display()},
        "answer": found.answer,
        "decided_at": found.decided_at,
    }


def reply(found: PublisherReply) -> JSON:
    """In the publisher's name: nobody reads who of it wrote it."""
    return {
        "publisher": {"slug": found.publisher.slug, "name": found.publisher.name},
        "text": found.text,
        "answered_version": found.answered_version,
        "written_at": found.written_at,
        "edited_at": found.edited_at,
    }


def method_reference(found: Method, places: Places) -> JSON:
    return {
        "public_id": found.public_id,
        "url": f"{places.catalogue.methods}{found.public_id}/",
        "name": found.name,
    }


def product_reference(found: Product, places: Places) -> JSON:
    return {
        "public_id": found.public_id,
        "url": f"{places.catalogue.products}{found.public_id}/",
        "title": found.title,
        "ean": found.ean,
    }


def edition_reference(found: Edition) -> JSON:
    return {"id": found.pk, "label": found.label, "ordinal": found.ordinal}


def rubric(found: Rubric, *, is_current: bool) -> JSON:
    return {
        "version": found.version,
        "is_current": is_current,
        # A stored document keeps no order of names.
        "scale": [{"code": code, "label": found.scale[code]} for code in (*SCORES, *Unscored.values)],
        "criteria": [
            {
                "code": criterion.code,
                "label": criterion.label,
                "question": criterion.question,
                "items": [{"code": item.code, "text": item.text} for item in criterion.sentences],
            }
            for criterion in found.criteria
        ],
    }


def is_replaced(ordinal: int | None, current: int | None) -> bool:
    """Whether a later edition took the place of the one with this number: querysets.IS_OLDER, of rows at hand."""
    return ordinal is not None and current is not None and ordinal < current


def day_of(moment: datetime | None) -> date | None:
    """In Dutch time, as pages tell it."""
    return None if moment is None else timezone.localdate(moment)


def coded(choices: type[TextChoices], value: str) -> JSON:
    return {"code": value, "label": str(choices(value).label)}


def _shown_reply(found: Review) -> JSON | None:
    written = getattr(found, "reply", None)
    return None if written is None or written.removed_at is not None else reply(written)


def _scores(scores: Iterable[ReviewScore], of: Rubric) -> list[JSON]:
    """In the order of the rubric."""
    by_code = {score.criterion: score for score in scores}
    return [
        {
            "criterion": code,
            "label": of.label(code),
            "score": by_code[code].score,
            "unscored": by_code[code].unscored or None,
            "reason": by_code[code].reason,
        }
        for code in of.codes
        if code in by_code
    ]


def _concept(scheme: Scheme, code: str) -> JSON:
    return {"code": code, "label": concept_label(scheme, code)}


def _concepts(facet: str, codes: Iterable[str]) -> list[JSON]:
    return [{"code": code, "label": label} for code, label in value_labels(facet, codes).items()]
