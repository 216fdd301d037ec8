"""Every federation alike, as django-allauth sees it: OpenID Connect with what differs in a claim map."""

from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from accounts.claims import CLAIM_MAPS, ClaimMap, Claims
from accounts.federation.identity import account_key
from accounts.federation.oauth import FederationOAuth2Adapter
from accounts.federation.tokens import nonce_for


class FederationAccount(ProviderAccount):
    """Nothing is kept of what a federation said but what became a User and an Affiliation."""

    def get_user_data(self) -> dict[str, Any]:
        return {}


class FederationProvider(OpenIDConnectProvider):
    id = "federation"
    name = "Federatie"
    account_class = FederationAccount
    oauth2_adapter_class = FederationOAuth2Adapter
    supports_token_authentication = False

    @property
    def claim_map(self) -> ClaimMap:
        return CLAIM_MAPS[settings.FEDERATIONS[self.app.provider_id]["claims"]]

    def get_login_url(self, request: HttpRequest, **query: str) -> str:  # noqa: ARG002  allauth's signature.
        """Where the buttons of the sign-in pages lead."""
        address = reverse("federation_login", kwargs={"name": self.app.provider_id})
        return f"{address}?{urlencode(query)}" if query else address

    def get_default_scope(self) -> list[str]:
        return list(self.claim_map.scopes)

    def get_pkce_params(self) -> dict[str, str]:
        """PKCE always, and the nonce, which allauth sends along with whatever else goes into the request."""
        params: dict[str, str] = super().get_pkce_params()
        return params | {"nonce": nonce_for(params["code_verifier"])}

    def sociallogin_from_response(self, request: HttpRequest, response: Claims) -> Any:
        login = super().sociallogin_from_response(request, response)
        login.claims = response
        return login

    def extract_uid(self, data: Claims) -> str:
        return account_key(data.issuer, data.subject)

    def extract_extra_data(self, data: Claims) -> dict[str, Any]:  # noqa: ARG002  allauth's signature.
        return {}

    def extract_common_fields(self, data: Claims) -> dict[str, Any]:
        return {"name": data.name}

    def extract_email_addresses(self, data: Claims) -> list[Any]:  # noqa: ARG002  Idem.
        """None: who wants mail gives an address and proves to read it."""
        return []


def federation_app(name: str) -> SocialApp:
    """The client of one federation. Raises KeyError for a name that the settings do not hold."""
    federation = settings.FEDERATIONS[name]
    return SocialApp(
        provider=FederationProvider.id,
        provider_id=name,
        name=federation["label"],
        client_id=federation["client_id"],
        secret=federation["client_secret"],
        settings={"server_url": federation["issuer"], "oauth_pkce_enabled": True},
    )


provider_classes = [FederationProvider]
