"""Who may see what was brought in: one function per kind, used by every page about it.

Who is not signed in is asked to do so; who is, and may not, gets 403.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from accounts.access import Visitor, is_editor, may_see_deliveries_of
from accounts.models import User

View = Callable[..., HttpResponseBase]


def signed_in_only(view: View) -> View:
    """A page that differs with who asks: nobody keeps it for another."""
    return never_cache(login_required(view))


def actor_of(request: HttpRequest) -> str:
    """Who does it, as what they did names them from then on."""
    user = request.user
    return user.actor_name if isinstance(user, User) else str(user)


def editors_only(view: View) -> View:
    """A page for who works for the catalogue: sources, passes and what they changed."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_editor(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return signed_in_only(guarded)


def may_see_records(user: Visitor, publisher_id: int | None) -> bool:
    """Whether the person may see records as they were sent that are about this publisher's products."""
    return may_see_deliveries_of(user, publisher_id)


def require_records(user: Visitor, publisher_id: int | None) -> None:
    """Raises PermissionDenied for who may not see this publisher's records."""
    if not may_see_records(user, publisher_id):
        raise PermissionDenied


def may_see_quality(user: Visitor, publishers: Iterable[int] = ()) -> bool:
    """Whether the person may see how well is delivered: by whole sources and everyone, or for a publisher.

    publishers: the publisher and all that were merged into it, for members of each are members of what they became;
    without any, all is meant, and that is for editors.
    """
    return is_editor(user) or any(may_see_deliveries_of(user, publisher) for publisher in publishers)
