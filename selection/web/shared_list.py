"""A list as who has its link reads it: without an account, without changing anything, and without the owner's name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from selection.access import shared_list
from selection.entries import entries_of, lines_of
from selection.order_list import remarks, totals_of
from selection.owners import public_owner
from selection.web.list_page import order_list_download


@never_cache
@require_safe
def shared_page(request: HttpRequest, token: str) -> HttpResponse:
    """404 for a link that was withdrawn or renewed. Nobody keeps the page: withdrawing works at once."""
    found = shared_list(token)
    entries = entries_of(lines_of(found))
    context = {
        "list": found,
        "owner": public_owner(found),
        "rows": [{"entry": entry, "remarks": remarks(entry)} for entry in entries],
        "totals": totals_of(entries),
        "token": token,
    }
    response = render(request, "selection/shared_list.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@never_cache
@require_safe
def export(request: HttpRequest, token: str, ending: str) -> HttpResponse:
    found = shared_list(token)
    return order_list_download(request, found, ending, with_notes=found.share_shows_notes)
