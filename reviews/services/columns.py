"""What a review says as its columns and rows of scores hold it, for who compares or stores many at once."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from reviews.content import Answer, ReviewContent
from reviews.models import Review, ReviewScore

_OTHERWISE = {"edition": "edition_id", "product": "product_id"}
_APART = {"answers", "school"}
"""Scores have rows of their own; the school is the one that the writer works at, and stays when they go elsewhere."""

CHOSEN_ANEW = {"after_deletion"}
"""What a writer chooses again without another version (services.after_deletion): the column says what holds."""


def columns_of(content: ReviewContent) -> dict[str, Any]:
    """Attribute of Review -> its value."""
    return {
        _OTHERWISE.get(field.name, field.name): _as_stored(getattr(content, field.name))
        for field in fields(content)
        if field.name not in _APART
    }


def scores_of(content: ReviewContent) -> list[ReviewScore]:
    """Rows that belong to no review yet, in the rubric's order."""
    return [
        ReviewScore(criterion=code, score=one.score, unscored=one.unscored, reason=one.reason)
        for code, one in content.answers.items()
    ]


def answers_in(rows: Iterable[ReviewScore]) -> dict[str, Answer]:
    return {row.criterion: Answer(score=row.score, unscored=row.unscored, reason=row.reason) for row in rows}


def content_in(review: Review, answers: Mapping[str, Answer]) -> ReviewContent:
    """What the columns say; `columns_of` the other way round."""
    said = {name: getattr(review, _OTHERWISE.get(name, name)) for name in _names() if name not in _APART}
    lists = {"levels": tuple(review.levels), "years": tuple(review.years)}
    return ReviewContent(**(said | lists), school="", answers=answers)


def _names() -> list[str]:
    return [field.name for field in fields(ReviewContent)]


def _as_stored(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
