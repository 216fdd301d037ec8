"""Who may see and change what people keep: each their own, and nobody another's."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from accounts.access import Visitor
from accounts.models import User
from selection.models import DigestLetter, SavedSearch

Kept = TypeVar("Kept", bound=Model)


def own_search(user: Visitor, pk: int) -> SavedSearch:
    """Raises Http404 for one that is not there or is another's: that there is one is theirs to know as well."""
    return _own(user, SavedSearch.objects.filter(pk=pk))


def own_letter(user: Visitor, pk: int) -> DigestLetter:
    """Raises Http404 as own_search does."""
    return _own(user, DigestLetter.objects.filter(pk=pk))


def _own(user: Visitor, rows: QuerySet[Kept]) -> Kept:
    found = rows.filter(user=user).first() if isinstance(user, User) and user.is_active else None
    if found is None:
        raise Http404
    return found
