"""Where django-allauth asks this site how it does things."""

import base64
import hashlib
import logging
import uuid
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import needs_second_factor
from accounts.error_texts import ACCOUNT_ERRORS, REAUTHENTICATION_WAYS, SECOND_FACTOR_ERRORS
from accounts.models import User
from accounts.names import shown_name
from accounts.second_factor import came_by_federation, owns_another

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Local accounts: known by a random subject, signing in by e-mail address, or by name where one was given."""

    error_messages = DefaultAccountAdapter.error_messages | ACCOUNT_ERRORS

    def new_user(self, request: HttpRequest) -> User:  # noqa: ARG002  allauth's signature.
        return User(subject=uuid.uuid4().hex)

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Nobody gets a name to sign in with that they did not ask for."""

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [way | {"description": REAUTHENTICATION_WAYS.get(way["id"], way["description"])} for way in ways]

    def clean_username(self, username: str | None, shallow: bool = False) -> str | None:
        """A federation's people have no name to sign in with (None), and allauth cleans that one too."""
        return None if username is None else super().clean_username(username, shallow)

    def is_safe_url(self, url: str) -> bool:
        """Also where the text is no address at all, which Python refuses to take apart ("http://[")."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Let a federation's people in through their federation alone, whatever password or passkey they have here.

        The school says at every visit who still works there; another way in would keep alive what it says no more.
        """
        if isinstance(user, User) and not user.is_local and not came_by_federation(request, user):
            messages.error(request, _("Uw account is van uw school. Meld u aan via uw school."))
            return HttpResponseRedirect(reverse("account_login"))
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send at once, for somebody waits for it; where that fails say so, for the page can be asked again."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            logger.warning("mail %s was not sent: %s", template_prefix, type(error).__name__)
            if self.request is not None:
                messages.error(
                    self.request,
                    _("Het bericht kon niet worden verstuurd. Probeer het over enkele minuten opnieuw."),
                )


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secrets of apps are stored encrypted, and roles that need a second factor keep their last one."""

    error_messages = DefaultMFAAdapter.error_messages | SECOND_FACTOR_ERRORS

    def get_totp_label(self, user: User) -> str:
        """What an app calls the account: never a federation's code, which says nothing to who reads it."""
        return user.email or shown_name(user)

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"name": self.get_totp_label(user)}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002  Idem.
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Sleutel %(number)d") % {"number": count + 1}

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if authenticator.type == Authenticator.Type.RECOVERY_CODES or not needs_second_factor(authenticator.user):
            return True
        return owns_another(authenticator)


def _fernet() -> MultiFernet:
    """Keys made of the site's own, the newest first: an old one still opens what it closed (SECRET_KEY_FALLBACKS)."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"second factor" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
