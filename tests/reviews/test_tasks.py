"""What the worker does for reviews by itself: sort values follow the prior, and differences are told every night."""

import logging
from decimal import Decimal

import psycopg
import pytest
from celery.schedules import crontab
from django.conf import settings

from catalogus.locks import Lock
from catalogus.models import Method
from reviews.models import Review, ReviewPrior
from reviews.services.prior import is_prior_applied, stated_prior
from reviews.tasks import check_reviews, restate_prior
from tests.database import database_url
from tests.factories import make_method
from tests.review_support import make_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def method():
    """Three reviews, so a total; the stated prior is that of before."""
    method = make_method()
    for score in (3, 4, 4):
        make_review(method, score=score)
    return method


def test_both_come_back_by_the_clock():
    schedule = settings.CELERY_BEAT_SCHEDULE
    assert schedule["restate-prior"]["task"] == restate_prior.name
    assert schedule["check-reviews"]["task"] == check_reviews.name
    assert isinstance(schedule["check-reviews"]["schedule"], crontab)


def test_the_prior_is_restated_and_twice_is_as_once(method, caplog):
    caplog.set_level(logging.INFO, "reviews")
    restate_prior()
    assert stated_prior().mean == Decimal("3.667")
    assert is_prior_applied()
    stated_at = ReviewPrior.objects.get().stated_at
    restate_prior()
    assert ReviewPrior.objects.get().stated_at == stated_at
    assert [record.getMessage() for record in caplog.records] == [
        "the prior was restated: the sort values of 1 methods changed"
    ]


def test_nothing_is_restated_while_another_process_does(method):
    with psycopg.connect(database_url()) as other:
        other.execute("SELECT pg_advisory_lock(%s, 0)", [Lock.REVIEW_PRIOR.value])
        restate_prior()
        assert stated_prior().count == 0
        # The server notices somewhat later that a connection is closed.
        other.execute("SELECT pg_advisory_unlock(%s, 0)", [Lock.REVIEW_PRIOR.value])
    restate_prior()
    assert stated_prior().count == 3


def test_a_night_without_differences_says_nothing(method, caplog):
    check_reviews()
    assert not caplog.records


def test_differences_are_told_with_counts_and_left(method, caplog):
    restate_prior()
    caplog.clear()
    Method.objects.filter(pk=method.pk).update(review_count=9)
    Review.objects.update(helpful_count=2)
    check_reviews()
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert "summary 1, votes 3" in record.getMessage()
    assert Method.objects.get(pk=method.pk).review_count == 9
