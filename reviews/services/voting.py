"""That readers found a review of use: one vote for each person, counted on the review in the same transaction."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.access import may_find_helpful
from reviews.exceptions import ReviewNotAllowed
from reviews.models import HelpfulVote, Review
from reviews.services.locking import lock_review_alone


@transaction.atomic
def find_helpful(*, user: User, review: Review) -> Review:
    """Note that the person found it of use, and return the review with its count. May be called again.

    Raises ReviewNotAllowed for its writer, and for who may not review its method.
    """
    locked = lock_review_alone(review)
    if not may_find_helpful(user, locked):
        raise ReviewNotAllowed(_("Nuttig vinden kan wie deze methode zelf mag beoordelen, behalve de schrijver."))
    _vote, is_new = HelpfulVote.objects.get_or_create(review=locked, user=user)
    return _count(locked) if is_new else locked


@transaction.atomic
def take_back(*, user: User, review: Review) -> Review:
    """Take the person's vote back, and return the review with its count. May be called again.

    Whoever gave it may, also who works at no school any more.
    """
    # Two votes at once are both counted.
    locked = lock_review_alone(review)
    gone, _rows = HelpfulVote.objects.filter(review=locked, user=user).delete()
    return _count(locked) if gone else locked


def _count(review: Review) -> Review:
    review.helpful_count = HelpfulVote.objects.filter(review=review).count()
    review.save(update_fields=["helpful_count"])
    return review
