"""The summary of a method's reviews: as the method holds it, by edition, and the answers to each criterion."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode

from catalogus.models import Edition, Method
from reviews.api.representations import (
    JSON,
    Places,
    edition_reference,
    is_replaced,
    method_reference,
    product_reference,
)
from reviews.api.subjects import Subject
from reviews.content import SCORES
from reviews.models import ReviewScore, Unscored
from reviews.querysets import IS_OLDER, published_reviews
from reviews.selectors.rubrics import current_rubric, in_current_terms
from reviews.services.prior import stated_prior
from reviews.services.summaries import LEAST_REVIEWS, Counted, institutions_of, summarise

NO_REVIEWS, TOO_FEW_REVIEWS, TOO_FEW_SCHOOLS = "no-reviews", "too-few-reviews", "too-few-schools"


def summary(subject: Subject, places: Places) -> JSON:
    """A handful of queries, however many reviews there are."""
    method = subject.method
    reviews = _counted(method)
    current = [one for rows in reviews.values() for one in rows if not one.is_older]
    query = urlencode({"method": method.public_id})
    return {
        "method": method_reference(method, places),
        "product": None if subject.product is None else product_reference(subject.product, places),
        "edition": None if subject.edition is None else edition_reference(subject.edition),
        "page_url": places.site + reverse("reviews:method-reviews", args=[method.public_id]),
        "reviews_url": f"{places.reviews}?{query}",
        "rubric": current_rubric().version,
        "count": method.review_count,
        "older_count": method.older_review_count,
        "mean": _number(method.review_mean),
        "low": _number(method.review_low),
        "high": _number(method.review_high),
        "no_mean_because": None if method.review_mean is not None else _why_no_mean(current),
        "sort_value": method.review_sort,
        "last_reviewed_at": method.last_reviewed_at,
        "editions": [_edition(edition, method, reviews[edition.pk]) for edition in _editions(method, reviews)],
        "criteria": _criteria(method),
    }


def _edition(edition: Edition, method: Method, reviews: Sequence[Counted]) -> JSON:
    """An edition's own numbers, older or not: its rows are counted as if nothing were newer."""
    own = [Counted(one.total, False, one.school, one.published_at) for one in reviews]
    found = summarise(own, stated_prior())
    return edition_reference(edition) | {
        "is_older": is_replaced(edition.ordinal, method.current_ordinal),
        "count": found.count,
        "mean": _number(found.mean),
        "low": _number(found.low),
        "high": _number(found.high),
        "no_mean_because": None if found.mean is not None else _why_no_mean(own),
    }


def _why_no_mean(reviews: Sequence[Counted]) -> str:
    if not reviews:
        return NO_REVIEWS
    counted = [one for one in reviews if one.total is not None]
    return TOO_FEW_REVIEWS if len(counted) < LEAST_REVIEWS else TOO_FEW_SCHOOLS


def _counted(method: Method) -> dict[int, list[Counted]]:
    """Edition -> its published reviews."""
    rows = list(
        published_reviews()
        .filter(shown_method=method)
        .values_list("shown_edition_id", "shown_edition__ordinal", "total", "school_id", "published_at")
    )
    institutions = institutions_of({school for _edition, _ordinal, _total, school, _at in rows})
    found: dict[int, list[Counted]] = defaultdict(list)
    for edition, ordinal, total, school, at in rows:
        is_older = is_replaced(ordinal, method.current_ordinal)
        if at is not None:  # Every published one has it; the database holds that.
            found[edition].append(Counted(total, is_older, institutions[school], at))
    return found


def _editions(method: Method, reviews: dict[int, list[Counted]]) -> list[Edition]:
    """Those of the method, and those of merged ones that reviews are still of; newest first, the unknown one last."""
    own = {edition.pk: edition for edition in Edition.objects.filter(method=method)}
    own |= Edition.objects.in_bulk(reviews.keys() - own.keys())
    return sorted(own.values(), key=lambda one: (one.is_unknown, -(one.ordinal or 0), one.label, one.pk))


def _criteria(method: Method) -> list[JSON]:
    """How often each answer was given, in terms of the current rubric; what has no counterpart there is left out."""
    current = published_reviews().filter(shown_method=method).exclude(IS_OLDER)
    rows = (
        ReviewScore.objects.filter(review__in=current)
        .values_list("review__rubric_id", "criterion", "score", "unscored")
        .annotate(n=Count("pk"))
        .order_by()
    )
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for rubric_id, criterion, score, unscored, n in rows:
        code = in_current_terms(rubric_id, criterion)
        if code is not None:
            counts[code][unscored or str(score)] += n
    return [
        {
            "code": one.code,
            "label": one.label,
            "counts": {answer: counts[one.code][answer] for answer in (*SCORES, *Unscored.values)},
        }
        for one in current_rubric().criteria
    ]


def _number(value: Any) -> str | None:
    return None if value is None else f"{value:.2f}"
