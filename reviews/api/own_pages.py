"""Where a page of one's own reviews goes on: after the review that the cursor names, by its id."""

from django.utils.translation import gettext as _

from accounts.models import User
from reviews.models import Review

_LONGEST_ID = 13


def next_own_cursor(last: Review) -> str:
    return last.public_id


def read_own_cursor(given: str, person: User, errors: dict[str, list[str]]) -> int | None:
    """The number of the person's own review that it names; one query."""
    if not given:
        return None
    if given.isascii() and given.isalnum() and len(given) <= _LONGEST_ID:
        found = Review.objects.filter(author=person, public_id=given).values_list("pk", flat=True).first()
        if found is not None:
            return found
    errors["cursor"] = [_("Deze cursor hoort niet bij deze lijst; begin zonder cursor.")]
    return None
