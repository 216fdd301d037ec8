"""The summary of a method's reviews: what the pages say of them, by the same selector."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from catalogus.models import Edition, Method
from reviews.api.representations import (
    JSON,
    Places,
    day_of,
    edition_reference,
    is_replaced,
    method_reference,
    product_reference,
)
from reviews.api.subjects import Subject
from reviews.models import Unscored
from reviews.selectors.detail import CriterionDetail, EditionDetail, method_detail
from reviews.selectors.rubrics import current_rubric

NO_REVIEWS, TOO_FEW = "no-reviews", "too-few"
"""Whether it is people or schools that are too few is not told: it would tell of a school that nobody named."""


def summary(subject: Subject, places: Places) -> JSON:
    """A handful of queries, however many reviews there are."""
    method = subject.method
    detail = method_detail(method)
    spread = detail.spread
    query = urlencode({"method": method.public_id})
    editions = {one.edition: one for one in detail.editions}
    return {
        "method": method_reference(method, places),
        "product": None if subject.product is None else product_reference(subject.product, places),
        "edition": None if subject.edition is None else edition_reference(subject.edition),
        "page_url": places.site + reverse("reviews:method-reviews", args=[method.public_id]),
        "reviews_url": f"{places.reviews}?{query}",
        "rubric": current_rubric().version,
        "count": detail.count,
        "older_count": detail.older_count,
        "mean": _number(spread and spread.mean_in_hundredths),
        "mean_of": spread and spread.count,
        "low": _number(spread and spread.low),
        "high": _number(spread and spread.high),
        "no_mean_because": None if spread else _why_no_mean(detail.count),
        "sort_value": method.review_sort,
        "last_reviewed_on": day_of(method.last_reviewed_at),
        "editions": [_edition(one, method, editions.get(one.pk)) for one in _editions(method, editions.keys())],
        "criteria": [_criterion(one) for one in detail.criteria],
    }


def _edition(edition: Edition, method: Method, found: EditionDetail | None) -> JSON:
    spread = found and found.spread
    return edition_reference(edition) | {
        "is_older": is_replaced(edition.ordinal, method.current_ordinal),
        "count": found.count if found else 0,
        "mean": _number(spread and spread.mean_in_hundredths),
        "mean_of": spread and spread.count,
        "low": _number(spread and spread.low),
        "high": _number(spread and spread.high),
        "no_mean_because": None if spread else _why_no_mean(found.count if found else 0),
    }


def _why_no_mean(count: int) -> str:
    return TOO_FEW if count else NO_REVIEWS


def _editions(method: Method, reviewed: Iterable[int]) -> list[Edition]:
    """Those of the method, and those of merged ones that reviews are still of; newest first, the unknown one last."""
    own = {edition.pk: edition for edition in Edition.objects.filter(method=method)}
    own |= Edition.objects.in_bulk(set(reviewed) - own.keys())
    return sorted(own.values(), key=lambda one: (one.is_unknown, -(one.ordinal or 0), one.label, one.pk))


def _criterion(found: CriterionDetail) -> JSON:
    counts = {str(score): number for score, number in enumerate(found.counts, start=1)}
    unscored = {
        str(Unscored.NOT_APPLICABLE.value): found.not_applicable,
        str(Unscored.CANNOT_JUDGE.value): found.cannot_judge,
    }
    return {"code": found.code, "label": found.label, "counts": counts | unscored}


def _number(value: Any) -> str | None:
    return None if value is None else f"{value:.2f}"
