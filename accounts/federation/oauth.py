"""The conversation with a federation: discovery, tokens and userinfo, each checked against what was asked."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.claims import read_claims
from accounts.exceptions import FederationRefused
from accounts.federation.tokens import nonce_for, verified_id_token

_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


class FederationOAuth2Adapter(OpenIDConnectOAuth2Adapter):
    """allauth's, but the ID token is verified whole, and userinfo must be about the person of the token."""

    _nonce = ""
    _config: dict[str, Any] | None = None

    @property
    def openid_config(self) -> dict[str, Any]:
        """The federation's own description (OpenID Connect Discovery 1.0, clause 4.3). Raises FederationRefused."""
        if self._config is None:
            provider = self.get_provider()
            self._config = self._checked(self._get_json(provider.server_url, {}), provider.app.settings["server_url"])
        return self._config

    def _checked(self, config: dict[str, Any], issuer: str) -> dict[str, Any]:
        if config.get("issuer") != issuer:
            raise FederationRefused(
                _("De federatie noemt zich “%(value)s” en niet “%(issuer)s”.")
                % {"value": str(config.get("issuer"))[:200], "issuer": issuer}
            )
        for endpoint in _ENDPOINTS:
            if urlsplit(str(config.get(endpoint, ""))).scheme not in {"https", urlsplit(issuer).scheme}:
                raise FederationRefused(
                    _("De federatie noemt geen veilig adres voor “%(endpoint)s”.") % {"endpoint": endpoint}
                )
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:  # noqa: ARG002  allauth's signature.
        return request.build_absolute_uri(reverse("federation_callback", kwargs={"name": self.provider_id}))

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        if not pkce_code_verifier:
            raise FederationRefused(_("Dit bezoek begon niet hier; meld u opnieuw aan."))
        self._nonce = nonce_for(pkce_code_verifier)
        data: dict[str, Any] = super().get_access_token_data(request, app, client, pkce_code_verifier)
        return data

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> Any:
        provider = self.get_provider()
        issuer = app.settings["server_url"]
        id_token = verified_id_token(
            kwargs["response"].get("id_token"),
            keys=self._get_json(self.openid_config["jwks_uri"], {}),
            issuer=issuer,
            client_id=app.client_id,
            nonce=self._nonce,
        )
        headers = {"Authorization": f"Bearer {token.token}"}
        userinfo = self._get_json(self.openid_config["userinfo_endpoint"], headers)
        if userinfo.get("sub") != id_token["sub"]:
            raise FederationRefused(_("De federatie vertelt over een ander dan wie zich aanmeldde (“sub”)."))
        claims = read_claims(provider.claim_map, issuer, {**id_token, **userinfo})
        return provider.sociallogin_from_response(request, claims)

    def _get_json(self, url: str, headers: Mapping[str, str]) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            response = session.get(url, headers=dict(headers))
            response.raise_for_status()
            data = response.json()
        if not isinstance(data, dict):
            raise FederationRefused(_("%(url)s antwoordt met iets anders dan een JSON-object.") % {"url": url})
        return data
