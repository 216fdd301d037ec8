"""The demonstration federation is a real provider: people sign in through it, and it can go wrong on demand."""

import contextlib
import subprocess
import sys
from typing import Any

import httpx
import pytest
from allauth.socialaccount.adapter import get_adapter
from django.contrib.auth import get_user
from django.test import RequestFactory
from django.urls import reverse

from accounts.demo.claims import ENTREE
from accounts.demo.federation.__main__ import main
from accounts.demo.federation.keys import FILE as KEY_FILE
from accounts.demo.federation.misbehaviour import SIGNATURES
from accounts.demo.people import federated_people
from accounts.models import User
from tests.federation_support import NotSentBack, run_federation

pytestmark = pytest.mark.django_db


def visitor(client) -> Any:
    """The User of this visit, or None."""
    request = type("Request", (), {"session": client.session})()
    user = get_user(request)
    return user if isinstance(user, User) else None


def test_who_signs_in_is_known_by_issuer_and_subject(client, federation):
    response = federation.sign_in(client, "docent", next="/healthz")

    user = visitor(client)
    assert response.redirect_chain[-1][0] == "/healthz"
    assert user is not None
    assert (user.issuer, user.subject) == (federation.issuer, federation.subject("docent"))
    assert user.display_name == "Ruben"
    assert "@lantaarnveen.example" in user.subject


@pytest.mark.parametrize("page", ["account_login", "account_signup"])
def test_the_pages_of_signing_in_are_there_with_a_federation(client, federation, page):
    assert client.get(reverse(page)).status_code == 200


def test_the_federations_own_address_keeps_where_to_go(client, federation):
    provider = get_adapter().get_provider(RequestFactory().get("/"), provider=federation.name)

    begin = reverse("federation_login", kwargs={"name": federation.name})
    assert provider.get_login_url(None, next="/a?b=c") == f"{begin}?next=%2Fa%3Fb%3Dc"


def test_both_kinds_of_claims_sign_in_and_make_two_accounts(client, federation, other_federation):
    for each in (federation, other_federation):
        each.sign_in(client, "docent")
        assert visitor(client).issuer == each.issuer
        client.logout()

    assert User.objects.filter(subject=other_federation.subject("docent"), display_name="Ruben Molshoek").exists()
    assert User.objects.count() == 2


def test_every_visit_is_asked_for_who_it_is(client, federation):
    federation.sign_in(client, "docent")
    federation.sign_in(client, "lid")

    assert visitor(client).subject == federation.subject("lid")


# One for each thing that can be changed; what our side does about each of them is tested with accounts.federation.
WRONG = [
    {"claims": {"uid": None}},
    {"id_token": {"aud": "een-ander"}},
    {"userinfo": {"sub": "een-ander"}},
    {"token": {"id_token": None}},
    {"discovery": {"issuer": "https://elders.example"}},
    {"jwks": {"keys": []}},
    *({"signature": name} for name in SIGNATURES),
    {"expires_after_seconds": -3600},
    {"issued_seconds_ago": 7200},
    {"authorization_error": "access_denied"},
    {"endpoints": {"userinfo": {"body": "<!DOCTYPE html>", "content_type": "text/html"}}},
    {"endpoints": {"token": {"location": "http://elders.example/"}}},
    {"endpoints": {"discovery": {"status": 500}}},
]


@pytest.mark.parametrize("misbehaviour", WRONG, ids=str)
def test_what_goes_wrong_lets_nobody_in(client, federation, misbehaviour):
    federation.misbehave(**misbehaviour)
    response = federation.sign_in(client, "docent")

    assert visitor(client) is None
    assert response.status_code < 500


def test_all_is_well_after_a_reset(client, federation):
    federation.misbehave(signature="none", claims={"uid": None})
    federation.reset()
    federation.sign_in(client, "docent")

    assert visitor(client) is not None


