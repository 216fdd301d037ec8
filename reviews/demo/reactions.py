"""What others did with the invented reviews: votes, replies of publishers, flags, and what moderators decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.demo.people import person_by_key
from accounts.models import DEMONSTRATION_ISSUER, PublisherMember, User
from reviews.demo.dice import Dice
from reviews.demo.plan import Plan, Written
from reviews.demo.storing import People
from reviews.demo.words import APPEAL, REPLIES
from reviews.models import (
    Appeal,
    FlagReason,
    FlagState,
    HelpfulVote,
    ModerationAction,
    ModerationEntry,
    PreModeration,
    PublisherReply,
    Review,
    ReviewFlag,
    ReviewState,
)
from reviews.services.holding import HoldReason

_VOTED = 0.35
"""Of published reviews, how many somebody found of use."""

_MOST_VOTES = 14
_REPLIED = 0.06
_OPEN_FLAGS, _DISMISSED_FLAGS = 12, 8
_FLAG_TEXTS: Mapping[FlagReason, str] = {
    FlagReason.INTEREST: "De schrijver gaf vorig jaar trainingen voor een andere uitgever.",
    FlagReason.OFF_TOPIC: "Dit gaat over de vorige druk, niet over deze.",
    FlagReason.ABUSE: "De toon is onnodig grof.",
    FlagReason.ADVERTISING: "Het leest als een folder.",
    FlagReason.UNTRUE_AUTHOR: "Zo praat geen docent; ik betwijfel of de schrijver met deze methode werkt.",
}
_DISMISSED = "De tekst gaat over het leermiddel en blijft binnen de regels."
_HELD_AFTER_PILE = "Tientallen lage beoordelingen in twee dagen, de meeste van één school."
_HELD_ALREADY = "De uitgever en lezers melden ongewoon veel; wij kijken een tijdje mee."


@dataclass(frozen=True, slots=True)
class Staff:
    """Of the demonstration's own people; None where they were not stored."""

    moderator: User | None
    other: User | None


def staff() -> Staff:
    """Two people who judge, so that there is another one for an appeal."""
    found = {user.subject: user for user in User.objects.filter(issuer=DEMONSTRATION_ISSUER, subject__in=_STAFF)}
    return Staff(found.get("moderator"), found.get("beheerder"))


_STAFF = [person.key for key in ("moderator", "beheerder") if (person := person_by_key(key))]


# Votes


def plan_votes(written: Sequence[Written], plan: Plan) -> dict[str, list[int]]:
    """Public id -> numbers of the teachers who found it of use: never its writer, and of the same sector."""
    by_sector: dict[str, list[int]] = {}
    for teacher in plan.teachers:
        if not teacher.is_recent:
            by_sector.setdefault(teacher.sector, []).append(teacher.number)
    votes = {}
    for one in written:
        dice = Dice("votes", one.ref)
        if one.state != ReviewState.PUBLISHED or one.is_of_pile or not dice.chance(_VOTED):
            continue
        others = [number for number in by_sector[one.teacher.sector] if number != one.teacher.number]
        votes[one.ref] = dice.some(others, 1 + int(_MOST_VOTES * dice.fraction() ** 3))
    return votes


def store_votes(votes: Mapping[str, list[int]], reviews: Mapping[str, Review], people: People, now: datetime) -> None:
    HelpfulVote.objects.bulk_create(
        (
            HelpfulVote(review=reviews[ref], user=people.users[number], at=_between(reviews[ref].written_at, now, ref))
            for ref, numbers in votes.items()
            for number in numbers
            if number in people.users
        ),
        batch_size=1000,
    )


# Publishers


def store_replies(written: Sequence[Written], reviews: Mapping[str, Review], now: datetime) -> int:
    """Publishers answer, most often to who is not content; in the name of a member where the publisher has one."""
    members = PublisherMember.objects.filter(ended_at=None, role__in=["editor", "owner"]).select_related("user")
    speakers = {member.publisher_id: member.user for member in members.order_by("-pk")}
    replies = []
    for one in written:
        dice = Dice("reply", one.ref)
        review = reviews[one.ref]
        unhappy = review.total is not None and review.total < 3
        if one.state != ReviewState.PUBLISHED or one.is_of_pile or not dice.chance(_REPLIED * (2 if unhappy else 0.6)):
            continue
        replies.append(
            PublisherReply(
                review=review,
                publisher_id=one.title.publisher,
                author=speakers.get(one.title.publisher),
                text=dice.pick(REPLIES),
                answered_version=review.version,
                written_at=_between(review.edited_at or review.written_at, now, one.ref),
            )
        )
    return len(PublisherReply.objects.bulk_create(replies, batch_size=1000))


# Moderators


