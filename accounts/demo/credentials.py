"""What the demonstration's local accounts sign in with: a password of this checkout's own, and codes of the moment."""

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from cryptography.fernet import InvalidToken
from django.conf import settings

from accounts.models import User

_PARTS = 4
_PART_LENGTH = 4


def demonstration_password() -> str:
    """Out of the checkout's SECRET_KEY, so that it stands nowhere and stays the same: "k3xa-9fjq-m2wd-t7bn"."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"demonstration password", hashlib.sha256).digest()
    text = base64.b32encode(digest).decode().lower()
    return "-".join(text[start * _PART_LENGTH :][:_PART_LENGTH] for start in range(_PARTS))


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a second factor. seconds_left: how long the app would still show it."""

    text: str
    seconds_left: int


def current_code(user: User) -> Code | None:
    """What the person's app would show now; None for who has none that can be read."""
    secret = _totp_secret(user)
    if secret is None:
        return None
    period = app_settings.TOTP_PERIOD
    now = int(time.time())
    return Code(format_hotp_value(hotp_value(secret, now // period)), period - now % period)


def ensure_totp(user: User) -> None:
    """Give the person a second factor whose codes can be told here; one that can be read stays."""
    if _totp_secret(user) is None:
        Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
        TOTP.activate(user, generate_totp_secret())


def _totp_secret(user: User) -> str | None:
    """None where there is none, or where another SECRET_KEY closed it."""
    authenticator = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if authenticator is None:
        return None
    try:
        return str(get_adapter().decrypt(authenticator.data["secret"]))
    except InvalidToken:
        return None
