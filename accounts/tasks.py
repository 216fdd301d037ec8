"""What the worker does for people."""

import logging

from celery import shared_task

from accounts.services import forgetting
from accounts.services.mail import send_due

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True, acks_late=True)
def send_mail_due() -> None:
    """Send what waits. A mail server that is away costs nothing but time."""
    sent = send_due()
    if sent:
        logger.info("%d letters were sent", sent)


@shared_task(ignore_result=True, acks_late=True)
def forget_what_expired() -> None:
    """Erase what is kept for a time only: sessions, addresses of closed invitations, what ended long ago."""
    forgetting.forget_what_expired()
