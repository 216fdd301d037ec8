"""Ending a person's visits, of browsers and of programs."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import User
from accounts.services.personal_tokens import revoke_tokens

_BATCH = 1_000


def end_sessions(*, user: User) -> None:
    """End all visits of a person, also one that has yet to begin: it holds what they typed at the first step.

    Their tokens end too: what is asked for where somebody may be in who should not be.
    """
    revoke_tokens(user=user)
    known = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=known.values("session_key")).delete()
    known.delete()
    # Not every way in leaves a UserSession, and what a session holds is not to be searched by the database.
    others = list(_sessions_of(str(user.pk), _addresses(user)))
    Session.objects.filter(session_key__in=others).delete()


def _addresses(user: User) -> set[str]:
    """All that the person typed as theirs, proven or not, in lower case."""
    typed = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return {email.lower() for email in [user.email, *typed] if email}


def _sessions_of(pk: str, addresses: set[str]) -> Iterator[str]:
    live = Session.objects.filter(expire_date__gte=timezone.now())
    for session in live.iterator(chunk_size=_BATCH):
        data = session.get_decoded()
        if str(data.get(SESSION_KEY, "")) == pk or not addresses.isdisjoint(_texts(data)):
            yield session.session_key


def _texts(value: object) -> Iterator[str]:
    """All texts in what a session holds, in lower case."""
    if isinstance(value, str):
        yield value.lower()
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
