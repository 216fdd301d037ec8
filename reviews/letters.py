"""What letters about reviews say, read when they go. Those of a decision are about its line of the log: a review may be
removed, put back and removed again, and each letter tells the reason that was given then."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.mail_kinds import MailKind
from accounts.services.letters import Context, on_this_site, register_letter
from reviews import mail_names
from reviews.models import ModerationEntry, PublisherReply, Review, ReviewState

FOLDER = "reviews/mail"


def decision_context(pk: int) -> Context | None:
    """About a line of the log; None where the review is gone."""
    entry = ModerationEntry.objects.filter(pk=pk).first()
    review = _review(public_id=entry.review_ref) if entry else None
    if entry is None or review is None:
        return None
    return _about(review) | {
        "reason": entry.reason,
        "action": entry.action,
        "appeal_url": on_this_site(reverse("reviews:appeal", args=[review.public_id])),
    }


def reply_context(pk: int) -> Context | None:
    """About a publisher's reply; None where it is gone, or nobody reads it any more."""
    reply = PublisherReply.objects.filter(pk=pk, removed_at=None).select_related("publisher").first()
    review = _review(pk=reply.review_id, state=ReviewState.PUBLISHED) if reply else None
    if reply is None or review is None:
        return None
    # Its text is on the page alone: a moderator may have removed it before the letter is read.
    return _about(review) | {"publisher": reply.publisher.name}


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


def _review(**which: object) -> Review | None:
    return Review.objects.filter(**which).select_related("shown_method").first()


def _about(review: Review) -> Context:
    return {
        "method": review.shown_method.name,
        "url": on_this_site(reverse("reviews:review", args=[review.public_id])),
    }
