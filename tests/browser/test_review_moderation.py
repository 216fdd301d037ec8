"""From a reader's flag to an appeal that is granted, in a real browser, by keyboard and on a phone; WCAG 2.2 AA."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from accounts.models import Section, SectionMember, SectionRole, User
from catalogus.models import Concept, Scheme
from reviews.models import AppealState, FlagReason, FlagState, Review, ReviewFlag, ReviewState
from reviews.services.flagging import flag_review
from reviews.services.publishing import edit_review
from tests.browser.audit import NARROW, SCREENS, UNFOLD, faults_of
from tests.factories import make_method, make_publisher
from tests.people import sign_in
from tests.review_support import make_content, make_review, make_teacher
from tests.reviews.moderating.support import make_moderator, make_reply

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

LONG = "meerjarenlicentieovereenkomstvoorscholengemeenschappen" * 3

Visit = Callable[..., Page]


@pytest.fixture
def author(transactional_db: None) -> User:
    return make_teacher(display_name="Els Voorbeeld")


@pytest.fixture
def review(author: User) -> Review:
    method = make_method(name="Kompas", publisher=make_publisher(name="De Linde"))
    return make_review(method, author=author, body=f"De docent aardrijkskunde heet Jansen. {LONG}")


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[Visit]:
    """A window of somebody, or of a visitor without an account."""
    contexts = []

    def begin(user: User | None = None, **options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="nl-NL", **options)
        contexts.append(context)
        if user is not None:
            value = sign_in(Client(), user).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        return context.new_page()

    yield begin
    for context in contexts:
        context.close()


def press_to(page: Page, selector: str) -> None:
    """Go on with the tab key until this has the focus."""
    for _step in range(60):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the tab key does not come to {selector}")


def test_a_flag_a_removal_and_an_appeal_that_is_granted(visit: Visit, author: User, review: Review):
    reader = visit(viewport=NARROW, java_script_enabled=True)
    reader.goto(f"/beoordelingen/{review.public_id}/melden/")
    press_to(reader, "input[name=reason]")
    reader.keyboard.press("Space")
    press_to(reader, "textarea[name=text]")
    reader.keyboard.type("De achternaam in de eerste zin.")
    press_to(reader, "main button[type=submit]")
    reader.keyboard.press("Enter")
    reader.get_by_role("heading", name="Uw melding is ontvangen").wait_for()
    flag = ReviewFlag.objects.get()
    assert (flag.user, flag.reason, flag.state) == (None, FlagReason.PERSONAL_DATA, FlagState.OPEN)
    review.refresh_from_db()
    assert review.state == ReviewState.PUBLISHED

    first = visit(make_moderator(), java_script_enabled=False)
    first.goto("/moderatie/")
    first.get_by_role("link", name="Kompas").click()
    assert first.get_by_text("De achternaam in de eerste zin.").count() == 1
    first.get_by_role("button", name="Haal weg").click()
    assert first.get_by_role("alert").get_by_text("Geef een reden").count() == 1
    first.get_by_label("Reden").select_option(value="person")
    first.get_by_label("In eigen woorden").fill("Het gaat om de eerste zin.")
    first.get_by_role("button", name="Haal weg").click()
    assert first.get_by_text("De beoordeling is weggehaald.").count() == 1
    review.refresh_from_db()
    assert review.state == ReviewState.REMOVED

    writer = visit(author, viewport=NARROW, java_script_enabled=False)
    writer.goto(f"/beoordelingen/{review.public_id}/beroep/")
    assert writer.get_by_text("Het gaat om de eerste zin.").count() == 1
    writer.get_by_label("Waarom moet uw beoordeling terug?").fill("Jansen is een personage uit het boek.")
    writer.get_by_role("button", name="Ga in beroep").click()
    assert writer.get_by_text("Uw beroep is ingediend.").count() == 1

    first.goto(f"/moderatie/{review.public_id}/")
    assert first.get_by_role("button", name="Wijs toe").count() == 0
    second = visit(make_moderator(), java_script_enabled=False)
    second.goto("/moderatie/")
    second.get_by_role("link", name="Kompas").click()
    second.locator("form", has=second.get_by_role("button", name="Wijs toe")).get_by_label("In eigen woorden").fill(
        "U hebt gelijk; onze excuses."
    )
    second.get_by_role("button", name="Wijs toe").click()
    review.refresh_from_db()
    assert review.state == ReviewState.PUBLISHED
    assert review.appeals.get().state == AppealState.GRANTED
    writer.reload()
    assert writer.get_by_text("U hebt gelijk; onze excuses.").count() == 1


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_and_nothing_overflows(visit: Visit, author: User, review: Review, screen: str):
    make_reply(review, f"Dank u wel. {LONG}")
    for reason, is_of_reply in ((FlagReason.OTHER, False), (FlagReason.ABUSE, True)):
        flag_review(user=None, review=review, reason=reason, text=f"Kijk. {LONG}", is_of_reply=is_of_reply)
    changed = make_content(review.method, body=f"De docent aardrijkskunde heet anders. {LONG}", score=2)
    edit_review(author=author, review=review, content=changed, version=1)
    subject = Concept.objects.get(scheme=Scheme.SUBJECT, code="wiskunde")
    section = Section.objects.create(school=review.school, subject=subject)
    SectionMember.objects.create(section=section, user=author, role=SectionRole.LEAD)
    thread = f"/moderatie/{review.public_id}/"
    flag = f"/beoordelingen/{review.public_id}/melden/"
    staff = User.objects.create_user(display_name="Redactie", is_staff=True)
    pages: list[tuple[User | None, list[str]]] = [
        (None, [flag, f"{flag}?antwoord=1", f"{flag}bedankt/"]),
        (author, [f"/beoordelingen/{review.public_id}/beroep/", f"/account/secties/{section.pk}/schoolnaam/", flag]),
        (
            staff,
            [
                "/moderatie/",
                "/moderatie/?soort=wacht",
                thread,
                "/moderatie/signalen/",
                "/moderatie/logboek/",
                "/moderatie/vooraf/",
            ],
        ),
    ]
    faults = []
    for user, addresses in pages:
        page = visit(user, viewport=SCREENS[screen])
        for address in addresses:
            page.goto(address)
            page.evaluate(UNFOLD)
            faults.append((address, faults_of(page)))
    page.goto(thread)
    page.get_by_role("button", name="Haal weg").click()
    page.get_by_role("alert").wait_for()
    faults.append(("refused", faults_of(page)))
    assert not [one for one in faults if one[1]]
