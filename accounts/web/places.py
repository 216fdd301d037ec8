"""What the pages about schools, sections and publishers share: who may come in, and how a refusal is told."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from accounts.exceptions import InvitationRefused, PublisherMemberRefused, SchoolRefused, SectionRefused
from accounts.models import User

REFUSALS = (InvitationRefused, PublisherMemberRefused, SchoolRefused, SectionRefused)

View = Callable[..., HttpResponseBase]


def signed_in_only(view: View) -> View:
    """A page that differs with who asks: nobody keeps it for another."""
    return never_cache(login_required(view))


def visitor(request: HttpRequest) -> User:
    """The person who is signed in; for views that nobody else reaches."""
    user = request.user
    # What the middleware puts there is a stand-in that becomes the person when it is asked for one.
    assert isinstance(user, User)  # noqa: S101  signed_in_only stands before it.
    return user


def attempt(request: HttpRequest, action: Callable[[], object], done: str) -> bool:
    """Run what a button asks for and tell what became of it on the next page; whether it was done."""
    try:
        action()
    except REFUSALS as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, done)
    return True
