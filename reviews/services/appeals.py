"""The writer of a removed review asks for another look, and another moderator than who removed it decides."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from catalogus.texts import plain_text
from reviews.access import may_appeal, may_decide_appeal
from reviews.exceptions import ReviewChanged, ReviewNotAllowed
from reviews.mail_names import APPEAL_DECIDED
from reviews.models import Appeal, AppealState, ModerationAction, Review, ReviewState
from reviews.models.moderation import NOTE_LENGTH
from reviews.services.holding import log
from reviews.services.locking import lock_review, lock_review_alone
from reviews.services.moderating import publish, tell


@transaction.atomic
def make_appeal(*, author: User, review: Review, text: str, version: int) -> Appeal:
    """Store why the writer thinks that the removal is not right; once for each version.

    Raises ReviewNotAllowed (another's, or not removed), ReviewChanged (another version by now) and ValidationError by
    field (text). The same text sent twice is one appeal.
    """
    text = plain_text(text, field="text", most=NOTE_LENGTH)
    if not text:
        raise ValidationError({"text": _("Schrijf op waarom de beoordeling terug moet.")})
    review = lock_review_alone(review)
    if not may_appeal(author, review):
        raise ReviewNotAllowed(_("U kunt alleen in beroep gaan als een moderator uw eigen beoordeling weghaalde."))
    if review.version != version:
        raise ReviewChanged(_("U hebt de beoordeling intussen gewijzigd. Kijk eerst hoe zij ervoor staat."))
    earlier = Appeal.objects.filter(review=review, version=version).first()
    if earlier is None:
        return Appeal.objects.create(review=review, version=version, text=text)
    if earlier.text != text:
        raise ValidationError({"text": _("U ging hiertegen al in beroep.")})
    return earlier


@transaction.atomic
def decide_appeal(*, actor: User, appeal: Appeal, is_granted: bool, answer: str) -> Appeal:
    """Put the review back or let it stay removed, with an answer that its writer is sent.

    Raises ReviewNotAllowed (who may not decide, such as who removed it), ReviewChanged (decided already, or the review
    is no longer as it was) and ValidationError by field (answer).
    """
    answer = plain_text(answer, field="answer", most=NOTE_LENGTH)
    if not answer:
        raise ValidationError({"answer": _("Geef een antwoord: de schrijver leest het, en het staat in het logboek.")})
    review = lock_review(appeal.review)
    if not may_decide_appeal(actor, review):
        raise ReviewNotAllowed(
            _("Over een beroep beslist een andere moderator dan wie de beoordeling schreef of weghaalde.")
        )
    appeal = Appeal.objects.get(pk=appeal.pk)
    if appeal.state != AppealState.OPEN:
        raise ReviewChanged(_("Over dit beroep is al besloten."))
    if review.state != ReviewState.REMOVED or review.version != appeal.version:
        raise ReviewChanged(_("De beoordeling is intussen gewijzigd; dit beroep gaat over een eerdere tekst."))
    appeal.state = AppealState.GRANTED if is_granted else AppealState.REFUSED
    appeal.answer, appeal.decided_at = answer, timezone.now()
    appeal.save(update_fields=["state", "answer", "decided_at"])
    if is_granted:
        publish(review)
    action = ModerationAction.APPEAL_GRANTED if is_granted else ModerationAction.APPEAL_REFUSED
    tell(log(action, review=review, actor=actor, reason=answer), APPEAL_DECIDED, review.author)
    return appeal
