"""The button that says that a review is of use: sent, taken back, forged and repeated."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from reviews.models import HelpfulVote, Review, ReviewState
from tests.factories import make_method
from tests.people import sign_in
from tests.review_support import make_review, make_teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return make_review(make_method())


@pytest.fixture
def page(review):
    return f"/beoordelingen/{review.public_id}/nuttig/"


@pytest.fixture
def teacher():
    return make_teacher()


@pytest.fixture
def client(teacher):
    return sign_in(Client(), teacher)


def test_a_vote_is_counted_and_taken_back(client, page, review):
    for _time in range(2):
        answer = client.post(page)
        assert answer["Location"] == f"/beoordelingen/{review.public_id}/"
    assert "nuttig" in str(next(iter(get_messages(answer.wsgi_request))))
    assert Review.objects.get().helpful_count == HelpfulVote.objects.count() == 1
    for _time in range(2):
        client.post(page, {"actie": "terug"})
    assert Review.objects.get().helpful_count == HelpfulVote.objects.count() == 0


@pytest.mark.parametrize(
    ("back", "leads"),
    [
        ("/beoordelingen/methode/abc/?sort=x#een", "/beoordelingen/methode/abc/?sort=x#een"),
        ("https://elders.example/", None),
        ("//elders.example/", None),
        ("/\\elders.example", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_it_leads_back_to_this_site_alone(client, page, review, back, leads):
    assert client.post(page, {"next": back})["Location"] == (leads or f"/beoordelingen/{review.public_id}/")


def test_who_is_not_signed_in_is_led_there_and_back(page, review):
    answer = Client().post(page, {"next": f"/beoordelingen/{review.public_id}/"})
    assert answer["Location"].startswith("/account/aanmelden/?next=/beoordelingen/")
    assert not HelpfulVote.objects.exists()


def test_who_may_not_is_refused(page, review):
    assert sign_in(Client(), review.author).post(page).status_code == 403
    assert not HelpfulVote.objects.exists()


def test_only_a_form_of_ours_votes(page, teacher):
    client = sign_in(Client(enforce_csrf_checks=True), teacher)
    assert client.post(page).status_code == 403
    assert client.get(page).status_code == 405
    assert not HelpfulVote.objects.exists()


def test_what_nobody_reads_is_not_there(client, page, review):
    review.state = ReviewState.WAITING
    review.save()
    assert client.post(page).status_code == 404
    assert client.post("/beoordelingen/%00/nuttig/").status_code == 404
