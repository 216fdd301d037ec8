"""Where django-allauth asks how people of federations are stored."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from accounts.federation.provider import federation_app
from accounts.models import User
from accounts.services.affiliations import record_claims
from accounts.services.profile import clean_display_name
from catalogus.http_sessions import Session, guarded_session


class FederationAdapter(DefaultSocialAccountAdapter):
    """An account is found by issuer and subject, and never by an address: that proves nothing about who it is."""

    def get_requests_session(self) -> Session:
        return guarded_session(timeout_seconds=settings.SOCIALACCOUNT_REQUESTS_TIMEOUT)

    def list_apps(
        self,
        request: HttpRequest,  # noqa: ARG002  allauth's signature.
        provider: str | None = None,
        client_id: str | None = None,
    ) -> list[SocialApp]:
        """The federations of the settings; the table that allauth has for them is not read."""
        apps = [federation_app(name) for name in settings.FEDERATIONS]
        return [
            app
            for app in apps
            if provider in {None, app.provider, app.provider_id} and client_id in {None, app.client_id}
        ]

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:  # noqa: ARG002  Idem.
        return False

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002  Idem.
        return True

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:  # noqa: ARG002
        user: User = sociallogin.user
        user.display_name = _name_to_show(data.get("name") or "")
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:  # noqa: ARG002  Idem.
        """Take over what the school says today, at every visit."""
        if sociallogin.state.get("process") == "connect":
            # An account is one issuer's one subject; a second identity would be a second account.
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("accounts:overview")))
        if sociallogin.is_existing:
            record_claims(user=sociallogin.user, claims=sociallogin.claims)

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> User:  # noqa: ARG002  Idem.
        claims = sociallogin.claims
        user: User = sociallogin.user
        user.issuer, user.subject = claims.issuer, claims.subject
        user.set_unusable_password()
        user.full_clean(exclude=["password"], validate_unique=False)
        sociallogin.save(request)
        record_claims(user=user, claims=claims)
        return user


def _name_to_show(name: str) -> str:
    """What a school calls the person, as far as they could call themself so here; "" else, for a name is not needed."""
    try:
        return clean_display_name(name)
    except ValidationError:
        return ""
