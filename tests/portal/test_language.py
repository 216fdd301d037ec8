"""The language switch: for this browser, and for who is signed in wherever they sign in."""

import pytest
from django.test import Client

from accounts.models import User
from tests.accounts.traces import make_person
from tests.people import sign_in

pytestmark = pytest.mark.django_db


def language_of(client: Client) -> str:
    text = client.get("/privacy/").content.decode()
    return text.split('<html lang="')[1][:2]


@pytest.mark.parametrize(
    ("language", "kept", "shown"), [("en", "en", "en"), ("nl", "nl", "nl"), ("de", "", "nl"), ("", "", "nl")]
)
def test_who_is_signed_in_keeps_it_elsewhere(client, language, kept, shown):
    person = make_person()
    sign_in(client, person)
    assert client.post("/taal/", {"language": language, "next": "/privacy/"}).status_code == 302
    assert User.objects.get().language == kept
    assert language_of(client) == shown
    assert language_of(sign_in(Client(), person)) == shown


def test_the_switch_wins_over_what_was_chosen_before(client):
    sign_in(client, make_person(language="en"))
    assert language_of(client) == "en"
    client.post("/taal/", {"language": "nl"})
    assert language_of(client) == "nl"


def test_a_visitor_keeps_it_in_this_browser(client):
    client.post("/taal/", {"language": "en"})
    assert (language_of(client), language_of(Client())) == ("en", "nl")


def test_looking_at_its_address_changes_nothing(client):
    sign_in(client, make_person())
    assert client.get("/taal/?language=en").status_code == 302
    assert User.objects.get().language == ""


@pytest.mark.parametrize("onward", ["https://elders.example/", "//elders.example", "javascript:alert(1)"])
def test_it_sends_nobody_elsewhere(client, onward):
    sign_in(client, make_person())
    assert "elders" not in client.post("/taal/", {"language": "en", "next": onward})["Location"]
