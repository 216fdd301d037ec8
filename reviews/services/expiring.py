"""What of reviews is erased by itself: drafts that nobody goes on with, and reviews that their writer took back."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from reviews.models import Appeal, AppealState, FlagState, Review, ReviewDraft, ReviewFlag, ReviewState

DRAFTS_LAST = timedelta(days=365)
EMPTY_DRAFTS_LAST = timedelta(days=30)
"""Of forms that were opened and in which nothing was ever kept."""

WITHDRAWN_LAST = timedelta(days=90)
"""Long enough to ask about it; the help page and what is told at withdrawing say the same."""


def forget_drafts() -> int:
    """How many went: not kept for a year, or empty for a month."""
    now = timezone.now()
    old = Q(updated_at__lt=now - DRAFTS_LAST) | Q(saves=0, updated_at__lt=now - EMPTY_DRAFTS_LAST)
    _rows, by_model = ReviewDraft.objects.filter(old).delete()
    return by_model.get(ReviewDraft._meta.label, 0)


def erase_withdrawn() -> int:
    """How many reviews went, whole: versions, scores, votes and reply. They count in nothing, so nothing is recounted.

    One stays while a moderator has to judge a flag or an appeal about it: taking back is no way around them. Lines of
    the moderation log stay for ever; they hold its public id and no words of it.
    """
    waiting = (
        Exists(ReviewFlag.objects.filter(review=OuterRef("pk"), state=FlagState.OPEN)),
        Exists(Appeal.objects.filter(review=OuterRef("pk"), state=AppealState.OPEN)),
    )
    old = Review.objects.filter(state=ReviewState.WITHDRAWN, closed_at__lt=timezone.now() - WITHDRAWN_LAST)
    _rows, by_model = old.exclude(waiting[0]).exclude(waiting[1]).delete()
    return by_model.get(Review._meta.label, 0)
