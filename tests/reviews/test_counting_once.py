"""That every person counts once in a mean: in what is stored, shown and sorted by, whatever one writes."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Affiliation, AffiliationRole, AffiliationState, Assurance
from accounts.services.deletion import delete_account
from catalogus.models import Method
from catalogus.services.current_editions import refresh_current_editions
from reviews.models import Review, ReviewState
from reviews.querysets import counting_reviews
from reviews.school_years import current_school_year
from reviews.selectors.detail import method_detail
from reviews.selectors.filtering import ReviewFilter, review_facts
from reviews.services.mending import look_over
from reviews.services.prior import MIDDLE, Prior, computed_prior, sort_value, stated_prior
from reviews.services.summaries import recount_methods
from reviews.spread import one_of_each
from reviews.web.summary import summary_of
from tests.factories import make_edition, make_method, make_product, make_school
from tests.review_support import make_review, make_teacher

pytestmark = pytest.mark.django_db

NOW = current_school_year()


def stored(method: Method) -> tuple[int, Decimal | None, int | None]:
    method.refresh_from_db()
    return method.review_count, method.review_mean, method.review_sort


def works_at_two_schools():
    author = make_teacher()
    Affiliation.objects.create(
        user=author,
        school=make_school("97AA", "De Eik"),
        role=AffiliationRole.EMPLOYEE,
        assurance=Assurance.FEDERATION,
        state=AffiliationState.APPROVED,
    )
    return author


def test_one_person_with_two_schools_and_many_school_years_makes_no_mean():
    method, author = make_method(), works_at_two_schools()
    codes = sorted(author.affiliations.values_list("school__code", flat=True))
    for back in range(4):
        make_review(method, author=author, school=codes[back % 2], school_year=NOW - back, score=4)
    make_review(method, score=4)
    assert stored(method) == (5, None, None)
    assert method_detail(method).spread is None


def test_of_each_author_the_newest_school_year_counts_and_the_others_are_still_listed():
    method, author = make_method(), make_teacher()
    make_review(method, author=author, school_year=NOW, score=4)
    for back in (1, 2, 3):
        make_review(method, author=author, school_year=NOW - back, score=1)
    for score in (3, 2):
        make_review(method, score=score)
    assert stored(method) == (6, Decimal("3.00"), sort_value(Decimal(3), 3, Prior(MIDDLE, 0)))
    detail = method_detail(method)
    assert (detail.count, detail.counted, detail.totals) == (6, 3, {4: 1, 3: 1, 2: 1})
    assert {criterion.counts for criterion in detail.criteria} == {(0, 1, 1, 1)}
    assert sum(detail.would_choose_again.values()) == 3
    assert (detail.levels[0].count, detail.levels[0].spread.count) == (6, 3)
    assert "Het gemiddelde is van 3 docenten" in summary_of(detail).note
    assert computed_prior() == Prior(Decimal("3.000"), 3)
    before = method_detail(method, ReviewFilter(school_year=str(NOW - 1)))
    assert (before.count, before.spread) == (1, None)


def test_a_newer_review_without_enough_scores_leaves_the_one_that_counts():
    method, author = make_method(), make_teacher()
    make_review(method, author=author, school_year=NOW - 1, score=4)
    newer = make_review(method, author=author, school_year=NOW, score=1)
    Review.objects.filter(pk=newer.pk).update(total=None)
    for _number in range(2):
        make_review(method, score=4)
    recount_methods([method.pk])
    assert stored(method)[:2] == (4, Decimal("4.00"))
    assert computed_prior() == Prior(Decimal("4.000"), 3)


def test_reviews_whose_authors_are_gone_count_singly():
    method = make_method()
    for _number in range(3):
        author = make_teacher()
        make_review(method, author=author, score=4)
        delete_account(user=author)
    assert stored(method)[:2] == (3, Decimal("4.00"))
    assert computed_prior() == Prior(Decimal("4.000"), 3)


# For any reviews

MOST = 8
ROWS = st.lists(
    st.tuples(
        st.integers(0, 1),  # Which method.
        st.booleans(),  # Of its older edition.
        st.integers(-3, 2),  # Whose; below nothing somebody whose account is gone.
        st.integers(0, 2),  # How many school years ago.
        st.integers(0, 2),  # Published on which day.
        st.none() | st.decimals(min_value=1, max_value=4, places=2),
        st.integers(0, 2),  # At which school.
    ),
    max_size=MOST,
    unique_by=lambda row: row[:4],
)


def test_what_is_stored_shown_and_taken_for_the_prior_is_of_the_same_reviews():
    methods = [make_method(), make_method()]
    editions = {
        (at, number == 1): make_product(
            edition=make_edition(method=method, label=f"{number}e druk", key=str(number), ordinal=number)
        ).edition
        for at, method in enumerate(methods)
        for number in (1, 2)
    }
    refresh_current_editions([method.pk for method in methods])
    authors = [make_teacher() for _number in range(3)]
    places = [make_school(f"97A{letter}", "School") for letter in "ABC"]
    pks = [make_review(methods[0]).pk for _number in range(MOST)]

    @settings(max_examples=60, deadline=None)
    @given(ROWS)
    def holds(rows):
        Review.objects.update(state=ReviewState.WITHDRAWN, closed_at=timezone.now())
        for pk, (at, is_older, author, years, day, total, school) in zip(pks, rows, strict=False):
            Review.objects.filter(pk=pk).update(
                state=ReviewState.PUBLISHED, closed_at=None, method=methods[at], shown_method=methods[at],
                edition=editions[at, is_older], shown_edition=editions[at, is_older],
                author=authors[author] if author >= 0 else None, school_year=NOW - years,
                published_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day), total=total, school=places[school],
            )  # fmt: skip
        recount_methods([method.pk for method in methods])
        counted = []
        for method in methods:
            method.refresh_from_db()
            detail = method_detail(method)
            spread = detail.spread
            assert (method.review_mean, method.review_low, method.review_high, method.review_sort) == (
                (spread.mean_in_hundredths, spread.low, spread.high,
                 sort_value(spread.mean, spread.count, stated_prior()))
                if spread else (None, None, None, None)
            )  # fmt: skip
            current = [one for one in review_facts(method) if not one.is_older]
            found = [one for one in one_of_each(current) if one.total is not None]
            assert detail.counted == len(found)
            assert len({one.author for one in found if one.author}) == sum(one.author is not None for one in found)
            counted += found
        assert {review.pk for review in counting_reviews()} == {one.pk for one in counted}
        totals = [one.total for one in counted if one.total is not None]
        mean = sum(totals, Decimal(0)) / len(totals) if totals else MIDDLE
        assert computed_prior() == Prior(Decimal(mean).quantize(Decimal("0.001")), len(counted))
        assert not [one for step in look_over(is_mending=False) for one in step.differences if one.ref in refs]

    refs = {method.public_id for method in methods}
    holds()
