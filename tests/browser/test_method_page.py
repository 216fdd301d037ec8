"""The page of a large method: on a phone it is no wider than the screen, and its filter needs no script."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.audit import SCREENS, UNFOLD, faults_of
from tests.factories import make_edition, make_method, make_product

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
]

LEVELS = ["vmbo", "vmbo-bb", "vmbo-kb", "vmbo-gl", "vmbo-tl", "havo", "vwo", "gymnasium"]
SMALLEST_TEXT = """svg => svg.getScreenCTM().a * Math.min(
    ...[...svg.querySelectorAll('text')].map(text => parseFloat(getComputedStyle(text).fontSize)))"""
"""In pixels of the screen."""


@pytest.fixture
def url(live_server):
    """The address of a method with products for every level and year, in two editions and three forms."""
    method = make_method(name="Vuurtoren")
    editions = [make_edition(method=method, label=f"{n}e druk", key=str(n), ordinal=n) for n in (1, 2)]
    for number in range(48):
        level, year = LEVELS[number % 8], f"leerjaar-{1 + number // 8}"
        make_product(
            edition=editions[number % 2],
            title=f"Vuurtoren {level} {number}",
            form=("folio", "digital", "lifo")[number % 3],
            state="no_longer_available" if number % 5 == 4 else "available",
            classification=[{"sectors": ["vo"], "levels": [level], "years": [year], "subjects": ["nederlands"]}],
            price_cents=995 + 200 * number,
            currency="EUR",
        )
    return f"{live_server.url}{method.get_absolute_url()}"


@pytest.mark.parametrize("screen", SCREENS)
def test_it_fits_the_screen_and_its_pictures_can_be_read(browser, url, screen):
    context = browser.new_context(viewport=SCREENS[screen], locale="nl-NL")
    page = context.new_page()
    page.goto(url)
    pictures = page.locator("figure svg")
    # So many classes are told by the matrix alone: the picture of prices is left.
    assert pictures.count() == 1
    assert pictures.first.evaluate(SMALLEST_TEXT) >= 12
    region = page.get_by_role("region", name="Voortgezet onderwijs")
    head, cell = region.locator("tbody th").nth(5), region.locator("td a").first
    before = head.bounding_box()["x"], cell.bounding_box()["x"]
    region.evaluate("element => { element.scrollLeft = 60 }")
    assert head.bounding_box()["x"] == before[0], "levels stand still"
    assert (cell.bounding_box()["x"] < before[1]) == (screen == "narrow"), "years move where they do not fit"
    page.evaluate(UNFOLD)
    assert faults_of(page) == ""
    page.emulate_media(media="print")
    assert not page.locator(".method-filter").is_visible()
    assert region.is_visible()
    context.close()


def test_parts_are_filtered_without_a_script(browser, url):
    context = browser.new_context(locale="nl-NL", java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    page.get_by_label("Vorm").select_option("folio")
    page.get_by_label("Alleen wat te bestellen is").check()
    page.get_by_role("button", name="Toon").click()
    asked = parse_qs(urlsplit(page.url).query)
    assert (asked["vorm"], asked["leverbaar"]) == (["folio"], ["ja"])
    rows = page.locator(".parts tbody tr:not(.role)")
    assert page.locator(".parts [role=status]").inner_text().startswith(f"{rows.count()} van 48 producten: Folio")
    assert page.get_by_label("Vorm").input_value() == "folio"
    page.get_by_role("link", name="Toon alles").click()
    assert rows.count() == 48
    cell = page.locator(".matrix td a").first
    count = cell.inner_text().split()[0]
    cell.click()
    assert urlsplit(page.url).fragment == "delen"
    assert str(rows.count()) == count
    context.close()
