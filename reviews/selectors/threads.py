"""All that a moderator needs beside a review to judge it: what it said before, flags, reply, appeals and the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import School, User
from reviews.models import (
    Appeal,
    AppealState,
    FlagReason,
    FlagState,
    ModerationEntry,
    PublisherReply,
    Review,
    ReviewFlag,
    ReviewVersion,
)
from reviews.selectors.queue import FlagGroup, flag_groups

MOST_VERSIONS = 10
MOST_FLAG_TEXTS = 50
"""The newest; of more, the numbers tell enough, and the page stays one that can be read."""


@dataclass(frozen=True, slots=True)
class FlagText:
    """What one reader added. who: "account", "visitor" or "publisher"."""

    at: datetime
    version: int
    is_of_reply: bool
    reason: str
    text: str
    who: str
    state: FlagState


@dataclass(frozen=True, slots=True)
class AuthorFacts:
    """What a moderator may know of the writer: no address, no other reviews by name."""

    name: str
    joined_at: datetime
    school: School
    review_count: int


@dataclass(frozen=True, slots=True)
class Thread:
    """versions: the newest first, MOST_VERSIONS at most; author: None for who has no account any more."""

    review: Review
    author: AuthorFacts | None
    versions: Sequence[ReviewVersion]
    flags: Sequence[FlagGroup]
    flag_texts: Sequence[FlagText]
    reply: PublisherReply | None
    appeals: Sequence[Appeal]
    entries: Sequence[ModerationEntry]

    @property
    def open_appeal(self) -> Appeal | None:
        return next((one for one in self.appeals if one.state == AppealState.OPEN), None)

    @property
    def last_entry(self) -> int:
        """As services.moderating.last_entry_about has it."""
        return max((entry.pk for entry in self.entries), default=0)

    def has_open_flags(self, *, of_reply: bool) -> bool:
        return any(one.state == FlagState.OPEN and one.is_of_reply == of_reply for one in self.flags)


def thread_of(review: Review) -> Thread:
    """Nine queries, however long the thread is."""
    return Thread(
        review=review,
        author=_author(review),
        versions=list(review.versions.order_by("-number")[:MOST_VERSIONS]),
        flags=flag_groups([review.pk], *FlagState).get(review.pk, []),
        flag_texts=[
            _flag_text(flag) for flag in review.flags.exclude(text="").order_by("-at", "-pk")[:MOST_FLAG_TEXTS]
        ],
        reply=PublisherReply.objects.filter(review=review).select_related("publisher").first(),
        appeals=list(review.appeals.all()),
        entries=list(ModerationEntry.objects.filter(review_ref=review.public_id).select_related("actor")),
    )


def _author(review: Review) -> AuthorFacts | None:
    author = User.objects.filter(reviews=review).first()
    if author is None:
        return None
    return AuthorFacts(
        name=author.display_name,
        joined_at=author.joined_at,
        school=School.objects.get(pk=review.school_id),
        review_count=Review.objects.filter(author=author).count(),
    )


def _flag_text(flag: ReviewFlag) -> FlagText:
    return FlagText(
        at=flag.at,
        version=flag.version,
        is_of_reply=flag.is_of_reply,
        reason=str(FlagReason(flag.reason).label),
        text=flag.text,
        who="publisher" if flag.is_of_publisher else "visitor" if flag.user_id is None else "account",
        state=FlagState(flag.state),
    )
