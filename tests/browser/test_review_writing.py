"""A teacher writes a review in a real browser: by keyboard on a phone, kept while typing, and without a script."""

import pytest
from django.conf import settings
from django.test import Client

from reviews.models import Review, ReviewDraft, ReviewState
from tests.browser.audit import NARROW, SCREENS, UNFOLD, faults_of, size_as_sent
from tests.browser.waiting import until
from tests.people import sign_in
from tests.review_support import make_review, make_teacher
from tests.reviews.writing_support import join_section, make_reviewable, newest_product, write_url

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

MOST_BYTES = 150_000


@pytest.fixture
def world(transactional_db):
    """A teacher in a section that lets its school be named, a method, and reviews of theirs in every state."""
    method = make_reviewable()
    teacher = make_teacher(display_name="Noor de Wit")
    join_section(teacher, teacher.affiliations.get().school, is_agreed=True)
    states = {}
    for state in ReviewState:
        review = make_review(make_reviewable(name=f"Atlas {state}"), author=teacher)
        states[state] = review
    now = states[ReviewState.PUBLISHED].written_at
    for state in (ReviewState.REMOVED, ReviewState.WITHDRAWN):
        reason = "Er staat een naam van een leerling in." if state == ReviewState.REMOVED else ""
        Review.objects.filter(pk=states[state].pk).update(state=state, closed_at=now, removal_reason=reason)
    Review.objects.filter(pk=states[ReviewState.WAITING].pk).update(state=ReviewState.WAITING)
    return {"method": method, "teacher": teacher, "reviews": states}


@pytest.fixture
def open_page(browser, live_server):
    """open_page(user, ...): a page of a browser in which the person is signed in."""
    contexts = []

    def opened(user, **options):
        context = browser.new_context(locale="nl-NL", **options)
        contexts.append(context)
        if user is not None:
            value = sign_in(Client(), user).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def fill_in(page) -> None:
    """Everything that must be answered and is not by itself."""
    page.get_by_role("radio", name="als hoofdmateriaal").check()
    page.get_by_role("radio", name="een tot drie jaar").check()
    page.get_by_role("checkbox", name="Havo", exact=True).check()
    page.get_by_role("checkbox", name="Leerjaar 3").check()
    for criterion in page.locator("fieldset.criterion").all():
        criterion.get_by_role("radio", name="3 voldoende").check()
    page.get_by_label("Wat is sterk?").fill("De opgaven lopen op.")
    page.get_by_role("radio", name="ja", exact=True).check()
    page.get_by_role("radio", name="geen belang").check()


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_and_nothing_overflows(live_server, open_page, world, screen):
    method, reviews = world["method"], world["reviews"]
    page = open_page(world["teacher"], viewport=SCREENS[screen])
    said = []
    page.on("console", lambda message: said.append(message.text))
    faults = {}

    def judge(name: str) -> None:
        page.evaluate(UNFOLD)
        faults[name] = faults_of(page)

    published = reviews[ReviewState.PUBLISHED].public_id
    for path in (
        f"{write_url(method)}?product={newest_product(method).public_id}",
        write_url(method),
        f"/beoordelingen/{published}/wijzigen/",
        f"/beoordelingen/{published}/intrekken/",
        f"/beoordelingen/{published}/bedankt/",
        f"/beoordelingen/{reviews[ReviewState.WAITING].public_id}/bedankt/",
    ):
        page.goto(f"{live_server.url}{path}")
        judge(path)
    page.goto(f"{live_server.url}{write_url(method)}")
    fill_in(page)
    page.get_by_label("Wat is sterk?").fill("Mail naar noor@school.example, over leerling Piet Jansen.")
    page.get_by_role("button", name="Voorbeeld bekijken").click()
    judge("preview")
    page.get_by_role("button", name="Publiceren").click()
    judge("preview, not looked at")
    page.get_by_role("link", name="Terug naar het formulier").click()
    page.get_by_label("Wat is sterk?").fill("")
    page.get_by_label("Waarom? (Didactiek)").fill("x" * 600)
    page.get_by_role("button", name="Publiceren").click()
    judge("faults")
    page.goto(f"{live_server.url}/account/beoordelingen/")
    judge("own")
    page.get_by_role("link", name="Weggooien").click()
    judge("discard")
    visitor = page = open_page(None, viewport=SCREENS[screen])
    visitor.on("console", lambda message: said.append(message.text))
    visitor.goto(f"{live_server.url}{write_url(method)}")
    judge("refused")
    assert not any(faults.values()), "\n".join(f"{name}: {report}" for name, report in faults.items() if report)
    # A browser tells of a page's own status; of nothing else.
    assert all("status of 4" in text for text in said), said


