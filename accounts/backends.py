"""Who may be signed in, by whatever way in."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest

from accounts.models import DEMONSTRATION_ISSUER, User


class AccountBackend(AuthenticationBackend):
    """allauth's, but the demonstration's invented people are refused where real people are; also with a session."""

    def user_can_authenticate(self, user: Any) -> bool:
        is_invented = isinstance(user, User) and _is_invented(user)
        return super().user_can_authenticate(user) and (settings.DEMONSTRATION or not is_invented)

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:  # noqa: ARG002
        """Check one password, whatever way of signing in finds its account.

        allauth tries an address as a name too, and so hashes twice for whoever has an account and once for whoever has
        none: the time of an answer would tell them apart.
        """
        password = credentials.get("password") or ""
        name = credentials.get("email") or credentials.get("username") or ""
        for look_up in (self._authenticate_by_email, self._authenticate_by_username):
            user: User | None = look_up(name, password)
            if user or self._did_check_password:
                return user
        return None


def _is_invented(user: User) -> bool:
    """Whether nobody vouches for the person: of the demonstration itself, or of a federation over plain HTTP, which
    the demonstration alone has."""
    return user.issuer == DEMONSTRATION_ISSUER or user.issuer.startswith("http://")
