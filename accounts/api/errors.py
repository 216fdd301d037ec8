"""What the API answers to a token that it does not take (RFC 6750, clause 3.1), as problem documents.

The header names the kind of error for programs; the text for people stands in the document, for the header holds ASCII.
"""

from http import HTTPStatus

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

from accounts.models import TokenScope

CHALLENGE = 'Bearer realm="Open Keuzecatalogus"'
"""What a request without any proof is answered: how to come back."""


class _TokenError(APIException):
    """auth_header: the WWW-Authenticate that the handler of errors sends along."""

    def __init__(self, detail: str, auth_header: str) -> None:
        super().__init__(detail)
        self.auth_header = auth_header


class InvalidToken(_TokenError):
    status_code = HTTPStatus.UNAUTHORIZED

    def __init__(self, detail: str) -> None:
        super().__init__(detail, f'{CHALLENGE}, error="invalid_token"')


class InvalidTokenRequest(_TokenError):
    """The token is sent in a way that is not taken, whatever it may be worth."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, detail: str) -> None:
        super().__init__(detail, f'{CHALLENGE}, error="invalid_request"')


class InsufficientScope(_TokenError):
    status_code = HTTPStatus.FORBIDDEN

    def __init__(self, scope: TokenScope) -> None:
        detail = _("Met dit token mag dit niet: het is niet gemaakt voor “%(scope)s”. Maak bij uw account een ander.")
        super().__init__(
            detail % {"scope": scope.label}, f'{CHALLENGE}, error="insufficient_scope", scope="{scope.value}"'
        )
