"""A person's data: to take along, and to have erased."""

import json
from collections.abc import Iterator

from allauth.core import ratelimit
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.exceptions import DeletionRefused
from accounts.models import User
from accounts.personal_data import Deletion, holdings, holdings_by_audience
from accounts.services.deletion import delete_account
from accounts.web.account import signed_in
from accounts.web.account_forms import DeleteForm
from accounts.web.recent_visits import shown_recently

FILE_NAME = "keuzecatalogus-gegevens.json"
DOWNLOAD_RATE = {"download_data": "10/h/user"}
"""Enough for who tries again; each reads every table that may name a person."""


@never_cache
@require_safe
@login_required
def data(request: HttpRequest) -> HttpResponse:
    """What is held, and the way to the file."""
    return render(request, "accounts/data.html", {"holdings": holdings_by_audience(), "file_name": FILE_NAME})


@never_cache
@require_safe
@login_required
@shown_recently()
def download(request: HttpRequest) -> HttpResponseBase:
    """Everything that is held of the person: one JSON object, streamed, for an editor's history may be long."""
    refused: HttpResponse | None = ratelimit.consume_or_429(
        request, action="download_data", config=DOWNLOAD_RATE, limit_get=True
    )
    if refused is not None:
        return refused
    response = StreamingHttpResponse(_json_of(signed_in(request)), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@shown_recently()
def delete(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; on a POST with a tick, do it."""
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            delete_account(user=signed_in(request))
        except DeletionRefused as refused:
            form.add_error(None, str(refused))
        else:
            logout(request)
            return redirect("accounts:deleted")
    told = holdings_by_audience()
    context = {
        "form": form,
        "erased": [holding for holding in told if holding.deletion == Deletion.ERASED],
        "emptied": [holding for holding in told if holding.deletion == Deletion.EMPTIED],
    }
    return render(request, "accounts/delete.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """That it was done, for who is nobody here any more."""
    return render(request, "accounts/deleted.html")


def _json_of(user: User) -> Iterator[str]:
    yield f'{{\n"made_at": {json.dumps(timezone.now().isoformat())}'
    for holding in holdings():
        yield f",\n{json.dumps(holding.key)}: ["
        for number, row in enumerate(holding.rows(user)):
            yield f"{',' if number else ''}\n  {json.dumps(row, ensure_ascii=False)}"
        yield "]"
    yield "\n}\n"
