"""Reviews by the ten thousands: pages of a method, counting, publishing and the prior, each beside a bare peer.

The bare driver does the unavoidable part of the same work: the same statements, the same rows read, or the same rows
inserted. Absolute figures are printed beside it.
"""

import os
import statistics
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import DEMONSTRATION_ISSUER, User
from bench.report import Row, ratio, show
from bench.review_rows import fill
from bench.timing import Ask, asked_site, compared
from catalogus.models import Method
from reviews.content import content_of_json
from reviews.models import Review, ReviewState
from reviews.services.mending import look_over
from reviews.services.prior import Prior, mark_prior_applied, state_prior
from reviews.services.publishing import publish_review
from reviews.services.summaries import recount_methods, restate_prior

COUNT, LARGE = 50_000, 2_000
PAGES = 60
PUBLISHED = 100
ROUNDS = 3
"""The best of each counts."""

PAGE_RATIO, PAGE_MS = 4.0, 300.0
"""A page is templates above all; the figure in milliseconds is that of search, at p95."""

COUNT_RATIO, CHECK_RATIO, PUBLISH_RATIO, PRIOR_RATIO = 4.0, 8.0, 10.0, 20.0

_STAYING = ("reviews_review", "reviews_reviewscore", "reviews_reviewversion")
_READ_ALL = (
    "SELECT * FROM reviews_review ORDER BY id",
    "SELECT * FROM reviews_reviewscore ORDER BY id",
    "SELECT DISTINCT ON (review_id) * FROM reviews_reviewversion ORDER BY review_id, number DESC",
    "SELECT review_id, count(*) FROM reviews_helpfulvote GROUP BY review_id",
)
_READ_ONE = """
SELECT id, author_id, school_year, total, school_id, published_at, shown_edition_id FROM reviews_review
WHERE shown_method_id = %s AND state = 'published'
"""
_RESTATE = """
UPDATE catalogus_method SET review_sort = round(1000 * (%s * 5 + found.total) / (5 + found.n))
FROM (
    SELECT shown_method_id, sum(total) AS total, count(*) AS n FROM reviews_review
    WHERE state = 'published' AND total IS NOT NULL GROUP BY shown_method_id
) AS found WHERE found.shown_method_id = catalogus_method.id AND review_sort IS NOT NULL
"""


def measure(count: int = COUNT, large: int = LARGE) -> None:
    """Fill the bench's catalogue with so many reviews, one method with `large`, and measure."""
    started = time.perf_counter()
    method = fill(count, large)
    filled = time.perf_counter() - started
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rows: list[Row] = [("generate and store", f"{filled:.1f} s", f"{count / filled:.0f} reviews/s, not measured")]
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as driver:
        rows += _counting(method, driver)
        rows += _publishing(method, driver)
        rows += _prior(driver)
        show(f"{Review.objects.count()} reviews, one method with {large}", rows)
        _pages(method, driver)


# Counting


def _counting(method: Method, driver: psycopg.Connection) -> list[Row]:
    def read_one() -> None:
        driver.execute(_READ_ONE, [method.pk]).fetchall()

    def read_all() -> None:
        for statement in _READ_ALL:
            for _row in driver.execute(statement):
                pass

    def check() -> None:
        found = sum(len(step.differences) for step in look_over(is_mending=False))
        if found:
            raise RuntimeError(f"{found} differences in what was just stored")

    return [
        *_turns("recount of the large method", lambda: recount_methods([method.pk]), read_one,
                "read its reviews", COUNT_RATIO),
        *_turns("check of all", check, read_all, "read the same rows", CHECK_RATIO, rounds=1),
    ]  # fmt: skip


def _prior(driver: psycopg.Connection) -> list[Row]:
    def restate() -> None:
        state_prior(Prior(Decimal("1.500"), 1))
        restate_prior()
        mark_prior_applied()

    def bare() -> None:
        with driver.transaction(force_rollback=True):
            driver.execute(_RESTATE, [2.0])

    return _turns("restate the prior", restate, bare, "one UPDATE of all sort values", PRIOR_RATIO, rounds=1)


# Publishing


