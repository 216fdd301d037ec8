"""Comparing in a real browser: from boxes on pages to a sheet of paper, by mouse, by keyboard and without a script."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from catalogus.models import Method, Product
from tests.browser.audit import NARROW, SCREENS, WIDE, faults_of, overflow_of
from tests.browser.waiting import until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.search,
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.xdist_group("browser"),
]

RESULTS = "/zoeken/?q=atlas"
BAR = "#vergelijkbalk"


@pytest.fixture
def visit(browser, site, shelf):
    """A page of its own browser, at a path; a fault of a script fails the test."""
    contexts, said = [], []

    def opened(path, viewport=WIDE, **options):
        context = browser.new_context(viewport=viewport, locale="nl-NL", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{site}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not said


def address(kind, count):
    rows = Method.objects.filter(name__startswith="Methode Atlas") if kind == "method" else Product.objects.live()
    ids = rows.order_by("pk").values_list("public_id", flat=True)[:count]
    return "/vergelijken/?" + "&".join(f"{kind}={one}" for one in ids)


def ticks(page):
    return page.locator("[data-compare-tick][name=method]")


def chosen(page):
    """The names in the bar, seen or folded away."""
    return page.locator(f"{BAR} [data-kind=method] .compare-name").all_text_contents()


def asked(page):
    """The ids of methods in the address."""
    return parse_qs(urlsplit(page.url).query).get("method", [])


def bar_of(page):
    return page.locator(f"{BAR} [data-kind=method]")


def test_from_results_to_paper(visit):
    page = visit(RESULTS)
    page.locator(f"{BAR}[data-ready]").wait_for(state="attached")
    assert not page.locator(BAR).is_visible(), "nothing was ticked"
    names = [ticks(page).nth(place).get_attribute("data-name") for place in range(3)]
    for place in range(3):
        ticks(page).nth(place).check()
    assert chosen(page) == names
    assert page.locator("#vergelijkbalk-bericht").inner_text() == f"{names[2]} staat klaar om te vergelijken."
    bar_of(page).get_by_role("button", name=f"{names[1]} niet vergelijken").click()
    assert not ticks(page).nth(1).is_checked()
    bar_of(page).get_by_role("link", name="Vergelijk").click()
    page.wait_for_url("**/vergelijken/**")
    assert page.locator(".compare-title").all_inner_texts() == [names[0], names[2]]

    rows = page.locator("tbody tr:not(.compare-group-head)")
    seen = page.locator("tbody tr:not(.compare-group-head):visible")
    assert seen.count() == rows.count()
    page.get_by_label("Alleen verschillen").check()
    assert seen.count() == page.locator("tr.differs").count() < rows.count()
    assert parse_qs(urlsplit(page.url).query)["verschil"] == ["1"]
    assert page.get_by_label("Het adres van deze vergelijking").input_value() == page.url
    page.reload()
    assert seen.count() == page.locator("tr.differs").count()

    page.emulate_media(media="print")
    assert not page.locator("#vergelijkkeuze, .compare-share, .site-footer").filter(visible=True).count()
    assert page.locator(".compare-printed").is_visible()
    assert page.locator(".compare-table thead").evaluate("e => getComputedStyle(e).display") == "table-header-group"
    assert not overflow_of(page)
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", page.pdf(prefer_css_page_size=True))
    assert box
    assert [round(float(side)) for side in box.groups()] == [842, 595], "A4 on its side"


def test_what_was_ticked_stays_over_pages_and_after_going_back(visit, site):
    page = visit(RESULTS)
    ticks(page).nth(0).check()
    name = ticks(page).nth(0).get_attribute("data-name")
    page.goto(f"{site}/zoeken/?q=kompas")
    page.locator(f"{BAR}[data-ready]").wait_for()
    assert chosen(page) == [name]
    assert bar_of(page).locator(".compare-more").is_visible()
    page.go_back()
    until(page, "document.querySelector('[data-compare-tick]')?.checked")
    # On the page of a method the same box stands for the same thing.
    page.get_by_role("link", name=name, exact=True).first.click()
    until(page, "document.querySelector('[data-compare-tick][name=method]')?.checked")
    page.locator("[data-compare-tick][name=method]").first.uncheck()
    page.go_back()
    until(page, "document.querySelector('[data-compare-tick]')?.checked === false")
    page.locator(BAR).wait_for(state="hidden")


def test_a_sixth_is_refused_in_words(visit):
    page = visit(RESULTS)
    for place in range(5):
        ticks(page).nth(place).check()
    ticks(page).nth(5).click()
    assert not ticks(page).nth(5).is_checked()
    assert page.locator(".compare-full").inner_text() == "U vergelijkt er hoogstens 5. Haal er eerst een weg."
    assert bar_of(page).locator(".compare-count").inner_text() == "5 methodes gekozen"
    bar_of(page).get_by_role("button", name="Wis").click()
    page.locator(BAR).wait_for(state="hidden")
    assert not page.locator("[data-compare-tick]:checked").count()


def test_ticks_hold_when_results_are_renewed(visit):
    page = visit(RESULTS)
    ticks(page).nth(0).check()
    name = ticks(page).nth(0).get_attribute("data-name")
    # As htmx does: new boxes come in, and it says so.
    page.evaluate(
        """() => {
            const old = document.querySelector('[data-compare-tick]').closest('label')
            const fresh = old.cloneNode(true)
            fresh.querySelector('input').checked = false
            old.replaceWith(fresh)
            fresh.dispatchEvent(new CustomEvent('htmx:afterSwap', { bubbles: true }))
        }"""
    )
    assert ticks(page).nth(0).is_checked()
    assert chosen(page) == [name]


def test_the_bar_covers_neither_the_last_result_nor_what_has_the_focus(visit):
    page = visit(RESULTS, NARROW)
    for place in range(3):
        ticks(page).nth(place).check()
    for _step in range(12):
        page.keyboard.press("Tab")
        inside, focused, bar = page.evaluate(
            """() => {
                const bar = document.getElementById('vergelijkbalk')
                const box = (e) => { const { top, bottom } = e.getBoundingClientRect(); return { top, bottom } }
                return [bar.contains(document.activeElement), box(document.activeElement), box(bar)]
            }"""
        )
        assert inside or focused["bottom"] <= bar["top"] or focused["top"] >= bar["bottom"]
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    last = page.locator("#resultaten").bounding_box()
    assert last["y"] + last["height"] <= page.locator(BAR).bounding_box()["y"] + 1


def test_by_keyboard_alone(visit):
    page = visit(RESULTS)
    for place in range(2):
        ticks(page).nth(place).focus()
        page.keyboard.press("Space")
    wanted = [ticks(page).nth(place).get_attribute("value") for place in range(2)]
    bar_of(page).get_by_role("link", name="Vergelijk").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/vergelijken/**")
    assert asked(page) == wanted
    fold = page.locator("[data-fold]").first
    fold.focus()
    page.keyboard.press("Enter")
    assert fold.get_attribute("aria-expanded") == "false"
    assert not page.locator(".compare-group").first.locator("tr:not(.compare-group-head)").first.is_visible()
    page.keyboard.press("Enter")
    assert fold.get_attribute("aria-expanded") == "true"
    page.get_by_role("link", name=re.compile("haal weg")).first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Al gekozen").wait_for()
    assert asked(page) == wanted[1:]


def test_without_a_script(visit):
    page = visit(RESULTS, java_script_enabled=False)
    wanted = [ticks(page).nth(place).get_attribute("value") for place in range(2)]
    for place in range(2):
        ticks(page).nth(place).check()
    page.locator(BAR).get_by_role("button", name="Vergelijk").click()
    assert asked(page) == wanted
    page.get_by_label("Periode").select_option("6")
    page.get_by_label("Alleen verschillen").check()
    page.get_by_role("button", name="Toon").click()
    assert "Per leerling over 6 jaar" in page.locator("tbody").all_text_contents()[3]
    assert not page.locator("[data-same]:visible").count()
    page.get_by_role("link", name="Prijs", exact=True).click()
    assert page.get_by_role("link", name="Prijs", exact=True).get_attribute("aria-expanded") == "false"


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_and_the_page_is_never_too_wide(visit, site, screen):
    page = visit(RESULTS, SCREENS[screen])
    for place in range(2):
        ticks(page).nth(place).check()
    faults = {"bar": faults_of(page, within=BAR)}
    for name, path in {
        "methods": address("method", 5),
        "products": address("product", 3) + "&verschil=1&pupils=30",
        "one": address("method", 1),
        "mixed": address("method", 2) + "&" + address("product", 1).partition("?")[2],
    }.items():
        page.goto(f"{site}{path}")
        page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true })")
        faults[name] = faults_of(page)
    assert not any(faults.values()), "\n".join(f"{name}: {report}" for name, report in faults.items())


def test_on_a_phone_columns_scroll_in_a_region_of_their_own(visit):
    page = visit(address("method", 5), NARROW)
    region = page.get_by_role("region", name="Methodes naast elkaar")
    region.focus()
    before = page.locator("thead th").nth(5).bounding_box()["x"]
    label = page.locator("tbody th[scope=row]").first.bounding_box()["x"]
    for _step in range(3):
        page.keyboard.press("ArrowRight")
    until(page, "document.getElementById('vergelijking').scrollLeft > 0")
    assert page.locator("thead th").nth(5).bounding_box()["x"] < before
    assert page.locator("tbody th[scope=row]").first.bounding_box()["x"] == label, "labels stay in sight"
    assert not overflow_of(page)


def test_the_head_stays_in_sight(visit):
    page = visit(address("method", 3))
    page.locator("#groep-bron").scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.querySelector('#groep-bron').offsetTop)")
    until(page, "document.querySelector('thead th').getBoundingClientRect().top === 0")
