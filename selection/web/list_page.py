"""One list: what stands on it, changing its lines, and taking it along as an order list."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.web.places import signed_in_only
from selection.access import list_to_change, list_to_see, may_change_list
from selection.entries import Entry, entries_of, lines_of
from selection.exceptions import ListGone
from selection.models import MaterialList
from selection.order_list import order_columns, order_rows, remarks, totals_of
from selection.owners import owner_name
from selection.services.list_items import (
    Change,
    change_items,
    clean_note,
    clean_quantity,
    move_item,
    note_mark,
    remove_item,
)
from selection.share_links import share_token
from selection.web.downloads import FORMATS, table_download
from selection.web.refusing import texts_of


@dataclass(frozen=True, slots=True)
class ListRow:
    """An entry in the form: what is filled in, which after a refusal is what was typed, and what is wrong with it."""

    entry: Entry
    remarks: list[str]
    quantity: str
    note: str
    quantity_error: str = ""
    note_error: str = ""


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was sent of one line, as it was typed."""

    quantity: str
    note: str


@signed_in_only
@require_safe
def list_page(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, list_to_see(request.user, public_id))


@signed_in_only
@require_POST
def rows(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep the numbers and notes, and then do what the button says: "omhoog-12", "omlaag-12" or "weg-12".

    Whatever button was pressed, what was typed is kept first. 422 for a number or note that cannot be kept: nothing is
    done, and the page shows it as it was typed.
    """
    found = list_to_change(request.user, public_id)
    typed = _typed(request)
    changes, errors = _read(typed, _seen(request.POST.get("was", "")))
    if errors:
        return _page(request, found, typed=typed, errors=errors, status=422)
    action, _dash, number = request.POST.get("actie", "").partition("-")
    pk = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    try:
        for text in change_items(material_list=found, changes=changes):
            messages.warning(request, text)
        if action in _STEPS:
            move_item(material_list=found, pk=pk, steps=_STEPS[action])
        elif action == "weg":
            remove_item(material_list=found, pk=pk)
            messages.success(request, _("Het staat niet meer op de lijst."))
        else:
            messages.success(request, _("De lijst is bewaard."))
    except ListGone as gone:
        messages.error(request, str(gone))
        return redirect("selection:lists")
    place = f"#regel-{pk}" if action in _STEPS else ""
    return redirect(reverse("selection:list", args=[public_id]) + place)


@signed_in_only
@require_safe
def export(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
    return order_list_download(request, list_to_see(request.user, public_id), ending, with_notes=True)


def order_list_download(
    request: HttpRequest, material_list: MaterialList, ending: str, *, with_notes: bool
) -> HttpResponse:
    """Raises Http404 for an ending that is none of FORMATS."""
    if ending not in FORMATS:
        raise Http404
    entries = entries_of(lines_of(material_list))
    site = f"{request.scheme}://{request.get_host()}"
    columns, table = order_columns(with_notes=with_notes), order_rows(entries, site=site, with_notes=with_notes)
    return table_download(_("bestellijst"), ending, columns, table)


_STEPS = {"omhoog": -1, "omlaag": 1}


def _page(
    request: HttpRequest,
    material_list: MaterialList,
    *,
    typed: Mapping[int, _Typed] | None = None,
    errors: Mapping[int, Mapping[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    entries = entries_of(lines_of(material_list))
    token = share_token(material_list)
    shared_path = reverse("selection:shared-list", args=[token]) if token else ""
    context = {
        "list": material_list,
        "owner": owner_name(material_list),
        "may_change": may_change_list(request.user, material_list),
        "rows": [_row(entry, typed or {}, errors or {}) for entry in entries],
        "seen": json.dumps({one.line.item: [one.line.quantity, note_mark(one.line.note)] for one in entries}),
        "has_errors": bool(errors),
        "totals": totals_of(entries),
        "share_url": request.build_absolute_uri(shared_path) if shared_path else "",
    }
    return render(request, "selection/list.html", context, status=status)


def _row(entry: Entry, typed: Mapping[int, _Typed], errors: Mapping[int, Mapping[str, str]]) -> ListRow:
    pk = entry.line.item
    wrong = errors.get(pk, {})
    quantity = "" if entry.line.quantity is None else str(entry.line.quantity)
    sent = typed.get(pk, _Typed(quantity, entry.line.note))
    return ListRow(entry, remarks(entry), sent.quantity, sent.note, wrong.get("quantity", ""), wrong.get("note", ""))


def _typed(request: HttpRequest) -> dict[int, _Typed]:
    """What was sent of each line, by its item."""
    found = {}
    for name in request.POST:
        word, _dash, number = name.partition("-")
        if word == "opmerking" and number.isascii() and number.isdigit() and len(number) < 19:
            quantity, note = request.POST.get(f"aantal-{number}", ""), request.POST[name]
            found[int(number)] = _Typed(quantity, note)
    return found


def _seen(text: str) -> dict[int, tuple[int | None, str]]:
    """What the page showed when it was sent out: item -> number and mark of the note; nothing where it was tampered."""
    try:
        found = json.loads(text)
        seen = {int(pk): (quantity, str(mark)) for pk, (quantity, mark) in found.items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}
    return {pk: (quantity if isinstance(quantity, int) else None, mark) for pk, (quantity, mark) in seen.items()}


def _read(
    typed: Mapping[int, _Typed], seen: Mapping[int, tuple[int | None, str]]
) -> tuple[dict[int, Change], dict[int, dict[str, str]]]:
    """The changes by item, and what is wrong: item -> field -> sentence. A line that nobody saw is left alone."""
    changes: dict[int, Change] = {}
    errors: dict[int, dict[str, str]] = {}
    for pk, one in typed.items():
        if pk not in seen:
            continue
        wrong: dict[str, str] = {}
        quantity, note = None, ""
        try:
            quantity = read_quantity(one.quantity)
        except ValidationError as refused:
            wrong["quantity"] = _one(texts_of(refused))
        try:
            note = clean_note(one.note)
        except ValidationError as refused:
            wrong["note"] = _one(texts_of(refused))
        if wrong:
            errors[pk] = wrong
        else:
            changes[pk] = Change(quantity, note, *seen[pk])
    return changes, errors


def read_quantity(text: str) -> int | None:
    """A number as people type it; None for nothing. Raises ValidationError."""
    stripped = text.strip()
    if not stripped:
        return None
    if not (stripped.isascii() and stripped.isdigit() and len(stripped) <= _MOST_DIGITS):
        told = _("“%(text)s” is geen aantal; vul een heel getal in, zonder punt of komma, of niets.")
        raise ValidationError({"quantity": told % {"text": stripped[:40]}})
    return clean_quantity(int(stripped))


_MOST_DIGITS = 18


def _one(texts: Sequence[str]) -> str:
    return " ".join(texts)
