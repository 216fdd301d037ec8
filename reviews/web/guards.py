"""Who comes into the pages of moderation. Who is not signed in is asked to; who is, and may not, gets 403."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from accounts.access import Visitor, may_moderate
from accounts.web.places import View, signed_in_only
from reviews.access import may_set_holding


def moderators_only(view: View) -> View:
    return _only(may_moderate, view)


def staff_only(view: View) -> View:
    """For who may let reviews wait."""
    return _only(may_set_holding, view)


def _only(is_let_in: Callable[[Visitor], bool], view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_let_in(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return signed_in_only(guarded)
