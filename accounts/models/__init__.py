from accounts.models.user import LOCAL_ISSUER, User

__all__ = ["LOCAL_ISSUER", "User"]
