"""A teacher's first visit by their school in a real browser, through a real provider, until they are gone again."""

import pytest
from playwright.sync_api import Request

from accounts.demo.claims import subject_of
from accounts.demo.people import person_by_key
from accounts.models import Affiliation, School, Section, User
from tests.browser.audit import SCREENS, WIDE, faults_of
from tests.factories import make_school

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]


@pytest.fixture
def school(transactional_db) -> School:
    return make_school("99AA", "Lantaarnveen College", place="Zandkade", sectors=["vo"])


@pytest.fixture
def site(live_server) -> str:
    """By the address that a client on the same machine may register (RFC 8252, clause 7.3)."""
    return str(live_server.url.replace("localhost", "127.0.0.1"))


def _lost(request: Request) -> list[str]:
    """What did not come; what was no longer wanted, as a page was left before its icon had come, is not missed."""
    return [] if request.failure == "net::ERR_ABORTED" else [request.url]


@pytest.fixture
def page(browser, site, federation, school):
    """A page of somebody who is on our sign-in page, with what the console and the network complained of."""
    context = browser.new_context(viewport=WIDE, locale="nl-NL")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("requestfailed", lambda request: complaints.extend(_lost(request)))
    page.goto(f"{site}/privacy/?van=hier")
    page.get_by_role("link", name="Aanmelden").click()
    yield page
    # A page that says that signing in failed is a 401, and the browser notes that.
    assert [each for each in complaints if "401" not in each] == []
    context.close()


def at_school(page, name: str) -> None:
    """Go to the federation, and be somebody there."""
    page.get_by_role("link", name="Aanmelden via uw school").click()
    page.get_by_role("button", name=name).click()


def test_a_teacher_comes_founds_a_section_and_goes(page, site, federation, school):
    at_school(page, "Ruben Molshoek")
    # Back where they came from, known by name.
    assert page.url == f"{site}/privacy/?van=hier"
    assert "Ruben" in page.locator("header").inner_text()
    user = User.objects.get()
    person = person_by_key("docent")
    assert person is not None
    assert (user.issuer, user.subject) == (federation.issuer, subject_of(person, "entree"))

    page.goto(f"{site}/account/")
    assert "U mag leermiddelen beoordelen." in page.inner_text("main")
    assert "Lantaarnveen College" in page.inner_text("main")

    page.get_by_role("navigation", name="Uw account").get_by_role("link", name="Vaksecties").click()
    page.get_by_label("Vak", exact=True).select_option(label="Wiskunde")
    page.get_by_role("button", name="Richt op").click()
    assert "u bent voorzitter" in page.inner_text("main")
    assert Section.objects.get().school == school
    # Whoever leads a section is led to who waits.
    page.get_by_role("navigation", name="Uw account").get_by_role("link", name="Goedkeuren").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Wacht op uw goedkeuring"

    page.goto(f"{site}/account/verwijderen/")
    page.get_by_label("Ja, verwijder mijn account").check()
    page.get_by_role("button", name="Verwijder").click()
    assert "Uw account is verwijderd" in page.inner_text("main")
    assert not User.objects.exists()
    assert not Affiliation.objects.exists()


def test_a_pupil_is_told_that_reviewing_is_not_for_them(page, site):
    at_school(page, "Sterre Wilgenoord")
    page.goto(f"{site}/account/")
    assert "uw school noemt u leerling of student" in page.inner_text("main")


@pytest.mark.parametrize("screen", SCREENS)
def test_whoever_cannot_be_believed_reads_why_and_changes_their_mind(page, federation, screen):
    page.set_viewport_size(SCREENS[screen])
    federation.misbehave(claims={"uid": None})
    at_school(page, "Ruben Molshoek")
    assert "uid" in page.inner_text("main")
    assert not faults_of(page)
    federation.reset()
    page.get_by_role("link", name="Probeer het opnieuw").click()
    page.get_by_role("button", name="Toch niet aanmelden").click()
    assert page.get_by_role("heading", level=1).inner_text() == "U bent niet aangemeld"
    assert not User.objects.exists()
