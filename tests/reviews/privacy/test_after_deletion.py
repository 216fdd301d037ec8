"""The choice of what becomes of reviews: with each of them, and for all on the page where the account goes."""

import re

import pytest

from accounts.services.deletion import delete_account
from reviews.models import Review, ReviewVersion
from reviews.services.after_deletion import choose_after_deletion
from reviews.services.mending import look_over
from tests.factories import make_method
from tests.people import sign_in
from tests.review_support import make_review, make_teacher

pytestmark = pytest.mark.django_db

DELETE, ALL = "/account/verwijderen/", "/account/beoordelingen/na-verwijdering/"


def chosen(review: Review) -> str:
    review.refresh_from_db()
    return review.after_deletion


def wrong_reviews(*, is_mending: bool) -> list[str]:
    return [one.ref for step in look_over(is_mending=is_mending) for one in step.differences if one.ref]


def path(review: Review) -> str:
    return f"/account/beoordelingen/{review.public_id}/na-verwijdering/"


@pytest.fixture
def author():
    return make_teacher()


@pytest.fixture
def review(author):
    return make_review(make_method(), author=author)


def test_the_page_of_deletion_tells_and_lets_choose_for_all(client, author, review):
    goes = make_review(make_method(), author=author, after_deletion="goes")
    sign_in(client, author)
    page = client.get(DELETE).content.decode()
    assert "1 beoordeling blijft staan" in page
    assert "1 beoordeling verdwijnt" in page
    assert page.index("Uw beoordelingen</h2>") < page.index("Verwijder mijn account")
    response = client.post(ALL, {"after_deletion": "goes"}, follow=True)
    assert response.redirect_chain == [(DELETE, 302)]
    page = response.content.decode()
    assert "Er is nog niets gewist" in page
    assert "2 beoordelingen verdwijnen" in page
    assert "blijft staan" not in page
    client.post(ALL, {"after_deletion": "stays"})
    assert (chosen(review), chosen(goes)) == ("stays", "stays")
    client.post(DELETE, {"confirm": "on"})
    assert Review.objects.filter(author=None).count() == 2


def test_looking_everything_over_finds_nothing_wrong_with_it_and_leaves_it(author, review):
    choose_after_deletion(author=author, review=review, choice="goes")
    assert wrong_reviews(is_mending=True) == []
    Review.objects.filter(pk=review.pk).update(body="Niet van de schrijver.")
    assert wrong_reviews(is_mending=True) == [review.public_id]
    assert chosen(review) == "goes"
    assert review.body == ""


def test_after_deletion_everything_is_as_its_newest_version_says(author, review):
    delete_account(user=author)
    assert wrong_reviews(is_mending=False) == []


def test_who_wrote_none_is_asked_nothing(client):
    sign_in(client, make_teacher())
    page = client.get(DELETE).content.decode()
    assert "Uw beoordelingen</h2>" not in page
    assert ALL not in page


def test_one_review_has_a_choice_of_its_own_and_no_new_version(client, author, review):
    other = make_review(make_method(), author=author)
    sign_in(client, author)
    assert client.post(path(review), {"after_deletion": "goes"}).status_code == 302
    assert (chosen(review), chosen(other)) == ("goes", "stays")
    assert review.version == ReviewVersion.objects.filter(review=review).count() == 1


def test_the_page_of_own_reviews_offers_it_and_a_later_change_keeps_it(client, author, review):
    sign_in(client, author)
    page = client.get("/account/beoordelingen/").content.decode()
    assert path(review) in page
    client.post(path(review), {"after_deletion": "goes"})
    form = client.get(f"/beoordelingen/{review.public_id}/wijzigen/").content.decode()
    (checked,) = re.findall(r'<input[^>]*name="after_deletion"[^>]*checked[^>]*>', form)
    assert 'value="goes"' in checked


@pytest.mark.parametrize("value", ["", "weg", "goes\x00", "<script>alert(1)</script>" * 1000])
def test_what_is_no_choice_changes_nothing_and_is_told(client, author, review, value):
    sign_in(client, author)
    for address in (ALL, path(review)):
        assert client.post(address, {"after_deletion": value}).status_code == 302
    page = client.get(DELETE).content.decode()
    assert "Uw keuze is niet bewaard" in page
    assert "<script>alert" not in page
    assert chosen(review) == "stays"


def test_anothers_is_nowhere(client, review):
    assert client.post(path(review), {"after_deletion": "goes"}).url.startswith("/account/aanmelden/")
    sign_in(client, make_teacher())
    assert client.post(path(review), {"after_deletion": "goes"}).status_code == 404
    assert client.post(ALL, {"after_deletion": "goes"}).status_code == 302
    assert chosen(review) == "stays"


def test_the_service_itself_refuses_another(review):
    with pytest.raises(Exception, match="van een ander"):
        choose_after_deletion(author=make_teacher(), review=review, choice="goes")
    assert chosen(review) == "stays"


@pytest.mark.parametrize("address", [ALL, "/account/beoordelingen/x/na-verwijdering/"])
def test_a_visit_changes_nothing(client, author, address):
    sign_in(client, author)
    assert client.get(address).status_code == 405
