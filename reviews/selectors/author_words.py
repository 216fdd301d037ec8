"""How a writer will be told of beside a review, before there is one: what the form and its preview show."""

from accounts.models import School, User
from catalogus.labels import concept_label
from catalogus.models import Scheme
from reviews.models import ReviewerRole, ShownAs


def author_words(user: User, *, shown_as: str, role: str, subject: str, sector: str, school: School | None) -> str:
    """The name, "" where there is none; or "docent wiskunde, vo, Overijssel", as far as that was told."""
    if shown_as == ShownAs.NAME:
        return user.display_name.strip()
    what = str(ReviewerRole(role).label) if role in ReviewerRole.values else str(ReviewerRole.TEACHER.label)
    if subject:
        what = f"{what} {concept_label(Scheme.SUBJECT, subject).lower()}"
    # The province of a school is known once there is a column for it.
    province = str(getattr(school, "province", "") or "") if school else ""
    return ", ".join(part for part in (what, sector, province) if part)
