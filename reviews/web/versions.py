"""What a review said in each of its versions, as texts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from catalogus.models import Scheme
from catalogus.web import formatting
from reviews.content import ReviewContent, content_of_json
from reviews.models import Duration, Review, Use, WouldChooseAgain
from reviews.rubric import Rubric
from reviews.school_years import school_year_label
from reviews.selectors.rubrics import rubric_of
from reviews.web.cards import ScoreLine


@dataclass(frozen=True, slots=True)
class VersionCard:
    """texts: a heading and what was written below it."""

    number: int
    at: datetime
    is_newest: bool
    context: str
    scores: tuple[ScoreLine, ...]
    texts: tuple[tuple[str, str], ...]


def version_cards(review: Review) -> list[VersionCard]:
    """Newest first; one query."""
    rubric = rubric_of(review.rubric_id)
    return [
        _card(version.number, version.at, content_of_json(version.content), rubric, newest=review.version)
        for version in review.versions.order_by("-number")
    ]


def _card(number: int, at: datetime, content: ReviewContent, rubric: Rubric, *, newest: int) -> VersionCard:
    # A version keeps no rubric of its own: what this one does not know is named by its code.
    return VersionCard(
        number=number,
        at=at,
        is_newest=number == newest,
        context=_context(content),
        scores=tuple(
            ScoreLine(rubric.label(code), answer.code, rubric.scale.get(answer.code, answer.code), answer.reason)
            for code, answer in rubric.in_order(content.answers)
        ),
        texts=tuple((head, text) for head, text in _texts(content) if text),
    )


def _context(content: ReviewContent) -> str:
    return " · ".join(
        part
        for part in (
            school_year_label(content.school_year),
            content.sector,
            formatting.joined(formatting.names(Scheme.LEVEL, content.levels)),
            formatting.joined(formatting.names(Scheme.YEAR, content.years)),
            str(Use(content.use).label),
            _("%(duration)s gebruikt") % {"duration": Duration(content.duration).label},
        )
        if part
    )


def _texts(content: ReviewContent) -> Iterator[tuple[str, str]]:
    yield _("Sterk punt"), content.strong_point
    yield _("Verbeterpunt"), content.weak_point
    yield _("Zou opnieuw kiezen"), str(WouldChooseAgain(content.would_choose_again).label)
    yield _("Toelichting"), content.body
    yield _("Belangen"), content.interests_text
