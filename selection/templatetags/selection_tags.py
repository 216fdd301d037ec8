"""What the pages of the catalogue show of this room."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from accounts.models import User
from catalogus.exceptions import InvalidCriteria
from catalogus.search import SearchCriteria
from selection.comparing.choice import KIND_WORDS, MOST_COLUMNS, Kind
from selection.describing import suggested_name
from selection.models import SavedSearch
from selection.services.searches import query_to_keep
from selection.web.forms import SearchNameForm

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


@register.inclusion_tag("selection/components/_keep_on_list.html", takes_context=True)
def keep_on_list(context: Context, kind: str, public_id: str, name: str) -> dict[str, Any]:
    """The way to put a method or product on a list; kind: "method" or "product"."""
    return {"request": context.get("request"), "kind": kind, "public_id": public_id, "name": name}
