"""Signing in with a key alone: its PIN or finger is then the second of two factors."""

import time

import pytest
from allauth.account.app_settings import LOGIN_TIMEOUT
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from tests.accounts.keys import SoftKey
from tests.accounts.local import is_signed_in, make_account, submit_sign_in

pytestmark = pytest.mark.django_db

PASSKEY = "/account/aanmelden/passkey/"


@pytest.fixture(autouse=True)
def _nobody_tried_before():
    """Limits on guessing count what earlier tests did."""
    cache.clear()


def asked_for_a_passkey(client: Client) -> None:
    client.get(PASSKEY, headers={"X-Requested-With": "XMLHttpRequest"})


def asked_for_a_second_step(client: Client) -> None:
    """Somebody signs in on their own account, which has a key, and leaves the second step open until it is over."""
    own = make_account("dief@elders.example")
    SoftKey(b"sleutel van de dief").belong_to(own)
    submit_sign_in(client, "dief@elders.example")
    assert client.get("/account/aanmelden/tweede-stap/").status_code == 200
    session = client.session
    session["account_login"] |= {"initiated_at": time.time() - LOGIN_TIMEOUT - 1}
    session.save()


def answer(client: Client, key: SoftKey, user: User) -> None:
    challenge = client.session["mfa.webauthn.state"]["challenge"]
    client.post(PASSKEY, {"credential": key.answer(challenge, user)})


@pytest.mark.parametrize("verifies", [True, False])
def test_a_key_alone_lets_in_who_shows_its_pin(client, verifies):
    user, key = make_account(), SoftKey(verifies=verifies)
    key.belong_to(user)
    asked_for_a_passkey(client)
    answer(client, key, user)
    assert is_signed_in(client) == verifies


@pytest.mark.parametrize("verifies", [True, False])
def test_the_question_of_a_second_step_does_not_stand_for_that_of_a_passkey(client, verifies):
    """A second step asks for no PIN, for a password went before it. A stolen key must not be enough with its answer."""
    user, key = make_account(), SoftKey(verifies=verifies)
    key.belong_to(user)
    asked_for_a_second_step(client)
    answer(client, key, user)
    assert not is_signed_in(client)
