"""Ending a person's visits."""

from collections.abc import Iterator

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import User

_BATCH = 1_000


def end_sessions(*, user: User) -> None:
    """End all visits of a person, also one that has yet to begin: it holds what they typed at the first step."""
    known = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=known.values("session_key")).delete()
    known.delete()
    # Not every way in leaves a UserSession, and what a session holds is not to be searched by the database.
    addresses = {user.email.lower(), *(email.lower() for email in _addresses(user))} - {""}
    Session.objects.filter(session_key__in=list(_sessions_of(str(user.pk), addresses))).delete()


def _addresses(user: User) -> list[str]:
    return list(user.emailaddress_set.values_list("email", flat=True))


def _sessions_of(pk: str, addresses: set[str]) -> Iterator[str]:
    live = Session.objects.filter(expire_date__gte=timezone.now())
    for session in live.iterator(chunk_size=_BATCH):
        data = session.get_decoded()
        if str(data.get(SESSION_KEY, "")) == pk or (addresses and not addresses.isdisjoint(_texts(data))):
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
