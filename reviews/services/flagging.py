"""Readers' flags. A flag asks a moderator to look; however many there are, none of them hides anything."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.access import has_interest_in
from accounts.models import User
from catalogus.texts import plain_text
from reviews.access import is_author, may_flag
from reviews.exceptions import ReviewChanged, ReviewNotAllowed
from reviews.models import (
    FlagReason,
    FlagState,
    ModerationAction,
    ModerationEntry,
    PublisherReply,
    Review,
    ReviewFlag,
)
from reviews.models.moderation import FLAG_LENGTH
from reviews.services.locking import lock_review_alone

MOST_A_DAY = 20
"""Flags of one account in 24 hours: more than who reads in earnest finds, few enough to read."""

_VERDICTS = (ModerationAction.APPROVED, ModerationAction.RESTORED, ModerationAction.APPEAL_GRANTED)
"""After these a moderator has read that version and let it stand."""

_ALWAYS_READ = (FlagReason.PERSONAL_DATA, FlagReason.OTHER)


@transaction.atomic
def flag_review(
    *,
    user: User | None,
    review: Review,
    reason: str,
    text: str,
    is_of_reply: bool = False,
    version: int | None = None,
    reply_text_at: datetime | None = None,
) -> ReviewFlag:
    """Store that a reader thinks the review, or the publisher's reply to it, is against the rules.

    user: None for who has no account; how many of those come is limited where they come in. version and reply_text_at:
    what the reader saw, where that is known. What a moderator judged already is stored as DISMISSED and does not come
    back to them: a verdict holds for that text and that reason, and for that name.

    Raises ReviewNotAllowed (one's own, not published, too many in a day), ReviewChanged (it says something else by
    now) and ValidationError by field (reason, text, and what was flagged already).
    """
    reason, text = _checked(reason, text)
    if user is not None:
        # Two windows of one person wait for each other here, so that both are counted.
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
    # Flags and verdicts come one after another, so that none is left open beside a verdict about it.
    review = lock_review_alone(review)
    _refuse_unless_allowed(user, review)
    if version is not None and version != review.version:
        raise ReviewChanged(
            _("De beoordeling is intussen gewijzigd. Lees haar opnieuw, en meld haar als dat nog nodig is.")
        )
    reply = _reply(review, reply_text_at) if is_of_reply else None
    flag = ReviewFlag(
        review=review,
        is_of_reply=is_of_reply,
        version=review.version,
        user=user,
        is_of_publisher=user is not None and has_interest_in(user, review.shown_method.publisher_id),
        reason=reason,
        text=text,
        name_mark=_name_mark(review) if reason == FlagReason.NAME else "",
        at=timezone.now(),
    )
    earlier = _earlier(flag)
    if earlier is not None:
        if (earlier.reason, earlier.text) == (reason, text):
            return earlier
        if reply is None or earlier.at >= reply_said_at(reply):
            raise ValidationError({"reason": _("U hebt dit al gemeld. Een moderator ziet uw eerste melding.")})
        flag.pk = earlier.pk  # The reply says something else since then: the flag is about that now.
    elif user is not None:
        _refuse_too_many(user)
    if _is_judged(flag, reply):
        flag.state, flag.decided_at = FlagState.DISMISSED, flag.at
    flag.save()
    return flag


def reply_said_at(reply: PublisherReply) -> datetime:
    """When the reply came to say what it says: what a reader or moderator saw is told from a later text by it."""
    return reply.edited_at or reply.written_at


def _checked(reason: str, text: str) -> tuple[str, str]:
    text = plain_text(text, field="text", most=FLAG_LENGTH)
    if not reason:
        raise ValidationError({"reason": _("Kies wat er is. Past niets, kies dan “iets anders”.")})
    if reason not in FlagReason.values:
        raise ValidationError(
            {"reason": _("“%(value)s” staat niet in de lijst; kies er een uit.") % {"value": reason[:80]}}
        )
    if reason == FlagReason.OTHER and not text:
        raise ValidationError({"text": _("Vertel wat er is: u koos “iets anders”.")})
    return reason, text


def _refuse_unless_allowed(user: User | None, review: Review) -> None:
    if user is not None and is_author(user, review):
        raise ReviewNotAllowed(_("Dit schreef u zelf. U kunt uw beoordeling aanpassen of intrekken."))
    if not may_flag(user or AnonymousUser(), review):
        raise ReviewNotAllowed(_("Deze beoordeling is niet meer te lezen; melden hoeft niet meer."))


def _reply(review: Review, text_at: datetime | None) -> PublisherReply:
    reply = PublisherReply.objects.filter(review=review, removed_at=None).first()
    if reply is None:
        raise ReviewNotAllowed(_("Bij deze beoordeling staat geen antwoord van de uitgever meer."))
    if text_at is not None and text_at != reply_said_at(reply):
        raise ReviewChanged(
            _("Het antwoord is intussen gewijzigd. Lees het opnieuw, en meld het als dat nog nodig is.")
        )
    return reply


def _earlier(flag: ReviewFlag) -> ReviewFlag | None:
    """The flag of the same person of the same version."""
    if flag.user is None:
        return None
    return ReviewFlag.objects.filter(
        review=flag.review, is_of_reply=flag.is_of_reply, version=flag.version, user=flag.user
    ).first()


def _refuse_too_many(user: User) -> None:
    since = timezone.now() - timedelta(days=1)
    if ReviewFlag.objects.filter(user=user, at__gt=since).count() >= MOST_A_DAY:
        text = _("U stuurde vandaag %(most)d meldingen; morgen kunt u verder. Is er haast bij, neem dan contact op.")
        raise ReviewNotAllowed(text % {"most": MOST_A_DAY})


def _is_judged(flag: ReviewFlag, reply: PublisherReply | None) -> bool:
    """Whether a moderator judged what is flagged, for this reason: this version, this text of the reply, or this name.

    A flag for nothing would else shut the door for the one that is right: who finds a text abusive looks at other
    things than who finds a pupil's name in it. What may be somebody's data, or is told in own words, is always read.
    """
    if flag.reason in _ALWAYS_READ and flag.text:
        return False
    dismissed = ReviewFlag.objects.filter(
        review=flag.review, is_of_reply=flag.is_of_reply, state=FlagState.DISMISSED, reason=flag.reason
    )
    if flag.reason == FlagReason.NAME and reply is None:
        return dismissed.filter(name_mark=flag.name_mark).exists()
    log = ModerationEntry.objects.filter(review_ref=flag.review.public_id)
    if reply is None:
        return (
            dismissed.filter(version=flag.version).exists()
            or log.filter(version=flag.version, action__in=_VERDICTS).exists()
        )
    since = reply_said_at(reply)
    return (
        dismissed.filter(decided_at__gt=since).exists()
        or log.filter(at__gt=since, action=ModerationAction.REPLY_RESTORED).exists()
    )


def _name_mark(review: Review) -> str:
    name = review.author.display_name if review.author else ""
    return salted_hmac("reviews.flag.name", name, algorithm="sha256").hexdigest()
