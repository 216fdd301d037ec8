"""What teachers come for, from the first page to paper: wide and on a phone, in both languages, with scripts or not."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.audit import NARROW, WIDE, overflow_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.search,
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.xdist_group("browser"),
]

WORDS = {
    "nl-NL": {"field": "Methode, vak, titel of EAN", "search": "Zoek", "compare": "Vergelijk", "head": "Vergelijken"},
    "en-GB": {"field": "Method, subject, title or EAN", "search": "Search", "compare": "Compare", "head": "Compare"},
}


@pytest.fixture
def visitor(browser, site, shelf):
    """visitor(viewport, locale): a page of its own browser; anything asked of another host or said by it is a fault."""
    contexts, faults = [], []

    def opened(viewport, locale, *, has_scripts):
        context = browser.new_context(viewport=viewport, locale=locale, java_script_enabled=has_scripts)
        contexts.append(context)
        page = context.new_page()
        own = urlsplit(site).netloc
        page.on("request", lambda asked: faults.extend([asked.url] if urlsplit(asked.url).netloc != own else []))
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize(
    ("viewport", "locale"), [(WIDE, "nl-NL"), (NARROW, "en-GB")], ids=["wide in Dutch", "phone in English"]
)
def test_from_a_search_to_a_method_to_a_comparison_on_paper(visitor, site, viewport, locale, has_scripts):
    words = WORDS[locale]
    page = visitor(viewport, locale, has_scripts=has_scripts)
    page.goto(site)
    assert page.locator("html").get_attribute("lang") == locale[:2]
    page.get_by_label(words["field"], exact=True).fill("atlas")
    page.get_by_role("button", name=words["search"], exact=True).click()
    page.wait_for_url("**/zoeken/?q=atlas")

    # A method is read, and the way back leads to the same results.
    page.locator(".card h3 a").first.click()
    page.locator("#beoordelingen").wait_for()
    name = page.locator("h1").inner_text()
    assert not overflow_of(page) if has_scripts else name
    page.go_back()
    page.wait_for_url("**/zoeken/?q=atlas")

    ticks = page.locator("[data-compare-tick]")
    names = [ticks.nth(place).get_attribute("data-name") for place in range(2)]
    assert name in names
    for place in range(2):
        ticks.nth(place).check()
    bar = page.locator("#vergelijkbalk")
    if has_scripts:
        bar.get_by_role("link", name=words["compare"]).click()
    else:
        bar.get_by_role("button", name=words["compare"]).click()
    page.wait_for_url("**/vergelijken/?**")
    assert len(parse_qs(urlsplit(page.url).query)["method"]) == 2
    assert page.locator(".compare-title").all_inner_texts() == names

    page.emulate_media(media="print")
    assert page.locator(".compare-title").first.is_visible()
    assert not page.locator(".site-nav").is_visible()
    assert not bar.is_visible()


def tab_to(page, selector):
    """Press Tab until what has the focus fits. Raises AssertionError where no key leads there."""
    for _step in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_the_same_by_keyboard_alone(visitor, site):
    page = visitor(WIDE, "nl-NL", has_scripts=True)
    page.goto(site)
    tab_to(page, "main input[type=search]")
    page.keyboard.type("atlas")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?q=atlas")
    tab_to(page, ".card h3 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/methode/**")
    page.go_back()
    page.wait_for_url("**/zoeken/?q=atlas")
    ticked = []
    for _one in range(2):
        tab_to(page, "[data-compare-tick]:not(:checked)")
        ticked.append(page.evaluate("document.activeElement.dataset.name"))
        page.keyboard.press("Space")
    tab_to(page, "#vergelijkbalk .compare-go")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vergelijken/?**")
    assert page.locator(".compare-title").all_inner_texts() == ticked
