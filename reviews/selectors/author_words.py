"""How a writer will be told of beside a review, before there is one: what the form says and its preview shows."""

from accounts.models import School, User
from reviews.models import Review, ReviewerRole, ShownAs
from reviews.selectors.authors import shown_author


def author_words(user: User, *, shown_as: str, role: str, subject: str, sector: str, school: School) -> str:
    """As readers will read it, as far as it was answered; "" for a name that the account does not have."""
    if shown_as == ShownAs.NAME:
        return user.display_name.strip()
    known_role = role if role in ReviewerRole.values else ReviewerRole.TEACHER
    described = ShownAs.DESCRIPTION
    return shown_author(
        Review(author=user, school=school, shown_as=described, role=known_role, subject=subject, sector=sector)
    )
