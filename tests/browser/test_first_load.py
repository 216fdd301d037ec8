"""What a page costs and asks for: no byte too many, nothing from elsewhere, and no script that it needs."""

from urllib.parse import urlsplit

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.search,
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.xdist_group("browser"),
]

MOST_BYTES = 150_000
"""Before compression: a page that a school's slow connection shows within a second."""


@pytest.fixture
def visit(browser, site):
    """visit("/"): (status, url -> bytes, what the console said), each in a browser that has nothing yet."""

    def visit(path):
        context = browser.new_context(locale="nl-NL")
        page = context.new_page()
        responses, said = [], []
        page.on("response", lambda response: responses.append(response))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        status = page.goto(f"{site}{path}", wait_until="networkidle").status
        sizes = {response.url: len(response.body()) for response in responses}
        context.close()
        return status, sizes, said

    return visit


def test_every_page_is_light_and_asks_nobody_else(shelf, visit, site):
    for name, path in shelf.pages.items():
        status, sizes, said = visit(path)
        assert {urlsplit(url).netloc for url in sizes} == {urlsplit(site).netloc}, name
        assert sum(sizes.values()) < MOST_BYTES, (name, sizes)
        # The browser tells of the page's own status; of nothing else, so no policy was broken and no file is missing.
        assert len(said) == (status != 200), (name, said)


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
