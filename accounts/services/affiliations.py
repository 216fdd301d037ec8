"""Who belongs to which school."""

from accounts.claims import Claims
from accounts.models import Affiliation, User


def record_claims(*, user: User, claims: Claims) -> Affiliation | None:
    """Take over what a school says of a person at this visit."""
