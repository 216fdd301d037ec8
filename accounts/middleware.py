"""What is known of a visitor before any page is made: their second factor, and the language they chose."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from accounts.access import Visitor, needs_second_factor
from accounts.models import User
from accounts.second_factor import has_second_factor, owns_second_factor

_WITHOUT_FACTOR = (
    "account_",
    "mfa_",
    "usersessions_",
    "federation_",
    "accounts:",
    "selection:",
    "portal:",
    "reviews:after-deletion",
)
"""Addresses that are open to who has yet to show a second factor: one's own account, and what is the same for all."""

_OF_A_ROLE = ("accounts:publisher", "accounts:waiting")
"""Those among them that are for who speaks for a publisher, or works here, alone."""

SAME_FOR_ALL = ("api:", "reviews-api:", "openapi", "catalogus:cover")
"""Addresses whose answer does not hang on who asks: no session is read for them."""


class VisitorMiddleware:
    """Marks `request.user` with `has_second_factor`, and leads who needs one and has not shown it to where it is done.

    The mark alone opens nothing and the redirect alone guards nothing: every function of `access` asks for the mark.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(partial(_visitor, request))  # type: ignore[assignment]  # It stands for one.
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponse],
        _args: list[Any],
        _kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        name = _name(request)
        if not _may_be_a_persons(request, name):
            return None
        user = request.user
        if not isinstance(user, User):
            return None
        if user.language:
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        is_own = name.startswith(_WITHOUT_FACTOR) and not name.startswith(_OF_A_ROLE)
        if user.has_second_factor or is_own or not needs_second_factor(user):
            return None
        return to_second_factor(request, user)


def _name(request: HttpRequest) -> str:
    """The name of the address, "" for one that leads nowhere."""
    return request.resolver_match.view_name if request.resolver_match else ""


def _may_be_a_persons(request: HttpRequest, name: str) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES and not name.startswith(SAME_FOR_ALL)


def _visitor(request: HttpRequest) -> Visitor:
    user = get_user(request)
    if isinstance(user, User):
        user.has_second_factor = has_second_factor(request, user)
    return user


def to_second_factor(request: HttpRequest, user: User) -> HttpResponse:
    """Lead to where a second factor is shown, or set up by who owns none, and from there back to here."""
    where = "mfa_reauthenticate" if owns_second_factor(user) else "accounts:second-factor-needed"
    return HttpResponseRedirect(f"{reverse(where)}?{urlencode({'next': request.get_full_path()})}")
