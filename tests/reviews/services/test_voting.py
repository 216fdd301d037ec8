"""Votes: who may, once each, and a count that is always that of the rows."""

import threading

import pytest
from django.db import connection

from accounts.models import Affiliation, AffiliationState
from reviews.exceptions import ReviewNotAllowed
from reviews.models import HelpfulVote, Review, ReviewState
from reviews.services.publishing import withdraw_review
from reviews.services.voting import find_helpful, take_back
from tests.accounts.places import make_person, speak_for
from tests.factories import make_method
from tests.review_support import make_review, make_teacher


def counts(review: Review) -> tuple[int, int]:
    """What the review says, and what the rows say."""
    return Review.objects.get(pk=review.pk).helpful_count, HelpfulVote.objects.filter(review=review).count()


@pytest.mark.django_db
def test_a_person_has_one_vote_and_may_take_it_back():
    review, one, two = make_review(make_method()), make_teacher(), make_teacher()
    assert find_helpful(user=one, review=review).helpful_count == 1
    assert find_helpful(user=one, review=review).helpful_count == 1
    assert find_helpful(user=two, review=review).helpful_count == 2
    assert counts(review) == (2, 2)
    assert take_back(user=one, review=review).helpful_count == 1
    assert take_back(user=one, review=review).helpful_count == 1
    assert counts(review) == (1, 1)


@pytest.mark.django_db
def test_who_may_not_is_refused_and_nothing_is_counted():
    method = make_method()
    author = make_teacher()
    review, withdrawn = make_review(method, author=author), make_review(make_method(), author=author)
    withdraw_review(author=author, review=withdrawn)
    spokesman = make_teacher()
    speak_for(spokesman, method.publisher)
    for user, about in (
        (author, review),
        (make_person("an"), review),
        (spokesman, review),
        (make_teacher(), withdrawn),
    ):
        with pytest.raises(ReviewNotAllowed):
            find_helpful(user=user, review=about)
    assert (counts(review), counts(withdrawn)) == ((0, 0), (0, 0))


@pytest.mark.django_db
def test_who_works_nowhere_any_more_may_still_take_it_back():
    review, user = make_review(make_method()), make_teacher()
    find_helpful(user=user, review=review)
    Affiliation.objects.filter(user=user).update(state=AffiliationState.REFUSED, reason="Onbekend.")
    take_back(user=user, review=review)
    assert counts(review) == (0, 0)


@pytest.mark.django_db
def test_a_withdrawn_review_keeps_its_votes():
    author = make_teacher()
    review = make_review(make_method(), author=author)
    find_helpful(user=make_teacher(), review=review)
    withdraw_review(author=author, review=review)
    assert (counts(review), Review.objects.get().state) == ((1, 1), ReviewState.WITHDRAWN)


@pytest.mark.django_db(transaction=True)
def test_votes_at_the_same_time_are_all_counted(django_db_serialized_rollback):
    review = make_review(make_method())
    people = [make_teacher() for _number in range(6)]
    for user in people[:3]:
        find_helpful(user=user, review=review)
    start = threading.Barrier(len(people) * 2)
    faults: list[Exception] = []

    def vote(number: int) -> None:
        try:
            start.wait(20)
            # Three take theirs back and three come, each of them twice at once.
            (take_back if number < 3 else find_helpful)(user=people[number], review=review)
        except Exception as error:  # noqa: BLE001  Told below, in the thread of the test.
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=vote, args=[number % 6]) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not faults
    assert counts(review) == (3, 3)