def test_a_review_is_written_by_keyboard_on_a_phone(live_server, open_page, world):
    page = open_page(world["teacher"], viewport=NARROW)
    page.goto(f"{live_server.url}{write_url(world['method'])}")
    asked = {
        "use": "Space", "duration": "Space", "levels": "Space", "years": "Space", "would_choose_again": "Space",
        "interests": "Space",
    }  # fmt: skip
    answered = set()
    page.locator("[name=edition]").first.focus()
    for _press in range(200):
        name, tag = page.evaluate("[document.activeElement.name ?? '', document.activeElement.localName]")
        focused = page.evaluate("getComputedStyle(document.activeElement.closest('.option') ?? document.activeElement)"
                                ".outlineStyle")  # fmt: skip
        assert focused != "none", f"{name} {tag}: where the focus is cannot be seen"
        if name in asked and name not in answered:
            page.keyboard.press(asked[name])
        elif name.startswith("score-") and name not in answered:
            page.keyboard.press("Space")
            for _step in range(2):
                page.keyboard.press("ArrowDown")
        elif name == "strong_point":
            page.keyboard.type("De opgaven lopen op.")
        answered.add(name)
        if tag == "button" and name == "actie":
            break
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "voorbeeld"
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Voorbeeld van uw beoordeling").wait_for()
    page.get_by_role("button", name="Publiceren").press("Enter")
    page.get_by_role("heading", name="Dank u wel").wait_for()
    review = Review.objects.get(method=world["method"])
    assert (review.strong_point, str(review.total), str(review.state)) == ("De opgaven lopen op.", "3.00", "published")
    assert not ReviewDraft.objects.exists()


def test_what_is_typed_is_kept_and_is_there_after_a_reload(live_server, open_page, world):
    page = open_page(world["teacher"])
    page.goto(f"{live_server.url}{write_url(world['method'])}")
    state = page.locator("[data-draft-state]")
    page.get_by_label("Wat kan beter?").fill("Meer herhaling.")
    assert state.inner_text() == "Nog niet bewaard"
    page.get_by_text("Bewaard om").wait_for()
    page.get_by_role("radio", name="als aanvulling").check()
    until(page, "document.querySelector('[name=saves]').value === '2'")
    page.reload()
    assert page.get_by_label("Wat kan beter?").input_value() == "Meer herhaling."
    assert page.get_by_role("radio", name="als aanvulling").is_checked()
    assert "U was hier al aan begonnen" in page.locator("main").inner_text()


def test_an_older_window_writes_over_nothing_and_shows_both(live_server, open_page, world):
    page = open_page(world["teacher"])
    address = f"{live_server.url}{write_url(world['method'])}"
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    other.get_by_label("Wat is sterk?").fill("Uit het andere venster.")
    other.get_by_text("Bewaard om").wait_for()
    page.get_by_label("Wat is sterk?").fill("Uit dit venster.")
    page.get_by_text("in een ander venster is verder geschreven").wait_for()
    page.get_by_role("button", name="Concept bewaren").click()
    assert page.get_by_label("Wat is sterk?").input_value() == "Uit dit venster."
    assert "Uit het andere venster." in page.locator("details.panel").inner_text()
    page.get_by_role("button", name="Concept bewaren").click()
    page.get_by_text("Uw concept is bewaard").wait_for()
    assert ReviewDraft.objects.get().fields["strong_point"] == ["Uit dit venster."]


