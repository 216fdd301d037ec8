"""Mail that waits: in the transaction of what it tells, in its reader's language, sent once, tried again, given up."""

import logging
import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from accounts import mail_kinds
from accounts.mail_kinds import MAIL_KINDS
from accounts.models import MailChoice, OutgoingMail, PublisherRole, SectionMember, SectionRole
from accounts.services.invitations import (
    accept_invitation,
    invite_to_publisher,
    invite_to_section,
    read_invitation,
    withdraw_invitation,
)
from accounts.services.mail import MOST_ATTEMPTS, queue_mail, send_due
from accounts.services.sections import change_role
from accounts.tasks import send_mail_due
from tests.accounts.places import affiliate, make_person, make_school, make_section, make_teacher
from tests.accounts.tokens import make_token
from tests.factories import make_publisher

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school("99AA", name="Het Baken & Co")


@pytest.fixture
def els(school):
    return make_teacher("els", school, email="els@school.example")


@pytest.fixture
def section(school, els):
    return make_section(school, lead=els)


@pytest.fixture
def letter(section, els):
    """A letter that waits, to a person who gets it."""
    queue_mail(kind=mail_kinds.SECTION_CHANGED, user=els, about_id=section.members.get().pk)
    return OutgoingMail.objects.get()


class RefusingServer(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a client needs to be told no: every recipient whose name begins with "nee"."""

    def handle(self) -> None:
        self.wfile.write(b"220 hier\r\n")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"RCPT" and b"<nee" in line:
                self.wfile.write(b"550 nee@school.example is onbekend\r\n")
            elif verb == b"DATA":
                self.wfile.write(b"354 ga door\r\n")
                while self.rfile.readline() not in {b".\r\n", b""}:
                    pass
                self.wfile.write(b"250 goed\r\n")
            elif verb == b"QUIT":
                self.wfile.write(b"221 dag\r\n")
                return
            else:
                self.wfile.write(b"250 goed\r\n")


@pytest.fixture
def smtp(settings) -> Iterator[Any]:
    """A real conversation with a mail server on loopback."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = "127.0.0.1", False, False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), RefusingServer) as server:
        server.daemon_threads = True
        settings.EMAIL_PORT = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_letter_is_sent_once_and_forgotten(letter):
    assert send_due() == 1
    (sent,) = mail.outbox
    assert sent.to == ["els@school.example"]
    assert sent.subject == "U bent nu voorzitter van de vaksectie Wiskunde van Het Baken & Co, Verzonnen"
    assert sent.extra_headers == {"Auto-Submitted": "auto-generated"}
    assert not OutgoingMail.objects.exists()
    assert send_due() == 0


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_sends_nothing():
    els = make_person("els", email="els@school.example")
    with transaction.atomic():
        queue_mail(kind=mail_kinds.SECTION_CHANGED, user=els, about_id=1)
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()


def test_what_cannot_be_queued():
    with pytest.raises(KeyError):
        queue_mail(kind="reclame", email="els@school.example")
    with pytest.raises(ValidationError):
        queue_mail(kind=mail_kinds.SECTION_CHANGED)
    with pytest.raises(ValidationError):
        queue_mail(kind=mail_kinds.INVITATION_SECTION, email="els@school.example\nBcc: jan@school.example")


@pytest.mark.parametrize("language", ["", "nl", "en"])
def test_a_letter_is_in_its_reader_s_language(letter, els, language):
    els.language = language
    els.save()
    subject = letter.user.section_memberships.get().section.subject
    assert subject.label_en not in {"", subject.label_nl}
    send_due()
    expected = subject.label_en if language == "en" else subject.label_nl
    assert f" {expected} " in mail.outbox[0].subject


@pytest.mark.parametrize(
    ("change", "is_sent"),
    [
        (lambda _els: None, True),
        (lambda els: MailChoice.objects.create(user=els, kind="section-changed", is_wanted=False), False),
        (lambda els: MailChoice.objects.create(user=els, kind="section-changed", is_wanted=True), True),
        (lambda els: MailChoice.objects.create(user=els, kind="affiliation-waits", is_wanted=False), True),
        (lambda els: els.emailaddress_set.all().delete(), False),
        (lambda els: els.emailaddress_set.update(verified=False), False),
        (lambda els: type(els).objects.filter(pk=els.pk).update(is_active=False), False),
        (lambda _els: SectionMember.objects.all().delete(), False),
    ],
    ids=["wanted", "refused", "chosen", "another refused", "no address", "unproven", "inactive", "about nothing"],
)
def test_who_gets_a_letter(letter, els, change, is_sent):
    change(els)
    assert send_due() == is_sent
    assert len(mail.outbox) == is_sent
    assert not OutgoingMail.objects.exists(), "what nobody gets does not wait for ever"


OWN_KINDS = [kind for kind in MAIL_KINDS.values() if kind.folder == "accounts/mail"]
"""Those of this room; others try their own."""


@pytest.mark.parametrize("kind", [kind.name for kind in OWN_KINDS if not kind.may_be_refused])
def test_some_mail_cannot_be_refused(kind, els, section):
    MailChoice.objects.create(user=els, kind=kind, is_wanted=False)
    about = {
        "invitation-section": lambda: invite_to_section(
            section=section, email="els2@school.example", role=SectionRole.MEMBER, by=els
        ),
        "invitation-publisher": lambda: invite_to_publisher(
            publisher=make_publisher(), email="els2@school.example", role=PublisherRole.READER, by=els
        ),
        "affiliation-decided": lambda: els.affiliations.get(),
        "token-made": lambda: make_token(els),
    }[kind]()
    OutgoingMail.objects.all().delete()
    queue_mail(kind=kind, user=els, about_id=about.pk)
    assert send_due() == 1


def link_in(body: str) -> str:
    (link,) = [line for line in body.splitlines() if line.startswith("http")]
    return link


@pytest.mark.parametrize("site", ["https://catalogus.example", "https://catalogus.example/"])
def test_an_invitation_s_letter_leads_to_its_page(section, els, client, settings, site):
    settings.SITE_URL = site
    invitation = invite_to_section(section=section, email="jan@school.example", role=SectionRole.MEMBER, by=els)
    send_due()
    (sent,) = mail.outbox
    assert sent.to == ["jan@school.example"]
    assert "Els nodigt u uit voor de vaksectie Wiskunde van Het Baken & Co" in sent.body
    assert link_in(str(sent.body)).startswith("https://catalogus.example/account/uitnodiging/")
    path = link_in(str(sent.body)).removeprefix("https://catalogus.example")
    assert read_invitation(path.split("/")[-2]) == invitation
    assert client.get(path).status_code == 200


def test_a_publisher_s_invitation_tells_of_the_second_factor(els):
    publisher = make_publisher(name="De Linde")
    invite_to_publisher(publisher=publisher, email="bo@linde.example", role=PublisherRole.READER, by=els)
    send_due()
    assert "voor De Linde te werken" in mail.outbox[0].body
    assert "tweede stap" in mail.outbox[0].body


def test_an_invitation_that_closed_before_its_letter_went_is_not_sent(section, els, school):
    first = invite_to_section(section=section, email="a@school.example", role=SectionRole.MEMBER, by=els)
    withdraw_invitation(invitation=first)
    second = invite_to_section(section=section, email="b@school.example", role=SectionRole.MEMBER, by=els)
    accept_invitation(invitation=second, user=make_teacher("b", school, email="b@school.example"))
    assert send_due() == 0
    assert not mail.outbox
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    ("state", "in_subject", "in_body"),
    [
        ("approved", "Bevestigd dat u werkt", "meedoen"),
        ("refused", "Niet bevestigd", "Onbekend & vreemd."),
        ("ended", "U bent niet meer bekend als medewerker", "Onbekend & vreemd."),
    ],
)
def test_what_was_decided_is_told(school, state, in_subject, in_body):
    person = make_person(email="jan@school.example")
    fields = {"ended_at": timezone.now(), "end_reason": "removed"} if state == "ended" else {}
    affiliation = affiliate(person, school, assurance="mail", state=state, reason="Onbekend & vreemd.", **fields)
    queue_mail(kind=mail_kinds.AFFILIATION_DECIDED, user=person, about_id=affiliation.pk)
    send_due()
    assert in_subject in mail.outbox[0].subject
    assert in_body in mail.outbox[0].body


