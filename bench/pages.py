"""What each kind of page costs who opens it first: bytes, requests, shifts, and when its largest part shows.

In Chromium on a processor made four times slower, from a gunicorn of the demonstration's settings, each time with
nothing kept. There is no bare peer; the aims are those of an old laptop. The rows are those of `make screenshots`.
"""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.urls import NoReverseMatch
from playwright.sync_api import Browser, Response, Route, ViewportSize

from bench.report import Row, show
from bench.site import served
from shots.chromium import chromium
from shots.pages import PAGES
from shots.samples import find_samples

MOST_BYTES = 150_000
MOST_SHIFT = 0.0005
"""Zero to three decimals; a letter that is a tenth of a pixel narrower is no shift that anybody sees."""

MOST_SHIFT_OF_FONTS = 0.05
"""Where the typeface comes late a line may break elsewhere; half of what counts as good (0.1)."""

MOST_PAINT_MS = 2_500
SLOWER = 4
VISITS = 3
FONTS_LATE_MS = 1_000
SCREEN: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}

_WATCH = """
window.figures = {shift: 0, paint: 0};
new PerformanceObserver(list => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) figures.shift += one.value;
}).observe({type: "layout-shift", buffered: true});
new PerformanceObserver(list => {
  for (const one of list.getEntries()) figures.paint = one.startTime;
}).observe({type: "largest-contentful-paint", buffered: true});
"""
_TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"


@dataclass(frozen=True, slots=True)
class Visit:
    """size: bytes as sent, heads included; shift: the sum of layout shifts; paint_ms: largest contentful paint."""

    status: int
    size: int
    requests: int
    shift: float
    paint_ms: float


def measure() -> None:
    """Visit every page that needs no account, wide and as on a phone, and once with fonts that come late."""
    with served() as site, chromium() as browser:
        samples = find_samples(site.address)
        for name, screen in (("wide", SCREEN), ("phone", PHONE)):
            rows: list[Row] = []
            for page in PAGES:
                if page.is_signed_in or page.status != HTTPStatus.OK:
                    continue
                try:
                    address = f"{site.address}{page.address(samples)}"
                except NoReverseMatch:
                    rows.append((page.name, "", "there is no such page"))
                    continue
                rows.append((page.name, *_told(browser, address, screen)))
            title = f"First visits, {name}, processor {SLOWER} times slower: aim ≤ {MOST_BYTES // 1000} KB, shift 0"
            show(f"{title} (≤ {MOST_SHIFT_OF_FONTS} where fonts come late), largest paint ≤ {MOST_PAINT_MS} ms", rows)


def _told(browser: Browser, address: str, screen: ViewportSize) -> tuple[str, str]:
    """The figures of a page, and which aims were not met."""
    visits = [_visit(browser, address, screen) for _ in range(VISITS)]
    late = _visit(browser, address, screen, are_fonts_late=True)
    size, requests = max(one.size for one in visits), visits[0].requests
    shift, paint_ms = max(one.shift for one in visits), statistics.median(one.paint_ms for one in visits)
    figures = f"{size / 1e3:.0f} KB, {requests} requests, {shift:.3f} ({late.shift:.3f}), {paint_ms:.0f} ms"
    faults = [
        *(f"status {one.status}" for one in visits[:1] if one.status != HTTPStatus.OK),
        *_beyond("bytes", size, MOST_BYTES),
        *_beyond("shift", shift, MOST_SHIFT),
        *_beyond("shift of late fonts", late.shift, MOST_SHIFT_OF_FONTS),
        *_beyond("paint", paint_ms, MOST_PAINT_MS),
    ]
    return figures, f"not met: {', '.join(faults)}" if faults else "met"


def _beyond(name: str, figure: float, most: float) -> Iterator[str]:
    if figure > most:
        yield name


def _visit(browser: Browser, address: str, screen: ViewportSize, *, are_fonts_late: bool = False) -> Visit:
    """One visit by a browser that holds nothing yet."""
    context = browser.new_context(viewport=screen, locale="nl-NL")
    page = context.new_page()
    page.add_init_script(_WATCH)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    responses: list[Response] = []
    page.on("response", lambda one: responses.append(one))
    held: list[Route] = []
    if are_fonts_late:
        page.route("**/*.woff2", lambda route: held.append(route))
    response = page.goto(address, wait_until="domcontentloaded" if are_fonts_late else "networkidle")
    if are_fonts_late:
        page.wait_for_timeout(FONTS_LATE_MS)
        for route in held:
            route.continue_()
        page.evaluate("() => document.fonts.ready.then(() => true)")
    page.evaluate(_TWO_FRAMES)
    found: dict[str, Any] = page.evaluate("() => window.figures")
    size = 0
    for one in responses:
        sizes = one.request.sizes()
        size += max(0, sizes["responseBodySize"]) + sizes["responseHeadersSize"]
    visit = Visit(response.status if response else 0, size, len(responses), found["shift"], found["paint"])
    context.close()
    return visit
