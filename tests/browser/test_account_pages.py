"""Signing in and one's own security in a real browser: readable, within the screen, by keyboard, with app and key."""

from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from tests.accounts.local import code_in
from tests.accounts.web.sign_in_states import PASSWORD, make_person, sign_in_states, visitor
from tests.browser.audit import NARROW, SCREENS, UNFOLD, faults_of
from tests.people import sign_in
from tests.second_factors import next_totp_code

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]

FEDERATIONS = {
    name: {"label": label, "issuer": f"https://{name}.example", "client_id": "x", "client_secret": "x", "claims": name}
    for name, label in (("entree", "Entree Federatie"), ("surfconext", "SURFconext"))
}


@pytest.fixture(autouse=True)
def _nobody_tried_before():
    """Limits on guessing count what earlier tests did."""
    cache.clear()


@pytest.fixture
def states(settings):
    settings.FEDERATIONS = FEDERATIONS
    return sign_in_states()


def resume(context, live_server, client):
    """Go on in the browser with what a test's client began."""
    cookie = client.cookies.get("sessionid")
    context.clear_cookies()
    if cookie:
        context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])


@pytest.mark.parametrize("screen", SCREENS)
def test_pages_are_sound(browser, live_server, states, screen):
    context = browser.new_context(viewport=SCREENS[screen], locale="nl-NL")
    page = context.new_page()
    said, faults = [], {}
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for name, state in states.items():
        resume(context, live_server, state.client)
        assert page.goto(live_server.url + state.path).status == state.status, name
        assert page.locator("h1").inner_text() == state.heading
        # The browser tells of the page's own status; of nothing else, so no policy was broken and no file is missing.
        assert len(said) == (state.status != 200), (name, said)
        page.evaluate(UNFOLD)
        found = faults_of(page)
        said.clear()  # The tool adds styles of its own.
        if found:
            faults[name] = found
    context.close()
    assert not faults, "\n".join(f"{name}: {report}" for name, report in faults.items())


# What the keyboard is on, as its name and value in the form.
FOCUSED = "() => { const e = document.activeElement; return [e.name || e.tagName, e.value || e.textContent.trim()] }"
REACHABLE = """() => [...document.querySelectorAll('main a, main input:not([type=hidden]), main button, main summary')]
    .filter(e => e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}))
    .map(e => [e.name || e.tagName, e.value || e.textContent.trim()])"""


def test_the_keyboard_reaches_all(browser, live_server, states):
    context = browser.new_context(viewport=NARROW, locale="nl-NL")
    page = context.new_page()
    for name, state in states.items():
        resume(context, live_server, state.client)
        page.goto(live_server.url + state.path)
        wanted = page.evaluate(REACHABLE)
        page.locator("#inhoud").focus()
        reached = []
        for _step in wanted:
            page.keyboard.press("Tab")
            reached.append(page.evaluate(FOCUSED))
        assert reached == wanted, name
    context.close()


def test_the_account_menu_opens_and_signs_out_by_keyboard(browser, live_server):
    context = browser.new_context(viewport=NARROW, java_script_enabled=True, locale="nl-NL")
    page = context.new_page()
    resume(context, live_server, sign_in(visitor(), make_person("anna")))
    page.goto(live_server.url)
    page.locator("header summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == ["A", "Mijn account"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/")
    assert page.get_by_role("status").inner_text() == "Gelukt: U bent afgemeld."
    assert page.locator("header").get_by_role("link", name="Aanmelden").is_visible()
    context.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_the_open_menu_is_sound(browser, live_server, screen):
    context = browser.new_context(viewport=SCREENS[screen], locale="nl-NL")
    page = context.new_page()
    resume(context, live_server, sign_in(visitor(), make_person("anna")))
    page.goto(f"{live_server.url}/privacy/")
    page.locator("header summary").click()
    assert page.get_by_role("link", name="Mijn account").is_visible()
    assert not faults_of(page)
    context.close()


def test_what_is_wrong_has_the_focus_without_script(browser, live_server):
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto(f"{live_server.url}{reverse('account_login')}")
    page.get_by_label("E-mailadres of aanmeldnaam").fill("anna")
    page.get_by_label("Wachtwoord", exact=True).fill("niet-dit-wachtwoord")
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    page.locator("[role=alert]:focus").wait_for()
    page.goto(f"{live_server.url}{reverse('account_signup')}")
    page.get_by_label("E-mailadres").fill("anna@school.example")
    page.get_by_label("Wachtwoord").fill("kort")
    page.get_by_role("button", name="Account maken").click()
    page.locator("[role=alert]:focus").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#id_password1:target").wait_for()
    context.close()


def test_without_script_the_pages_say_that_a_key_needs_it(browser, live_server, states):
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    for name, is_said in (("sign in", False), ("second step", True), ("add key", True), ("confirm by key", True)):
        resume(context, live_server, states[name].client)
        page.goto(live_server.url + states[name].path)
        assert page.get_by_text("werkt alleen met JavaScript").count() == is_said, name
        assert not page.locator("[data-needs-key]").is_visible(), name
    context.close()


@pytest.fixture
def visit(browser, live_server):
    """A page of a browser with a security key in it, and what the console said there."""
    context = browser.new_context(locale="nl-NL", accept_downloads=True)
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("response", lambda response: said.append(response.url) if response.status >= 400 else None)
    yield page
    context.close()
    assert not [text for text in said if "password" not in text.lower()]  # Chromium's advice on forms.


