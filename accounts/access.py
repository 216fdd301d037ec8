"""Who may do what with what belongs to publishers and editors: one function per kind, used by pages, API and admin."""

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser

from accounts.models import PublisherMember, User

Visitor: TypeAlias = User | AnonymousUser


def is_editor(user: Visitor) -> bool:
    """Whether the person works for the catalogue: sees every source, every record and the log, and edits."""
    return user.is_active and user.is_staff


def may_see_deliveries_of(user: Visitor, publisher_id: int | None) -> bool:
    """Whether the person may see what was delivered for a publisher: its raw records and their quality.

    Staff may see all; a publisher's members their own publisher's, whatever their role; nobody else anything. Records
    that name no publisher (None) are for staff.
    """
    if is_editor(user):
        return True
    if publisher_id is None or not isinstance(user, User) or not user.is_active:
        return False
    return PublisherMember.objects.filter(user=user, publisher_id=publisher_id).exists()
