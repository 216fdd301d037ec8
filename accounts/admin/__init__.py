"""People, schools and sections in the Django admin."""

from accounts.admin.people import PublisherMemberAdmin, UserAdmin
from accounts.admin.schools import SchoolAdmin
from accounts.admin.sections import AffiliationAdmin, InvitationAdmin, SectionAdmin
from accounts.admin.sign_in import AuthenticatorAdmin

__all__ = [
    "AffiliationAdmin",
    "AuthenticatorAdmin",
    "InvitationAdmin",
    "PublisherMemberAdmin",
    "SchoolAdmin",
    "SectionAdmin",
    "UserAdmin",
]
