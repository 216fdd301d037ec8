"""Where people work, in a real browser: an invitation from the letter to the section, and pages without barriers."""

from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client

from accounts.models import PublisherRole, SectionRole
from accounts.services.invitations import invitation_token, invite_to_publisher, invite_to_section
from accounts.services.mail import send_due
from tests.accounts.places import affiliate, make_person, make_school, make_section, make_teacher, roles_in, speak_for
from tests.browser.audit import NARROW, SCREENS, UNFOLD, faults_of
from tests.factories import make_publisher
from tests.people import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]


def visit_of(context, live_server, user) -> None:
    """Let the browser's visit be this person's, with a second factor shown."""
    client = sign_in(Client(), user)
    context.clear_cookies()
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url, "httpOnly": True}]
    )


@pytest.fixture
def world(transactional_db):
    """A school with a lead, a member, people who wait, who were refused and who left, and a publisher."""
    school = make_school("99AA", name="Het Baken", domain="baken.example")
    els = make_teacher("els", school, email="els@baken.example")
    kim = make_teacher("kim", school)
    section = make_section(school, lead=els, members=(kim,))
    empty = make_section(school, code="natuurkunde")
    affiliate(make_person("jan", email="jan@baken.example"), school, assurance="mail", state="pending")
    affiliate(make_person("li"), school, assurance="mail", state="refused", reason="Onbekend.")
    affiliate(make_person("bo"), school, assurance="mail")
    publisher = make_publisher(name="De Linde", slug="de-linde")
    speak_for(make_person("lena"), publisher)
    staff = make_person("redactie", is_staff=True, email="redactie@elders.example")
    letter = invite_to_section(section=section, email="ans@baken.example", role=SectionRole.MEMBER, by=els)
    invite_to_publisher(publisher=publisher, email="open@linde.example", role=PublisherRole.READER, by=staff)
    return {
        "school": school,
        "section": section,
        "empty": empty,
        "els": els,
        "staff": staff,
        "letter": f"/account/uitnodiging/{invitation_token(letter)}/",
    }


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_and_nothing_overflows(browser, live_server, world, screen):
    section = f"/account/secties/{world['section'].pk}/"
    pages = {
        None: [world["letter"], "/account/uitnodiging/kapot/"],
        world["els"]: [
            "/account/school/?q=baken",
            "/account/school/?q=mast",
            "/account/goedkeuren/",
            "/account/secties/",
            section,
            f"/account/secties/{world['empty'].pk}/",
            world["letter"],
        ],
        world["staff"]: ["/account/school/", section, "/account/uitgever/?q=linde", "/account/uitgever/de-linde/"],
    }
    context = browser.new_context(viewport=SCREENS[screen], locale="nl-NL")
    page = context.new_page()
    faults = {}
    for user, paths in pages.items():
        if user is not None:
            visit_of(context, live_server, user)
        for path in paths:
            page.goto(f"{live_server.url}{path}")
            page.evaluate(UNFOLD)
            if found := faults_of(page):
                faults[path] = found
    context.close()
    assert not faults, "\n".join(f"{path}: {report}" for path, report in faults.items())


def test_a_lead_invites_and_who_waited_joins_and_is_known_there(browser, live_server, world):
    context = browser.new_context(viewport=NARROW, locale="nl-NL")
    page = context.new_page()
    visit_of(context, live_server, world["els"])
    page.goto(f"{live_server.url}/account/secties/")
    page.get_by_role("link", name="Wiskunde").click()
    page.get_by_label("E-mailadres").fill("kim")
    page.get_by_label("E-mailadres").evaluate("field => field.form.noValidate = true")
    page.get_by_role("button", name="Stuur de uitnodiging").click()
    assert "naam@school.example" in page.locator("#id_email_error").inner_text()
    page.get_by_label("E-mailadres").fill("jan@baken.example")
    page.get_by_role("button", name="Stuur de uitnodiging").click()
    assert page.get_by_role("button", name="Trek in jan@baken.example").is_visible()
    send_due()
    (body,) = [str(letter.body) for letter in mail.outbox if letter.to == ["jan@baken.example"]]
    (link,) = [line for line in body.splitlines() if line.startswith("http")]
    path = urlsplit(link).path
    context.clear_cookies()
    page.goto(f"{live_server.url}{path}")
    assert "Els nodigt u uit voor de vaksectie Wiskunde van Het Baken" in page.locator("main").inner_text()
    assert page.get_by_role("link", name="Aanmelden").first.is_visible()
    jan = world["school"].affiliations.get(user__sign_in_name="jan").user
    visit_of(context, live_server, jan)
    page.goto(f"{live_server.url}{path}")
    page.get_by_role("button", name="Neem de uitnodiging aan").click()
    assert page.url == f"{live_server.url}/account/secties/{world['section'].pk}/"
    assert roles_in(world["section"])["jan"] == "member"
    page.goto(f"{live_server.url}/account/school/")
    assert "minder zeker" in page.locator("#inhoud").inner_text()
    context.close()
