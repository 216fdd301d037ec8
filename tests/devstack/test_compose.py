"""The services as their makers ship them: the same versions as devstack's own, and open to this machine alone."""

from pathlib import Path

import pytest
import yaml

from devstack.elasticsearch.build import pinned_version
from devstack.stack import SERVICES

SERVICES_OF_COMPOSE = yaml.safe_load((Path(__file__).resolve().parents[2] / "docker-compose.yml").read_text())[
    "services"
]


def test_it_has_what_devstack_has():
    assert set(SERVICES_OF_COMPOSE) == {service.key for service in SERVICES}


def test_the_official_engine_has_the_version_of_the_node():
    assert SERVICES_OF_COMPOSE["elasticsearch"]["image"] == f"elasticsearch:{pinned_version()}"


@pytest.mark.parametrize("name", SERVICES_OF_COMPOSE)
def test_nothing_listens_on_another_address(name):
    ports = SERVICES_OF_COMPOSE[name]["ports"]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)
