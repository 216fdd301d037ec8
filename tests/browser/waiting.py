"""Waiting for what a page comes to, on a page whose policy lets no text be run as a script."""

from playwright.sync_api import Page

PATIENCE_MS = 30_000
STEP_MS = 50


def until(page: Page, expression: str) -> None:
    """Wait for an expression to be true. Raises AssertionError where it does not come.

    Page.wait_for_function runs its text in the page again and again, which the policy forbids from the second time on.
    """
    for _step in range(PATIENCE_MS // STEP_MS):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(STEP_MS)
    raise AssertionError(f"not true within {PATIENCE_MS // 1000} s: {expression}")
