"""The system's Chromium, started as the tests start it."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with a fresh profile. Exits where there is none."""
    path = shutil.which("chromium")
    if path is None:
        sys.exit("✗ Chromium is not on this machine.\n  → apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(headless=True, executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
