"""A person's data, to take along and to have erased: for them alone, and after they showed again who they are."""

import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from accounts.personal_data import holdings
from accounts.web.own_data import FILE_NAME
from tests.accounts.traces import TRACES, make_known_person, make_person, tables_that_tell
from tests.people import sign_in

pytestmark = pytest.mark.django_db

PASSWORD = "een-lang-wachtwoord-27"
FILE, DELETE = "/account/gegevens/bestand/", "/account/verwijderen/"
AGAIN = "/account/opnieuw/"


@pytest.fixture(autouse=True)
def _no_counts():
    cache.clear()


@pytest.fixture
def local() -> User:
    """Somebody with a password, so that they can be asked again who they are."""
    person = make_person(email="jan@school.example", password=PASSWORD, display_name="Jan")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def told(client: Client) -> dict[str, list[dict[str, Any]]]:
    response = client.get(FILE)
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="{FILE_NAME}"'
    data: dict[str, list[dict[str, Any]]] = json.loads(response.getvalue())
    return data


def test_the_file_holds_everything_of_the_person(client):
    person = make_known_person()
    sign_in(client, person)
    # A federation's person without a password has nothing to show again but a second factor; here none is left.
    Authenticator.objects.filter(user=person).delete()
    data = told(client)
    assert list(data) == ["made_at", *(holding.key for holding in holdings())]
    assert data["account"][0]["display_name"] == person.display_name
    assert data["publisher_memberships"][0]["role"] == "reader"


def test_the_page_names_what_is_in_it(client, local):
    sign_in(client, local)
    text = client.get("/account/gegevens/").content.decode()
    for holding in holdings():
        assert str(holding.name) in text


@pytest.mark.parametrize("path", [FILE, DELETE])
def test_who_came_long_ago_shows_again_who_they_are(client, local, path):
    sign_in(client, local)
    assert client.get(path).url.startswith(AGAIN)
    wrong = client.post(f"{AGAIN}?next={path}", {"password": "iets anders"})
    assert wrong.status_code == 200
    assert client.get(path).url.startswith(AGAIN)
    right = client.post(f"{AGAIN}?next={path}", {"password": PASSWORD})
    assert right.url == path
    assert client.get(path).status_code == 200


def test_the_file_is_not_made_without_end(client):
    sign_in(client, make_person())
    assert [client.get(FILE).status_code for _ in range(11)] == [200] * 10 + [429]
    other = sign_in(Client(), make_person())
    assert other.get(FILE).status_code == 200


def test_the_page_says_what_goes_and_what_stays(client):
    sign_in(client, make_person())
    text = client.get(DELETE).content.decode()
    for holding in holdings():
        assert str(holding.name) in text
    assert "voormalige medewerker" in text
    assert text.index("Dit verdwijnt") < text.index("Dit blijft") < text.index("</button>", text.index("Dit blijft"))


@pytest.mark.parametrize(("fields", "is_gone"), [({"confirm": "on"}, True), ({"confirm": ""}, False), ({}, False)])
def test_deletion_asks_for_a_tick(client, fields, is_gone):
    person = make_person()
    sign_in(client, person)
    response = client.post(DELETE, fields)
    assert response.status_code == (302 if is_gone else 422)
    assert User.objects.exists() != is_gone
    if is_gone:
        assert "Uw account is verwijderd" in client.get(response.url).content.decode()
        assert client.get("/account/").status_code == 302
    else:
        assert "Zet een vinkje" in response.content.decode()
        assert client.get("/account/").status_code == 200


def test_a_post_of_who_came_long_ago_deletes_nothing(client, local):
    sign_in(client, local)
    assert client.post(DELETE, {"confirm": "on"}).url.startswith(AGAIN)
    assert User.objects.exists()


def test_nothing_is_left_after_it_was_done_in_a_browser(client):
    person = make_known_person()
    Authenticator.objects.filter(user=person).delete()
    sign_in(client, person)
    assert client.post(DELETE, {"confirm": "on"}).status_code == 302
    assert tables_that_tell(*TRACES) == set()


def test_the_last_who_may_do_everything_is_told_so(client):
    person = User.objects.create_superuser("hoofd")
    sign_in(client, person)
    response = client.post(DELETE, {"confirm": "on"})
    assert response.status_code == 422
    assert "laatste account dat alles mag" in response.content.decode()
    assert client.get("/account/").status_code == 200
