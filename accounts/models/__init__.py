from accounts.models.affiliation import Affiliation, AffiliationRole, AffiliationState, Assurance, EndReason
from accounts.models.invitation import Invitation, InvitationKind
from accounts.models.mail import MailChoice, OutgoingMail
from accounts.models.personal_token import PersonalToken, TokenScope
from accounts.models.publisher_member import PublisherMember, PublisherRole
from accounts.models.school import School, SchoolDomain
from accounts.models.section import Section, SectionMember, SectionRole
from accounts.models.user import DEMONSTRATION_ISSUER, LOCAL_ISSUER, User

__all__ = [
    "DEMONSTRATION_ISSUER",
    "LOCAL_ISSUER",
    "Affiliation",
    "AffiliationRole",
    "AffiliationState",
    "Assurance",
    "EndReason",
    "Invitation",
    "InvitationKind",
    "MailChoice",
    "OutgoingMail",
    "PersonalToken",
    "PublisherMember",
    "PublisherRole",
    "School",
    "SchoolDomain",
    "Section",
    "SectionMember",
    "SectionRole",
    "TokenScope",
    "User",
]
