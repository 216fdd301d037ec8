"""What a signal is: something that asks to be looked at, with the numbers that it rests on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import QuerySet
from django.utils import timezone

from reviews.models import Review, ReviewState

USUAL_SPAN = timedelta(days=90)

MOST_OF_A_KIND = 50
"""More than a moderator looks at in one go; who judged these sees the next."""


class SignalKind(StrEnum):
    NEW_ACCOUNTS = "new-accounts"
    SAME_TEXT = "same-text"
    BURST = "burst"
    ONE_SIDED = "one-sided"


@dataclass(frozen=True, slots=True)
class Signal:
    """text: what was found, with its numbers, in the reader's language; reviews: public ids, all of them."""

    kind: SignalKind
    text: str
    reviews: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """When the reviews were written that are looked at: from since, before until."""

    since: datetime
    until: datetime

    @classmethod
    def latest(cls, span: timedelta = USUAL_SPAN) -> "Window":
        now = timezone.now()
        return cls(now - span, now + timedelta(seconds=1))

    @classmethod
    def around(cls, moment: datetime) -> "Window":
        """The time before a review, and the week after it in which others may have joined."""
        return cls(moment - USUAL_SPAN, moment + timedelta(days=7))

    def reviews(self) -> QuerySet[Review]:
        """Those that stand, wait or were removed: who takes a review back takes back what it may be a sign of."""
        return Review.objects.filter(written_at__gte=self.since, written_at__lt=self.until).exclude(
            state=ReviewState.WITHDRAWN
        )
