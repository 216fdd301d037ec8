"""What each kind of letter says, read from the database when it is written, in the language that is active then.

Each function takes the number of the row that the letter is about, and gives the context of its two templates; None
where the row is gone or there is nothing to tell any more. Under "headers" it may give headers of the letter, name ->
value.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts import mail_kinds
from accounts.models import (
    Affiliation,
    AffiliationState,
    EndReason,
    Invitation,
    PersonalToken,
    SectionMember,
    SectionRole,
)
from accounts.selectors.people import person_name
from accounts.services.invitation_tokens import invitation_token

Context = dict[str, Any]
Write = Callable[[int], Context | None]


def letter_context(kind: str, about_id: int | None) -> Context | None:
    """What the templates of a kind need. Raises KeyError for a kind without a letter."""
    write = _CONTEXTS[kind]
    return None if about_id is None else write(about_id)


def register_letter(kind: mail_kinds.MailKind, write: Write) -> None:
    """Add a kind of letter of another room, from AppConfig.ready(). Raises ImproperlyConfigured for a name in use."""
    if kind.name in mail_kinds.MAIL_KINDS:
        raise ImproperlyConfigured(f"mail {kind.name!r} is registered twice: give one another name")
    mail_kinds.MAIL_KINDS[kind.name] = kind
    _CONTEXTS[kind.name] = write


def absolute_url(name: str, *args: object) -> str:
    """An address of this site as a letter must write it, for no request tells the host."""
    return on_this_site(reverse(name, args=args))


def on_this_site(path: str) -> str:
    """ "/product/…" as a letter must write it."""
    site: str = settings.SITE_URL
    return site.rstrip("/") + path


def _invitation(pk: int) -> Context | None:
    invitation = (
        Invitation.objects.filter(pk=pk, accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())
        .select_related("section__school", "section__subject", "publisher", "invited_by")
        .first()
    )
    if invitation is None:
        return None
    return {
        "invitation": invitation,
        "inviter": person_name(invitation.invited_by),
        "url": absolute_url("accounts:invitation", invitation_token(invitation)),
    }


def _affiliation_waits(pk: int) -> Context | None:
    affiliation = Affiliation.objects.filter(pk=pk, state=AffiliationState.PENDING).select_related("school").first()
    if affiliation is None:
        return None
    # Who asks is told on the page alone, which asks who reads it; mail is passed on.
    return {"school": affiliation.school, "url": absolute_url("accounts:waiting")}


def _affiliation_decided(pk: int) -> Context | None:
    decided = Q(state__in=(AffiliationState.APPROVED, AffiliationState.REFUSED)) | Q(end_reason=EndReason.REMOVED)
    affiliation = Affiliation.objects.filter(decided, pk=pk).select_related("school").first()
    if affiliation is None:
        return None
    return {
        "school": affiliation.school,
        "is_approved": affiliation.state == AffiliationState.APPROVED,
        "is_ended": affiliation.state == AffiliationState.ENDED,
        "reason": affiliation.reason,
        "url": absolute_url("accounts:school"),
    }


def _section_changed(pk: int) -> Context | None:
    member = SectionMember.objects.filter(pk=pk).select_related("section__school", "section__subject").first()
    if member is None:
        return None
    return {
        "school": member.section.school,
        "subject": member.section.subject,
        "is_gone": member.left_at is not None,
        "is_lead": member.role == SectionRole.LEAD,
        "url": absolute_url("accounts:sections"),
    }


def _token_made(pk: int) -> Context | None:
    """Of the token no more than its page tells."""
    token = PersonalToken.objects.filter(pk=pk).first()
    return None if token is None else {"token": token, "url": absolute_url("accounts:tokens")}


_CONTEXTS: dict[str, Write] = {
    mail_kinds.INVITATION_SECTION: _invitation,
    mail_kinds.INVITATION_PUBLISHER: _invitation,
    mail_kinds.AFFILIATION_WAITS: _affiliation_waits,
    mail_kinds.AFFILIATION_DECIDED: _affiliation_decided,
    mail_kinds.SECTION_CHANGED: _section_changed,
    mail_kinds.TOKEN_MADE: _token_made,
}
