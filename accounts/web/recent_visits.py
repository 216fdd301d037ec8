"""The guard of what a visit that was stolen must not do alone: whoever asks for it showed a moment ago who they are.

django-allauth asks for a password or a second factor, and lets through whoever has neither. Those are a federation's
people, almost all of them: of them a visit is asked that began a moment ago.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from accounts.second_factor import began_recently, can_show_again

View = Callable[..., HttpResponseBase]


def shown_recently(*, keeps: tuple[str, ...] = ()) -> Callable[[View], View]:
    """A page for who is signed in and showed who they are in the last quarter of an hour, by the way that they have.

    keeps: the fields of a form that was sent too late which come back as a query, to be filled in again; no secrets.
    """

    def guard(view: View) -> View:
        asks_again: View = reauthentication_required(view)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if must_sign_in_again(request):
                return sign_in_again(request, keeps)
            return asks_again(request, *args, **kwargs)

        return guarded

    return guard


def must_sign_in_again(request: HttpRequest) -> bool:
    """Whether the person can show nothing here and began this visit too long ago."""
    user = request.user
    return isinstance(user, User) and not began_recently(request, user) and not can_show_again(user)


def sign_in_again(request: HttpRequest, keeps: tuple[str, ...] = ()) -> HttpResponse:
    """What to do now, in the place of the page, with the way to the person's own federation and from there back.

    A page and no redirect: a form that was sent may not lead to a federation (`form-action`).
    """
    context = {
        "federation": _federation_of(request.user),
        "minutes": settings.ACCOUNT_REAUTHENTICATION_TIMEOUT // 60,
        "onward": urlencode({"next": _way_back(request, keeps)}),
    }
    return render(request, "accounts/sign_in_again.html", context, status=403)


def _way_back(request: HttpRequest, keeps: tuple[str, ...]) -> str:
    fields = [(name, value) for name in keeps for value in request.POST.getlist(name)]
    return f"{request.path}?{urlencode(fields)}" if fields else request.get_full_path()


def _federation_of(user: Any) -> dict[str, str] | None:
    """url and label of where the person signs in; None where the settings hold it no more, or who is of this site."""
    for name, federation in settings.FEDERATIONS.items():
        if federation["issuer"] == user.issuer:
            return {"url": reverse("federation_login", args=[name]), "label": federation["label"]}
    return None
