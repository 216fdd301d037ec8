"""What every page gets for whoever is signed in."""

import pytest
from django.test import Client

from tests.accounts.local import PASSWORD, add_totp, make_account
from tests.people import sign_in

pytestmark = pytest.mark.django_db

ABOUT_A_PERSON = [
    "/account/",
    "/account/e-mailadres/",
    "/account/wachtwoord/",
    "/account/opnieuw/",
    "/account/opnieuw/tweede-stap/",
    "/account/tweede-stap/",
    "/account/tweede-stap/sleutels/",
    "/account/tweede-stap/herstelcodes/nieuw/",
    "/account/sessies/",
    "/account/afmelden/",
]


@pytest.mark.parametrize("path", ABOUT_A_PERSON)
def test_nothing_keeps_a_page_about_a_person(client, path):
    """After signing off, the way back in a browser at school leads to no address, device or way of signing in."""
    user = make_account()
    add_totp(user)
    sign_in(client, user)
    client.post("/account/opnieuw/", {"password": PASSWORD})
    response = client.get(path)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["/", "/privacy/", "/nergens/"])
def test_a_page_for_all_that_names_its_reader_is_kept_for_them_alone(client, path):
    sign_in(client, make_account())
    assert "private" in client.get(path)["Cache-Control"]
    assert "private" not in Client().get(path).get("Cache-Control", "")


def test_what_is_the_same_for_all_may_be_kept_by_all(client):
    sign_in(client, make_account())
    response = client.get("/api/v1/")
    assert response.status_code == 200
    assert "private" not in response.get("Cache-Control", "")
