"""A service that the environment names: used as it is, checked for an answer, never started or stopped."""

import os
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg
import redis

from devstack.context import Context
from devstack.errors import DevstackError
from devstack.service import Service

TIMEOUT_SECONDS = 5


def without_password(url: str) -> str:
    """The URL as it may be shown: postgres://anna:geheim@host/db -> postgres://anna:***@host/db."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    user, _, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}:***@{host}"))


def _reach_postgres(url: str) -> None:
    # Django's settings accept psql:// and pgsql:// too; libpq knows only its own two names.
    with psycopg.connect(f"postgresql://{url.partition('://')[2]}", connect_timeout=TIMEOUT_SECONDS) as connection:
        connection.execute("SELECT 1")


def _reach_redis(url: str) -> None:
    client = redis.Redis.from_url(url, socket_connect_timeout=TIMEOUT_SECONDS, socket_timeout=TIMEOUT_SECONDS)
    try:
        client.ping()
    finally:
        client.close()


def _reach_elasticsearch(url: str) -> None:
    # `GET /` is not asked: the development node answers it with 405.
    answer = httpx.get(f"{url.rstrip('/')}/_cluster/health", timeout=TIMEOUT_SECONDS)
    if answer.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
        raise ValueError(f"naam of wachtwoord in het adres klopt niet (status {answer.status_code})")
    if answer.is_error:  # The client's own words would show the whole address, its password included.
        raise ValueError(f"status {answer.status_code}")


_REACH: Mapping[str, Callable[[str], None]] = {
    "DATABASE_URL": _reach_postgres,
    "REDIS_URL": _reach_redis,
    "ELASTICSEARCH_URL": _reach_elasticsearch,
}


class External(Service):
    is_external = True

    def __init__(self, context: Context, *, inside: type[Service], url: str) -> None:
        super().__init__(context)
        # It goes by the names of the service that it stands in for.
        self.key, self.label, self.variable = inside.key, inside.label, inside.variable
        self._url = url

    def pid(self) -> int | None:
        return None

    def start(self) -> None:
        """It runs, or its owner must start it."""

    def stop(self) -> None:
        """It is not ours to stop."""

    def address(self) -> str:
        return self._url

    def wait_until_ready(self) -> None:
        try:
            _REACH[self.variable](self._url)
        except (psycopg.Error, redis.RedisError, httpx.HTTPError, ValueError, OSError) as error:
            place = without_password(self._url)
            raise DevstackError(
                f"{self.variable} wijst naar {place}, maar {self.label} antwoordt daar niet: {error}",
                remedy=f"Start die dienst of verbeter {self.variable}; zonder die variabele start er hier zelf een.",
            ) from error


def address_in_environment(variable: str) -> str:
    return os.environ.get(variable, "").strip()
