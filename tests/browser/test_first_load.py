"""What a page costs and asks for as gunicorn sends it: no byte too many, nothing from elsewhere, no script it needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from tests.browser.served import served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.search,
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.xdist_group("browser"),
]

MOST_BYTES = 150_000
"""As sent, heads and fonts included: a page that a school's slow connection shows within a second."""


@pytest.fixture(scope="module")
def site(shelf, tmp_path_factory) -> Iterator[str]:
    """One server for the tests of this module, in the place of the live server of the others."""
    with served(tmp_path_factory.mktemp("served")) as address:
        yield address


OTHERS = ("/lijsten/", "/uitleg/zoeken/", "/status/", "/contact/")
"""Pages that show nothing of the shelf, and have no form whose token is a cookie."""


@dataclass(frozen=True)
class Sent:
    """An answer as it came: bytes of head and body on the wire."""

    size: int
    headers: dict[str, str]


@pytest.fixture
def visit(browser, site):
    """visit("/"): (status, url -> what was sent, what the console said), each in a browser that has nothing yet."""

    def visit(path):
        context = browser.new_context(locale="nl-NL")
        page = context.new_page()
        responses, said = [], []
        page.on("response", lambda response: responses.append(response))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        status = page.goto(f"{site}{path}", wait_until="networkidle").status
        found = {}
        for response in responses:
            sizes = response.request.sizes()
            size = sizes["responseBodySize"] + sizes["responseHeadersSize"]
            found[response.url] = Sent(size, response.all_headers())
        assert not context.cookies(), path
        context.close()
        return status, found, said

    return visit


def test_every_page_is_light_and_asks_nobody_else(shelf, visit, site):
    for name, path in (shelf.pages | {path: path for path in OTHERS}).items():
        status, found, said = visit(path)
        assert {urlsplit(url).netloc for url in found} == {urlsplit(site).netloc}, name
        assert sum(sent.size for sent in found.values()) < MOST_BYTES, (name, found)
        # The browser tells of the page's own status; of nothing else, so no policy was broken and no file is missing.
        assert len(said) == (status != 200), (name, said)
        for url, sent in found.items():
            if not url.endswith(".woff2"):
                assert sent.size < 1_000 or sent.headers.get("content-encoding") == "gzip", url
            if urlsplit(url).path.startswith("/static/"):
                assert "immutable" in sent.headers["cache-control"], url


def test_a_page_that_was_seen_is_not_sent_again(browser, site, shelf):
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    page.goto(f"{site}{shelf.pages['product']}")
    page.goto(f"{site}/privacy/")
    responses = []
    page.on("response", lambda response: responses.append(response))
    page.goto(f"{site}{shelf.pages['product']}", wait_until="networkidle")
    # Chromium counts what it has itself as less than nothing.
    sent = {response.url: response.request.sizes()["responseBodySize"] for response in responses}
    assert not {url: size for url, size in sent.items() if size > 0}
    context.close()


def test_search_works_without_javascript(browser, site, shelf):
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto(site)
    page.get_by_label("Methode, vak, titel of EAN").fill("atlas")
    page.get_by_role("button", name="Zoek").click()
    page.get_by_role("checkbox", name="Primair onderwijs").check()
    page.get_by_role("button", name="Pas filters toe").click()
    assert page.url == f"{site}/zoeken/?q=atlas&sector=po"
    page.get_by_role("link", name="Losse producten").click()
    page.locator(".menu summary").click()
    page.get_by_role("link", name="Titel", exact=True).click()
    assert page.url == f"{site}/zoeken/?q=atlas&view=products&sector=po&sort=title"
    page.locator(".card h3 a").first.click()
    assert page.locator("h1").inner_text().startswith("Atlas")
    page.get_by_role("link", name="Zoekresultaten").click()
    assert "sort=title" in page.url
    page.get_by_role("button", name="EN").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert "sort=title" in page.url
    context.close()


def test_on_a_wide_screen_filters_stand_open_and_on_a_narrow_one_they_fold(browser, site, shelf):
    for width, is_visible in ((1280, True), (390, False)):
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="nl-NL")
        page = context.new_page()
        page.goto(f"{site}/zoeken/")
        assert page.get_by_label("Toon ook wat niet meer leverbaar is").is_visible() == is_visible
        context.close()
