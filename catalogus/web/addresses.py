"""Addresses of pages: of searches, and of hits, which carry the search along so that their page can lead back to it."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from catalogus.exceptions import InvalidCriteria
from catalogus.paths import method_path, product_path
from catalogus.search import SearchCriteria
from catalogus.search.criteria import DEFAULT_PAGE_SIZE
from catalogus.web.layout import Layout, layout_of


def search_url(criteria: SearchCriteria, layout: Layout = Layout.LIST) -> str:
    return with_query(reverse("catalogus:search"), carried_query(criteria, layout))


def carried_query(criteria: SearchCriteria, layout: Layout) -> str:
    """The parameters that pages carry along: of the search, and of how its results stand."""
    return urlencode(criteria.parameters() + layout.parameters())


def first_page(criteria: SearchCriteria) -> SearchCriteria:
    return criteria.with_page(1)


def with_cursor(criteria: SearchCriteria, cursor: str) -> SearchCriteria:
    return replace(criteria, page=1, cursor=cursor)


def export_url(criteria: SearchCriteria, name: str) -> str:
    """The whole of a search as a table; name: of the address ("export-csv"). Pages make no difference to it."""
    query = replace(first_page(criteria), page_size=DEFAULT_PAGE_SIZE).query_string()
    return with_query(reverse(f"catalogus:{name}"), query)


def back_to_search(request: HttpRequest) -> str:
    """The address of the search that this page's address carries along; empty where it carries none."""
    query = dict(request.GET.lists())
    try:
        criteria, layout = SearchCriteria.from_query(query), layout_of(query)
    except InvalidCriteria:
        return ""
    return search_url(criteria, layout) if carried_query(criteria, layout) else ""


REDIRECT_SECONDS = 60
"""How long a browser may remember a redirect of ours. A merge or a name may be undone, and then the old address is the
right one again: remembered for good, the two would send a visitor round and round."""


def passing_redirect(url: str) -> HttpResponsePermanentRedirect:
    """A 301, which tells search engines what to keep, that browsers ask for again after a minute."""
    response = HttpResponsePermanentRedirect(url)
    patch_cache_control(response, max_age=REDIRECT_SECONDS)
    return response


def method_url(public_id: str, name: str, query: str = "") -> str:
    """The page of a method in a list; query: the search, carried along."""
    return with_query(method_path(public_id, name), query)


def product_url(public_id: str, title: str, query: str = "") -> str:
    """The page of a product in a list; query: the search, carried along."""
    return with_query(product_path(public_id, title), query)


def with_query(path: str, query: str) -> str:
    """The path alone where there is no query."""
    return f"{path}?{query}" if query else path
