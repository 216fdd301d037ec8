"""A person's tokens: which there are, a new one that is shown once, and taking one back."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.exceptions import TokenRefused
from accounts.models import PersonalToken
from accounts.models.personal_token import TOKEN_START
from accounts.services.personal_tokens import DEFAULT_DAYS, MOST_LIVE, create_token, revoke_token
from accounts.web.account import signed_in
from accounts.web.account_forms import TokenForm
from accounts.web.recent_visits import shown_recently


@never_cache
@require_safe
@login_required
def own_tokens(request: HttpRequest) -> HttpResponse:
    """All that are kept, the newest first; those that work no more go after thirty days."""
    tokens = list(PersonalToken.objects.filter(user=signed_in(request)))
    is_full = sum(token.is_live for token in tokens) >= MOST_LIVE
    context = {"tokens": tokens, "token_start": TOKEN_START, "most": MOST_LIVE, "is_full": is_full}
    return render(request, "accounts/tokens.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@shown_recently(keeps=tuple(TokenForm.base_fields))
def new_token(request: HttpRequest) -> HttpResponse:
    """The form, and what comes of it: the token itself in the answer to the POST, and nowhere after that.

    No redirect follows it, for the token would have to be kept somewhere until the next page. Who reloads the page is
    told that there is one of that name. Whoever sits at an open visit makes no token with that alone.
    """
    initial = {"expires_on": timezone.localdate() + timedelta(days=DEFAULT_DAYS)} | _kept(request)
    form = TokenForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            token, text = create_token(user=signed_in(request), **form.cleaned_data)
        except (ValidationError, TokenRefused) as refused:
            form.add_error(None, refused if isinstance(refused, ValidationError) else str(refused))
        else:
            return render(request, "accounts/token_made.html", {"token": token, "text": text})
    return render(request, "accounts/token_new.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_POST
@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        token = revoke_token(user=signed_in(request), pk=pk)
    except PersonalToken.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("Het token “%(name)s” is ingetrokken; het werkt niet meer.") % {"name": token.name})
    return redirect("accounts:tokens")


def _kept(request: HttpRequest) -> dict[str, Any]:
    """What came back of a form that was sent too long after signing in; the person looks at it and sends it again."""
    kept: dict[str, Any] = {name: request.GET[name] for name in ("name", "expires_on") if name in request.GET}
    return kept | ({"scopes": request.GET.getlist("scopes")} if "scopes" in request.GET else {})