def store_moderation(plan: Plan, reviews: Mapping[str, Review], people: People, now: datetime) -> None:
    """Why some wait, why some were removed, one appeal, and flags that are open, right and not."""
    who = staff()
    by_state: dict[ReviewState, list[Written]] = {state: [] for state in ReviewState}
    for one in plan.written:
        by_state[one.state].append(one)
    lines = [*_holding_lines(plan, who), *_held_lines(by_state[ReviewState.WAITING], reviews)]
    flags: list[ReviewFlag] = []
    for at, one in enumerate(by_state[ReviewState.REMOVED]):
        review = reviews[one.ref]
        # The one that is appealed against was removed by the other, so that the moderator may decide.
        actor = who.other if at == 0 else who.moderator
        lines.append(_line(ModerationAction.REMOVED, review, review.removal_reason, review.closed_at or now, actor))
        flags.append(_flag(one, review, FlagState.UPHELD, review.closed_at))
    flags += _flags_of_published(plan, by_state[ReviewState.PUBLISHED], reviews, people, lines, who, now)
    ReviewFlag.objects.bulk_create(flags)
    ModerationEntry.objects.bulk_create(sorted(lines, key=lambda line: line.at))
    if removed := by_state[ReviewState.REMOVED]:
        review = reviews[removed[0].ref]
        asked_at = _between(review.closed_at or now, now, review.public_id)
        Appeal.objects.create(review=review, version=review.version, text=APPEAL, at=asked_at)


def _holding_lines(plan: Plan, who: Staff) -> list[ModerationEntry]:
    PreModeration.objects.bulk_create(
        [PreModeration(method_id=pk, since=since) for pk, since in plan.held.items()], ignore_conflicts=True
    )
    piled = {one.title.pk for one in plan.written if one.is_of_pile}
    return [
        ModerationEntry(
            action=ModerationAction.HOLDING_ON,
            reason=_HELD_AFTER_PILE if pk in piled else _HELD_ALREADY,
            method_id=pk,
            actor=who.other,
            at=since,
        )
        for pk, since in plan.held.items()
    ]


def _held_lines(waiting: Sequence[Written], reviews: Mapping[str, Review]) -> list[ModerationEntry]:
    return [
        _line(ModerationAction.HELD, reviews[one.ref], HoldReason.METHOD.value, one.written_at, None) for one in waiting
    ]


def _flags_of_published(
    plan: Plan, published: Sequence[Written], reviews: Mapping[str, Review], people: People,
    lines: list[ModerationEntry], who: Staff, now: datetime,
) -> list[ReviewFlag]:  # fmt: skip
    """Open ones, half of them of the pile by its publisher and readers, and some that were judged to be wrong."""
    dice = Dice("flags")
    piled = [one for one in published if one.is_of_pile]
    others = [one for one in published if not one.is_of_pile]
    flags = []
    for at, one in enumerate([*dice.some(piled, _OPEN_FLAGS // 2), *dice.some(others, _OPEN_FLAGS // 2)]):
        flag = _flag(one, reviews[one.ref], FlagState.OPEN, None)
        flag.is_of_publisher = at == 0
        # Of every three one comes from who has no account.
        flag.user = people.users.get(dice.pick(plan.teachers).number) if at % 3 and at else None
        if flag.user == reviews[one.ref].author:
            flag.user = None
        flag.at = now - timedelta(days=1 + dice.below(20), hours=dice.below(12))
        flag.at = max(flag.at, one.written_at + timedelta(hours=1))
        flags.append(flag)
    for one in dice.some([one for one in others if one.ref not in {flag.review.public_id for flag in flags}],
                         _DISMISSED_FLAGS):  # fmt: skip
        review = reviews[one.ref]
        decided_at = _between((one.edited_at or one.written_at) + timedelta(hours=2), now, one.ref)
        flags.append(_flag(one, review, FlagState.DISMISSED, decided_at))
        lines.append(_line(ModerationAction.DISMISSED, review, _DISMISSED, decided_at, who.moderator))
    return flags


def _flag(one: Written, review: Review, state: FlagState, decided_at: datetime | None) -> ReviewFlag:
    dice = Dice("flag", one.ref)
    reason = dice.pick(tuple(_FLAG_TEXTS))
    said_at = one.edited_at or one.written_at
    at = min(said_at + timedelta(hours=3 + dice.below(40)), decided_at or said_at + timedelta(days=3))
    return ReviewFlag(review=review, version=review.version, reason=reason, text=_FLAG_TEXTS[reason], at=at,
                      state=state, decided_at=decided_at)  # fmt: skip


def _line(action: ModerationAction, review: Review, reason: str, at: datetime, actor: User | None) -> ModerationEntry:
    return ModerationEntry(
        action=action,
        reason=reason,
        review_ref=review.public_id,
        version=review.version,
        method_id=review.shown_method_id,
        actor=actor,
        at=at,
    )


def _between(start: datetime, end: datetime, key: str) -> datetime:
    """Some days after the start, and not after the end."""
    later = start + timedelta(days=1 + Dice("later", key).below(25))
    return min(later, max(start, end - timedelta(minutes=10)))
