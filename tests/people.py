"""People who are signed in, for tests that are about something else than signing in."""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.test import Client

from accounts.models import User


def sign_in(client: Client, user: User, *, second_factor: bool = True) -> Client:
    """Begin a visit as this person, with a second factor shown unless told otherwise; returns the same client.

    A federation's person comes by it, as always.
    """
    client.force_login(user)
    records = [] if user.is_local else [{"method": "socialaccount", "at": time.time()}]
    if second_factor:
        records.append({"method": "mfa", "type": "totp", "at": time.time()})
    if records:
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = records
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
        session.save()
    return client
