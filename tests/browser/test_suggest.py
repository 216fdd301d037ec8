"""Suggestions in a real browser: by keyboard, by mouse and by touch, what a screen reader is told, and without them."""

from urllib.parse import urlsplit

import pytest

from tests.browser.audit import NARROW, SCREENS, WIDE, faults_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.search,
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.xdist_group("browser"),
]

LIST = "[role=listbox]"


@pytest.fixture
def page(browser, site, shelf):
    """The home page; a fault of the script fails the test."""
    context = browser.new_context(viewport=WIDE, locale="nl-NL")
    page = context.new_page()
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(site)
    yield page
    context.close()
    assert not said


def field(page):
    return page.locator("input[data-suggest]")


def type_and_wait(page, text):
    field(page).press_sequentially(text)
    page.locator(LIST).wait_for(state="visible")


def chosen(page):
    """The text of what the screen reader is told to be at; none while it is in the field."""
    option = field(page).get_attribute("aria-activedescendant")
    return page.locator(f"#{option}").locator("span").first.inner_text() if option else None


def options(page):
    return page.get_by_role("option").locator("span:first-child").all_inner_texts()


def test_typing_arrows_and_enter_lead_to_a_method(page, shelf):
    type_and_wait(page, "kompas")
    assert options(page)[0] == "Kompas"
    assert chosen(page) is None, "nothing is chosen by itself"
    page.keyboard.press("ArrowDown")
    assert chosen(page) == "Kompas"
    assert page.evaluate("document.activeElement.name") == "q"
    assert field(page).input_value() == "kompas"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{shelf.pages['method']}")
    assert page.locator("h1").inner_text() == "Kompas"


def test_enter_without_a_choice_searches_for_what_was_typed(page):
    type_and_wait(page, "kompas")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?q=kompas")


def test_the_arrows_go_round_by_the_field_and_home_and_end_are_of_the_text(page):
    type_and_wait(page, "kompas")
    every = options(page)
    seen = []
    for _ in [*every, None]:
        page.keyboard.press("ArrowDown")
        seen.append(chosen(page))
    assert seen == [*every, None]
    page.keyboard.press("ArrowUp")
    assert chosen(page) == every[-1]
    page.keyboard.press("Home")
    assert chosen(page) is None
    page.keyboard.type("x")
    assert field(page).input_value() == "xkompas"
    page.keyboard.press("End")
    page.keyboard.type("y")
    assert field(page).input_value() == "xkompasy"


def test_escape_closes_and_keeps_the_text_then_nothing_opens_but_by_typing(page):
    type_and_wait(page, "kompas")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.locator(LIST).is_hidden()
    assert field(page).input_value() == "kompas"
    assert field(page).get_attribute("aria-expanded") == "false"
    assert chosen(page) is None
    page.keyboard.press("ArrowDown")
    page.locator("h1").click()
    field(page).click()
    page.wait_for_timeout(400)
    assert page.locator(LIST).is_hidden()
    type_and_wait(page, " ")


def test_tab_closes_and_goes_to_the_button(page):
    type_and_wait(page, "kompas")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "submit"
    assert page.locator(LIST).is_hidden()
    assert page.url.endswith("/")


