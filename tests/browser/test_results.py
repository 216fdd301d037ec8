"""Results that follow the form at once: what changes, and what does not (focus, scroll, what is open, the way back)."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.audit import NARROW, SCREENS, WIDE, faults_of, overflow_of
from tests.browser.waiting import until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.search,
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.xdist_group("browser"),
]

HEADING = "#resultaten-kop"
STATUS = "#zoeken > [role=status]:not(#vergelijkbalk-bericht)"
OLD = re.compile("is-old")
FOCUSED_ID = "document.activeElement.id || document.activeElement.textContent.trim()"
SHEET = "#filters"


@pytest.fixture
def open_page(browser, site):
    """open_page("/zoeken/"): the page, marked so that loading it anew shows; faults of its scripts fail the test."""
    contexts, said = [], []

    def open_page(path, viewport=WIDE, **options):
        context = browser.new_context(viewport=viewport, locale="nl-NL", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda message: said.append(message.text) if "Content Security" in message.text else None)
        page.goto(f"{site}{path}")
        if options.get("java_script_enabled", True):
            page.evaluate("window.isSame = true")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not said


def heading(page):
    return expect(page.locator(HEADING))


def box(page, name):
    return page.get_by_role("checkbox", name=re.compile(f"^{name}( |$)"))


def test_a_tick_changes_results_address_and_counts_and_nothing_else(open_page, site):
    page = open_page("/zoeken/?q=atlas")
    heading(page).to_have_text("45 methodes")
    tick = box(page, "Primair onderwijs")
    tick.focus()
    page.mouse.wheel(0, 150)
    until(page, "scrollY > 100")
    place = page.evaluate("scrollY")
    page.keyboard.press("Space")
    heading(page).not_to_have_text("45 methodes")
    assert page.url == f"{site}/zoeken/?q=atlas&sector=po"
    assert page.evaluate("window.isSame"), "no new page"
    assert page.evaluate("document.activeElement.value") == "po"
    assert page.evaluate("scrollY") == place
    expect(page.locator(STATUS)).to_have_text(f"{page.locator(HEADING).inner_text()}.")
    assert page.get_by_role("link", name="Verwijder filter Onderwijssector: Primair onderwijs").is_visible()
    assert page.title().startswith("Zoeken naar “atlas”")
    assert page.locator(".language input[name=next]").input_value() == "/zoeken/?q=atlas&sector=po"
    # What stands there now is what the address gives.
    names, counts = page.locator(".card h3").all_inner_texts(), page.locator(".count").all_inner_texts()
    page.reload()
    assert page.locator(".card h3").all_inner_texts() == names
    assert page.locator(".count").all_inner_texts() == counts
    assert tick.is_checked()


def test_what_is_open_stays_open_over_updates_and_over_leaving_and_coming_back(open_page, site):
    page = open_page("/zoeken/?q=atlas")
    page.locator("#facet-publisher > summary").click()
    page.locator("#facet-subject > summary").click()  # Open by itself: now it is closed.
    box(page, "Uitgeverij 2").check()
    heading(page).to_have_text("3 methodes")
    is_open = "id => document.getElementById(id).open"
    assert page.evaluate(is_open, "facet-publisher")
    assert not page.evaluate(is_open, "facet-subject")
    page.locator(".card h3 a").first.click()
    page.wait_for_url("**/methode/**")
    page.go_back()
    heading(page).to_have_text("3 methodes")
    assert page.url == f"{site}/zoeken/?q=atlas&publisher=uitgeverij-2"
    assert box(page, "Uitgeverij 2").is_checked()
    assert page.evaluate(is_open, "facet-publisher")
    assert not page.evaluate(is_open, "facet-subject")
    page.go_back()
    heading(page).to_have_text("45 methodes")
    assert not box(page, "Uitgeverij 2").is_checked()
    assert page.evaluate(is_open, "facet-publisher")


def test_back_and_forward_give_each_state_with_text_filters_and_page(open_page, site):
    page = open_page("/zoeken/")
    field = page.get_by_label("Methode, vak, titel of EAN")
    field.fill("atlas")
    page.keyboard.press("Enter")
    heading(page).to_have_text("45 methodes")
    assert page.evaluate("document.activeElement.id") == "q"
    page.get_by_role("link", name="Volgende").click()
    heading(page).to_have_text("45 methodes pagina 2 van 3")
    assert page.evaluate(FOCUSED_ID) == "resultaten-kop"
    assert page.url == f"{site}/zoeken/?q=atlas&page=2"
    box(page, "Primair onderwijs").check()
    heading(page).not_to_have_text("45 methodes pagina 2 van 3")
    assert page.url == f"{site}/zoeken/?q=atlas&sector=po", "a choice begins at the first page"
    page.go_back()
    heading(page).to_have_text("45 methodes pagina 2 van 3")
    assert not box(page, "Primair onderwijs").is_checked()
    page.go_back()
    heading(page).to_have_text("45 methodes")
    page.go_back()
    heading(page).to_have_text("46 methodes")
    assert field.input_value() == ""
    assert page.url == f"{site}/zoeken/"
    page.go_forward()
    heading(page).to_have_text("45 methodes")
    assert field.input_value() == "atlas"
    assert page.evaluate("window.isSame")


def test_the_keyboard_stays_where_it_was_when_what_it_was_on_is_replaced(open_page, site):
    page = open_page("/zoeken/?q=atlas&level=havo&sector=vo&sector=po")
    page.get_by_role("link", name="Verwijder filter Onderwijssector: Primair").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**q=atlas&sector=vo&level=havo")
    expect(page.get_by_role("link", name="Verwijder filter Onderwijssector: Voortgezet")).to_be_focused()
    page.get_by_role("link", name="Wis alle filters").press("Enter")
    heading(page).to_have_text("45 methodes")
    expect(page.locator(HEADING)).to_be_focused()
    page.locator(".menu summary").press("Enter")
    page.get_by_role("link", name="Titel", exact=True).press("Enter")
    page.wait_for_url("**sort=title")
    expect(page.locator(".menu summary")).to_be_focused()
    assert page.locator(".menu summary").inner_text().split("\n")[-1].endswith("Titel")
    page.get_by_role("link", name="Losse producten").press("Enter")
    heading(page).to_contain_text("producten")
    expect(page.get_by_role("link", name="Losse producten")).to_be_focused()
    page.get_by_role("link", name="Tabel").press("Enter")
    page.locator(".result-rows").wait_for()
    assert page.url == f"{site}/zoeken/?q=atlas&view=products&sort=title&layout=table"
    expect(page.locator("#indeling-table")).to_be_focused()
    # The form keeps all of it.
    box(page, "Havo").check()
    page.wait_for_url("**level=havo**")
    assert page.locator(".result-rows").count() == 1
    assert page.evaluate("window.isSame")


def test_the_menu_closes_by_escape_and_by_going_elsewhere(open_page):
    page = open_page("/zoeken/?q=atlas")
    summary = page.locator(".menu summary")
    summary.click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".menu ul")).to_be_hidden()
    expect(summary).to_be_focused()
    summary.click()
    page.get_by_label("Methode, vak, titel of EAN").focus()
    expect(page.locator(".menu ul")).to_be_hidden()


def test_of_quick_changes_only_the_last_counts(open_page):
    page = open_page("/zoeken/?q=atlas")
    held: list[Route] = []
    told: list[str] = []
    page.route("**/zoeken/?*", lambda route: held.append(route) if not held else route.continue_())
    page.on("requestfailed", lambda request: told.append(request.url))
    box(page, "Primair onderwijs").check()
    until(page, "document.querySelector('#zoeken.htmx-request')")
    # A slow answer shows, and the results that are there can still be read.
    until(page, "getComputedStyle(document.getElementById('resultaten')).opacity < 1")
    box(page, "Voortgezet onderwijs").check()
    page.get_by_role("link", name="Verwijder filter Onderwijssector: Voortgezet").wait_for()
    assert len(told) == 1, "the first was called off"
    assert page.url.endswith("?q=atlas&sector=po&sector=vo")
    expect(page.locator("#resultaten")).to_have_css("opacity", "1")
    assert not page.locator("#zoekfout").count()


def test_a_lost_connection_is_told_and_the_old_results_are_marked(open_page, site):
    page = open_page("/zoeken/?q=atlas")
    page.context.set_offline(True)
    tick = box(page, "Primair onderwijs")
    tick.check()
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "De resultaten konden niet worden ververst" in alert.inner_text()
    assert "nog de resultaten van uw vorige zoekvraag" in alert.inner_text()
    expect(page.locator("#resultaten")).to_have_class(OLD)
    heading(page).to_have_text("45 methodes")
    assert page.url == f"{site}/zoeken/?q=atlas"
    assert tick.is_checked()
    page.context.set_offline(False)
    page.get_by_role("link", name="Probeer het opnieuw").click()
    page.wait_for_url("**/zoeken/?q=atlas&sector=po")
    assert not page.get_by_role("alert").count()


def test_what_cannot_be_read_is_told_in_place_and_the_next_search_clears_it(open_page):
    page = open_page("/zoeken/?q=atlas")
    field = page.get_by_label("Methode, vak, titel of EAN")
    field.evaluate("field => field.removeAttribute('maxlength')")
    field.fill("a" * 301)
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert "Zoektekst" in page.get_by_role("alert").inner_text()
    assert not faults_of(page)
    field.fill("kompas")
    page.keyboard.press("Enter")
    heading(page).to_have_text("1 methode")
    assert not page.get_by_role("alert").count()
    expect(page.locator("#resultaten")).not_to_have_class(OLD)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_server_that_fails_is_told(open_page, status):
    page = open_page("/zoeken/?q=atlas")
    page.route("**/zoeken/?*", lambda route: route.fulfill(status=status, body="<html>"))
    box(page, "Primair onderwijs").check()
    page.get_by_role("alert").wait_for()
    expect(page.locator("#resultaten")).to_have_class(OLD)


def test_on_a_phone_the_filters_are_a_sheet_with_the_number_on_its_button(open_page):
    page = open_page("/zoeken/?q=atlas", NARROW)
    summary = page.locator(f"{SHEET} > summary")
    summary.click()
    assert page.locator(SHEET).bounding_box() == {"x": 0, "y": 0, **NARROW}
    show = page.locator(".filter-actions button")
    expect(show).to_be_in_viewport()
    expect(show).to_have_text("Toon 45 methodes")
    assert not faults_of(page, within=SHEET)
    # Nothing behind it can be reached.
    page.locator("#all-1").focus()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('#filters') !== null")
    assert page.locator("#q").evaluate("field => field.closest('[inert]') !== null")
    box(page, "Primair onderwijs").check()
    expect(show).not_to_have_text("Toon 45 methodes")
    assert page.locator("#resultaten").evaluate("results => results.inert")
    count = show.inner_text().removeprefix("Toon ")
    show.click()
    heading(page).to_have_text(count)
    expect(page.locator(HEADING)).to_be_focused()
    assert not page.locator("[inert]").count()
    summary.press("Enter")
    page.locator("#all-1").focus()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    assert not page.locator(SHEET).evaluate("sheet => sheet.open")


def test_without_javascript_the_sheet_is_a_form(open_page, site):
    page = open_page("/zoeken/?q=atlas", NARROW, java_script_enabled=False)
    page.locator(f"{SHEET} > summary").click()
    box(page, "Primair onderwijs").check()
    expect(page.get_by_role("button", name="Pas filters toe")).to_be_in_viewport()
    page.get_by_role("button", name="Pas filters toe").click()
    assert page.url == f"{site}/zoeken/?q=atlas&sector=po"
    page.locator(".menu summary").click()
    page.get_by_role("link", name="Titel", exact=True).click()
    page.get_by_role("link", name="Tabel").click()
    assert page.url == f"{site}/zoeken/?q=atlas&sector=po&sort=title&layout=table"
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_in_tables_menus_and_what_came_by_an_update(open_page, screen):
    page = open_page("/zoeken/?layout=table&all=1", SCREENS[screen])
    assert not faults_of(page)
    page.goto(page.url.replace("all=1", "view=products"))
    assert not faults_of(page)
    page.locator(".menu summary").click()
    assert not faults_of(page, within=".menu")
    page.get_by_role("link", name="Lijst", exact=True).click()
    page.locator(".card").first.wait_for()
    assert not faults_of(page)


def test_the_head_of_a_table_stays_in_sight(open_page):
    page = open_page("/zoeken/?layout=table")
    head = page.locator(".result-rows thead th").first
    page.locator(".result-rows tbody tr").last.scroll_into_view_if_needed()
    until(page, "scrollY > 300")
    expect(head).to_be_in_viewport()
    assert not overflow_of(page)
