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

HELD_BACK_LAST = 2 * WITHDRAWN_LAST
"""Where something was open about it, for that must have an end too: what is withdrawn is nobody's to judge."""


def forget_drafts() -> int:
    """How many went: not kept for a year, or empty for a month."""
    now = timezone.now()
    old = Q(updated_at__lt=now - DRAFTS_LAST) | Q(saves=0, updated_at__lt=now - EMPTY_DRAFTS_LAST)
    _rows, by_model = ReviewDraft.objects.filter(old).delete()
    return by_model.get(ReviewDraft._meta.label, 0)


def erase_withdrawn() -> int:
    """How many reviews went, whole: versions, scores, votes and reply. They count in nothing, so nothing is recounted.

    One of which a flag or an appeal was open when it was withdrawn stays HELD_BACK_LAST: no moderator sees it any more,
    but while it stays, what its writer says anew of the method waits for one. Lines of the moderation log stay for
    ever; they hold its public id and no words of it.
    """
    now = timezone.now()
    waiting = Exists(ReviewFlag.objects.filter(review=OuterRef("pk"), state=FlagState.OPEN)) | Exists(
        Appeal.objects.filter(review=OuterRef("pk"), state=AppealState.OPEN)
    )
    old = Review.objects.filter(state=ReviewState.WITHDRAWN, closed_at__lt=now - WITHDRAWN_LAST).exclude(
        waiting, closed_at__gte=now - HELD_BACK_LAST
    )
    _rows, by_model = old.delete()
    return by_model.get(Review._meta.label, 0)