def test_a_broken_connection_is_told_and_tried_again(live_server, open_page, world):
    page = open_page(world["teacher"])
    page.clock.install()
    page.goto(f"{live_server.url}{write_url(world['method'])}")
    page.route("**/concept/", lambda route: route.abort())
    page.get_by_label("Wat is sterk?").fill("Onderweg in de trein.")
    page.clock.run_for(2_000)
    page.get_by_text("Niet bewaard; we proberen het opnieuw").wait_for()
    page.unroute("**/concept/")
    page.clock.run_for(6_000)
    page.get_by_text("Bewaard om").wait_for()
    assert ReviewDraft.objects.get().fields["strong_point"] == ["Onderweg in de trein."]


def test_a_double_click_publishes_once_and_ends_at_the_thanks(live_server, open_page, world):
    page = open_page(world["teacher"])
    page.goto(f"{live_server.url}{write_url(world['method'])}")
    fill_in(page)
    page.get_by_role("button", name="Publiceren").dblclick()
    page.get_by_role("heading", name="Dank u wel").wait_for()
    assert Review.objects.filter(method=world["method"]).count() == 1
    page.go_back()
    page.get_by_text("U beoordeelde deze methode al").wait_for()


def test_all_of_it_works_without_javascript(live_server, open_page, world):
    page = open_page(world["teacher"], java_script_enabled=False, viewport=NARROW)
    address = f"{live_server.url}{write_url(world['method'])}"
    page.goto(address)
    page.get_by_role("button", name="Publiceren").click()
    faults = page.get_by_role("alert")
    assert "Kies of het uw hoofdmateriaal was of een aanvulling." in faults.inner_text()
    faults.get_by_role("link", name="Wat is sterk?").click()
    assert page.url.endswith("#v-strong_point")
    fill_in(page)
    page.get_by_label("Wat is sterk?").fill("Bel 06-12345678 voor uitleg.")
    page.get_by_role("button", name="Concept bewaren").click()
    assert "Uw concept is bewaard" in page.locator(".messages").inner_text()
    page.get_by_role("button", name="Publiceren").click()
    assert "lijkt een telefoonnummer" in page.locator("main").inner_text()
    page.get_by_role("button", name="Publiceren").click()
    assert "Kijk eerst" in page.get_by_role("alert").inner_text()
    page.get_by_label("Ik heb hiernaar gekeken").check()
    page.get_by_role("button", name="Publiceren").click()
    page.get_by_role("link", name="Uw beoordelingen").click()
    page.get_by_role("link", name="Wijzigen Kompas", exact=True).click()
    page.get_by_label("Wat is sterk?").fill("De opgaven lopen op.")
    page.get_by_role("button", name="Wijziging publiceren").click()
    review = Review.objects.get(method=world["method"])
    assert (review.version, review.strong_point) == (2, "De opgaven lopen op.")
    page.goto(f"{live_server.url}/beoordelingen/{review.public_id}/intrekken/")
    page.get_by_role("button", name="Ja, trek in").click()
    review.refresh_from_db()
    assert review.state == ReviewState.WITHDRAWN


def test_who_signed_out_meanwhile_goes_on_with_what_they_typed(live_server, open_page, world):
    page = open_page(world["teacher"])
    page.goto(f"{live_server.url}{write_url(world['method'])}")
    fill_in(page)
    page.get_by_text("Bewaard om").wait_for()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label("Wat is sterk?").fill("Na het afmelden.")
    page.get_by_text("Niet bewaard: u bent afgemeld").wait_for()
    page.get_by_role("button", name="Concept bewaren").click()
    assert "Na het afmelden." in page.locator("main").inner_text()
    # Signing in makes another token, so what was kept on the page is stale besides.
    value = sign_in(Client(), world["teacher"]).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    page.get_by_role("button", name="Verder met wat ik typte").click()
    assert page.get_by_label("Wat is sterk?").input_value() == "Na het afmelden."
    assert page.locator("fieldset.criterion input:checked").count() == 8
    page.get_by_role("button", name="Publiceren").click()
    page.get_by_role("heading", name="Dank u wel").wait_for()


def test_the_form_is_light(live_server, open_page, world):
    page = open_page(world["teacher"])
    responses = []
    page.on("response", lambda response: responses.append(response))
    page.goto(f"{live_server.url}{write_url(world['method'])}", wait_until="networkidle")
    assert sum(size_as_sent(response) for response in responses) < MOST_BYTES