@pytest.fixture
def devtools(visit):
    session = visit.context.new_cdp_session(visit)
    session.send("WebAuthn.enable")
    return session


@pytest.fixture
def key(devtools) -> str:
    """A key in the browser that is touched by itself and knows its owner; returns its number there."""
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return str(devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"])


def enter(page, live_server, *, onward: str = "/") -> None:
    """Sign in by password, up to where that leads."""
    page.goto(f"{live_server.url}{reverse('account_login')}?next={onward}")
    page.get_by_label("E-mailadres of aanmeldnaam").fill("anna@school.example")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()


def leave(page) -> None:
    page.locator("header summary").click()
    page.get_by_role("button", name="Afmelden").click()


def set_up(page, live_server, view: str) -> None:
    """Go to where a factor is set up, past the question who one is."""
    page.goto(f"{live_server.url}{reverse(view)}?next=/zoeken/")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Verder").click()


def test_a_security_key_as_the_second_step(visit, key, live_server):
    anna = make_person("anna")
    enter(visit, live_server)
    set_up(visit, live_server, "mfa_add_webauthn")
    visit.get_by_label("Naam van de sleutel").fill("Sleutelbos")
    visit.get_by_role("button", name="Sleutel toevoegen").click()
    visit.get_by_role("heading", name="Herstelcodes").wait_for()
    assert visit.get_by_role("link", name="Verder naar waar u heen wilde").get_attribute("href") == "/zoeken/"
    codes = visit.locator(".codes li").all_inner_texts()
    with visit.expect_download() as download:
        visit.get_by_role("link", name="Als bestand opslaan").click()
    assert download.value.suggested_filename == "herstelcodes.txt"
    assert Path(download.value.path()).read_text(encoding="utf-8").split("\n")[2:12] == codes
    leave(visit)
    enter(visit, live_server, onward="/?a=1")
    visit.get_by_role("button", name="Sleutel gebruiken").click()
    visit.wait_for_url(f"{live_server.url}/?a=1")
    assert "aangemeld als Anna" in visit.get_by_role("status").inner_text()
    assert Authenticator.objects.get(user=anna, type="webauthn").last_used_at
    leave(visit)
    enter(visit, live_server)
    visit.get_by_label("Code", exact=True).fill(codes[0])
    visit.locator("main").get_by_role("button", name="Aanmelden", exact=True).click()
    visit.wait_for_url(f"{live_server.url}/")
    assert [mail.outbox[-1].subject, mail.outbox[-1].to] == ["Een sleutel is toegevoegd", ["anna@school.example"]]


def test_a_passkey_alone_is_enough(visit, key, live_server):
    make_person("anna")
    enter(visit, live_server)
    set_up(visit, live_server, "mfa_add_webauthn")
    visit.get_by_label("Ook aanmelden zonder wachtwoord").check()
    visit.get_by_role("button", name="Sleutel toevoegen").click()
    visit.get_by_role("heading", name="Herstelcodes").wait_for()
    visit.goto(f"{live_server.url}{reverse('mfa_list_webauthn')}")
    assert visit.get_by_text("Passkey: genoeg om u aan te melden.").is_visible()
    leave(visit)
    visit.goto(f"{live_server.url}{reverse('account_login')}?next=/?a=1")
    visit.get_by_role("button", name="Aanmelden met een passkey").click()
    visit.wait_for_url(f"{live_server.url}/?a=1")
    assert visit.locator("header summary").inner_text().endswith("Anna")


def test_a_key_that_does_not_know_its_owner_is_refused_in_words(visit, devtools, key, live_server):
    make_person("anna")
    enter(visit, live_server)
    set_up(visit, live_server, "mfa_add_webauthn")
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    visit.get_by_label("Ook aanmelden zonder wachtwoord").check()
    visit.get_by_role("button", name="Sleutel toevoegen").click()
    visit.get_by_text("Er is geen sleutel gebruikt").wait_for(state="visible")
    assert not Authenticator.objects.exists()


def test_an_app_as_the_second_step(visit, live_server):
    make_person("anna")
    enter(visit, live_server)
    set_up(visit, live_server, "mfa_activate_totp")
    assert visit.locator("img.qr").evaluate("image => image.decode().then(() => image.naturalWidth)")
    secret = visit.locator(".secret").inner_text().replace(" ", "")
    visit.get_by_label("Code uit uw app").fill(next_totp_code(secret))
    visit.get_by_role("button", name="App instellen").click()
    visit.get_by_role("heading", name="Herstelcodes").wait_for()
    leave(visit)
    enter(visit, live_server)
    for code in ("000000", next_totp_code(secret)):
        visit.get_by_label("Code", exact=True).fill(code)
        visit.locator("main").get_by_role("button", name="Aanmelden", exact=True).click()
        if code == "000000":
            visit.get_by_text("Deze code klopt niet.").first.wait_for()
    visit.wait_for_url(f"{live_server.url}/")
    assert "aangemeld als Anna" in visit.get_by_role("status").inner_text()


def test_signing_up_without_script(browser, live_server):
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto(live_server.url)
    page.get_by_role("link", name="Aanmelden").click()
    page.get_by_role("link", name="Account maken").click()
    page.get_by_label("E-mailadres").fill("evert@school.example")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Account maken").click()
    page.get_by_label("Code uit het bericht").fill(code_in(mail.outbox[-1]))
    page.get_by_role("button", name="Bevestigen").click()
    assert page.url == f"{live_server.url}/"
    assert page.locator("header summary").inner_text().endswith("evert@school.example")
    context.close()
