"""Personal tokens of tests: rows as they may stand in the table, whatever their age."""

import itertools
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.utils import timezone

from accounts.models import PersonalToken, TokenScope, User

_numbers = itertools.count(1)


def token_text(number: int) -> str:
    """A token with this prefix; its secret is no secret."""
    return f"okc_p_{number:08}_{'5ec4e7' * 10}5ec4"


def make_token(user: User, *, text: str = "", **fields: Any) -> PersonalToken:
    """One that works for thirty days more and may all, unless told otherwise. text: by which it is found."""
    text = text or token_text(next(_numbers))
    known = {
        "name": "Een programma",
        "scopes": list(TokenScope),
        "expires_at": timezone.now() + timedelta(days=30),
    }
    return PersonalToken.objects.create(
        user=user, prefix=text.split("_")[2], digest=sha256(text.encode()).hexdigest(), **(known | fields)
    )
