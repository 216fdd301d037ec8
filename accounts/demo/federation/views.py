"""Signing in at the provider: one page with a button for each invented person, and no password."""

import json
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, urlencode, urlsplit

from allauth.account.internal.decorators import login_not_required
from allauth.idp.oidc.internal.clientkit import is_redirect_uri_allowed, lookup_client
from allauth.idp.oidc.views import AuthorizationView
from django.contrib.auth import login, logout
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.demo.claims import KINDS
from accounts.demo.federation import misbehaviour
from accounts.demo.federation.misbehaviour import BadMisbehaviour, read_misbehaviour
from accounts.demo.federation.options import current
from accounts.demo.people import federated_people, school_of

_STYLE = (Path(__file__).parent / "style.css").read_text()
_NAMES = dict(zip(KINDS, ("Entree Federatie", "SURFconext"), strict=True))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Who it is. `next` is the request for authorization that asked."""
    asked_by = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(asked_by, allowed_hosts=None):
        asked_by = ""
    if request.method != "POST" or not asked_by:
        return _page(request, asked_by)
    if "cancel" in request.POST:
        back = _refusal(asked_by)
        return HttpResponseRedirect(back) if back else _page(request, "")
    key = misbehaviour.current().person or request.POST.get("person", "")
    user = User.objects.filter(username=key, is_active=True).first()
    if user is None:
        return _page(request, asked_by, wrong=key)
    # This project's people are Django's own User, and not the site's.
    login(request, cast("Any", user), backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponseRedirect(asked_by)


class _Authorization(AuthorizationView):
    """allauth's, but who was sent back is signed out: the next visit asks again, as someone who tries wants."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        if "code" in parse_qs(urlsplit(response.get("Location", "")).query):
            logout(request)
        return response


authorization = _Authorization.as_view()


@require_POST
@csrf_exempt
@login_not_required
def misbehave(request: HttpRequest) -> HttpResponse:
    """Change what goes wrong. JSON by its own media type alone, which no form of another site can send."""
    if request.content_type != "application/json":
        return JsonResponse({"error": "the body is no application/json"}, status=415)
    try:
        misbehaviour.change(read_misbehaviour(json.loads(request.body)))
    except (BadMisbehaviour, ValueError) as error:
        return JsonResponse({"error": str(error)}, status=400)
    return HttpResponse(status=204)


@login_not_required
@cache_control(max_age=300)
@require_GET
def style(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(_STYLE, content_type="text/css; charset=utf-8")


@login_not_required
@require_GET
def no_icon(_request: HttpRequest) -> HttpResponse:
    """Browsers ask for one, and write down that there is none."""
    return HttpResponse(status=204)


def _page(request: HttpRequest, asked_by: str, *, wrong: str | None = None) -> HttpResponse:
    people = [{"key": person.key, "name": person.name, "role": person.role, "school": school_of(person)}
              for person in federated_people()]  # fmt: skip
    context = {
        "people": people,
        "next": asked_by,
        "wrong": wrong,
        "site_url": current().site_url,
        "federation": _NAMES[current().claims],
    }
    return render(request, "demo_federation/sign_in.html", context, status=200 if wrong is None else 400)


def _refusal(asked_by: str) -> str | None:
    """Where the client hears that the person does not want to (RFC 6749, clause 4.1.2.1); None for no such client."""
    query = parse_qs(urlsplit(asked_by).query)
    redirect, client_id, state = (query.get(name, [""])[0] for name in ("redirect_uri", "client_id", "state"))
    client = lookup_client(client_id)
    if client is None or not is_redirect_uri_allowed(redirect, client.get_redirect_uris(), False):
        return None
    answer = {"error": "access_denied"} | ({"state": state} if state else {})
    return f"{redirect}{'&' if urlsplit(redirect).query else '?'}{urlencode(answer)}"
