from accounts.models.publisher_member import PublisherMember, PublisherRole
from accounts.models.user import LOCAL_ISSUER, User

__all__ = ["LOCAL_ISSUER", "PublisherMember", "PublisherRole", "User"]
