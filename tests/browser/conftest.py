"""Pages in a real browser: Debian's Chromium, driven by Playwright, on a live server with the real engine."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.shelf import Shelf, fill_shelf
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


@pytest.fixture
def shelf(transactional_db: None, search_index: SearchIndex) -> Shelf:
    """A catalogue with a bit of everything, indexed."""
    shelf = fill_shelf()
    search_index.rebuild()
    return shelf