def _publishing(large: Method, driver: psycopg.Connection) -> list[Row]:
    """Reviews of many methods, and some of the large one, each by somebody who never wrote."""
    for table in _STAYING:
        driver.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL)")
    samples = list(
        Review.objects.filter(state=ReviewState.PUBLISHED)
        .exclude(shown_method=large)
        .order_by("?")
        .select_related("shown_method", "author")[:PUBLISHED]
    )
    many = list(Review.objects.filter(shown_method=large).select_related("shown_method", "author")[: PUBLISHED // 4])
    rows = _published("publish_review", samples, driver)
    rows += _published("publish_review, large method", many, driver)
    for table in _STAYING:
        driver.execute(f"DROP TABLE bench_{table}")
    return rows


def _published(what: str, samples: Sequence[Review], driver: psycopg.Connection) -> list[Row]:
    ours, bare = [], []
    for sample in samples:
        content = content_of_json(sample.versions.get(number=sample.version).content)
        author = _newcomer(sample)
        started = time.perf_counter()
        review = publish_review(author=author, method=sample.shown_method, content=content, acknowledged=True)
        ours.append(time.perf_counter() - started)
        started = time.perf_counter()
        with driver.transaction():
            for table in _STAYING:
                column = "id" if table == "reviews_review" else "review_id"
                statement = f"INSERT INTO bench_{table} SELECT * FROM {table} WHERE {column} = %s"
                driver.execute(statement, [review.pk])
        bare.append(time.perf_counter() - started)
    return _percentiles(what, ours, bare, "INSERT of the same rows", PUBLISH_RATIO)


def _newcomer(sample: Review) -> User:
    """Somebody of the same school who wrote nothing yet."""
    assert sample.author is not None
    affiliation = sample.author.affiliations.get()
    user = User.objects.create_user(issuer=DEMONSTRATION_ISSUER, display_name="Meting", joined_at=timezone.now())
    affiliation.pk, affiliation.user = None, user
    affiliation.save()
    return user


# Pages


def _pages(large: Method, driver: psycopg.Connection) -> None:
    sampled = list(Method.objects.filter(review_count__gt=2).exclude(pk=large.pk).order_by("public_id")[:PAGES])
    with asked_site() as http:
        for what, methods in (("methods with reviews", sampled), ("the large method", [large] * 5)):
            for name, address in (("method page", _method_page), ("page of its reviews", _reviews_page)):
                try:
                    addresses = [address(method) for method in methods]
                except NoReverseMatch:
                    show(f"{name}, {what}", [(name, "", "there is no such page")])
                    continue
                asks = [(_visit(http, one), _bare(one, driver)) for one in addresses]
                show(f"{name}, {what}", compared(asks, peer="the same statements", aim=PAGE_RATIO, most_ms=PAGE_MS))


def _method_page(method: Method) -> str:
    return method.get_absolute_url()


def _reviews_page(method: Method) -> str:
    return reverse("reviews:method-reviews", args=[method.public_id])


def _visit(http: Any, address: str) -> Ask:
    def ask() -> None:
        response = http.request("GET", address)
        if response.status != 200:
            raise RuntimeError(f"{address} answered {response.status}")

    return ask


def _bare(address: str, driver: psycopg.Connection) -> Ask:
    """Send the statements of the page once more, one after the other."""
    statements: list[tuple[str, Any]] = []

    def note(execute: Any, text: str, params: Any, many: bool, context: Any) -> Any:
        if "SAVEPOINT" not in text:
            statements.append((text, params))
        return execute(text, params, many, context)

    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    with connection.execute_wrapper(note):
        client.get(address)

    def ask() -> None:
        with driver.transaction(), driver.cursor() as cursor:
            for text, params in statements:
                cursor.execute(text, params)
                if cursor.description:
                    cursor.fetchall()

    return ask


# In rows


def _turns(
    what: str, ours: Callable[[], object], bare: Callable[[], object], peer: str, aim: float, *, rounds: int = ROUNDS
) -> list[Row]:
    """Turn by turn, after one of each to warm up where there is more than one round."""
    if rounds > 1:
        ours()
        bare()
    times = [(_timed(ours), _timed(bare)) for _ in range(rounds)]
    mine, theirs = (min(times) for times in zip(*times, strict=True))
    figure, remark = ratio(mine, theirs, aim)
    return [(f"{what} / {peer}", f"{1e3 * mine:.0f} / {1e3 * theirs:.0f} ms", ""), (f"{what}: ratio", figure, remark)]


def _percentiles(what: str, ours: Sequence[float], bare: Sequence[float], peer: str, aim: float) -> list[Row]:
    rows: list[Row] = []
    for share in (50, 95):
        mine, theirs = (statistics.quantiles(times, n=100, method="inclusive")[share - 1] for times in (ours, bare))
        figure, remark = ratio(mine, theirs, aim)
        rows.append((f"{what} p{share} / {peer}", f"{1e3 * mine:.1f} / {1e3 * theirs:.1f} ms", ""))
        rows.append((f"{what} p{share}: ratio", figure, remark))
    return rows


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
