"""What readers and search are told of all reviews of a method together."""

import itertools
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from catalogus.models import Edit, Method, OutboxEntry, OutboxKind
from catalogus.services.current_editions import refresh_current_editions
from catalogus.services.editing.methods import merge_methods
from catalogus.services.editing.moving import move_products
from catalogus.services.editing.undoing import undo
from catalogus.services.reviews import NO_REVIEWS
from reviews.models import Review, ReviewPrior, ReviewState
from reviews.services.prior import MIDDLE, PRIOR_WEIGHT, Prior, stated_prior
from reviews.services.publishing import withdraw_review
from reviews.services.summaries import Counted, restate_prior, summaries_of, summarise
from tests.factories import make_edition, make_method, make_product, make_school
from tests.review_support import edition_of, make_review, make_teacher

PRIOR = Prior(Decimal("2.500"), 0)
NOW = timezone.now()


_numbers = itertools.count(1)


def counted(
    total: str | Decimal | None, school: str = "99AA", *, is_older: bool = False, author: int | None = None
) -> Counted:
    """By somebody who wrote no other where no author is given."""
    number = next(_numbers)
    return Counted(
        pk=number,
        author=author or number + 1000,
        school_year=2025,
        published_at=NOW,
        total=None if total is None else Decimal(total),
        is_older=is_older,
        school=school,
    )


def test_no_reviews_is_no_number():
    assert summarise([], PRIOR) == NO_REVIEWS


@pytest.mark.parametrize(
    "reviews",
    [
        [counted("4.00"), counted("4.00", "99BB")],
        [counted("4.00"), counted("4.00"), counted("4.00")],
        [counted("4.00"), counted("4.00"), counted(None, "99BB"), counted(None, "99CC")],
        [counted("4.00"), counted("4.00", "99BB"), counted("4.00", "99CC", is_older=True)],
        [counted("4.00", author=1), counted("4.00", "99BB", author=1), counted("4.00", "99CC")],
    ],
    ids=["two reviews", "one school", "too few that count", "one of an older edition", "two of one author"],
)
def test_no_total_below_three_authors_of_two_schools(reviews):
    summary = summarise(reviews, PRIOR)
    assert summary.count + summary.older_count == len(reviews)
    assert (summary.mean, summary.low, summary.high, summary.sort) == (None, None, None, None)


def test_a_total_with_its_spread_and_sort_value():
    summary = summarise([counted("2.00"), counted("3.00", "99BB"), counted("4.00"), counted("3.50")], PRIOR)
    assert (summary.mean, summary.low, summary.high) == (Decimal("3.13"), Decimal("2.00"), Decimal("4.00"))
    assert summary.sort == round(1000 * (2.5 * PRIOR_WEIGHT + 12.5) / (PRIOR_WEIGHT + 4))


@given(
    st.lists(
        st.tuples(
            st.none() | st.decimals(min_value=1, max_value=4, places=2),
            st.booleans(),
            st.sampled_from(["99AA", "99BB", "99CC"]),
        ),
        max_size=30,
    ),
    st.decimals(min_value=1, max_value=4, places=3),
)
def test_a_summary_is_one_that_can_be(rows, prior):
    reviews = [counted(total, school, is_older=older) for total, older, school in rows]
    summary = summarise(reviews, Prior(prior, 10))
    assert summary.count + summary.older_count == len(reviews)
    assert (summary.last_reviewed_at is None) == (not reviews)
    numbers = [summary.mean, summary.low, summary.high, summary.sort]
    assert len({number is None for number in numbers}) == 1
    if summary.mean is not None and summary.low is not None and summary.high is not None and summary.sort is not None:
        assert 1 <= summary.low <= summary.high <= 4
        assert 1000 <= summary.sort <= 4000
        low, high = sorted((summary.mean, prior))
        assert low * 1000 - 6 <= summary.sort <= high * 1000 + 6


@pytest.mark.django_db
def test_the_third_review_gives_a_total_and_withdrawing_takes_it():
    method = make_method()
    product = make_product(method=method)
    make_review(method, score=2)
    make_review(method, score=3)
    method.refresh_from_db()
    assert (method.review_count, method.review_mean) == (2, None)
    OutboxEntry.objects.all().delete()
    author = make_teacher()
    third = make_review(method, author=author, score=4)
    method.refresh_from_db()
    assert (method.review_count, method.review_mean) == (3, Decimal("3.00"))
    assert set(OutboxEntry.objects.values_list("kind", "object_id")) == {
        (OutboxKind.METHOD, method.pk),
        (OutboxKind.PRODUCT, product.pk),
    }
    withdraw_review(author=author, review=third)
    method.refresh_from_db()
    assert (method.review_count, method.review_mean, method.review_sort) == (2, None, None)