def test_another_person_signs_in_than_who_pressed_the_button(client, federation):
    federation.misbehave(person="leerling")
    federation.sign_in(client, "docent")

    assert visitor(client).subject == federation.subject("leerling")


def test_an_endpoint_that_takes_its_time_is_not_waited_for(client, federation, settings):
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.5
    federation.misbehave(endpoints={"token": {"delay_seconds": 2}})
    response = federation.sign_in(client, "docent")

    assert visitor(client) is None
    assert response.status_code < 500


def test_whoever_the_provider_does_not_send_back_stays_there(client, federation):
    federation.misbehave(endpoints={"authorization": {"status": 500}})

    with pytest.raises(NotSentBack):
        federation.sign_in(client, "docent")


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ({"signatuur": "none"}, "signatuur"),
        ({"signature": "geen"}, "geen"),
        ({"person": "niemand"}, "niemand"),
        ({"person": ["docent"]}, "docent"),
        ({"claims": None}, "claims"),
        ({"expires_after_seconds": True}, "expires_after_seconds"),
        ({"endpoints": {"elders": {}}}, "elders"),
        ({"endpoints": {"token": {"delay_seconds": "lang"}}}, "delay_seconds"),
        ([], "JSON object"),
    ],
)
def test_misbehaviour_that_is_unknown_is_named(federation, body, names):
    answer = httpx.post(f"{federation.issuer}/misbehave", json=body)

    assert answer.status_code == 400
    assert names in answer.json()["error"]


def test_no_form_of_another_site_makes_it_misbehave(federation):
    answer = httpx.post(
        f"{federation.issuer}/misbehave", content=b'{"signature": "none"}', headers={"Content-Type": "text/plain"}
    )

    assert answer.status_code == 415


def test_a_second_start_knows_what_the_first_did(client, settings, tmp_path):
    keys = []
    for _start in range(2):
        with contextlib.contextmanager(run_federation)("entree", ENTREE, tmp_path) as federation:
            settings.FEDERATIONS = {"entree": federation.settings}
            keys.append(httpx.get(f"{federation.issuer}/.well-known/jwks.json").json())
            federation.sign_in(client, "docent")
            assert visitor(client).issuer == federation.issuer

    assert keys[0] == keys[1]
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_a_taken_port_is_named(federation, tmp_path):
    port = federation.issuer.rpartition(":")[2]
    command = [sys.executable, "-m", "accounts.demo.federation", "--port", port, "--state", str(tmp_path)]
    refused = subprocess.run(
        [*command, "--redirect", "http://127.0.0.1/"], capture_output=True, text=True, check=False, timeout=60
    )

    assert refused.returncode == 1
    assert f"127.0.0.1:{port} is bezet" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["--port", "65536"], "65536"),
        (["--port", "0", "--redirect", "ergens"], "ergens"),
        (["--port", "0", "--redirect", "http://[", "--claims", "entree"], "http://["),
        (["--port", "0", "--claims", "geen"], "geen"),
    ],
)
def test_an_option_that_cannot_be_is_named(arguments, names, capsys):
    with pytest.raises(SystemExit):
        main(arguments)
    assert names in capsys.readouterr().err


def test_its_page_names_everybody_and_may_lead_back(federation):
    page = httpx.get(f"{federation.issuer}/aanmelden", params={"next": "/identity/o/authorize?client_id=x"})

    assert all(f"Aanmelden als {person.name}" in page.text for person in federated_people())
    assert "form-action 'self' http://127.0.0.1:*" in page.headers["Content-Security-Policy"]
    assert "<script" not in page.text


@pytest.mark.parametrize("elsewhere", ["https://elders.example/", "//elders.example/", "/\\elders.example"])
def test_its_page_leads_nowhere_else(federation, elsewhere):
    page = httpx.get(f"{federation.issuer}/aanmelden", params={"next": elsewhere})

    assert "elders.example" not in page.text
