"""A publisher replies and readers say what is of use, in a real browser, on a phone, with and without a script."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import PublisherRole, User
from reviews.models import PublisherReply, Review
from tests.accounts.places import make_person, speak_for
from tests.browser.audit import NARROW, SCREENS, faults_of
from tests.factories import make_method, make_publisher
from tests.people import sign_in
from tests.review_support import make_review, make_teacher

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

REVIEWS = "/account/uitgever/de-linde/beoordelingen/"
LONG = "Zonder_onderbreking_" * 30


@dataclass(frozen=True)
class People:
    editor: User
    reader: User
    waiting: Review
    answered: Review
    removed: Review


def visit_of(context, live_server, user, *, second_factor: bool = True) -> None:
    """Let the browser's visit be this person's."""
    client = sign_in(Client(), user, second_factor=second_factor)
    context.clear_cookies()
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url, "httpOnly": True}]
    )


@pytest.fixture
def people(transactional_db) -> People:
    """A publisher with reviews of two methods: one to reply to, one replied to, and one whose reply was removed."""
    publisher = make_publisher(name="De Linde", slug="de-linde")
    first, second = (make_method(name=name, publisher=publisher) for name in ("Kompas", "Anker en kaart " * 6))
    editor = make_person("redacteur")
    speak_for(editor, publisher, PublisherRole.EDITOR)
    waiting = make_review(
        first, strong_point=LONG, weak_point="Er is geen antwoordenboek.\n\nJammer.", body="Goed. " * 60
    )
    answered, removed = make_review(first), make_review(second)
    known = {"publisher": publisher, "answered_version": 1, "author": editor}
    PublisherReply.objects.create(
        review=answered, text=f"Dank u. {LONG}", edited_at=timezone.now() + timedelta(minutes=1), **known
    )
    PublisherReply.objects.create(
        review=removed,
        text="Vraag het Jan de Boer.",
        removed_at=timezone.now(),
        removal_reason="Er staat een naam in.",
        **known,
    )
    return People(editor, make_teacher(), waiting, answered, removed)


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_and_nothing_overflows(browser, live_server, people, screen):
    context = browser.new_context(viewport=SCREENS[screen], locale="nl-NL")
    visit_of(context, live_server, people.editor)
    page = context.new_page()
    faults = {}
    reply = f"/beoordelingen/{people.waiting.public_id}/antwoord/"
    for path in (
        "/account/uitgever/de-linde/",
        REVIEWS,
        f"{REVIEWS}?toon=beantwoord",
        reply,
        f"/beoordelingen/{people.answered.public_id}/antwoord/",
        f"/beoordelingen/{people.removed.public_id}/antwoord/",
    ):
        assert page.goto(f"{live_server.url}{path}").status == 200, path
        if found := faults_of(page):
            faults[path] = found
    page.goto(f"{live_server.url}{reply}")
    page.get_by_role("button", name="Plaats het antwoord").click()
    if found := faults_of(page):
        faults["an empty reply"] = found
    context.close()
    assert not faults, "\n".join(f"{path}: {report}" for path, report in faults.items())


def test_an_editor_replies_changes_it_and_everybody_reads_it(browser, live_server, people):
    context = browser.new_context(viewport=NARROW, locale="nl-NL")
    page = context.new_page()
    visit_of(context, live_server, people.editor, second_factor=False)
    page.goto(f"{live_server.url}{REVIEWS}")
    assert "Tweede stap" in page.locator("main").inner_text(), "whoever has yet to show it is led there"
    visit_of(context, live_server, people.editor)
    page.goto(f"{live_server.url}/account/uitgever/de-linde/")
    page.get_by_role("link", name="Lezen en antwoorden").click()
    page.get_by_role("link", name="Antwoorden op Kompas").click()
    page.get_by_role("button", name="Plaats het antwoord").click()
    assert page.get_by_role("alert").is_visible()
    field = page.get_by_label("Uw antwoord")
    field.fill("Dank u.\n\nHet antwoordenboek komt.")
    field.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Uw antwoord staat onder de beoordeling.").wait_for()
    assert page.get_by_text("Op alle beoordelingen is geantwoord.").is_visible()
    page.goto(f"{live_server.url}/beoordelingen/{people.waiting.public_id}/antwoord/")
    page.get_by_label("Uw antwoord").fill("Het antwoordenboek is er.")
    page.get_by_role("button", name="Wijzig het antwoord").click()
    page.get_by_text("Uw antwoord staat onder de beoordeling.").wait_for()
    context.clear_cookies()
    page.goto(f"{live_server.url}/beoordelingen/{people.waiting.public_id}/")
    text = page.locator("main").inner_text()
    assert "Het antwoordenboek is er." in text
    assert "De Linde" in text
    assert PublisherReply.objects.get(review=people.waiting).edited_at is not None
    page.goto(f"{live_server.url}/beoordelingen/{people.removed.public_id}/")
    assert "Jan de Boer" not in page.locator("main").inner_text()
    context.close()


@pytest.mark.parametrize("has_script", [True, False])
def test_a_reader_says_that_it_is_of_use_and_takes_it_back(browser, live_server, people, has_script):
    context = browser.new_context(viewport=NARROW, locale="nl-NL", java_script_enabled=has_script)
    page = context.new_page()
    path = f"{live_server.url}/beoordelingen/{people.waiting.public_id}/"
    page.goto(path)
    assert not page.get_by_role("button", name="nuttig").count(), "for who is known alone"
    assert not [cookie for cookie in context.cookies() if cookie["name"] == "csrftoken"]
    visit_of(context, live_server, people.reader)
    page.goto(path)
    page.get_by_role("button", name="Dit was nuttig").click()
    page.get_by_role("button", name="Toch niet nuttig").wait_for()
    assert page.url == path
    assert Review.objects.get(pk=people.waiting.pk).helpful_count == 1
    page.get_by_role("button", name="Toch niet nuttig").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Dit was nuttig").wait_for()
    assert Review.objects.get(pk=people.waiting.pk).helpful_count == 0
    context.close()
