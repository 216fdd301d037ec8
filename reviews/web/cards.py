"""A review as a page shows it: texts that are empty where there is nothing to say, from the columns as they stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogus import labels
from catalogus.models import Scheme
from catalogus.web import formatting
from reviews.models import Interests, Review, ReviewScore, ReviewState
from reviews.rubric import Rubric
from reviews.school_years import school_year_label
from reviews.selectors.authors import assurance_note, shown_author, shown_school
from reviews.selectors.rubrics import current_rubric, rubric_of

AGAIN: Mapping[str, str | Promise] = {
    "yes": gettext_lazy("Zou het opnieuw kiezen"),
    "no": gettext_lazy("Zou het niet opnieuw kiezen"),
    "unsure": gettext_lazy("Weet niet of die het opnieuw zou kiezen"),
}


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """word: of the scale, as "voldoende"; code: "1" to "4", "nvt" or "nb"."""

    label: str
    code: str
    word: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReplyCard:
    """about: which version it answers, where the review has another one now."""

    publisher: str
    text: str
    written_at: datetime
    edited_at: datetime | None
    about: str


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """anchor: its place in a page. total: "3,25", the mean of its scores, where it counts.

    about: what it was written of, where that is read elsewhere now. changed: that it was, and which version this is.
    """

    anchor: str
    url: str
    author: str
    school: str
    assurance: str
    written_at: datetime
    changed: str
    edition: str
    is_older: bool
    context: str
    product: str
    product_url: str
    about: str
    scores: tuple[ScoreLine, ...]
    total: str
    again: str
    strong_point: str
    weak_point: str
    body: str
    interests: str
    rubric: str
    reply: ReplyCard | None
    helpful: str


def review_cards(reviews: Iterable[Review]) -> list[ReviewCard]:
    """No query for what selectors.listing.with_everything_shown read."""
    return [review_card(review) for review in reviews]


def review_card(review: Review) -> ReviewCard:
    rubric = rubric_of(review.rubric_id)
    return ReviewCard(
        anchor=f"beoordeling-{review.public_id}",
        url=reverse("reviews:review", args=[review.public_id]),
        author=shown_author(review),
        school=shown_school(review),
        assurance=assurance_note(review),
        written_at=review.published_at or review.written_at,
        changed=_changed(review),
        edition=_("uitgave onbekend") if review.shown_edition.is_unknown else review.shown_edition.label,
        is_older=_is_older(review),
        context=context_of(review),
        product=review.product.title if review.product else "",
        product_url=review.product.get_absolute_url() if review.product else "",
        about=_about(review),
        scores=score_lines(review.scores.all(), rubric),
        total="" if review.total is None else formats.number_format(review.total, 2),
        again=str(AGAIN[review.would_choose_again]),
        strong_point=review.strong_point,
        weak_point=review.weak_point,
        body=review.body,
        interests=review.interests_text if review.interests == Interests.TOLD else "",
        rubric=rubric.version if rubric.version != current_rubric().version else "",
        reply=_reply(review),
        helpful=helpful_text(review.helpful_count),
    )


def context_of(review: Review) -> str:
    """ "2025/2026 · vo · Havo · Leerjaar 3 · Wiskunde · als hoofdmateriaal · een tot drie jaar gebruikt"."""
    pupils = review.get_pupils_display() if review.pupils else ""
    return " · ".join(
        part
        for part in (
            school_year_label(review.school_year),
            review.sector,
            formatting.joined(formatting.names(Scheme.LEVEL, review.levels)),
            formatting.joined(formatting.names(Scheme.YEAR, review.years)),
            labels.concept_label(Scheme.SUBJECT, review.subject) if review.subject else "",
            str(review.get_use_display()),
            _("%(duration)s gebruikt") % {"duration": review.get_duration_display()},
            _("%(number)s leerlingen") % {"number": pupils} if pupils else "",
        )
        if part
    )


def score_lines(scores: Iterable[ReviewScore], rubric: Rubric) -> tuple[ScoreLine, ...]:
    """In the order and the words of the rubric that it was made with."""
    by_code = {score.criterion: score for score in scores}
    return tuple(
        ScoreLine(criterion.label, score.answer, rubric.scale.get(score.answer, score.answer), score.reason)
        for criterion in rubric.criteria
        if (score := by_code.get(criterion.code)) is not None
    )


def helpful_text(count: int) -> str:
    if not count:
        return ""
    text = ngettext("nuttig voor %(n)s lezer", "nuttig voor %(n)s lezers", count)
    return text % {"n": formatting.number(count)}


def _changed(review: Review) -> str:
    if review.edited_at is None:
        return ""
    text = _("gewijzigd op %(day)s (versie %(version)s)")
    return text % {"day": formatting.day(timezone.localtime(review.edited_at)), "version": review.version}


def _is_older(review: Review) -> bool:
    """As querysets.IS_OLDER."""
    ordinal, current = review.shown_edition.ordinal, review.shown_method.current_ordinal
    return ordinal is not None and current is not None and ordinal < current


def _about(review: Review) -> str:
    if review.method_id == review.shown_method_id:
        return ""
    return _("Geschreven over %(name)s, dat hier nu bij hoort.") % {"name": review.method.name}


def _reply(review: Review) -> ReplyCard | None:
    reply = getattr(review, "reply", None)
    if reply is None or reply.removed_at is not None or review.state != ReviewState.PUBLISHED:
        return None
    is_of_this = reply.answered_version == review.version
    return ReplyCard(
        publisher=reply.publisher.name,
        text=reply.text,
        written_at=reply.written_at,
        edited_at=reply.edited_at,
        about="" if is_of_this else _("op versie %(version)s van de beoordeling") % {"version": reply.answered_version},
    )