def test_mail_to_a_lead_names_nobody(school, els):
    person = make_person("Jan Jansen", email="jan@school.example")
    affiliation = affiliate(person, school, assurance="mail", state="pending")
    queue_mail(kind=mail_kinds.AFFILIATION_WAITS, user=els, about_id=affiliation.pk)
    send_due()
    assert "Het Baken & Co" in mail.outbox[0].subject
    assert "jansen" not in f"{mail.outbox[0].subject} {mail.outbox[0].body}".lower()


def test_becoming_a_member_again_and_being_removed_have_their_own_words(section, els, school):
    jan = make_teacher("jan", school, email="jan@school.example")
    member = SectionMember.objects.create(section=section, user=jan, role=SectionRole.LEAD)
    change_role(section=section, user=jan, role=SectionRole.MEMBER, by=els)
    send_due()
    member.left_at = timezone.now()
    member.save()
    queue_mail(kind=mail_kinds.SECTION_CHANGED, user=jan, about_id=member.pk)
    send_due()
    assert [sent.subject.split(" van de")[0] for sent in mail.outbox] == ["U bent nu lid", "U bent geen lid meer"]


# Faults


def test_a_mail_server_that_is_away_costs_nothing_but_time(letter, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with caplog.at_level(logging.INFO):
        send_mail_due()
    row = OutgoingMail.objects.get()
    assert (row.attempts, row.failed_at, row.due_at) == (0, None, letter.due_at)
    assert "the mail server is away" in caplog.text
    assert "els@" not in caplog.text


def test_a_letter_that_is_refused_waits_longer_each_time_and_the_others_go(letter, els, smtp, caplog):
    nobody = make_person(email="nee@school.example")
    queue_mail(kind=mail_kinds.SECTION_CHANGED, user=nobody, about_id=letter.about_id)
    OutgoingMail.objects.filter(user=nobody).update(due_at=letter.due_at - timedelta(hours=1))
    with caplog.at_level(logging.INFO):
        assert send_due() == 1, "the one behind it is not held up"
    assert "nee@" not in caplog.text
    row = OutgoingMail.objects.get()
    assert (row.user, row.attempts, row.last_error) == (nobody, 1, "SMTPRecipientsRefused")
    assert send_due() == 0, "not due yet"
    pauses = []
    for _number in range(MOST_ATTEMPTS - 1):
        pauses.append(row.due_at - timezone.now())
        OutgoingMail.objects.update(due_at=timezone.now())
        send_due()
        row.refresh_from_db()
    assert pauses == sorted(pauses)
    assert timedelta(seconds=50) < pauses[0] <= timedelta(minutes=1)
    assert pauses[-1] > timedelta(hours=4)
    assert (row.attempts, row.failed_at is not None) == (MOST_ATTEMPTS, True)
    OutgoingMail.objects.update(due_at=timezone.now())
    assert send_due() == 0, "given up"
    assert OutgoingMail.objects.get().attempts == MOST_ATTEMPTS


def test_a_letter_of_a_kind_that_is_gone_holds_up_nobody(letter):
    OutgoingMail.objects.create(kind="van-vroeger", email="a@school.example", due_at=letter.due_at - timedelta(hours=1))
    assert send_due() == 1
    assert OutgoingMail.objects.get().last_error == "KeyError"


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_different_letters():
    school = make_school("99AA")
    section = make_section(school, lead=make_teacher("els", school, email="els@school.example"))
    member = section.members.get()
    for _number in range(2):
        queue_mail(kind=mail_kinds.SECTION_CHANGED, user=member.user, about_id=member.pk)
    outcome: list[int] = []

    def work():
        try:
            outcome.append(send_due())
        finally:
            connection.close()

    with transaction.atomic():
        held = OutgoingMail.objects.select_for_update().order_by("pk").first()
        other = threading.Thread(target=work)
        other.start()
        other.join(timeout=20)
        assert not other.is_alive(), "it does not wait for a letter that another holds"
        assert outcome == [1]
    assert OutgoingMail.objects.get() == held
