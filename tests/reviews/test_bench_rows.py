"""The rows of `make bench BENCH_ARGS=reviews`, at a size for tests: they keep every rule, and all of it is measured."""

import pytest

from bench import review_rows
from bench import reviews as bench_reviews
from reviews.models import Review
from reviews.services.mending import look_over
from tests.database import database_url
from tests.reviews.test_demo_reviews import make_shelf


@pytest.mark.django_db
def test_generated_rows_are_in_order_and_one_method_has_most():
    make_shelf()
    large = review_rows.fill(300, 60)
    large.refresh_from_db()
    assert Review.objects.filter(shown_method=large).count() == 60
    assert 280 <= Review.objects.count() <= 300
    assert [one for step in look_over(is_mending=False) for one in step.differences] == []


@pytest.mark.parametrize(("count", "methods"), [(48_000, 2_900), (10, 90), (0, 5), (5, 0), (100_000, 3)])
def test_a_few_methods_have_many(count, methods):
    shares = review_rows.spread(count, methods)
    assert sum(shares) <= count
    assert max(shares, default=0) <= 400
    if count == 48_000:
        assert sum(shares) == count


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_the_whole_is_measured_at_a_small_size(settings, monkeypatch, capsys):
    make_shelf()
    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
    monkeypatch.setenv("DATABASE_URL", database_url())
    monkeypatch.setattr(bench_reviews, "PUBLISHED", 8)
    monkeypatch.setattr(bench_reviews, "PAGES", 3)
    bench_reviews.measure(120, 40)
    told = capsys.readouterr().out
    for what in (
        "recount of the large method",
        "check of all",
        "publish_review p95",
        "restate the prior",
        "method page",
    ):
        assert what in told
