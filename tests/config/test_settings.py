"""Settings that refuse to start are better than settings that guard nothing."""

import os
import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY

SOUND = {"SECRET_KEY": "k" * 60 + "abcdefgh12345", "ALLOWED_HOSTS": "catalogus.example", "FETCH_ALLOWED_NETWORKS": ""}


def check(settings: str, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in SOUND} | variables
    environment["DJANGO_SETTINGS_MODULE"] = f"config.settings.{settings}"
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_production_is_clean():
    found = check("prod", SOUND)
    assert found.returncode == 0, found.stderr


@pytest.mark.parametrize(
    ("variable", "value"),
    [("SECRET_KEY", ""), ("ALLOWED_HOSTS", ""), ("FETCH_ALLOWED_NETWORKS", "127.0.0.0/8")],
)
def test_production_refuses_and_names_the_variable(variable, value):
    found = check("prod", SOUND | {variable: value})
    assert found.returncode != 0
    assert variable in found.stderr


def test_the_demonstration_needs_a_key():
    found = check("demo", SOUND | {"SECRET_KEY": ""})
    assert "make run" in found.stderr
