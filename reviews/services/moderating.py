"""What moderators decide about reviews and replies: each with a reason, a line of the log and word to who wrote it.

Every function here takes what the moderator saw: `version`, and `last_entry`, the number of the newest line of the log
about the review (0 for none; None where that is not looked at). It raises ReviewNotAllowed for who may not judge the
review, ReviewChanged where it has another version, state or line by now (sent twice, or judged by another meanwhile),
and ValidationError for a reason that is missing or too long.
"""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.mail import queue_mail
from catalogus.texts import plain_text
from reviews.access import judging_refusal
from reviews.exceptions import ReviewChanged, ReviewNotAllowed
from reviews.mail_names import REPLY_REMOVED, REPLY_RESTORED, REVIEW_APPROVED, REVIEW_REMOVED, REVIEW_RESTORED
from reviews.models import (
    Appeal,
    AppealState,
    FlagState,
    ModerationAction,
    ModerationEntry,
    PublisherReply,
    Review,
    ReviewFlag,
    ReviewState,
)
from reviews.models.moderation import NOTE_LENGTH
from reviews.services.flagging import reply_said_at
from reviews.services.holding import log
from reviews.services.locking import lock_review, lock_review_alone
from reviews.services.summaries import recount_methods

OVERTAKEN = (
    "De beoordeling is na dit beroep gewijzigd en opnieuw bekeken. "
    "Tegen het besluit over de nieuwe tekst kunt u opnieuw in beroep gaan."
)
"""The answer to an appeal about an earlier text. The database holds it; it is Dutch for every reader."""


@transaction.atomic
def approve(*, actor: User, review: Review, reason: str, version: int, last_entry: int | None = None) -> Review:
    """Publish what waits; flags of it are dismissed, for it was read as it is."""
    reason = checked_reason(reason)
    review = _to_judge(actor, lock_review(review), version, last_entry, {ReviewState.WAITING})
    publish(review)
    _close_flags(review, FlagState.DISMISSED, is_of_reply=False)
    _close_appeals(review, AppealState.GRANTED, reason)
    tell(log(ModerationAction.APPROVED, review=review, actor=actor, reason=reason), REVIEW_APPROVED, review.author)
    return review


@transaction.atomic
def remove(*, actor: User, review: Review, reason: str, version: int, last_entry: int | None = None) -> Review:
    """Take a review away from readers; its writer still sees it, with the reason. Open flags of it are upheld."""
    reason = checked_reason(reason)
    review = _to_judge(actor, lock_review(review), version, last_entry, {ReviewState.WAITING, ReviewState.PUBLISHED})
    review.state = ReviewState.REMOVED
    review.closed_at = timezone.now()
    review.removal_reason = reason
    review.save(update_fields=["state", "closed_at", "removal_reason"])
    recount_methods([review.shown_method_id])
    _close_flags(review, FlagState.UPHELD, is_of_reply=False)
    _close_appeals(review, AppealState.REFUSED, OVERTAKEN)
    tell(log(ModerationAction.REMOVED, review=review, actor=actor, reason=reason), REVIEW_REMOVED, review.author)
    return review


@transaction.atomic
def restore(*, actor: User, review: Review, reason: str, version: int, last_entry: int | None = None) -> Review:
    """Put a removed review back; an appeal against its removal is granted by it, whoever removed it."""
    reason = checked_reason(reason)
    review = _to_judge(actor, lock_review(review), version, last_entry, {ReviewState.REMOVED})
    publish(review)
    _close_appeals(review, AppealState.GRANTED, reason)
    tell(log(ModerationAction.RESTORED, review=review, actor=actor, reason=reason), REVIEW_RESTORED, review.author)
    return review


@transaction.atomic
def dismiss_flags(
    *,
    actor: User,
    review: Review,
    reason: str,
    version: int,
    last_entry: int | None = None,
    is_of_reply: bool = False,
    reply_text_at: datetime | None = None,
) -> Review:
    """Say that the open flags of the review, or of the reply to it, are not right; later ones of this text are kept
    without coming back. Raises ReviewChanged where none is open."""
    reason = checked_reason(reason)
    states = {ReviewState.WAITING, ReviewState.PUBLISHED}
    review = _to_judge(actor, lock_review_alone(review), version, last_entry, states)
    if is_of_reply:
        _reply(review, is_removed=False, text_at=reply_text_at)
    if not _close_flags(review, FlagState.DISMISSED, is_of_reply=is_of_reply):
        raise ReviewChanged(_("Over deze meldingen is al besloten."))
    log(ModerationAction.DISMISSED, review=review, actor=actor, reason=reason)
    return review


