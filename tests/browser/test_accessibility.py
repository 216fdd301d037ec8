"""WCAG 2.2 AA as far as a program can tell, in light and dark, wide and narrow, and by keyboard alone."""

import pytest

from tests.browser.audit import NARROW, SCREENS, UNFOLD, WIDE, faults_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.search,
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.xdist_group("browser"),
]

# What a bar that sticks lies over at this moment can be scrolled clear of it; axe measures the moment.
UNSTICK = "document.querySelectorAll('.filter-actions').forEach(bar => { bar.style.position = 'static' })"


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_and_nothing_overflows(browser, site, shelf, screen):
    context = browser.new_context(viewport=SCREENS[screen], locale="nl-NL")
    page = context.new_page()
    faults = {}
    for name, path in shelf.pages.items():
        page.goto(f"{site}{path}")
        page.evaluate(UNFOLD)
        page.evaluate(UNSTICK)
        if found := faults_of(page):
            faults[name] = found
    context.close()
    assert not faults, "\n".join(f"{name}: {report}" for name, report in faults.items())


def test_axe_finds_nothing_in_english(browser, site, shelf):
    context = browser.new_context(viewport=NARROW, locale="en-GB")
    page = context.new_page()
    faults = {}
    for name in ("home", "results", "method", "product", "comparison", "missing"):
        page.goto(f"{site}{shelf.pages[name]}")
        assert page.locator("html").get_attribute("lang") == "en"
        page.evaluate(UNFOLD)
        page.evaluate(UNSTICK)
        if found := faults_of(page):
            faults[name] = found
    context.close()
    assert not faults, "\n".join(f"{name}: {report}" for name, report in faults.items())


# What the keyboard is on, as its name and value in the form.
FOCUSED = "() => { const e = document.activeElement; return [e.name || e.tagName, e.value || e.textContent.trim()] }"
REACHABLE = """() => [...document.querySelectorAll('main a, main input:not([type=hidden]), main button, main summary')]
    .filter(e => e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}))
    .map(e => [e.name || e.tagName, e.value || e.textContent.trim()])"""


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_keyboard_reaches_every_control(browser, site, shelf, viewport):
    context = browser.new_context(viewport=viewport, locale="nl-NL")
    page = context.new_page()
    page.goto(f"{site}{shelf.pages['results']}")
    wanted = page.evaluate(REACHABLE)
    page.locator("#inhoud").focus()
    reached = []
    for _step in wanted:
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
    assert reached == wanted
    assert ["q", "atlas"] in reached
    context.close()


def test_a_search_by_keyboard_alone(browser, site, shelf):
    context = browser.new_context(viewport=NARROW, locale="nl-NL")
    page = context.new_page()
    page.goto(f"{site}/zoeken/")
    # The second skip link leads past the form, the field is the first control of the page's own.
    page.locator("#inhoud").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("kompas")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # opens the filters
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # ticks the first box
    assert page.locator("input[name=all]").is_checked()
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?**")
    assert page.url == f"{site}/zoeken/?q=kompas&all=1"
    assert page.locator("h2").first.inner_text() == "1 methode"
    context.close()


def test_skip_links_show_when_they_have_the_focus(browser, site, shelf):
    context = browser.new_context(viewport=NARROW, locale="nl-NL")
    page = context.new_page()
    page.goto(f"{site}/zoeken/?q=kompas")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    box = page.locator(".skip-links a:focus").bounding_box()
    assert box
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#resultaten') !== null")
    context.close()
