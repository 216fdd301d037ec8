"""What letters about reviews say, read when they go. Those of a decision are about its line of the log: a review may be
removed, put back and removed again, and each letter tells the reason that was given then."""

from django.utils.translation import gettext_lazy as _

from accounts.mail_kinds import MailKind
from accounts.services.letters import Context, absolute_url, register_letter
from reviews import mail_names
from reviews.models import ModerationEntry, PublisherReply, Review, ReviewState

FOLDER = "reviews/mail"


def decision_context(pk: int) -> Context | None:
    """About a line of the log; None where the review is gone."""
    entry = ModerationEntry.objects.filter(pk=pk).first()
    if entry is None:
        return None
    review = Review.objects.filter(public_id=entry.review_ref).select_related("shown_method").first()
    if review is None:
        return None
    return {
        "method": review.shown_method.name,
        "reason": entry.reason,
        "action": entry.action,
        "url": absolute_url("reviews:review", review.public_id),
        "appeal_url": absolute_url("reviews:appeal", review.public_id),
    }


def reply_context(pk: int) -> Context | None:
    """About a publisher's reply; None where it is gone, or nobody reads it any more."""
    rows = PublisherReply.objects.filter(pk=pk, removed_at=None, review__state=ReviewState.PUBLISHED)
    reply = rows.select_related("publisher", "review__shown_method").first()
    if reply is None:
        return None
    # Its text is on the page alone: a moderator may have removed it before the letter is read.
    return {
        "publisher": reply.publisher.name,
        "method": reply.review.shown_method.name,
        "url": absolute_url("reviews:review", reply.review.public_id),
    }


def register_letters() -> None:
    needed = (
        MailKind(mail_names.REVIEW_REMOVED, _("Uw beoordeling is weggehaald"), may_be_refused=False, folder=FOLDER),
        MailKind(mail_names.REVIEW_RESTORED, _("Uw beoordeling is teruggezet"), may_be_refused=False, folder=FOLDER),
        MailKind(mail_names.APPEAL_DECIDED, _("Over uw beroep is besloten"), may_be_refused=False, folder=FOLDER),
        MailKind(mail_names.REPLY_REMOVED, _("Uw antwoord is weggehaald"), may_be_refused=False, folder=FOLDER),
        MailKind(mail_names.REPLY_RESTORED, _("Uw antwoord is teruggezet"), may_be_refused=False, folder=FOLDER),
        MailKind(mail_names.REVIEW_APPROVED, _("Uw beoordeling is bekeken en gepubliceerd"), folder=FOLDER),
    )
    for kind in needed:
        register_letter(kind, decision_context)
    replied = MailKind(mail_names.REVIEW_REPLIED, _("Een uitgever antwoordt op uw beoordeling"), folder=FOLDER)
    register_letter(replied, reply_context)
