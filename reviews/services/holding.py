"""Which reviews wait for a moderator before anybody reads them, and the line about it in the log."""

from datetime import timedelta
from enum import Enum

from django.utils import timezone

from accounts.models import User
from catalogus.models import Method
from reviews.models import (
    ModerationAction,
    ModerationEntry,
    ModerationSettings,
    PreModeration,
    Review,
)


class HoldReason(Enum):
    """Why a review waits. The log holds the text; it is Dutch for every reader."""

    METHOD = "Beoordelingen van deze methode worden vooraf bekeken."
    NEW_ACCOUNT = "Het account is nieuw."
    WAS_REMOVED = "Een eerdere versie is weggehaald."


def hold_reason(*, author: User, method: Method, was_removed: bool = False) -> HoldReason | None:
    """Why a review by this person of this method waits; None where it is published at once."""
    if was_removed:
        return HoldReason.WAS_REMOVED
    if PreModeration.objects.filter(method=method).exists():
        return HoldReason.METHOD
    settings = ModerationSettings.objects.filter(pk=1).first()
    days = settings.held_account_days if settings else 0
    if days and author.joined_at > timezone.now() - timedelta(days=days):
        return HoldReason.NEW_ACCOUNT
    return None


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
