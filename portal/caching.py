"""Who may keep an answer and for how long: one place for every answer of the site, static files alone excepted.

What is personal is kept by its reader's browser at most. What is the same for every visitor is kept by anybody who
asks again before each use, and gets 304 where nothing changed. README.md gives the reasons, tests/portal holds a table.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import (
    add_never_cache_headers,
    get_conditional_response,
    has_vary_header,
    patch_cache_control,
    patch_vary_headers,
    set_response_etag,
)

from accounts.middleware import SAME_FOR_ALL

_OF_AN_ACCOUNT = (
    "account_", "mfa_", "usersessions_", "federation_", "accounts:", "selection:", "admin:",
    "reviews:helpful", "reviews:publisher-reviews", "reviews:reply",
)  # fmt: skip
"""Addresses about a person; most of allauth's views say nothing of keeping what they show."""

_NOT_OF_AN_ACCOUNT = ("selection:compare",)
"""Among them what is about the catalogue, whoever reads it."""

_SHARED_STATUSES = frozenset({200, 203})
_PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")
"""Whoever brings one of these may get a page that names them or tells what they did."""


class CachingMiddleware:
    """Outside of all that sets cookies, for a cookie makes an answer somebody's; inside of what packs bytes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if "immutable" in response.get("Cache-Control", ""):
            del response["Vary"]  # Its bytes stand in its address.
            return response
        # The language comes from a cookie as well; Django itself names Accept-Language alone.
        patch_vary_headers(response, ["Cookie"])
        is_same_for_all = (
            # Of errors there is a page, which names its reader.
            name.startswith(SAME_FOR_ALL) and response.status_code < HTTPStatus.BAD_REQUEST and not response.cookies
        )
        if not is_same_for_all and _is_personal(request, response):
            _keep_for_its_reader(response, name)
            return response
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, no_cache=True)
        return _unless_known(request, response)


def _is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    """Somebody with a visit or an account, or an answer with a cookie: each token of a form comes with one."""
    return bool(response.cookies) or any(name in request.COOKIES for name in _PERSONAL_COOKIES)


def _keep_for_its_reader(response: HttpResponse, name: str) -> None:
    """What is about an account is not kept at all, for who signs off at a computer at school leaves its history behind.

    The rest stays in its reader's browser, which the way back needs, and is asked for again when it is opened anew.
    """
    if name.startswith(_OF_AN_ACCOUNT) and not name.startswith(_NOT_OF_AN_ACCOUNT):
        add_never_cache_headers(response)
        return
    said = response.get("Cache-Control", "")
    if "max-age" in said or "no-store" in said:
        patch_cache_control(response, private=True)
    else:
        patch_cache_control(response, private=True, no_cache=True)
    # It would be one page's mark for several people.
    del response["ETag"]


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with a mark of its content, or 304 where the visitor holds the very same (RFC 9110, clause 13)."""
    if (
        request.method not in {"GET", "HEAD"}
        or response.streaming
        or response.status_code not in _SHARED_STATUSES
        or "no-store" in response.get("Cache-Control", "")
        or has_vary_header(response, "*")
    ):
        return response
    if not response.has_header("ETag"):
        set_response_etag(response)
    known = get_conditional_response(request, etag=response["ETag"], response=response)
    return known if isinstance(known, HttpResponse) else response
