"""A person's own pages: who they are here, what they want to be called, which mail they want."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import needs_second_factor
from accounts.models import User
from accounts.selectors.mail_choices import mail_choices_of
from accounts.selectors.overview import account_overview
from accounts.services.mail_choices import set_mail_choices
from accounts.services.profile import change_profile
from accounts.web.account_forms import MailForm, ProfileForm
from accounts.web.standing_words import STANDING_WORDS, affiliation_words


@never_cache
@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Who you are here, what was confirmed of it, and the ways on."""
    user = signed_in(request)
    found = account_overview(user)
    context = {
        "overview": found,
        "standing": STANDING_WORDS[found.standing],
        "affiliations": [(affiliation, affiliation_words(affiliation)) for affiliation in found.affiliations],
        "needs_second_factor": needs_second_factor(user),
    }
    return render(request, "accounts/overview.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    initial = {"display_name": user.display_name, "language": user.language}
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            changed = change_profile(user=user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            # In the language that the next page is in.
            with override(changed.language or None):
                messages.success(request, _("Uw profiel is bewaard."))
            return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mail(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = MailForm(request.POST if request.method == "POST" else None, wanted=mail_choices_of(user))
    if form.is_valid():
        set_mail_choices(user=user, wanted=form.cleaned_data)
        messages.success(request, _("Uw keuze is bewaard."))
        return redirect("accounts:mail")
    return render(request, "accounts/mail.html", {"form": form})


def local_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page about a way of signing in that a federation's people have no use for: they come by their school alone."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if isinstance(request.user, User) and not request.user.is_local:
            messages.info(request, _("U meldt zich aan via uw school; een wachtwoord hebt u hier niet nodig."))
            return redirect("accounts:overview")
        return view(request, *args, **kwargs)

    return guarded


def signed_in(request: HttpRequest) -> User:
    """The visitor of a page that login_required guards."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("a view of one's own account without login_required")
    return user
