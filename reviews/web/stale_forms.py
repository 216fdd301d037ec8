"""Forms whose token no longer holds: told by the page itself, which shows again what was typed.

Django's own answer would throw it away. Only what a browser sends from a page of this site is shown again: a form of
another site fails as everywhere.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.views.decorators.csrf import csrf_exempt


class _Stale(HttpResponse):
    pass


class _Check(CsrfViewMiddleware):
    """Leaves the answer to the page where the token alone is wrong."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        if reason.startswith(_FROM_ELSEWHERE):
            # types-django names the method, and not that it answers.
            return super()._reject(request, reason)  # type: ignore[no-any-return,misc]
        return _Stale()


_FROM_ELSEWHERE = ("Origin checking failed", "Referer checking failed")
_check = _Check(lambda _request: HttpResponse())


def tells_stale(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view is called with `is_stale`: whether the token failed. It must then change nothing."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refused = _check.process_view(request, view, (), {}) if request.method == "POST" else None
        if refused is not None and not isinstance(refused, _Stale):
            return refused
        return view(request, *args, is_stale=refused is not None, **kwargs)

    return csrf_exempt(checked)