def test_what_a_screen_reader_is_told(page):
    box = field(page)
    wanted = {"role": "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "autocomplete": "off"}
    assert {name: box.get_attribute(name) for name in wanted} == wanted
    assert box.get_attribute("aria-expanded") == "false"
    assert page.get_by_role("combobox", name="Methode, vak, titel of EAN").count() == 1
    type_and_wait(page, "kompas")
    assert box.get_attribute("aria-expanded") == "true"
    listbox = page.get_by_role("listbox", name="Suggesties")
    assert listbox.get_attribute("id") == box.get_attribute("aria-controls")
    count = page.get_by_role("option").count()
    assert page.locator(".has-suggestions [role=status]").inner_text().startswith(f"{count} suggesties")
    assert page.get_by_role("option", name="Kompas, Uitgeverij 0, methode", exact=True).count() == 1
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("option", selected=True).count() == 1
    box.fill("zxzxzx")
    page.get_by_text("Geen suggesties.").wait_for(state="attached")
    assert box.get_attribute("aria-expanded") == "false"


def test_the_mouse_and_a_finger_follow_a_suggestion_without_taking_the_focus(browser, site, shelf):
    context = browser.new_context(viewport=NARROW, locale="nl-NL", has_touch=True, is_mobile=True)
    page = context.new_page()
    for act in ("click", "tap"):
        page.goto(site)
        type_and_wait(page, "aardr")
        option = page.get_by_role("option", name="Aardrijkskunde, vak")
        option.dispatch_event("mousedown")
        assert page.evaluate("document.activeElement.name") == "q"
        getattr(option, act)()
        page.wait_for_url("**/zoeken/?subject=aardrijkskunde")
    context.close()


def test_only_the_last_of_quick_letters_is_asked_for(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/suggesties/" in request.url else None)
    field(page).press_sequentially("kompas", delay=20)
    page.locator(LIST).wait_for(state="visible")
    assert [url.partition("?")[2] for url in asked] == ["q=kompas"]


def test_an_answer_that_comes_late_is_not_shown(page):
    def slow(route):
        if route.request.url.endswith("q=atlas"):
            page.wait_for_timeout(500)
        route.continue_()

    page.route("**/suggesties/**", slow)
    field(page).press_sequentially("atlas")
    page.wait_for_timeout(250)
    field(page).fill("kompas")
    page.get_by_role("option", name="Kompas, Uitgeverij 0, methode", exact=True).wait_for()
    page.wait_for_timeout(600)
    assert options(page)[0] == "Kompas"


@pytest.mark.parametrize("answer", [{"status": 500}, {"body": "<html>"}, {"body": "{}"}])
def test_without_an_answer_the_field_is_a_field(page, answer):
    page.route("**/suggesties/**", lambda route: route.fulfill(**answer))
    with page.expect_response("**/suggesties/**"):
        field(page).press_sequentially("kompas")
    assert page.locator(LIST).is_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?q=kompas")


def test_the_fields_of_the_search_page_and_of_the_header_have_it_as_well(browser, site, shelf):
    context = browser.new_context(viewport=WIDE, locale="en")
    page = context.new_page()
    page.goto(f"{site}/zoeken/?q=kom")
    field(page).press("End")
    type_and_wait(page, "pas")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?q=kompas*")
    page.goto(f"{site}{shelf.pages['method']}")
    type_and_wait(page, "kompas")
    page.keyboard.press("ArrowDown")
    assert chosen(page) == "Kompas"
    context.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_while_the_list_is_open(browser, site, shelf, screen):
    viewport = SCREENS[screen]
    context = browser.new_context(viewport=viewport, locale="nl-NL")
    page = context.new_page()
    for path in ("/", "/zoeken/", shelf.pages["product"]):
        page.goto(f"{site}{path}")
        type_and_wait(page, "atlas")
        page.keyboard.press("ArrowDown")
        assert not faults_of(page), path
        box = page.locator(LIST).bounding_box()
        assert box["x"] >= 0
        assert box["width"] > 300, "wide enough to read"
        assert box["x"] + box["width"] <= viewport["width"]
    context.close()


def test_the_script_is_small_and_the_page_asks_nobody_else(browser, site, shelf):
    context = browser.new_context(viewport=WIDE, locale="nl-NL")
    page = context.new_page()
    urls = []
    page.on("request", lambda request: urls.append(request.url))
    with page.expect_response("**/suggest*.js") as script:
        page.goto(site)
    assert len(script.value.body()) < 6_000
    with page.expect_response("**/suggesties/**") as answer:
        type_and_wait(page, "kompas")
    assert len(answer.value.body()) < 3_000
    assert {urlsplit(url).netloc for url in urls} == {urlsplit(site).netloc}
    context.close()
