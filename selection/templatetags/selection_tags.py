"""What the pages of the catalogue show of this room."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse

from accounts.models import User
from catalogus.exceptions import InvalidCriteria
from catalogus.search import SearchCriteria
from selection.comparing.choice import KIND_WORDS, MOST_COLUMNS, Kind
from selection.describing import suggested_name
from selection.models import MaterialList, SavedSearch
from selection.services.searches import query_to_keep
from selection.web.forms import SearchNameForm
from selection.web.keeping import keep_url

register = template.Library()


@register.inclusion_tag("selection/components/_save_search.html", takes_context=True)
def save_search(context: Context) -> dict[str, Any]:
    """The way to keep the search of this page's address: no query for who is not signed in, one for who is."""
    request = context["request"]
    try:
        criteria = SearchCriteria.from_query(dict(request.GET.lists()))
    except InvalidCriteria:
        return {}
    if not isinstance(request.user, User):
        return {"is_offered": True, "request": request}
    query = query_to_keep(criteria)
    known = SavedSearch.objects.filter(user=request.user, query=query).first()
    return {
        "is_offered": True,
        "is_signed_in": True,
        "known": known,
        "action": f"{reverse('selection:save')}?{query}",
        "form": SearchNameForm(initial={"name": suggested_name(criteria)}, auto_id="bewaar_%s"),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("selection/components/_compare_tick.html")
def compare_tick(kind: str, public_id: str, name: str) -> dict[str, Any]:
    """A box to tick for comparing; kind: "method" or "product"; name: what the box is about."""
    return {"kind": kind, "public_id": public_id, "name": name}


@register.inclusion_tag("selection/components/_compare_bar.html")
def compare_bar() -> dict[str, Any]:
    """What was ticked so far and the way to compare it; once, as the last of a page with boxes to tick."""
    return {"kinds": [KIND_WORDS[kind] for kind in Kind], "most": MOST_COLUMNS}


MOST_LISTS_BESIDE = 5
"""So many lists stand beside each method and product; a page with twenty of them stays light, and there is a way to
the others."""


@register.inclusion_tag("selection/components/_keep_on_list.html", takes_context=True)
def keep_on_list(context: Context, kind: str, public_id: str, name: str) -> dict[str, Any]:
    """The way to put a method or product on a list; kind: "method" or "product".

    One query on a page for who is signed in, however often it stands there, and none for who is not.
    """
    request = context["request"]
    url = keep_url(kind, public_id, back=request.get_full_path())
    shown = {"kind": kind, "public_id": public_id, "name": name, "url": url}
    if isinstance(request.user, User):
        return shown | {
            "is_signed_in": True,
            "lists": _latest_lists(request, request.user),
            "csrf_token": context.get("csrf_token"),
        }
    is_first = not hasattr(request, _BESIDE)
    setattr(request, _BESIDE, ())
    sign_in = f"{reverse('account_login')}?{urlencode({'next': url})}"
    return shown | {"is_signed_in": False, "sign_in": sign_in, "is_first": is_first}


_BESIDE = "lists_beside"
"""The attribute of a request that remembers what its page has shown of lists."""


def _latest_lists(request: HttpRequest, user: User) -> Sequence[MaterialList]:
    """Those that were changed last, of the person and their sections."""
    found: Sequence[MaterialList] | None = getattr(request, _BESIDE, None)
    if found is None:
        found = list(MaterialList.objects.changeable_by(user).order_by("-updated_at", "-pk")[:MOST_LISTS_BESIDE])
        setattr(request, _BESIDE, found)
    return found