@transaction.atomic
def remove_reply(
    *,
    actor: User,
    review: Review,
    reason: str,
    version: int,
    last_entry: int | None = None,
    reply_text_at: datetime | None = None,
) -> Review:
    """Take the publisher's reply away from readers. Open flags of it are upheld.

    reply_text_at: which text the moderator saw, see flagging.reply_said_at; not looked at where it is None.
    """
    reason = checked_reason(reason)
    review = _to_judge(actor, lock_review_alone(review), version, last_entry, set(ReviewState))
    reply = _reply(review, is_removed=False, text_at=reply_text_at)
    reply.removed_at, reply.removal_reason = timezone.now(), reason
    reply.save(update_fields=["removed_at", "removal_reason"])
    _close_flags(review, FlagState.UPHELD, is_of_reply=True)
    tell(log(ModerationAction.REPLY_REMOVED, review=review, actor=actor, reason=reason), REPLY_REMOVED, reply.author)
    return review


@transaction.atomic
def restore_reply(
    *,
    actor: User,
    review: Review,
    reason: str,
    version: int,
    last_entry: int | None = None,
    reply_text_at: datetime | None = None,
) -> Review:
    """Put a removed reply back."""
    reason = checked_reason(reason)
    review = _to_judge(actor, lock_review_alone(review), version, last_entry, set(ReviewState))
    reply = _reply(review, is_removed=True, text_at=reply_text_at)
    reply.removed_at, reply.removal_reason = None, ""
    reply.save(update_fields=["removed_at", "removal_reason"])
    tell(log(ModerationAction.REPLY_RESTORED, review=review, actor=actor, reason=reason), REPLY_RESTORED, reply.author)
    return review


def last_entry_about(review: Review) -> int:
    """The number of the newest line of the log about the review; 0 for none."""
    lines = ModerationEntry.objects.filter(review_ref=review.public_id)
    return lines.order_by("-pk").values_list("pk", flat=True).first() or 0


def checked_reason(reason: str) -> str:
    reason = plain_text(reason, field="reason", most=NOTE_LENGTH)
    if not reason:
        raise ValidationError(
            {"reason": _("Geef een reden: wie dit schreef, leest haar, en zij staat in het logboek.")}
        )
    return reason


def publish(review: Review) -> None:
    """Let everybody read it, and count it."""
    review.state, review.closed_at, review.removal_reason = ReviewState.PUBLISHED, None, ""
    review.published_at = review.published_at or timezone.now()
    review.save(update_fields=["state", "closed_at", "removal_reason", "published_at"])
    recount_methods([review.shown_method_id])


def tell(entry: ModerationEntry, kind: str, reader: User | None) -> None:
    """Let a letter about this line of the log wait for who wrote what it is about, unless their account is gone."""
    if reader is not None:
        queue_mail(kind=kind, user=reader, about_id=entry.pk)


def _to_judge(actor: User, review: Review, version: int, last_entry: int | None, states: Collection[str]) -> Review:
    if refusal := judging_refusal(actor, review):
        raise ReviewNotAllowed(refusal)
    if review.version != version:
        raise ReviewChanged(_("De schrijver heeft de beoordeling intussen gewijzigd. Lees eerst wat er nu staat."))
    if last_entry is not None and last_entry != last_entry_about(review):
        raise ReviewChanged(_("Een andere moderator heeft intussen besloten. Lees eerst wat en waarom."))
    if review.state not in states:
        raise ReviewChanged(
            _("Dit kan niet meer: de beoordeling is nu “%(state)s”.") % {"state": review.get_state_display()}
        )
    return review


def _reply(review: Review, *, is_removed: bool, text_at: datetime | None) -> PublisherReply:
    reply = PublisherReply.objects.filter(review=review, removed_at__isnull=not is_removed).first()
    if reply is None:
        raise ReviewChanged(
            _("Er is geen weggehaald antwoord van de uitgever meer.")
            if is_removed
            else _("Er staat geen antwoord van de uitgever meer.")
        )
    if text_at is not None and text_at != reply_said_at(reply):
        raise ReviewChanged(_("De uitgever heeft het antwoord intussen gewijzigd. Lees eerst wat er nu staat."))
    return reply


def _close_flags(review: Review, state: FlagState, *, is_of_reply: bool) -> int:
    """How many were open."""
    flags = ReviewFlag.objects.filter(review=review, is_of_reply=is_of_reply, state=FlagState.OPEN)
    return flags.update(state=state, decided_at=timezone.now())


def _close_appeals(review: Review, state: AppealState, answer: str) -> None:
    Appeal.objects.filter(review=review, state=AppealState.OPEN).update(
        state=state, answer=answer, decided_at=timezone.now()
    )
