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
from reviews.models import PublisherReply, Review
from reviews.models.reaction import REPLY_LENGTH
from reviews.services.locking import lock_review_alone


@transaction.atomic
def write_reply(
    *, author: User, review: Review, text: str, seen: str | None = None, version: int | None = None
) -> PublisherReply:
    """Store the publisher's reply, or change it; the first is told to the writer of the review.

    seen: reply_mark of what the author had before them, None not to look; version: the review's that they read, idem.
    The same text again changes nothing. Raises ReviewNotAllowed (who may not, or a moderator removed it), ReviewChanged
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
    is_new = reply.pk is None
    reply.text, reply.author, reply.answered_version = cleaned, author, locked.version
    reply.full_clean()
    reply.save()
    if is_new and locked.author is not None:
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
        reply.delete()


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
