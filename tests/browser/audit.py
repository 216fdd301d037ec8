"""What axe and a ruler have against a page as it stands in the browser, in light and in dark."""

import gzip
from collections.abc import Iterator, Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response, ViewportSize

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
SCREENS = {"wide": WIDE, "narrow": NARROW}

STANDARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
ADVICE = (*STANDARD, "best-practice")

# The only rules that look at colours: nothing else of a page differs between light and dark.
_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

_SETTLE = """Promise.allSettled(document.getAnimations()
    .filter(animation => animation.effect.getComputedTiming().endTime !== Infinity)
    .map(animation => animation.finished))"""

# All that unfolds but what lies over the page while it is open: menus, and on a small screen the sheet of filters.
_FOLDS = "details:not(.account-fold, .filter-fold, .menu > details)"
UNFOLD = f"document.querySelectorAll('{_FOLDS}').forEach(fold => {{ fold.open = true }})"


def faults_of(page: Page, *, within: str | None = None, tags: Sequence[str] = ADVICE) -> str:
    """Every fault of the page in light and of its colours in dark, and that it is wider than the screen; "" for none.

    within: the selector of what is judged, the whole page where none is given. The page is left in light.
    """
    page.emulate_media(color_scheme="light")
    faults = list(_violations(page, "light", {"type": "tag", "values": list(tags)}, within))
    page.emulate_media(color_scheme="dark")
    faults += _violations(page, "dark", _COLOURS, within)
    page.emulate_media(color_scheme="light")
    return "\n".join([*faults, *filter(None, [overflow_of(page)])])


def overflow_of(page: Page) -> str:
    """By how much the page is wider than the screen; "" where it fits."""
    pixels = page.evaluate(_OVERFLOW)
    return f"{pixels} pixels wider than the screen" if pixels else ""


def size_as_sent(response: Response) -> int:
    """Bytes of its body. A test server packs no static file, the site does: test_first_load sees that."""
    body = response.body()
    return len(body if response.url.endswith(".woff2") else gzip.compress(body))


def _violations(page: Page, scheme: str, rules: dict[str, Any], within: str | None) -> Iterator[str]:
    page.evaluate(_SETTLE)  # The administration's colours fade from one scheme to the other.
    # Without the result types axe describes every node that is right as well, which takes it longer than judging them.
    found = Axe().run(page, context=within, options={"runOnly": rules, "resultTypes": ["violations"]})
    if found.violations_count:
        yield f"in {scheme}: {found.generate_report()}"
