"""Who sends a request to the API: the person of a personal token, or of the browser's visit.

A token acts as a teacher. Whoever comes by one has `has_second_factor` False whatever their browser has shown, so
nothing in `accounts.access` lets them moderate, speak for a publisher, work on the catalogue or enter the
administration; a program that holds a token for reviews is no key to more.
"""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, CSRFCheck, get_authorization_header
from rest_framework.authentication import SessionAuthentication as PlainSessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from accounts.api.errors import CHALLENGE, InvalidToken, InvalidTokenRequest
from accounts.exceptions import TokenRefused
from accounts.models import PersonalToken, User
from accounts.models.personal_token import TOKEN_START
from accounts.services.personal_tokens import token_in_use

_IN_ADDRESS = "access_token"
"""The parameter of RFC 6750, clause 2.3, which its successor (OAuth 2.1, clause 5.2.1) forbids."""


class PersonalTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer okc_p_…` (RFC 6750, clause 2.1); request.auth is the PersonalToken then.

    It stands first among a view's ways, so that its challenge is what a request without any proof is answered with.
    Raises InvalidToken (401), and InvalidTokenRequest (400) for a token in the address, where logs and histories keep
    it.
    """

    def authenticate(self, request: Request) -> tuple[User, PersonalToken] | None:
        _refuse_in_address(request)
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"bearer":
            return None
        if len(parts) != len(("Bearer", "token")):
            raise InvalidTokenRequest(_("Schrijf de kop als “Authorization: Bearer okc_p_…”, met één spatie."))
        try:
            token = token_in_use(parts[1].decode("ascii", "replace"))
        except TokenRefused as refused:
            raise InvalidToken(str(refused)) from refused
        return token.user, token

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002  The framework's signature.
        return CHALLENGE


class SessionAuthentication(PlainSessionAuthentication):
    """The visit of the browser, as the pages know it: with its second factor, and with a token against forgery.

    request.auth is None then.
    """

    def enforce_csrf(self, request: Request) -> None:
        """Django's own check, which the framework takes off its views; its reason is English and for developers."""

        def no_answer(_request: Any) -> Any:
            return None

        check = CSRFCheck(no_answer)
        check.process_request(request)
        if check.process_view(request, no_answer, (), {}):
            raise PermissionDenied(
                _("Uw browser stuurde het bewijs niet mee dat dit van onze pagina komt (de kop X-CSRFToken). Herlaad de"
                  " pagina en probeer het opnieuw.")
            )  # fmt: skip


def _refuse_in_address(request: Request) -> None:
    values = (value for _name, values in request.query_params.lists() for value in values)
    if _IN_ADDRESS in request.query_params or any(value.startswith(TOKEN_START) for value in values):
        raise InvalidTokenRequest(
            _("Een token hoort niet in een adres, want adressen worden bewaard. Trek dit token in, maak een nieuw en"
              " stuur dat in de kop “Authorization: Bearer okc_p_…”.")
        )  # fmt: skip
