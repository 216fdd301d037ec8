"""What waits for moderators, oldest first: reviews before they are read, open flags, and appeals."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import User
from reviews.access import reviews_to_judge
from reviews.models import Appeal, AppealState, FlagReason, FlagState, Review, ReviewFlag, ReviewState


class Queue(StrEnum):
    """The values are those of the page's parameter."""

    WAITING = "wacht"
    FLAGGED = "meldingen"
    APPEALS = "beroep"


@dataclass(frozen=True, slots=True)
class FlagGroup:
    """The flags of one text: how many, from whom, and for which reasons (label, number), the most frequent first.

    Of who flagged there is never more than this: a moderator judges the text, not who minds it.
    """

    version: int
    is_of_reply: bool
    state: FlagState
    first_at: datetime
    accounts: int = 0
    visitors: int = 0
    of_publisher: int = 0
    reasons: tuple[tuple[str, int], ...] = field(default=())

    @property
    def count(self) -> int:
        return self.accounts + self.visitors + self.of_publisher


_OPEN_FLAG = Q(flags__state=FlagState.OPEN) & (
    Q(flags__is_of_reply=False) | Q(reply__isnull=False, reply__removed_at=None)
)
"""A reply that is gone or removed needs no look, nor does a review that nobody reads."""


def waiting_reviews(user: User) -> QuerySet[Review]:
    """Each with `since`: when it came to say what it says. Of what the person may judge alone, as all here."""
    rows = _reviews(user).filter(state=ReviewState.WAITING)
    return rows.annotate(since=Coalesce("edited_at", "written_at"))


def flagged_reviews(user: User) -> QuerySet[Review]:
    """Each with `since`: when the first flag came that is open still."""
    rows = _reviews(user).filter(_OPEN_FLAG, state__in=[ReviewState.PUBLISHED, ReviewState.WAITING])
    return rows.annotate(since=Min("flags__at"))


def open_appeals(user: User) -> QuerySet[Appeal]:
    """Each with `since`; about the removal that stands, not about an earlier text."""
    rows = Appeal.objects.filter(
        state=AppealState.OPEN,
        review__in=reviews_to_judge(user).filter(state=ReviewState.REMOVED),
        version=F("review__version"),
    )
    return rows.select_related("review__shown_method", "review__shown_edition").annotate(since=F("at"))


def queue_counts(user: User) -> dict[Queue, int]:
    return {
        Queue.WAITING: waiting_reviews(user).count(),
        Queue.FLAGGED: flagged_reviews(user).count(),
        Queue.APPEALS: open_appeals(user).count(),
    }


def flag_groups(review_ids: Collection[int], *states: FlagState) -> dict[int, list[FlagGroup]]:
    """Review -> its flags in these states by what they are about, in order; one query."""
    rows = (
        ReviewFlag.objects.filter(review__in=review_ids, state__in=states)
        .order_by()
        .values("review", "is_of_reply", "version", "state", "reason")
        .annotate(
            first=Min("at"),
            of_publisher=Count("pk", filter=Q(is_of_publisher=True)),
            accounts=Count("pk", filter=Q(is_of_publisher=False, user__isnull=False)),
            visitors=Count("pk", filter=Q(is_of_publisher=False, user=None)),
        )
    )
    by_text: dict[tuple[int, bool, int, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        by_text.setdefault((row["review"], row["is_of_reply"], row["version"], row["state"]), []).append(row)
    found: dict[int, list[FlagGroup]] = {}
    for (review, is_of_reply, version, state), parts in sorted(by_text.items()):
        found.setdefault(review, []).append(_group(is_of_reply, version, FlagState(state), parts))
    return found


def _group(is_of_reply: bool, version: int, state: FlagState, parts: Sequence[Mapping[str, Any]]) -> FlagGroup:
    counted = {part["reason"]: part["of_publisher"] + part["accounts"] + part["visitors"] for part in parts}
    reasons = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return FlagGroup(
        version=version,
        is_of_reply=is_of_reply,
        state=state,
        first_at=min(part["first"] for part in parts),
        accounts=sum(part["accounts"] for part in parts),
        visitors=sum(part["visitors"] for part in parts),
        of_publisher=sum(part["of_publisher"] for part in parts),
        reasons=tuple((str(FlagReason(reason).label), n) for reason, n in reasons),
    )


def _reviews(user: User) -> QuerySet[Review]:
    return reviews_to_judge(user).select_related("shown_method", "shown_edition")
