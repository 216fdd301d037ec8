"""One's own reviews: changed, taken back, and told of in every state."""

import pytest
from django.test import Client
from django.utils import timezone

from reviews.models import Appeal, Review, ReviewDraft, ReviewState
from reviews.services.publishing import withdraw_review
from tests.factories import make_product
from tests.people import sign_in
from tests.review_support import make_review, make_teacher
from tests.reviews.writing_support import (
    hidden_fields,
    make_reviewable,
    newest_product,
    open_form,
    send,
    text_of,
    write_url,
)

pytestmark = pytest.mark.django_db

OWN = "/account/beoordelingen/"


@pytest.fixture
def teacher():
    return make_teacher(display_name="Noor de Wit")


@pytest.fixture
def client(teacher):
    return sign_in(Client(), teacher)


@pytest.fixture
def review(teacher):
    return make_review(make_reviewable(), author=teacher, score=2, weak_point="Weinig herhaling.", body="Een.\n\nTwee.")


def edit_url(review) -> str:
    return f"/beoordelingen/{review.public_id}/wijzigen/"


def form_of(review, **fields):
    """What its form holds, as a browser sends it."""
    sent = {
        "edition": str(review.edition_id), "school_year": str(review.school_year), "sector": "vo", "levels": ["havo"],
        "years": ["leerjaar-3"], "subject": "wiskunde", "use": "main", "duration": "12-36", "role": "teacher",
        "pupils": "30-100", "strong_point": review.strong_point, "weak_point": review.weak_point, "body": review.body,
        "would_choose_again": "yes", "interests": "none", "shown_as": "description", "after_deletion": "stays",
    }  # fmt: skip
    for score in review.scores.all():
        sent |= {f"score-{score.criterion}": score.answer, f"reason-{score.criterion}": score.reason}
    return sent | fields


def remove(review) -> None:
    Review.objects.filter(pk=review.pk).update(
        state=ReviewState.REMOVED, closed_at=timezone.now(), removal_reason="Er staat een naam van een leerling in."
    )


def test_the_form_holds_what_the_review_says(client, review):
    page = client.get(edit_url(review))
    html = page.content.decode()
    assert "Weinig herhaling." in html
    assert "Een.\n\nTwee." in html
    inputs = [" ".join(tag.split()) for tag in html.split("<input")]
    assert sum('name="score-' in tag and 'value="2" checked' in tag for tag in inputs) == 8
    assert hidden_fields(page)["version"] == "1"
    assert "Op welke school?" not in html


def test_a_change_is_another_version_and_the_first_is_kept(client, review):
    sent = form_of(review, body="Bij nader inzien.") | open_form(client, edit_url(review))
    preview = client.get(client.post(edit_url(review), sent | {"actie": "voorbeeld"})["Location"])
    assert "Bij nader inzien." in text_of(preview)
    review.refresh_from_db()
    assert review.version == 1
    thanks = client.get(client.post(preview.wsgi_request.path, hidden_fields(preview))["Location"])
    assert "is gewijzigd" in text_of(thanks)
    review.refresh_from_db()
    assert (review.version, review.body) == (2, "Bij nader inzien.")
    assert [version.content["body"] for version in review.versions.all()] == ["Een.\n\nTwee.", "Bij nader inzien."]
    assert "gewijzigd op" in text_of(client.get(OWN))
    assert not ReviewDraft.objects.exists()


def test_a_change_of_an_older_version_shows_both(client, review, teacher):
    fields = open_form(client, edit_url(review))
    other = sign_in(Client(), teacher)
    first = (
        form_of(review, body="Uit het andere venster.") | open_form(other, edit_url(review)) | {"actie": "publiceren"}
    )
    assert other.post(edit_url(review), first).status_code == 302
    page = client.post(edit_url(review), form_of(review, body="Uit dit venster.") | fields | {"actie": "publiceren"})
    assert page.status_code == 409
    assert "Uit dit venster." in page.content.decode()
    kept = hidden_fields(page)
    assert kept["version"] == "2"
    meant = form_of(review, body="Uit dit venster.") | kept | {"actie": "publiceren"}
    assert client.post(edit_url(review), meant).status_code == 302
    review.refresh_from_db()
    assert (review.version, review.body) == (3, "Uit dit venster.")


def test_a_draft_of_a_change_that_was_overtaken_shows_what_stands_now(client, review, teacher):
    sent = form_of(review, body="Mijn concept.") | open_form(client, edit_url(review))
    client.post(edit_url(review), sent | {"actie": "bewaren"})
    Review.objects.filter(pk=review.pk).update(version=2)
    page = client.get(edit_url(review))
    assert "De beoordeling is intussen gewijzigd." in text_of(page)
    assert "Mijn concept." in page.content.decode()
    assert "Een." in page.content.decode().split('<dl class="typed">')[1].split("</dl>")[0]
    assert hidden_fields(page)["version"] == "2"


def test_the_same_change_twice_is_one(client, review):
    sent = form_of(review, body="Anders.") | open_form(client, edit_url(review)) | {"actie": "publiceren"}
    assert client.post(edit_url(review), sent).status_code == 302
    again = client.post(edit_url(review), sent)
    assert again.status_code == 409
    assert "Uw beoordeling is al verstuurd" in text_of(again)
    review.refresh_from_db()
    assert review.version == 2


