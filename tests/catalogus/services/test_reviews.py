from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogus.models import Method, OutboxEntry, OutboxKind
from catalogus.services.reviews import NO_REVIEWS, ReviewSummary, set_review_summary
from tests.factories import REVIEWED_AT, make_method, make_product, review_summary

TOTAL = ReviewSummary(
    count=3,
    older_count=2,
    mean=Decimal("3.335"),
    low=Decimal("2.875"),
    high=Decimal("3.6666666"),
    sort=3101,
    last_reviewed_at=REVIEWED_AT,
)


@pytest.fixture
def method(db):
    method = make_method()
    make_product(method=method)
    make_product(method=method, state="no_longer_available")
    make_product()
    OutboxEntry.objects.all().delete()
    return method


def stale():
    return set(OutboxEntry.objects.values_list("kind", "object_id"))


def stored(method):
    method.refresh_from_db()
    return ReviewSummary(
        count=method.review_count,
        older_count=method.older_review_count,
        mean=method.review_mean,
        low=method.review_low,
        high=method.review_high,
        sort=method.review_sort,
        last_reviewed_at=method.last_reviewed_at,
    )


def test_the_method_has_it_and_all_its_documents_are_stale(method):
    assert set_review_summary(method.pk, TOTAL)
    assert stored(method) == replace(TOTAL, mean=Decimal("3.34"), low=Decimal("2.88"), high=Decimal("3.67"))
    assert stale() == {
        (OutboxKind.METHOD, method.pk),
        *((OutboxKind.PRODUCT, pk) for pk in method.products.values_list("pk", flat=True)),
    }


def test_the_same_again_changes_nothing(method):
    set_review_summary(method.pk, TOTAL)
    OutboxEntry.objects.all().delete()
    assert not set_review_summary(method.pk, TOTAL)
    assert stale() == set()


@pytest.mark.parametrize(
    "change",
    [
        {"count": 4},
        {"older_count": 0},
        {"mean": Decimal("3.3")},
        {"low": Decimal(1)},
        {"high": Decimal(4)},
        {"sort": 3100},
        {"last_reviewed_at": REVIEWED_AT + timedelta(days=1)},
    ],
)
def test_whatever_changes_makes_the_documents_stale(method, change):
    set_review_summary(method.pk, TOTAL)
    OutboxEntry.objects.all().delete()
    assert set_review_summary(method.pk, replace(TOTAL, **change))
    assert (OutboxKind.METHOD, method.pk) in stale()


def test_the_last_review_that_goes_takes_everything_along(method):
    set_review_summary(method.pk, TOTAL)
    set_review_summary(method.pk, NO_REVIEWS)
    assert stored(method) == NO_REVIEWS


@pytest.mark.parametrize(
    "wrong",
    [
        replace(TOTAL, count=0),
        replace(TOTAL, count=2),
        replace(TOTAL, count=-1),
        replace(TOTAL, older_count=-1),
        replace(TOTAL, mean=None),
        replace(TOTAL, low=None),
        replace(TOTAL, sort=None),
        replace(TOTAL, last_reviewed_at=None),
        replace(TOTAL, mean=Decimal("0.99")),
        replace(TOTAL, mean=Decimal("4.01")),
        replace(TOTAL, mean=Decimal("NaN")),
        replace(TOTAL, low=Decimal("3.68")),
        replace(TOTAL, high=Decimal("4.01")),
        replace(TOTAL, sort=999),
        replace(TOTAL, sort=4001),
        replace(NO_REVIEWS, last_reviewed_at=REVIEWED_AT),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(method, wrong):
    with pytest.raises(ValidationError):
        set_review_summary(method.pk, wrong)
    assert stored(method) == NO_REVIEWS
    assert stale() == set()


def test_a_merged_method_and_none_at_all_are_refused(method):
    merged = make_method(merged_into=method)
    with pytest.raises(ValidationError, match=merged.public_id):
        set_review_summary(merged.pk, review_summary(1))
    with pytest.raises(Method.DoesNotExist):
        set_review_summary(0, review_summary(1))


means = st.decimals(1, 4, places=5)
summaries = st.builds(
    lambda count, older, mean, low, high, sort: ReviewSummary(
        count, older, mean, min(low, high), max(low, high), sort, REVIEWED_AT
    ),
    count=st.integers(3, 10_000),
    older=st.integers(0, 10_000),
    mean=means,
    low=means,
    high=means,
    sort=st.integers(1000, 4000),
)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(summary=summaries)
def test_what_is_stored_is_what_was_told_to_a_hundredth(method, summary):
    set_review_summary(method.pk, summary)
    found = stored(method)
    for name in ("mean", "low", "high"):
        assert abs(getattr(found, name) - getattr(summary, name)) <= Decimal("0.005")
    same = {"mean": found.mean, "low": found.low, "high": found.high}
    assert replace(summary, **same) == found
    assert not set_review_summary(method.pk, summary)
