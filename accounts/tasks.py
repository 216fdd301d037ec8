"""What the worker does for people."""

from celery import shared_task

from accounts.services import forgetting


@shared_task(ignore_result=True, acks_late=True)
def send_mail_due() -> None:
    """Send what waits. A mail server that is away costs nothing but time."""


@shared_task(ignore_result=True, acks_late=True)
def forget_what_expired() -> None:
    """Erase what is kept for a time only: sessions, addresses of closed invitations, what ended long ago."""
    forgetting.forget_what_expired()
