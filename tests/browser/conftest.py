"""Pages in a real browser: Debian's Chromium, driven by Playwright, on a live server with the real engine."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.browser.shelf import Shelf, fill_shelf
from tests.database import TableKeeper
from tests.search_support import SearchIndex

REMEDY = "Chromium is not on this machine: apt-get install chromium"
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
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