@pytest.mark.django_db
def test_locations_of_a_school_and_schools_that_merged_are_one():
    method = make_method()
    school = make_school("97AA", "De Eik")
    location = make_school("97AA01", "De Eik, Zuid")
    merged = make_school("97BB", "De Beuk", merged_into=school, ended_on=timezone.localdate())
    for where in (school, location, merged):
        review = make_review(method)
        Review.objects.filter(pk=review.pk).update(school=where)
    assert summaries_of([method.pk], PRIOR)[method.pk].mean is None
    make_review(method)
    method.refresh_from_db()
    assert method.review_mean == Decimal("3.00")


@pytest.mark.django_db
def test_reviews_follow_a_merge_and_its_undoing():
    publisher = make_method().publisher
    one, two = (make_method(publisher=publisher) for _number in range(2))
    for method in (one, two):
        make_product(method=method)
    for method, count in ((one, 1), (two, 2)):
        for _number in range(count):
            make_review(method)
    merge_methods(source=one, target=two, actor="redactie", reason="Het is dezelfde.")
    two.refresh_from_db()
    assert (two.review_count, two.review_mean) == (3, Decimal("3.00"))
    undo(edit=Edit.objects.get(), actor="redactie", reason="Toch niet.")
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.review_count, two.review_count, two.review_mean) == (1, 2, None)


@pytest.mark.django_db
def test_a_review_that_names_a_product_goes_where_the_product_goes():
    publisher = make_method().publisher
    one, two = (make_method(publisher=publisher) for _number in range(2))
    product = make_product(method=one)
    make_review(one, product=product)
    make_review(one)
    make_product(method=two)
    move_products(products=[product], method=two, edition=edition_of(two), actor="redactie", reason="Hoort daar.")
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.review_count, two.review_count) == (1, 1)


@pytest.mark.django_db
def test_a_newer_edition_makes_reviews_of_the_old_one_older():
    method = make_method()
    old = make_edition(method=method, label="1e druk", key="1", ordinal=1)
    make_product(edition=old)
    refresh_current_editions([method.pk])
    for _number in range(3):
        make_review(method)
    method.refresh_from_db()
    assert (method.review_count, method.older_review_count) == (3, 0)
    make_product(edition=make_edition(method=method, label="2e druk", key="2", ordinal=2))
    refresh_current_editions([method.pk])
    method.refresh_from_db()
    assert (method.review_count, method.older_review_count, method.review_mean) == (0, 3, None)


@pytest.mark.django_db
def test_the_prior_is_of_published_reviews_of_methods_that_stand():
    merged = make_method(merged_into=make_method())
    method = make_method()
    for score in (4, 4, 3):
        make_review(method, score=score)
    author = make_teacher()
    withdraw_review(author=author, review=make_review(method, author=author, score=1))
    stray = make_review(make_method(), score=1)
    Review.objects.filter(pk=stray.pk).update(shown_method=merged)
    method.refresh_from_db()
    assert stated_prior() == Prior(MIDDLE, 0)
    before = method.review_sort
    assert restate_prior() == 1
    assert stated_prior() == Prior(Decimal("3.667"), 3)
    method.refresh_from_db()
    assert method.review_sort is not None
    assert before is not None
    assert method.review_sort > before
    assert restate_prior() == 0


@pytest.mark.django_db
def test_a_restating_that_was_stopped_goes_on():
    method = make_method()
    for _number in range(3):
        make_review(method, score=4)
    restate_prior()
    Method.objects.filter(pk=method.pk).update(review_sort=1000)
    assert restate_prior() == 0
    ReviewPrior.objects.update(is_applied=False)
    assert restate_prior() == 1


@pytest.mark.django_db
def test_a_review_before_a_moderator_counts_nowhere():
    method = make_method()
    review = make_review(method)
    Review.objects.filter(pk=review.pk).update(state=ReviewState.WAITING)
    assert summaries_of([method.pk], PRIOR)[method.pk] == NO_REVIEWS
