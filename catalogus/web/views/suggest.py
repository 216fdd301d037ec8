"""Suggestions while somebody types, for static/js/suggest.js: the form works without them."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from catalogus.exceptions import InvalidCriteria
from catalogus.search import SearchCriteria
from catalogus.search.suggest import Kind, Suggestion, Suggestions, suggest
from catalogus.web.addresses import method_url, product_url, search_url

CACHED_SECONDS = 60
"""Many type the same beginnings, and what a harvest brought shows within a minute."""


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """{"groups": [{"label", "items": [{"name", "about", "kind", "url"}]}], "message"}; always 200.

    A text that cannot be a search has no suggestions: nobody reads an error while typing, and the form tells it.
    """
    try:
        text = SearchCriteria.from_query({"q": request.GET.getlist("q")}).text
        found = suggest(text)
    except InvalidCriteria:
        found = Suggestions((), is_complete=True)
    response = JsonResponse(
        {
            "groups": [
                {"label": _group_label(kind), "items": _items(_kind_name(kind), group)}
                for kind, group in groupby(found.found, key=lambda one: one.kind)
            ],
            "message": _message(len(found.found)),
        },
        json_dumps_params={"ensure_ascii": False},
    )
    if found.is_complete:
        patch_cache_control(response, public=True, max_age=CACHED_SECONDS)
    else:
        patch_cache_control(response, no_store=True)  # The engine may be back at the next letter.
    # The language comes from a cookie as well; Django itself names Accept-Language alone.
    patch_vary_headers(response, ["Cookie"])
    return response


def _items(kind_name: str, found: Iterable[Suggestion]) -> list[dict[str, str]]:
    return [{"name": one.name, "about": one.about, "kind": kind_name, "url": _url(one)} for one in found]


def _url(one: Suggestion) -> str:
    """The page of a method or product, or the search with the subject or publisher chosen."""
    if one.kind == Kind.METHODS:
        return method_url(one.code, one.name)
    if one.kind == Kind.TITLES:
        return product_url(one.code, one.name)
    if one.kind == Kind.SUBJECTS:
        return search_url(SearchCriteria(subjects=(one.code,)))
    return search_url(SearchCriteria(publishers=(one.code,)))


def _group_label(kind: Kind) -> str:
    names = {
        Kind.METHODS: _("Methodes"),
        Kind.SUBJECTS: _("Vakken"),
        Kind.PUBLISHERS: _("Uitgevers"),
        Kind.TITLES: _("Titels"),
    }
    return names[kind]


def _kind_name(kind: Kind) -> str:
    """What one of them is: read with its name, for who does not see the heading above it."""
    names = {
        Kind.METHODS: _("methode"),
        Kind.SUBJECTS: _("vak"),
        Kind.PUBLISHERS: _("uitgever"),
        Kind.TITLES: _("titel"),
    }
    return names[kind]


def _message(count: int) -> str:
    """What the live region tells."""
    if not count:
        return _("Geen suggesties.")
    return ngettext(
        "%(count)s suggestie. Kies met de pijltjestoetsen.",
        "%(count)s suggesties. Kies met de pijltjestoetsen.",
        count,
    ) % {"count": count}
