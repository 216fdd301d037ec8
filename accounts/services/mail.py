"""Mail that waits: queued in the transaction of what it tells about, written and sent by the worker.

Logs hold numbers of rows alone, never an address or a text.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.mail_kinds import MAIL_KINDS, MailKind
from accounts.models import MailChoice, OutgoingMail, User
from accounts.selectors.people import proven_addresses
from accounts.services.letters import letter_context

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 10

FIRST_PAUSE = timedelta(minutes=1)
"""Doubled with every attempt: the tenth comes eight and a half hours after the first, so a night's fault passes."""

MOST_IN_ONE_PASS = 200
"""A pass starts every ten seconds; one that lasts longer goes on beside the next, which skips the row it holds."""


def queue_mail(*, kind: str, user: User | None = None, email: str = "", about_id: int | None = None) -> None:
    """Let a letter wait, to a person or to an address without one; it goes when the caller's transaction is there.

    about_id: the row that the letter is about, see services.letters. Raises KeyError for a kind not in MAIL_KINDS and
    ValidationError for a letter to nobody. Who has no address gets none; that is looked at when it is sent.
    """
    mail = OutgoingMail(kind=MAIL_KINDS[kind].name, user=user, email=email, about_id=about_id)
    mail.full_clean()
    mail.save()


def wants_mail(user: User, kind: MailKind) -> bool:
    """Whether the person gets this kind of mail: what they chose, else the kind's own default."""
    choice = MailChoice.objects.filter(user=user, kind=kind.name).first() if kind.may_be_refused else None
    return choice.is_wanted if choice else kind.is_on_by_default


def send_due() -> int:
    """Send what is due; how many letters went. Two workers at once send different ones.

    A mail server that cannot be reached leaves all as it was, for the next pass. A letter that fails is tried again
    with growing pauses, and given up after MOST_ATTEMPTS.
    """
    if not _due().exists():
        return 0
    connection = get_connection()
    sent = 0
    try:
        for _number in range(MOST_IN_ONE_PASS):
            has_sent = _send_next(connection) if _is_reachable(connection) else None
            if has_sent is None:
                break
            sent += has_sent
    finally:
        connection.close()
    return sent


def _due() -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(failed_at=None, due_at__lte=timezone.now())


def _is_reachable(connection: BaseEmailBackend) -> bool:
    try:
        connection.open()
    except (SMTPException, OSError) as error:
        logger.warning("mail waits, for the mail server is away: %s", type(error).__name__)
        return False
    return True


@transaction.atomic
def _send_next(connection: BaseEmailBackend) -> bool | None:
    """Send the next letter; whether one went, and None where none is due."""
    mail = _due().select_for_update(skip_locked=True).order_by("due_at", "pk").first()
    if mail is None:
        return None
    try:
        with transaction.atomic():
            letter = _write(mail)
        if letter is not None:
            connection.send_messages([letter])
    except Exception as error:  # noqa: BLE001  Whatever is wrong with one letter, it must not hold up all others.
        _put_off(mail, error)
        connection.close()
        return False
    mail.delete()
    return letter is not None


def _write(mail: OutgoingMail) -> EmailMessage | None:
    """The letter in its reader's language; None where nobody wants it or can get it, or it is about nothing now."""
    kind = MAIL_KINDS[mail.kind]
    if mail.user is not None and not (mail.user.is_active and wants_mail(mail.user, kind)):
        return None
    addresses = [mail.email] if mail.user is None else proven_addresses(mail.user)
    if not addresses:
        return None
    with translation.override((mail.user.language if mail.user else "") or settings.LANGUAGE_CODE):
        context = letter_context(kind.name, mail.about_id)
        if context is None:
            return None
        subject = " ".join(render_to_string(kind.subject_template, context).split())
        body = render_to_string(kind.body_template, context).strip() + "\n"
    # RFC 3834, clause 5: whoever is away does not answer it.
    headers = {"Auto-Submitted": "auto-generated", **context.get("headers", {})}
    return EmailMessage(subject, body, to=addresses[:1], headers=headers)


def _put_off(mail: OutgoingMail, error: Exception) -> None:
    mail.attempts += 1
    # A server's own words may hold the address; what kind of fault it was is enough to look further.
    mail.last_error = type(error).__name__
    if mail.attempts >= MOST_ATTEMPTS:
        mail.failed_at = timezone.now()
    else:
        mail.due_at = timezone.now() + FIRST_PAUSE * 2 ** (mail.attempts - 1)
    mail.save(update_fields=["attempts", "last_error", "failed_at", "due_at"])
    logger.warning("mail %d failed %d times: %s", mail.pk, mail.attempts, mail.last_error)
