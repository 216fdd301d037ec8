"""A person's own pages and the privacy page in a real browser: WCAG 2.2 AA, no overflow, and without a script."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import Affiliation, School, User
from tests.accounts.traces import ADDRESS, make_known_person, make_school
from tests.browser.audit import SCREENS, faults_of
from tests.people import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

PAGES = (
    "/account/", "/account/profiel/", "/account/mail/", "/account/tokens/", "/account/tokens/nieuw/",
    "/account/gegevens/", "/account/verwijderen/", "/privacy/",
)  # fmt: skip


@pytest.fixture
def person(transactional_db: None) -> User:
    """Somebody of whom there is something to show everywhere, in every state."""
    person = make_known_person(is_staff=False)
    Authenticator.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=f"{'lang' * 15}.{ADDRESS}")
    old = make_school("99AB", ended_on="2026-08-01", merged_into=School.objects.get(), name="Lange naam " * 12)
    known = {"user": person, "assurance": "mail", "role": "affiliate"}
    Affiliation.objects.create(school=old, state="pending", **known)
    ended = {"state": "ended", "ended_at": timezone.now() - timedelta(days=3), "end_reason": "moved"}
    Affiliation.objects.create(school=make_school("99AC"), **ended, **known)
    return person


@pytest.fixture
def cookie(live_server, person) -> dict[str, str]:
    client = sign_in(Client(), person)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_and_nothing_overflows(browser, live_server, cookie, screen):
    context = browser.new_context(viewport=SCREENS[screen], locale="nl-NL")
    context.add_cookies([cookie])
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    faults = {}

    def look(name: str) -> None:
        if found := faults_of(page):
            faults[name] = found

    for path in PAGES:
        assert page.goto(f"{live_server.url}{path}").status == 200, path
        look(path)
    assert not said, "no policy is broken and no file is missing"
    page.goto(f"{live_server.url}/account/profiel/")
    page.get_by_label("Weergavenaam").fill(ADDRESS)
    page.get_by_role("button", name="Bewaar").click()
    look("a refused name")
    page.goto(f"{live_server.url}/account/tokens/nieuw/")
    page.get_by_role("button", name="Maak het token").click()
    look("a refused token")
    page.get_by_label("Waarvoor").fill(f"Rooster op de {screen}")
    page.get_by_label("beoordelingen schrijven").check()
    page.get_by_role("button", name="Maak het token").click()
    assert "okc_p_" in page.inner_text("code.secret")
    look("a token that was made")
    page.goto(f"{live_server.url}/account/verwijderen/")
    page.get_by_role("button", name="Verwijder mijn account").click()
    look("a deletion without a tick")
    assert not faults, "\n".join(f"{name}: {report}" for name, report in faults.items())
    context.close()


def test_everything_works_without_javascript(browser, live_server, cookie, person):
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(f"{live_server.url}/account/profiel/")
    page.get_by_label("Weergavenaam").fill("Pinksterbloem")
    page.get_by_role("button", name="Bewaar").click()
    assert "Uw profiel is bewaard" in page.inner_text("main")
    page.get_by_role("button", name="EN", exact=True).click()
    page.goto(f"{live_server.url}/account/profiel/")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="NL", exact=True).click()
    page.goto(f"{live_server.url}/account/tokens/")
    page.get_by_role("link", name="Maak een token").click()
    page.get_by_label("Waarvoor").fill("Zonder script")
    page.get_by_label("eigen gegevens lezen").check()
    page.get_by_role("button", name="Maak het token").click()
    page.get_by_role("link", name="Ik heb het bewaard").click()
    page.get_by_role("button", name="Trek in Zonder script").click()
    assert "is ingetrokken" in page.inner_text("main")
    page.goto(f"{live_server.url}/account/gegevens/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download keuzecatalogus-gegevens.json").click()
    assert "Pinksterbloem" in download.value.path().read_text(encoding="utf-8")
    page.goto(f"{live_server.url}/account/verwijderen/")
    page.get_by_label("Ja, verwijder mijn account").check()
    page.get_by_role("button", name="Verwijder mijn account").click()
    assert "Uw account is verwijderd" in page.inner_text("main")
    assert not User.objects.filter(pk=person.pk).exists()
    page.goto(f"{live_server.url}/account/")
    assert "/aanmelden/" in page.url
    context.close()
