"""Which reviews a person found of use."""

from collections.abc import Iterable

from accounts.access import Visitor
from accounts.models import User
from reviews.models import HelpfulVote


def found_helpful(user: Visitor, review_ids: Iterable[int]) -> set[int]:
    """Of these reviews, those that the person voted for; one query, none for who is not signed in."""
    if not isinstance(user, User):
        return set()
    return set(HelpfulVote.objects.filter(user=user, review__in=list(review_ids)).values_list("review_id", flat=True))
