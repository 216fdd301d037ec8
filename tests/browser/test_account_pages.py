"""Signing in and one's own security in a real browser: readable, within the screen, by keyboard, with app and key."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from tests.accounts.web.sign_in_states import PASSWORD, make_person, sign_in_states, visitor
from tests.second_factors import next_totp_code, totp_code

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_pages_are_sound(browser, live_server, states, scheme, viewport):
    context = browser.new_context(viewport=viewport, color_scheme=scheme, locale="nl-NL")
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
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow == 0, f"{name} is wider than the screen"
        found = Axe().run(page, options=RULES)
        said.clear()  # The tool adds styles of its own.
        if found.violations_count:
            faults[name] = found.generate_report()
    context.close()
    assert not faults, "\n".join(f"{name}: {report}" for name, report in faults.items())
