"""The publisher's one reply to a review: written, changed and taken back by its editors and owners."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import publisher_role
from accounts.models import PublisherRole, User
from accounts.services.mail import queue_mail
from catalogus.texts import plain_text
from reviews.access import may_reply
from reviews.exceptions import ReviewChanged, ReviewNotAllowed
from reviews.mail_names import REVIEW_REPLIED
from reviews.models import PublisherReply, ReplyMemory, Review
from reviews.models.reaction import REPLY_LENGTH
from reviews.services.locking import lock_review_alone

MOST_A_DAY = 5
"""How often the reply to one review is written or changed in a day: enough to mend it, too few to pester with."""


@transaction.atomic
def write_reply(
    *, author: User, review: Review, text: str, seen: str | None = None, version: int | None = None
) -> PublisherReply:
    """Store the publisher's reply, or change it; the first one ever is told to the writer of the review.

    seen: reply_mark of what the author had before them, None not to look; version: the review's that they read, idem.
    The same text again changes nothing. Raises ReviewNotAllowed (who may not, a moderator removed it, or it was changed
    MOST_A_DAY times today), ReviewChanged
    (a colleague or the writer changed it meanwhile) and ValidationError (field "text").
    """
    locked = lock_review_alone(review)
    _refuse_unless_allowed(author, locked)
    cleaned = _cleaned(text)
    reply = PublisherReply.objects.filter(review=locked).first()
    if reply is not None:
        _refuse_unless_theirs(author, reply)
        if reply.text == cleaned and reply.answered_version == locked.version:
            return reply
    if version is not None and version != locked.version:
        raise ReviewChanged(
            _("De beoordeling is intussen gewijzigd. Lees haar opnieuw en pas uw antwoord zo nodig aan.")
        )
    if seen is not None and seen != reply_mark(reply):
        raise ReviewChanged(_("Een collega schreef of wijzigde het antwoord intussen. Kijk wat er nu staat."))
    now = timezone.now()
    if reply is None:
        reply = PublisherReply(review=locked, publisher=locked.shown_method.publisher, written_at=now)
    else:
        reply.edited_at = now
    is_first = _is_first_ever(locked, has_reply=reply.pk is not None)
    reply.text, reply.author, reply.answered_version = cleaned, author, locked.version
    reply.full_clean()
    reply.save()
    if is_first and locked.author is not None:
        queue_mail(kind=REVIEW_REPLIED, user=locked.author, about_id=reply.pk)
    return reply


@transaction.atomic
def withdraw_reply(*, author: User, review: Review) -> None:
    """Delete the publisher's reply; may be called again. Raises ReviewNotAllowed as write_reply does."""
    locked = lock_review_alone(review)
    _refuse_unless_allowed(author, locked)
    reply = PublisherReply.objects.filter(review=locked).first()
    if reply is not None:
        _refuse_unless_theirs(author, reply)
        # A reply from before there was a memory: that its writer was told of it outlives it too.
        ReplyMemory.objects.get_or_create(review=locked, defaults={"changed_on": timezone.localdate(), "changes": 0})
        reply.delete()


def _is_first_ever(review: Review, *, has_reply: bool) -> bool:
    """Whether there was none before; counts this one. Taking back and writing anew would else be mail without end."""
    today = timezone.localdate()
    # Whoever writes holds the review, so nobody counts at the same time.
    memory, is_made = ReplyMemory.objects.get_or_create(review=review, defaults={"changed_on": today, "changes": 0})
    if memory.changed_on != today:
        memory.changed_on, memory.changes = today, 0
    if memory.changes >= MOST_A_DAY:
        text = _("Een antwoord wordt hoogstens %(most)d keer per dag geschreven of gewijzigd; morgen kunt u verder.")
        raise ReviewNotAllowed(text % {"most": MOST_A_DAY})
    memory.changes += 1
    memory.save()
    return is_made and not has_reply


def reply_mark(reply: PublisherReply | None) -> str:
    """What a form carries to know the reply again that its writer saw; "" for none."""
    return (reply.edited_at or reply.written_at).isoformat() if reply else ""


def _refuse_unless_allowed(author: User, review: Review) -> None:
    if not may_reply(author, review):
        raise ReviewNotAllowed(_("Alleen redacteuren en eigenaren van de uitgever antwoorden op een beoordeling."))


def _refuse_unless_theirs(author: User, reply: PublisherReply) -> None:
    if publisher_role(author, reply.publisher_id) not in {PublisherRole.EDITOR, PublisherRole.OWNER}:
        raise ReviewNotAllowed(
            _("Hierop antwoordde %(publisher)s al; er is één antwoord per beoordeling.")
            % {"publisher": reply.publisher}
        )
    if reply.removed_at is not None:
        # Deleting it and writing anew would go around the moderator.
        raise ReviewNotAllowed(
            _("Een moderator haalde dit antwoord weg: %(reason)s Vraag de redactie als u dat anders ziet.")
            % {"reason": reply.removal_reason}
        )


def _cleaned(text: str) -> str:
    cleaned = plain_text(text, field="text", most=REPLY_LENGTH)
    if not cleaned:
        raise ValidationError({"text": _("Schrijf uw antwoord.")})
    return cleaned
