"""What the views of reviews in the API share: who asks, what is kept of an answer, and refusals as documents."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import needs_second_factor
from accounts.api.permissions import has_scope
from accounts.api.views import PersonalView
from accounts.models import TokenScope, User
from catalogus.api.views import CACHED_SECONDS
from reviews.api.problems import REFUSALS, refusal


class SecondFactorShown(BasePermission):
    """As on every page: a visit of who must show a second factor opens nothing before that.

    A token is no such visit: it never speaks for a publisher, moderates or edits, so nothing is asked of it.
    """

    def has_permission(self, request: Request, view: Any) -> bool:  # noqa: ARG002  The framework's signature.
        user = request.user
        if request.auth is None and isinstance(user, User) and needs_second_factor(user) and not user.has_second_factor:
            raise PermissionDenied(_("Toon eerst uw tweede stap: meld u daarmee aan in deze browser."))
        return True


class ReviewView(PersonalView):
    """For a person, by a visit or a token; nobody keeps what it answers."""

    scope = TokenScope.REVIEW

    def get_permissions(self) -> list[BasePermission]:
        return [has_scope(self.scope)(), SecondFactorShown()]

    @property
    def person(self) -> User:
        """Whoever asks; for what nobody else reaches."""
        user = self.request.user
        assert isinstance(user, User)  # noqa: S101  The permissions stand before it.
        return user

    def handle_exception(self, exc: Exception) -> Any:
        if isinstance(exc, REFUSALS):
            sent = getattr(self.request, "_full_data", None)
            body = sent if isinstance(sent, Mapping) else {}
            if answer := refusal(exc, self.request, body):
                # The framework keeps this for its own answers; ours is whole.
                return answer
        return super().handle_exception(exc)


class OpenView(ReviewView):
    """GET asks nobody who they are: the same answer for all who read one language. The rest is for a person."""

    def get_authenticators(self) -> list[BaseAuthentication]:
        return [] if self._is_reading else super().get_authenticators()

    def get_permissions(self) -> list[BasePermission]:
        return [] if self._is_reading else super().get_permissions()

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        if self._is_reading and answer.status_code == 200 and not getattr(response, "is_personal", False):
            del answer["Cache-Control"]
            patch_cache_control(answer, public=True, max_age=CACHED_SECONDS)
            patch_vary_headers(answer, ["Cookie", "Accept"])
        return answer

    @property
    def _is_reading(self) -> bool:
        # Who writes the document of the API asks before there is a request.
        request: HttpRequest | None = self.request
        return request is not None and request.method in SAFE_METHODS
