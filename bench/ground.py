"""The ground that measurements and faults stand on: a database and an index prefix of their own on real services."""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg
from psycopg import sql

REPOSITORY = Path(__file__).resolve().parent.parent
DATABASE = "keuzecatalogus_bench"
PREFIX = "bench"
WAIT_SECONDS = 120


def prepare_environment(database: str = DATABASE, *, prefix: str = PREFIX) -> None:
    """Make an empty database, point the settings at it and set Django up. Exits where a service is missing."""
    missing = [name for name in ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL") if not os.environ.get(name)]
    if missing:
        sys.exit(f"{', '.join(missing)} not set: run `make bench` or `make faults`.")
    address = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(urlunsplit(address._replace(path="/postgres")), autocommit=True) as connection:
        name = sql.Identifier(database)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
    os.environ |= {
        "DATABASE_URL": urlunsplit(address._replace(path=f"/{database}")),
        "DATABASE_STATEMENT_TIMEOUT_MS": "0",
        "ELASTICSEARCH_PREFIX": prefix,
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "SECRET_KEY": secrets.token_urlsafe(50),
    }
    django.setup()
    for command in (("migrate",), ("seed",), ("collectstatic", "--no-input")):
        manage(*command)


def manage(*arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments, "--verbosity", "0"], cwd=REPOSITORY, check=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    *command: str, ready: str, environment: Mapping[str, str] | None = None, log: Path | None = None
) -> Iterator[None]:
    """A program of its own, as in production: what is measured does not share its interpreter.

    environment: what it gets besides ours. log: where its errors go, else to our terminal.
    """
    with nullcontext() if log is None else log.open("ab") as errors:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=REPOSITORY,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env={**os.environ, **(environment or {})},
        )
    try:
        _wait_until_ready(process, ready)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_until_ready(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  An address of ours on loopback.
                return
        except (urllib.error.URLError, OSError):
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"{address} does not get ready")
            time.sleep(0.1)
