"""The weekly letter through a real mail server: once, with its headers and its text whole, or later where it has to."""

import asyncio
import email.policy
import socket
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.utils import timezone

from accounts.models import OutgoingMail
from accounts.services.mail import send_due
from selection.models import SavedSearch
from selection.services.stopping import Stop
from tests.selection.world import Catalogue, follow, make_reader, monday

pytestmark = [pytest.mark.django_db, pytest.mark.search]

SITE = "https://catalogus.example"
TITLE = "Één brève over Fryslân: " + "vuurtorens, " * 120 + "„slot”"
"""Longer than the 998 signs that RFC 5322 allows a line, with signs outside of ASCII."""


class Postbox:
    """What a mail server does with what it is given. refusal: what it says to a whole letter instead of taking it."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.refusal = ""

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  Its name.
        if self.refusal:
            return self.refusal
        self.taken.append(envelope)
        return "250 OK"

    def letters(self) -> list[EmailMessage]:
        contents = [envelope.content for envelope in self.taken]
        return [message_from_bytes(bytes(content), policy=email.policy.default) for content in contents]  # type: ignore[arg-type]  # The server gives bytes.


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(postbox: Postbox, port: int) -> Controller:
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    return controller


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def port(settings) -> int:
    """Django's own SMTP backend, turned to a port of this machine."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.DEFAULT_FROM_EMAIL = "Open Keuzecatalogus <post@catalogus.example>"
    settings.SITE_URL = SITE
    return int(settings.EMAIL_PORT)


@pytest.fixture
def server(postbox, port) -> Iterator[Controller]:
    controller = serve(postbox, port)
    yield controller
    controller.stop()


@pytest.fixture
def search(catalogue: Catalogue) -> SavedSearch:
    """A search with news, of which the letter waits."""
    search = follow(make_reader("els"), name="Vuurtorens & „bakens”")
    catalogue.bring("a", title=TITLE, price_cents=1995, currency="EUR")
    assert monday().letters == 1
    return search


def lines_of(letter: EmailMessage) -> list[str]:
    return str(letter.get_content()).splitlines()


def stop_headers(letter: EmailMessage) -> tuple[str, str]:
    """By which a mail program stops it; a long header may begin on its second line."""
    return str(letter["List-Unsubscribe"]).strip(), str(letter["List-Unsubscribe-Post"])


def test_it_arrives_once_with_its_headers_and_its_text_whole(search, server, postbox):
    assert send_due() == 1
    monday()
    assert send_due() == 0
    (letter,) = postbox.letters()
    stop = f"{SITE}/account/zoekopdrachten/stoppen/{Stop(search.user_id).token}/"
    assert postbox.taken[0].rcpt_tos == ["els@school.example"]
    assert {name: letter[name] for name in ("From", "To", "Subject", "Auto-Submitted")} == {
        "From": "Open Keuzecatalogus <post@catalogus.example>",
        "To": "els@school.example",
        "Subject": "1 nieuw product bij uw zoekopdrachten",
        "Auto-Submitted": "auto-generated",
    }
    assert stop_headers(letter) == (f"<{stop}>", "List-Unsubscribe=One-Click")
    assert letter.get_content_type() == "text/plain"
    lines = lines_of(letter)
    assert f"* {TITLE}" in lines
    assert "  De Linde · Onbekend · €\u00a019,95" in lines
    assert "  Past bij “Vuurtorens & „bakens””" in lines
    assert stop in lines
    content = bytes(postbox.taken[0].content or b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 998  # RFC 5322, clause 2.1.1.


def test_the_links_of_the_letter_stop_it_by_one_click(search, server, postbox, client):
    send_due()
    (letter,) = postbox.letters()
    one_search = next(line for line in lines_of(letter) if line.startswith("Hierover geen bericht meer: "))
    client.post(one_search.removeprefix(f"Hierover geen bericht meer: {SITE}"))
    search.refresh_from_db()
    assert not search.is_alert_on
    # As a mail program does it: RFC 8058, clause 3.2.
    link, body = stop_headers(letter)
    name, _equals, value = body.partition("=")
    assert client.post(link.strip("<>").removeprefix(SITE), {name: value}).status_code == 200
    assert not search.user.mail_choices.get().is_wanted


@pytest.mark.parametrize("refusal", ["451 Straks weer", "554 Nee"])
def test_a_server_that_refuses_leaves_it_waiting_and_it_goes_later(search, server, postbox, refusal):
    postbox.refusal = refusal
    assert send_due() == 0
    (waiting,) = OutgoingMail.objects.all()
    assert (waiting.attempts, waiting.failed_at) == (1, None)
    assert waiting.due_at > timezone.now()
    postbox.refusal = ""
    assert send_due() == 0, "not due yet"
    OutgoingMail.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert send_due() == 1
    assert len(postbox.taken) == 1
    assert not OutgoingMail.objects.exists()


def test_a_server_that_is_away_leaves_it_waiting_and_it_goes_when_it_is_back(search, postbox, port):
    assert send_due() == 0
    assert OutgoingMail.objects.get().attempts == 0
    controller = serve(postbox, port)
    try:
        assert send_due() == 1
    finally:
        controller.stop()
    assert len(postbox.letters()) == 1


def test_a_server_that_goes_away_in_the_middle_costs_one_attempt(search, postbox, port):
    class GoesAway(Postbox):
        async def handle_DATA(self, server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "250 Niemand hoort dit"

    controller = serve(GoesAway(), port)
    try:
        assert send_due() == 0
    finally:
        controller.stop()
    assert OutgoingMail.objects.get().attempts == 1
    OutgoingMail.objects.update(due_at=timezone.now())
    controller = serve(postbox, port)
    try:
        assert send_due() == 1
    finally:
        controller.stop()
    assert len(postbox.taken) == 1
