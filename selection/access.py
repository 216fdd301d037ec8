"""Who may see and change what people keep: each their own and what is their section's, and nobody another's."""

from typing import TypeGuard, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from accounts.access import Visitor
from accounts.models import User
from selection.models import DigestLetter, MaterialList, SavedSearch
from selection.share_links import list_of_token

Kept = TypeVar("Kept", bound=Model)


def own_search(user: Visitor, pk: int) -> SavedSearch:
    """Raises Http404 for one that is not there or is another's: that there is one is theirs to know as well."""
    return _own(user, SavedSearch.objects.filter(pk=pk))


def own_letter(user: Visitor, pk: int) -> DigestLetter:
    """Raises Http404 as own_search does."""
    return _own(user, DigestLetter.objects.filter(pk=pk))


def list_to_see(user: Visitor, public_id: str) -> MaterialList:
    """One's own, one's section's, or of a section that ended while one was in it. Raises Http404 as own_search does."""
    if not _is_somebody(user) or "\x00" in public_id:
        raise Http404
    return _found(MaterialList.objects.readable_by(user).with_owner().filter(public_id=public_id))


def list_to_change(user: Visitor, public_id: str) -> MaterialList:
    """One's own, or of a section that one is in now. Raises Http404 as own_search does."""
    if not _is_somebody(user) or "\x00" in public_id:
        raise Http404
    return _found(MaterialList.objects.changeable_by(user).with_owner().filter(public_id=public_id))


def may_change_list(user: Visitor, material_list: MaterialList) -> bool:
    return _is_somebody(user) and MaterialList.objects.changeable_by(user).filter(pk=material_list.pk).exists()


def shared_list(token: str) -> MaterialList:
    """The list that a link opens to whoever has it. Raises Http404 for one that was withdrawn or renewed."""
    found = list_of_token(token)
    if found is None:
        raise Http404
    return found


def _is_somebody(user: Visitor) -> TypeGuard[User]:
    return isinstance(user, User) and user.is_active


def _own(user: Visitor, rows: QuerySet[Kept]) -> Kept:
    return _found(rows.filter(user=user) if _is_somebody(user) else rows.none())


def _found(rows: QuerySet[Kept]) -> Kept:
    found = rows.first()
    if found is None:
        raise Http404
    return found
