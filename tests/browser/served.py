"""The site as the demonstration serves it: gunicorn, collected and packed static files, no debug server."""

import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings

from tests.database import database_url

REPOSITORY = Path(__file__).resolve().parent.parent.parent
_SESSIONS = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s"
START_SECONDS = 120
"""As patient as a machine needs that has five times the work it can do."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the site with this worker's test database and index; folder: for static files and the log."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": database_url(),
        # What `make run` of this checkout remembers lies in another space.
        "REDIS_URL": urlsplit(settings.REDIS_URL)._replace(path="/9").geturl(),
        "ELASTICSEARCH_PREFIX": settings.ELASTICSEARCH_PREFIX,
        "ELASTICSEARCH_TIMEOUT_SECONDS": "10",
        "STATIC_ROOT": str(folder / "static"),
        "PGAPPNAME": folder.name,
    }
    manage = (sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    subprocess.run(manage, cwd=REPOSITORY, env=environment, check=True)
    log = folder / "gunicorn.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            (sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", "127.0.0.1:0", "--threads", "4",
             "--no-control-socket"),
            cwd=REPOSITORY,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        yield _address(process, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        _wait_for_the_database(folder.name)


def _wait_for_the_database(name: str) -> None:
    """PostgreSQL ends a session a moment after who had it; a test database in use cannot be dropped."""
    until = time.monotonic() + START_SECONDS
    with psycopg.connect(database_url(), autocommit=True) as connection:
        while time.monotonic() < until and connection.execute(_SESSIONS, [name]).fetchone():
            time.sleep(0.05)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Where it says that it listens; from then on the connection waits for it."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        found = re.search(r"Listening at: (http://127\.0\.0\.1:\d+) ", log.read_text())
        if found:
            return found[1]
        time.sleep(0.05)
    raise AssertionError(f"gunicorn did not start:\n{log.read_text()}")
