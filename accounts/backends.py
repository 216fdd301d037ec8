"""Who may be signed in, by whatever way in."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from accounts.models import DEMONSTRATION_ISSUER, User


class AccountBackend(AuthenticationBackend):
    """allauth's, but the demonstration's invented people are refused where real people are; also with a session."""

    def user_can_authenticate(self, user: Any) -> bool:
        is_invented = isinstance(user, User) and user.issuer == DEMONSTRATION_ISSUER
        return super().user_can_authenticate(user) and (settings.DEMONSTRATION or not is_invented)
