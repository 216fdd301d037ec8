"""The services that the tests run on: named by the environment, wherever they stand."""

import os
from urllib.parse import urlsplit

SERVICES = ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL")


def missing_services() -> list[str]:
    """The variables that name none."""
    return [name for name in SERVICES if not os.environ.get(name)]


def hosts_of_services() -> list[str]:
    """The hosts that sockets may reach besides this machine: an official engine may stand elsewhere."""
    hosts = {urlsplit(os.environ.get(name, "")).hostname for name in SERVICES}
    return sorted(host for host in hosts if host)
