"""The pages of flags and appeals: what is sent, what is refused, and that nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client

from accounts.web.visitor_limits import USUAL_RATES
from reviews.models import Appeal, FlagReason, PublisherReply, Review, ReviewFlag
from reviews.services.moderating import remove
from reviews.services.publishing import edit_review, withdraw_review
from tests.catalogus.web.page import Page
from tests.factories import make_method
from tests.people import sign_in
from tests.review_support import make_content, make_review, make_teacher
from tests.reviews.moderating.support import WHY, make_moderator, make_publishers_person, make_reply

pytestmark = pytest.mark.django_db

MOST = int(USUAL_RATES.split("/")[0])


@pytest.fixture
def review() -> Review:
    return make_review(make_method(name="Blokken"))


def fields_of(page: Page) -> dict[str, str]:
    """What the form holds before anything is filled in."""
    inputs = page.all("//main//form//input[@name]")
    return {one.get("name"): one.get("value", "") for one in inputs if one.get("type") not in {"radio", "checkbox"}}


def send(client: Client, review: Review, ending: str = "", **fields: str) -> Any:
    address = f"/beoordelingen/{review.public_id}/melden/{ending}"
    said = fields_of(Page(client.get(address))) | {"reason": FlagReason.OFF_TOPIC, "text": ""} | fields
    return client.post(address, said)


def errors(response: Any) -> str:
    return " ".join(Page(response).texts("//*[@role='alert']//li"))


def test_anybody_flags_and_is_told_what_happens(client: Client, review: Review):
    response = send(client, review, text="Er staat een naam in de tweede zin.")
    assert response.status_code == 302
    flag = ReviewFlag.objects.get()
    assert (flag.review, flag.user, flag.version, flag.text) == (review, None, 1, "Er staat een naam in de tweede zin.")
    thanks = Page(client.get(response["Location"]))
    assert thanks.texts("//h1") == ["Uw melding is ontvangen"]
    assert thanks.href("Terug naar de methode") == review.shown_method.get_absolute_url()


def test_who_is_signed_in_flags_as_themselves(client: Client, review: Review):
    reader = make_publishers_person(review.shown_method.publisher)
    assert send(sign_in(client, reader), review).status_code == 302
    flag = ReviewFlag.objects.get()
    assert (flag.user, flag.is_of_publisher) == (reader, True)


def test_a_reply_is_flagged_apart(client: Client, review: Review):
    assert client.get(f"/beoordelingen/{review.public_id}/melden/?antwoord=1").status_code == 404
    make_reply(review, "Koop de nieuwe druk!")
    page = Page(client.get(f"/beoordelingen/{review.public_id}/melden/?antwoord=1"))
    assert "Koop de nieuwe druk!" in page.text()
    assert FlagReason.NAME not in page.all("//input[@name='reason']/@value")
    response = send(client, review, "?antwoord=1", reason=FlagReason.ADVERTISING)
    assert response.status_code == 302
    assert ReviewFlag.objects.get().is_of_reply
    assert "antwoord" in Page(client.get(response["Location"])).text()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": ""}, "Kies wat er is."),
        ({"reason": "<b>"}, "“<b>” staat niet in de lijst"),
        ({"reason": FlagReason.OTHER}, "Vertel wat er is"),
        ({"text": "x" * 20_000}, "De tekst telt 20000 tekens; gebruik er hoogstens 1000."),
        ({"website": "https://spam.example"}, "Een verborgen veld was ingevuld"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, review, fields, said):
    response = send(client, review, **({"text": "Zie de tweede zin."} | fields if "reason" not in fields else fields))
    assert response.status_code == 422
    assert said in errors(response)
    if "text" in fields or "website" in fields:
        assert Page(response).text("//textarea") == fields.get("text", "Zie de tweede zin.")
    assert not ReviewFlag.objects.exists()


def test_what_was_changed_meanwhile_is_told_and_sent_again(client: Client):
    author = make_teacher()
    review = make_review(make_method(), author=author)
    address = f"/beoordelingen/{review.public_id}/melden/"
    said = fields_of(Page(client.get(address))) | {"reason": FlagReason.ABUSE, "text": "Onaardig."}
    edit_review(author=author, review=review, content=make_content(review.method, body="Milder."), version=1)
    response = client.post(address, said)
    assert response.status_code == 409
    assert "intussen gewijzigd" in errors(response)
    page = Page(response)
    assert page.text("//textarea") == "Onaardig."
    assert client.post(address, said | fields_of(page)).status_code == 302
    assert ReviewFlag.objects.get().version == 2


def test_a_form_of_nobodys_making_is_read_too(client: Client, review: Review):
    answer = client.post(
        f"/beoordelingen/{review.public_id}/melden/",
        {"reason": FlagReason.ABUSE, "version": "²", "reply_text": "2026-99-99T00:00:00"},
    )
    assert answer.status_code == 302


def test_many_of_one_network_wait(client: Client, review: Review):
    for _number in range(MOST):
        assert send(client, review).status_code == 302
    response = send(client, review, text="Mijn tekst.")
    assert response.status_code == 429
    assert response["Retry-After"] == "600"
    assert Page(response).text("//textarea") == "Mijn tekst."
    assert send(sign_in(Client(), make_teacher()), review).status_code == 302, "an account is counted by itself"


def test_without_valkey_who_has_an_account_still_flags(client: Client, review: Review, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:9/0"}
    }
    response = send(client, review, text="Mijn tekst.")
    assert response.status_code == 503
    assert Page(response).text("//textarea") == "Mijn tekst."
    assert send(sign_in(Client(), make_teacher()), review).status_code == 302


def test_nobody_flags_their_own_or_what_is_not_public(client: Client):
    author = make_teacher()
    review = make_review(make_method(), author=author)
    address = f"/beoordelingen/{review.public_id}/melden/"
    assert sign_in(client, author).get(address).status_code == 403
    assert client.post(address, {"reason": FlagReason.ABUSE}).status_code == 403
    withdraw_review(author=author, review=review)
    assert Client().get(address).status_code == 404
    assert Client().get(address + "bedankt/").status_code == 404
    assert Client().get("/beoordelingen/%00/melden/").status_code == 404
    assert not ReviewFlag.objects.exists()


def test_a_flag_shows_nothing_of_what_is_hidden(client: Client, review: Review):
    make_reply(review, "Koop de nieuwe druk!")
    PublisherReply.objects.update(removed_at=review.written_at, removal_reason=WHY)
    assert client.get(f"/beoordelingen/{review.public_id}/melden/?antwoord=1").status_code == 404


def test_a_writer_reads_why_and_appeals(client: Client):
    author = make_teacher()
    review = make_review(make_method(), author=author)
    address = f"/beoordelingen/{review.public_id}/beroep/"
    sign_in(client, author)
    assert not Page(client.get(address)).all("//textarea")
    assert client.post(address, {"text": "Waarom?", "version": "1"}).status_code == 403
    remove(actor=make_moderator(), review=review, reason=WHY, version=1)
    page = Page(client.get(address))
    assert WHY in page.text()
    refused = client.post(address, fields_of(page) | {"text": "x" * 3000})
    assert refused.status_code == 422
    assert Page(refused).text("//textarea") == "x" * 3000
    answer = client.post(address, fields_of(page) | {"text": "Het is een personage."})
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert Appeal.objects.get().text == "Het is een personage."
    page = Page(client.get(address))
    assert "Uw beroep is ingediend." in page.text()
    assert not page.all("//textarea")


def test_an_appeal_is_of_its_writer_alone(client: Client):
    review = make_review(make_method())
    remove(actor=make_moderator(), review=review, reason=WHY, version=1)
    address = f"/beoordelingen/{review.public_id}/beroep/"
    assert client.get(address).status_code == 302
    assert sign_in(client, make_teacher()).get(address).status_code == 404
    assert client.post(address, {"text": "Nee.", "version": "1"}).status_code == 404
