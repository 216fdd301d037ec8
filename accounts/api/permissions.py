"""Whether a token may what is asked. What its person may is decided in accounts.access, for them as for everybody."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.api.errors import InsufficientScope
from accounts.models import PersonalToken, TokenScope, User


def has_scope(scope: TokenScope) -> type[BasePermission]:
    """A permission for a view: somebody is there, and if by a token, by one with this scope. A visit has every scope.

    Without anybody the answer is 401 with the challenge, with a token that lacks the scope 403 (RFC 6750, clause 3.1).
    """

    class HasScope(BasePermission):
        def has_permission(self, request: Request, view: Any) -> bool:  # noqa: ARG002  The framework's signature.
            if not isinstance(request.user, User):
                raise NotAuthenticated(
                    _("Hiervoor moet bekend zijn wie u bent: meld u aan, of stuur een persoonlijk token mee in de kop"
                      " “Authorization: Bearer okc_p_…”.")
                )  # fmt: skip
            if isinstance(request.auth, PersonalToken) and not request.auth.has_scope(scope):
                raise InsufficientScope(scope)
            return True

    return HasScope
