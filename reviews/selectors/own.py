"""What a person wrote and is writing, with what their own page says of it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from reviews.models import Appeal, ModerationAction, ModerationEntry, Review, ReviewDraft, ReviewState


@dataclass(frozen=True, slots=True)
class OwnReview:
    """held_why: why it waits, as the log says; appeal: against the removal of this version, if there is one."""

    review: Review
    held_why: str = ""
    appeal: Appeal | None = None


def own_reviews(user: User) -> list[OwnReview]:
    """All of a person's reviews, newest first; three queries."""
    rows = list(
        Review.objects.filter(author=user).select_related("shown_method__publisher", "shown_edition", "product")
    )
    waiting = [one.public_id for one in rows if one.state == ReviewState.WAITING]
    entries = ModerationEntry.objects.filter(review_ref__in=waiting, action=ModerationAction.HELD).order_by("at", "pk")
    held = {entry.review_ref: entry.reason for entry in entries}
    removed = [one.pk for one in rows if one.state == ReviewState.REMOVED]
    appeals = {(one.review_id, one.version): one for one in Appeal.objects.filter(review__in=removed)}
    return [OwnReview(one, held.get(one.public_id, ""), appeals.get((one.pk, one.version))) for one in rows]


def own_drafts(user: User) -> QuerySet[ReviewDraft]:
    """Those in which something was kept, newest first; one query."""
    return (
        ReviewDraft.objects.filter(author=user, saves__gt=0)
        .select_related("method__publisher", "review__shown_method")
        .order_by("-updated_at", "-pk")
    )