def test_a_review_of_a_product_that_was_merged_can_be_changed(client, teacher):
    method = make_reviewable()
    product, old = newest_product(method), make_product(edition=newest_product(method).edition)
    review = make_review(method, author=teacher, product=old)
    old.merged_into = product
    old.save()
    page = client.get(edit_url(review))
    sent = form_of(review, body="Nog steeds.") | hidden_fields(page) | {"actie": "publiceren"}
    assert hidden_fields(page)["product"] == product.public_id
    assert client.post(edit_url(review), sent).status_code == 302
    review.refresh_from_db()
    assert review.version == 2


def test_a_removed_review_says_why_and_waits_after_a_change(client, review):
    remove(review)
    page = client.get(OWN)
    assert "Er staat een naam van een leerling in." in text_of(page)
    assert edit_url(review) in page.content.decode()
    assert "intrekken/" not in page.content.decode()
    refused = client.get(f"/beoordelingen/{review.public_id}/intrekken/", follow=True)
    assert "Een moderator haalde deze beoordeling weg" in text_of(refused)
    sent = form_of(review, body="Zonder naam.") | open_form(client, edit_url(review)) | {"actie": "publiceren"}
    thanks = client.get(client.post(edit_url(review), sent)["Location"])
    assert "Een moderator bekijkt haar" in text_of(thanks)
    assert "Een eerdere versie is weggehaald." in text_of(client.get(OWN))


def test_an_appeal_is_told_with_its_answer(client, review):
    remove(review)
    Appeal.objects.create(
        review=review, version=1, text="Dat is een schrijver.", state="refused", answer="Het blijft weg.",
        decided_at=timezone.now(),
    )  # fmt: skip
    page = text_of(client.get(OWN))
    assert "afgewezen" in page
    assert "Het blijft weg." in page
    assert "In beroep gaan" not in page


def test_taking_back_asks_first_and_makes_room_for_another(client, review):
    address = f"/beoordelingen/{review.public_id}/intrekken/"
    assert "Na 90 dagen wissen we wat er stond." in text_of(client.get(address))
    review.refresh_from_db()
    assert review.state == ReviewState.PUBLISHED
    assert client.post(address)["Location"] == OWN
    review.refresh_from_db()
    assert review.state == ReviewState.WITHDRAWN
    page = text_of(client.get(address, follow=True))
    assert "Deze beoordeling is al ingetrokken." in page
    assert "Door u ingetrokken" in page
    assert client.get(edit_url(review))["Location"] == OWN
    assert send(client, review.shown_method, "publiceren").status_code == 302


def test_nobody_comes_at_anothers(review):
    other = sign_in(Client(), make_teacher())
    for part in ("wijzigen", "intrekken", "bedankt"):
        assert other.get(f"/beoordelingen/{review.public_id}/{part}/").status_code == 404
        assert Client().get(f"/beoordelingen/{review.public_id}/{part}/")["Location"].startswith("/account/aanmelden/")
    sent = form_of(review, body="Van een ander.") | {"draft": "x", "saves": "0", "version": "1", "actie": "publiceren"}
    assert other.post(edit_url(review), sent).status_code == 404
    assert other.post(f"/beoordelingen/{review.public_id}/intrekken/").status_code == 404
    page = Client().post(edit_url(review), sent)
    assert page.status_code == 403
    assert "Van een ander." in page.content.decode()
    assert review.shown_method.name not in text_of(page)
    review.refresh_from_db()
    assert (review.version, review.state) == (1, ReviewState.PUBLISHED)


def test_who_may_not_review_any_more_sees_what_they_wrote_and_may_take_it_back(client, review, teacher):
    teacher.affiliations.all().delete()
    page = client.get(edit_url(review))
    assert page.status_code == 403
    assert "Weinig herhaling." in text_of(page)
    assert client.post(f"/beoordelingen/{review.public_id}/intrekken/").status_code == 302
    review.refresh_from_db()
    assert review.state == ReviewState.WITHDRAWN


def test_drafts_are_told_of_and_thrown_away(client, teacher):
    method = make_reviewable()
    assert "U schreef nog geen beoordeling" in text_of(client.get(OWN))
    open_form(client, write_url(method))
    assert "Kompas" not in text_of(client.get(OWN)), "a form that was only opened is no draft"
    send(client, method, "bewaren")
    page = client.get(OWN)
    assert "Verder schrijven" in text_of(page)
    key = ReviewDraft.objects.get().key
    address = f"/beoordelen/concept/{key}/weggooien/"
    assert "Wilt u het concept over Kompas weggooien" in text_of(client.get(address))
    assert ReviewDraft.objects.exists()
    assert "Het concept is weggegooid." in text_of(client.post(address, follow=True))
    assert not ReviewDraft.objects.exists()
    assert client.post(address).status_code == 404


def test_the_account_leads_there(client):
    assert client.get("/account/").content.decode().count(OWN) == 2


def test_it_costs_as_many_queries_for_many_as_for_one(client, teacher, django_assert_max_num_queries):
    for number in range(6):
        review = make_review(make_reviewable(name=f"Methode {number}"), author=teacher)
        if number < 3:
            withdraw_review(author=teacher, review=review)
        elif number < 5:
            remove(review)
    client.get(OWN)
    with django_assert_max_num_queries(13):
        client.get(OWN)
