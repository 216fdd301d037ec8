"""Pages in a real browser: Debian's Chromium, driven by Playwright, on a live server with the real engine."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, sync_playwright
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
        faults: list[str] = []
        patch.setattr(browser, "new_context", _watched(browser.new_context, faults))
        yield browser
        browser.close()
    assert not faults, "\n".join(faults)


def _watched(new_context: Callable[..., BrowserContext], faults: list[str]) -> Callable[..., BrowserContext]:
    """Contexts of which every broken policy, and every request to another machine, is a fault of the module."""

    def watched(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.on("request", lambda request: faults.extend(_elsewhere(request.url)))
        context.on("console", lambda message: faults.extend(_broken_policy(message)))
        return context

    return watched


def _elsewhere(url: str) -> list[str]:
    parts = urlsplit(url)
    is_ours = parts.scheme not in {"http", "https"} or parts.hostname in {"localhost", "127.0.0.1"}
    return [] if is_ours else [f"asked another machine: {url}"]


def _broken_policy(message: ConsoleMessage) -> list[str]:
    """Not in the administration, where Django's own scripts set styles, which are then left out."""
    is_of_django = message.page is not None and urlsplit(message.page.url).path.startswith("/beheer/")
    return [message.text] if "Content Security Policy" in message.text and not is_of_django else []


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
