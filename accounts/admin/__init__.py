"""People and schools in the Django admin."""

from accounts.admin.people import PublisherMemberAdmin, UserAdmin
from accounts.admin.schools import SchoolAdmin
from accounts.admin.sign_in import AuthenticatorAdmin

__all__ = ["AuthenticatorAdmin", "PublisherMemberAdmin", "SchoolAdmin", "UserAdmin"]
