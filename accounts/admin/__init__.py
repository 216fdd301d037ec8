"""People in the Django admin."""

from accounts.admin.people import PublisherMemberAdmin, UserAdmin

__all__ = ["PublisherMemberAdmin", "UserAdmin"]
