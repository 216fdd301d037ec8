"""What a visit has proven: how and when it was begun, and whether by a second factor or gone on with by one."""

import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.access import Visitor
from accounts.models import User


def has_second_factor(request: HttpRequest, user: User) -> bool:
    """Whether this session knows a second factor of this very person: a code, a key or a passkey."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def came_by_federation(request: HttpRequest, user: User) -> bool:
    """Whether this visit of the person was begun, or is being begun, through a federation."""
    return any(record.get("method") == "socialaccount" for record in get_authentication_records(request, user))


def can_show_again(user: User) -> bool:
    """Whether the person has something that this site itself can ask for: a second factor, or a password.

    Of a federation's person no password counts: they come in by none, and whoever holds a visit of theirs could have
    chosen it.
    """
    return bool(get_adapter().get_reauthentication_methods(user)) if user.is_local else owns_second_factor(user)


def began_recently(request: HttpRequest, user: User) -> bool:
    """Whether this visit of the person was begun so short ago that nothing is asked again; a federation's, by it."""
    began = [
        record["at"]
        for record in get_authentication_records(request, user)
        if user.is_local or record.get("method") == "socialaccount"
    ]
    return bool(began) and time.time() - max(began) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def owns_second_factor(user: Visitor) -> bool:
    """Whether the person has set up an app or a key; codes for recovery alone are none."""
    return bool(_factors(user).exists())


def owns_another(authenticator: Authenticator) -> bool:
    """Whether its owner has set up an app or a key besides this one."""
    return bool(_factors(authenticator.user).exclude(pk=authenticator.pk).exists())


def count_first_factor_set_up(request: HttpRequest, authenticator: Authenticator) -> None:
    """Let a visit count as one with a second factor when its person has just set up the first one they own.

    Whoever owned one already has to show that one: adding another proves nothing.
    """
    if not owns_another(authenticator):
        record_authentication(request, authenticator.user, method="mfa", id=authenticator.pk, type=authenticator.type)


def _factors(user: Visitor) -> QuerySet[Authenticator]:
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=user)
    return found.exclude(type=Authenticator.Type.RECOVERY_CODES)
