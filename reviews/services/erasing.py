"""A reason that a moderator gave is erased where it should never have been written down, such as a pupil's name.

The line stays, with what was done, when and by whom. There is one sentence that a reason may become, which the database
knows as well: nobody writes another reason afterwards.
"""

import logging

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.access import may_erase_reasons
from reviews.exceptions import ReviewNotAllowed
from reviews.models import Appeal, ModerationEntry, PublisherReply, Review

ERASED = "gewist op verzoek"
"""The database holds it, in the log's trigger too; it is Dutch for every reader."""

logger = logging.getLogger(__name__)


@transaction.atomic
def erase_reason(*, actor: User, entry: ModerationEntry) -> None:
    """Of the line, and wherever else that reason stands: with the review, its reply and its appeals.

    Raises ReviewNotAllowed for who is no staff. May be called again.
    """
    if not may_erase_reasons(actor):
        raise ReviewNotAllowed(_("Redenen wist de redactie van de catalogus."))
    reason = ModerationEntry.objects.get(pk=entry.pk).reason
    ModerationEntry.objects.filter(pk=entry.pk).update(reason=ERASED)
    if entry.review_ref:
        Review.objects.filter(public_id=entry.review_ref, removal_reason=reason).update(removal_reason=ERASED)
        of_review = {"review__public_id": entry.review_ref}
        PublisherReply.objects.filter(**of_review, removal_reason=reason).update(removal_reason=ERASED)
        Appeal.objects.filter(**of_review, answer=reason).update(answer=ERASED)
    logger.info("reason of moderation line %d erased by account %d", entry.pk, actor.pk)
