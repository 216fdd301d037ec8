"""What was understood of a typed text, in a real browser: typing, choosing a chip, undoing, the keyboard, axe."""

import pytest
from playwright.sync_api import expect

from tests.browser.audit import SCREENS, WIDE, faults_of
from tests.factories import valid_ean

pytestmark = [
    pytest.mark.browser,
    pytest.mark.search,
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.xdist_group("browser"),
]

TEXT = "wiskunde havo 3 onder 30 euro"
CHIPS = ".understood a:not(.clear)"


def chips(page):
    """The labels, without what only a screen reader says and with ordinary spaces."""
    texts = (" ".join(text.split()) for text in page.locator(CHIPS).all_text_contents())
    return [text.removeprefix("Haal weg uit de zoektekst ").removesuffix(" ×") for text in texts]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_typing_removing_a_chip_and_going_back(browser, site, shelf, script):
    context = browser.new_context(viewport=WIDE, locale="nl-NL", java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{site}/zoeken/")
    page.get_by_label("Methode, vak, titel of EAN").fill(TEXT)
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?q=**")
    page.locator(CHIPS).first.wait_for()
    assert chips(page) == ["Vak: Wiskunde", "Niveau: Havo", "Leerjaar of groep: Leerjaar 3", "Prijs: onder € 30"]
    page.get_by_role("link", name="Haal weg uit de zoektekst Niveau: Havo").click()
    page.wait_for_url("**q=wiskunde+3+onder+30+euro")
    expect(page.get_by_label("Methode, vak, titel of EAN")).to_have_value("wiskunde 3 onder 30 euro")
    # A 3 is a year beside a level alone.
    expect(page.locator(CHIPS)).to_have_count(2)
    assert "en de woorden “3”" in page.locator(".understood").inner_text()
    page.go_back()
    expect(page.get_by_label("Methode, vak, titel of EAN")).to_have_value(TEXT)
    assert len(chips(page)) == 4
    page.get_by_role("link", name=f"Zoek letterlijk naar “{TEXT}”").click()
    page.wait_for_url("**literal=1")
    page.get_by_role("link", name="Zoek met begrip").wait_for()
    assert not chips(page)
    page.get_by_role("link", name="Zoek met begrip").click()
    page.wait_for_url(lambda url: "literal" not in url)
    expect(page.locator(CHIPS)).to_have_count(4)
    context.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_and_nothing_overflows(browser, site, shelf, screen):
    context = browser.new_context(viewport=SCREENS[screen], locale="nl-NL")
    page = context.new_page()
    long_word = "leeropdrachtenboekmeerjarenlicentieovereenkomst" * 2
    for query in (
        "q=atlas+havo+3+zonder+werkboek&level=havo",
        f"q=havo+-{long_word}+%22{long_word}%22+{long_word}",
        "q=atlas+havo+3&literal=1",
        f"q={valid_ean(5)}",
    ):
        page.goto(f"{site}/zoeken/?{query}")
        assert page.locator(".understood").count() == 1
        assert not faults_of(page), query
    context.close()


def test_chips_by_keyboard(browser, site, shelf):
    context = browser.new_context(viewport=WIDE, locale="nl-NL")
    page = context.new_page()
    page.goto(f"{site}/zoeken/?q=atlas+havo")
    page.locator(CHIPS).first.focus()
    box = page.locator(f"{CHIPS}:focus").bounding_box()
    assert box
    assert box["height"] >= 24, "large enough to hit"
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?q=atlas")
    context.close()


def test_a_number_opens_its_product(browser, site, shelf):
    ean = valid_ean(2)
    context = browser.new_context(viewport=WIDE, locale="nl-NL")
    page = context.new_page()
    page.goto(f"{site}/zoeken/")
    page.get_by_label("Methode, vak, titel of EAN").fill(f"ISBN {ean[:3]}-{ean[3:5]}-{ean[5:9]}-{ean[9:12]}-{ean[12]}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/product*/**")
    assert page.locator("h1").inner_text().startswith("Kompas handleiding")
    context.close()
