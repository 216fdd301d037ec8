"""Setting up a second factor: allauth's pages, with what this site adds to them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import passthrough_next_redirect_url
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import get_totp_secret
from allauth.mfa.totp.views import ActivateTOTPView, deactivate_totp
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.middleware import to_second_factor
from accounts.models import User
from accounts.second_factor import count_first_factor_set_up, owns_second_factor
from accounts.web.recent_visits import must_sign_in_again, sign_in_again

__all__ = [
    "activate_totp",
    "add_webauthn",
    "deactivate_totp",
    "login_webauthn",
    "needed",
    "owned_factor_shown",
    "reauthenticate_webauthn",
    "remove_webauthn",
    "totp_picture",
]


def owned_factor_shown(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page that changes the second factor: whoever owns one shows it first.

    A password alone would else make another key or codes for recovery, and those be shown in the place of the one that
    is asked for. Whoever can show nothing at all came a moment ago: who stole a visit could else set up a factor of
    their own, and show that wherever one is asked for. Around the view and not in the middleware, for allauth goes on
    with a form that it kept by calling the view itself.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User) and not user.has_second_factor and owns_second_factor(user):
            return to_second_factor(request, user)
        if must_sign_in_again(request):
            return sign_in_again(request)
        return view(request, *args, **kwargs)

    return guarded


class _CountsForThisVisit:
    """After setting up a first factor the visit counts as one with a second factor: it was shown just now."""

    request: HttpRequest
    authenticator_type: Authenticator.Type

    def get_success_url(self) -> str:
        """allauth's, and along with it where the person was on their way to."""
        address = super().get_success_url()  # type: ignore[misc]  # allauth's view stands behind it.
        return str(passthrough_next_redirect_url(self.request, address, REDIRECT_FIELD_NAME))

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # Idem.
        newest = Authenticator.objects.filter(user=self.request.user, type=self.authenticator_type).latest("pk")
        count_first_factor_set_up(self.request, newest)
        return response


class _ActivateTotp(_CountsForThisVisit, ActivateTOTPView):
    authenticator_type = Authenticator.Type.TOTP


class _AddKey(_CountsForThisVisit, AddWebAuthnView):
    authenticator_type = Authenticator.Type.WEBAUTHN


class _RemoveKey(RemoveWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            messages.error(
                self.request,
                _("Uw rol vraagt een tweede stap. Stel eerst een andere in, dan kan deze sleutel weg."),
            )
            return HttpResponseRedirect(self.get_success_url())
        response: HttpResponse = super().form_valid(form)
        return response


class _AskAgain:
    """Where a key was not recognised, the same question once more; allauth forgets where the person was heading."""

    request: HttpRequest
    asked_at: str

    def form_invalid(self, form: Any) -> HttpResponse:
        for text in form.errors.get("credential", []):
            messages.error(self.request, text)
        address = passthrough_next_redirect_url(self.request, reverse(self.asked_at), REDIRECT_FIELD_NAME)
        return HttpResponseRedirect(address)


class _SignInByPasskey(_AskAgain, LoginWebAuthnView):
    asked_at = "account_login"


class _ConfirmByKey(_AskAgain, ReauthenticateWebAuthnView):
    asked_at = "mfa_reauthenticate_webauthn"


login_webauthn = _SignInByPasskey.as_view()
reauthenticate_webauthn = _ConfirmByKey.as_view()
activate_totp = never_cache(_ActivateTotp.as_view())
add_webauthn = never_cache(_AddKey.as_view())
remove_webauthn = never_cache(_RemoveKey.as_view())


@never_cache
@require_safe
@reauthentication_required(app="allauth.mfa")
def totp_picture(request: HttpRequest) -> HttpResponse:
    """The QR code of the secret that the page before shows as text; a picture of its own, for nothing stands inline."""
    if owns_second_factor(request.user) and "mfa.totp.secret" not in request.session:
        raise Http404
    adapter = get_adapter()
    url = adapter.build_totp_url(request.user, get_totp_secret())
    return HttpResponse(adapter.build_totp_svg(url), content_type="image/svg+xml")


@never_cache
@require_safe
@login_required
def needed(request: HttpRequest) -> HttpResponse:
    """Why a second factor is asked for, and the ways to set one up."""
    onward = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()})
    return render(request, "accounts/second_factor_needed.html", {"onward": onward if is_ours else ""})
