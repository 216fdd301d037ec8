"""Which reviews wait for a moderator before anybody reads them, and the line about it in the log."""

from datetime import timedelta
from enum import Enum

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from catalogus.models import Method
from reviews.models import (
    ModerationAction,
    ModerationEntry,
    ModerationSettings,
    PreModeration,
    Review,
    ReviewState,
)


class HoldReason(Enum):
    """Why a review waits. The log holds the text; it is Dutch for every reader."""

    METHOD = "Beoordelingen van deze methode worden vooraf bekeken."
    NEW_ACCOUNT = "Het account is nieuw."
    WAS_REMOVED = "Een eerdere versie is weggehaald."
    WROTE_REMOVED = "Een andere beoordeling van deze methode door de schrijver is weggehaald."
    STILL_WAITS = "De vorige versie wachtte nog op een moderator."


_VERDICTS = (
    ModerationAction.REMOVED,
    ModerationAction.APPROVED,
    ModerationAction.RESTORED,
    ModerationAction.APPEAL_GRANTED,
)
"""After one of these a moderator has judged what a review said; the last of them holds."""


def hold_reason(*, author: User, method: Method, review: Review | None = None) -> HoldReason | None:
    """Why what this person says of this method waits; None where it is published at once.

    review: the one that is changed, as it stands; None for a new one. What a moderator took away or has yet to look at
    comes back by a moderator alone: neither by changing it twice, nor by withdrawing it and writing it anew.
    """
    if review is None:
        if _were_removed(Review.objects.filter(author=author, shown_method=method)):
            return HoldReason.WROTE_REMOVED
    elif _were_removed(Review.objects.filter(pk=review.pk)):
        return HoldReason.WAS_REMOVED
    elif review.state == ReviewState.WAITING:
        return HoldReason.STILL_WAITS
    if PreModeration.objects.filter(method=method).exists():
        return HoldReason.METHOD
    settings = ModerationSettings.objects.filter(pk=1).first()
    days = settings.held_account_days if settings else 0
    if days and author.joined_at > timezone.now() - timedelta(days=days):
        return HoldReason.NEW_ACCOUNT
    return None


def _were_removed(reviews: QuerySet[Review]) -> bool:
    """Whether a moderator took one of them away, and none has let it stand since."""
    states = dict(reviews.values_list("public_id", "state"))
    lines = ModerationEntry.objects.filter(review_ref__in=states, action__in=_VERDICTS).order_by("at", "pk")
    last = dict(lines.values_list("review_ref", "action"))
    return ReviewState.REMOVED in states.values() or ModerationAction.REMOVED in last.values()


def log(
    action: ModerationAction,
    *,
    reason: str,
    review: Review | None = None,
    method: Method | None = None,
    actor: User | None = None,
) -> ModerationEntry:
    """Write one line of the log; actor: nobody for what the rules did."""
    return ModerationEntry.objects.create(
        action=action,
        reason=reason,
        review_ref=review.public_id if review else "",
        version=review.version if review else None,
        method=method or (review.shown_method if review else None),
        actor=actor,
    )
