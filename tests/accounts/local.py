"""Local accounts, for tests of signing in: made as the site makes them, and the steps that a person takes."""

import base64
import re
from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from tests.second_factors import totp_code as code_of_app

PASSWORD = "een-lang-wachtwoord-27"
SECRET = base64.b32encode(b"twintig tekens geheim").decode()


def make_account(email: str = "sanne@esdoorn.example", **fields: Any) -> User:
    """A person with a verified address and PASSWORD."""
    user = User.objects.create_user(email=email, password=PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def add_totp(user: User) -> Authenticator:
    """Give the person an authenticator app that knows SECRET."""
    return TOTP.activate(user, SECRET).instance


def totp_code(secret: str = SECRET, *, at: float | None = None) -> str:
    """The code that the app of add_totp shows."""
    return code_of_app(secret, at=at)


def forget_used_codes() -> None:
    """As if half a minute went by: a code may be used once."""
    cache.clear()


def submit_sign_in(
    client: Client, login: str = "sanne@esdoorn.example", password: str = PASSWORD, **fields: str
) -> HttpResponse:
    response = client.post("/account/aanmelden/", {"login": login, "password": password, **fields})
    return cast("HttpResponse", response)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


CODE = re.compile(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", re.MULTILINE)


def code_in(mail: EmailMessage) -> str:
    """The code that a mail asks to type."""
    found = CODE.search(str(mail.body))
    assert found, mail.body
    return found[1]


def link_in(mail: EmailMessage) -> str:
    """The path of the link in a mail."""
    found = re.search(r"https?://[^/\s]+(/\S+)", str(mail.body))
    assert found, mail.body
    return found[1]
