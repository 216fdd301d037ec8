"""Sockets are closed but to this machine and to the services that the environment names."""

import pytest

from tests.named_services import SERVICES, hosts_of_services, missing_services


@pytest.fixture(autouse=True)
def _nothing_named(monkeypatch):
    for name in SERVICES:
        monkeypatch.delenv(name)


def test_what_is_not_named_is_missing(monkeypatch):
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1/0")
    monkeypatch.setenv("DATABASE_URL", "")
    assert missing_services() == ["DATABASE_URL", "ELASTICSEARCH_URL"]


def test_an_engine_elsewhere_may_be_reached(monkeypatch):
    monkeypatch.setenv("ELASTICSEARCH_URL", "https://anna:geh%40im@Zoek.example:9243/es")
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:6379/0")
    assert hosts_of_services() == ["127.0.0.1", "zoek.example"]


def test_this_run_may_reach_nothing_else(pytestconfig):
    assert "example.org" not in pytestconfig.getoption("--allow-hosts").split(",")
    assert "127.0.0.1" in pytestconfig.getoption("--allow-hosts").split(",")
