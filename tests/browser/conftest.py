"""Pages in a real browser: Debian's Chromium, driven by Playwright, on a live server with the real engine."""

import os
import shutil
import time
from collections.abc import Iterator

import pytest
from django.db import connection
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.browser.shelf import Shelf, fill_shelf
from tests.database import TableKeeper
from tests.search_support import SearchIndex

REMEDY = "Chromium is not on this machine: apt-get install chromium"
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]


@pytest.fixture(scope="module")
def browser(threads_end: None) -> Iterator[Browser]:
    """One browser with a fresh profile for the tests of a module.

    Playwright keeps an event loop in the thread that started it, and Django then refuses to read the database there;
    both end with the module, so that other tests are not touched.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI") == "true":
            pytest.fail(REMEDY)
        pytest.skip(REMEDY)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(headless=True, executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def shelf(
    django_db_setup: TableKeeper, django_db_blocker: DjangoDbBlocker, search_index_session: SearchIndex
) -> Iterator[Shelf]:
    """A catalogue with a bit of everything, indexed: one for all tests of a module, that only read it."""
    with django_db_blocker.unblock():
        shelf = fill_shelf()
        search_index_session.empty()
        search_index_session.rebuild()
        yield shelf
        django_db_setup.restore()


@pytest.fixture(scope="module")
def site(shelf: Shelf) -> Iterator[str]:
    """The address of the site with the shelf; `live_server` would have all tables emptied after each test."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


LONGEST_SECONDS = 10.0
"""A thread of a server ends within milliseconds of its browser, on a busy machine within a second or two."""


@pytest.fixture(scope="module")
def threads_end(django_db_setup: TableKeeper, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """At its end no thread of a server is connected any more: else the database of the tests cannot be dropped.

    A browser keeps its connections until it is closed, and the thread at the other end keeps one to the database.
    """
    yield
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    ends_at = time.monotonic() + LONGEST_SECONDS
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        while time.monotonic() < ends_at:
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.05)
