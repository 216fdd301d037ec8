"""Settings that refuse to start are better than settings that guard nothing."""

import os
import subprocess
import sys

import pytest

from accounts.checks import check_federations
from tests.conftest import REPOSITORY

SOUND = {
    "SECRET_KEY": "k" * 60 + "abcdefgh12345",
    "ALLOWED_HOSTS": "catalogus.example",
    "FETCH_ALLOWED_NETWORKS": "",
    "EMAIL_URL": "smtp://mail.catalogus.example:587",
    "SITE_URL": "https://catalogus.example",
    "TRUSTED_PROXY_COUNT": "1",
    "FEDERATIONS": "entree",
    "FEDERATION_ENTREE_ISSUER": "https://federatie.example",
    "FEDERATION_ENTREE_CLIENT_ID": "keuzecatalogus",
    "FEDERATION_ENTREE_CLIENT_SECRET": "geheim",
}
CHECK = ("check", "--deploy", "--fail-level", "WARNING")


def check(
    settings: str, variables: dict[str, str], command: tuple[str, ...] = CHECK
) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in SOUND} | variables
    environment["DJANGO_SETTINGS_MODULE"] = f"config.settings.{settings}"
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_production_is_clean():
    found = check("prod", SOUND)
    assert found.returncode == 0, found.stderr


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SECRET_KEY", ""),
        ("ALLOWED_HOSTS", ""),
        ("FETCH_ALLOWED_NETWORKS", "127.0.0.0/8"),
        ("EMAIL_URL", "consolemail://"),
        ("SITE_URL", "http://catalogus.example"),
        ("TRUSTED_PROXY_COUNT", "0"),
        ("EMAIL_URL", "filemail:////tmp/mail"),
        ("FEDERATION_ENTREE_ISSUER", "http://127.0.0.1:8500"),
        ("FEDERATION_ENTREE_ISSUER", ""),
        ("FEDERATION_ENTREE_CLAIMS", "geen"),
        ("FEDERATION_ENTREE_CLIENT_SECRET", ""),
    ],
)
def test_production_refuses_and_names_the_variable(variable, value):
    found = check("prod", SOUND | {variable: value})
    assert found.returncode != 0
    assert variable in found.stderr


def test_the_demonstration_needs_a_key():
    found = check("demo", SOUND | {"SECRET_KEY": ""})
    assert "make run" in found.stderr


@pytest.mark.parametrize("variable", ["EMAIL_URL", "FEDERATION_ENTREE_CLIENT_ID"])
def test_production_refuses_what_is_not_set_at_all(variable):
    found = check("prod", {name: value for name, value in SOUND.items() if name != variable})
    assert found.returncode != 0
    assert variable in found.stderr


def test_production_is_no_demonstration_whatever_the_environment_says():
    found = check("prod", SOUND | {"DEMONSTRATION": "True"}, ("demo_people", "list"))
    assert found.returncode == 1
    assert "DEMONSTRATION" in found.stderr


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"claims": "geen"}, ["accounts.E002"]),
        ({"client_id": ""}, ["accounts.E003"]),
        ({"issuer": "", "label": ""}, ["accounts.E003", "accounts.E003"]),
    ],
)
def test_federations_are_checked(settings, change, found):
    sound = {"label": "Entree", "issuer": "https://f.example", "client_id": "a", "client_secret": "b"}
    settings.FEDERATIONS = {"entree": {**sound, "claims": "entree", **change}}
    assert [message.id for message in check_federations()] == found


@pytest.mark.parametrize(("name", "is_sound"), [("entree", True), ("Entree", False), ("1", False), ("a/b", False)])
def test_a_federations_name_fits_an_address(settings, name, is_sound):
    settings.FEDERATIONS = {
        name: {"label": "F", "issuer": "https://f.example", "client_id": "a", "client_secret": "b", "claims": "entree"}
    }
    assert (check_federations() == []) is is_sound
