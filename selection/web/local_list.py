"""The list that a browser keeps for who has no account: the browser holds it, and asks here what it looks like today.

What it holds comes by POST as JSON text, [{"kind": "product", "id": "…", "note": "…", "number": 30}], never in an
address: addresses end up in logs. Only what is asked to be shown, ids alone, comes by GET.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from catalogus.texts import printable
from selection.entries import Line, entries_of
from selection.exceptions import ListRefused
from selection.order_list import order_columns, order_rows, remarks
from selection.services.list_items import MODELS, Kind, Wanted, clean_note, create_list_of, rows_of
from selection.web.downloads import FORMATS, table_download
from selection.web.list_page import read_quantity
from selection.web.refusing import texts_of

MOST_LOCAL = 100
"""Lines in a browser; an address with so many ids is two kilobytes long, which every server on the way takes."""

_PUBLIC_ID = re.compile("[0-9a-z]{1,13}")
"""As js/lists.js keeps them: what is none was not written by it."""


@never_cache
@ensure_csrf_cookie
@require_safe
def local_page(request: HttpRequest) -> HttpResponse:
    """The page without a list: js/lists.js fills it in."""
    context = {"is_signed_in": isinstance(request.user, User)}
    return render(request, "selection/local_list.html", context)


@never_cache
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """A part of HTML: a line for each id in the address (product=…, method=…) that the catalogue has.

    400 for more than MOST_LOCAL.
    """
    wanted = [Wanted(kind, public_id) for kind in MODELS for public_id in dict.fromkeys(request.GET.getlist(kind))]
    if len(wanted) > MOST_LOCAL:
        return HttpResponse(_too_many(len(wanted)), status=400, content_type="text/plain; charset=utf-8")
    found = _entries(wanted)
    context = {"rows": [{"asked": one, "entry": entry, "remarks": remarks(entry)} for one, entry in found]}
    return render(request, "selection/components/_local_rows.html", context)


@never_cache
@require_POST
def export(request: HttpRequest, ending: str) -> HttpResponse:
    """400 with a sentence for what cannot be read."""
    if ending not in FORMATS:
        raise Http404
    try:
        wanted = _sent(request)
    except ValidationError as refused:
        return render(request, "400.html", {"what_is_wrong": " ".join(texts_of(refused))}, status=400)
    entries = [entry for _one, entry in _entries(wanted)]
    site = f"{request.scheme}://{request.get_host()}"
    columns, table = order_columns(with_notes=True), order_rows(entries, site=site, with_notes=True)
    return table_download(_("bestellijst"), ending, columns, table)


@never_cache
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Make a list of it in the account: {"url": of the list, "kept": [["product", "…"]]}, which may then go locally.

    401 for who is not signed in, 422 for what cannot be kept; both {"message": a sentence}, and nothing was made.
    """
    user = request.user
    if not isinstance(user, User):
        return JsonResponse({"message": _("Meld u eerst aan; uw lijst blijft hier staan.")}, status=401)
    try:
        wanted = _sent(request)
        made, added = create_list_of(owner=user, name=request.POST.get("name", ""), wanted=wanted, by=user)
    except (ValidationError, ListRefused) as refused:
        return JsonResponse({"message": " ".join(texts_of(refused))}, status=422)
    kept = [[one.kind, one.public_id] for one in (*added.new, *added.known)]
    return JsonResponse({"url": reverse("selection:list", args=[made.public_id]), "kept": kept})


def _entries(wanted: Sequence[Wanted]) -> list[tuple[Wanted, Any]]:
    """What the catalogue has of them, in their order, with what was noted with each."""
    found = rows_of(wanted)
    known = [one for one in wanted if (one.kind, one.public_id) in found]
    lines = [Line(one.kind, found[one.kind, one.public_id], one.quantity, one.note) for one in known]
    return list(zip(known, entries_of(lines), strict=True))


def _sent(request: HttpRequest) -> list[Wanted]:
    """The lines that a browser sent, each thing once. Raises ValidationError."""
    try:
        sent = json.loads(request.POST.get("regels", ""))
        lines = [
            (str(one["kind"]), str(one["id"]), str(one.get("note") or ""), _number_text(one.get("number")))
            for one in sent
        ]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValidationError(_unreadable()) from error
    if len(lines) > MOST_LOCAL:
        raise ValidationError(_too_many(len(lines)))
    kinds: dict[str, Kind] = {kind: kind for kind in MODELS}
    if any(kind not in kinds or not _PUBLIC_ID.fullmatch(public_id) for kind, public_id, *_rest in lines):
        raise ValidationError(_unreadable())
    wanted = {
        (kind, public_id): Wanted(kinds[kind], public_id, clean_note(note), read_quantity(number))
        for kind, public_id, note, number in lines
    }
    return list(wanted.values())


def _number_text(number: object) -> str:
    """As it may be told back where it is none."""
    return "" if number is None else printable(str(number))


def _unreadable() -> str:
    return _("De lijst in deze browser is niet te lezen. Zet er opnieuw iets op.")


def _too_many(count: int) -> str:
    return _("Een lijst in de browser heeft hoogstens %(most)d regels; dit zijn er %(count)d.") % {
        "most": MOST_LOCAL,
        "count": count,
    }
