"""The kinds of mail that this site sends of itself: which there are, and which of them a person may refuse.

Mail that somebody waits for while they sign in or change their address is allauth's and is not among them. Other rooms
add their own kinds when they start: services.letters.register_letter.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class MailKind:
    """name: what rows of OutgoingMail and MailChoice hold, and what the names of its two templates begin with.

    label: what the settings page calls it. is_on_by_default: whether who never chose gets it. folder: where its
    templates stand.
    """

    name: str
    label: str | Promise
    may_be_refused: bool = True
    is_on_by_default: bool = True
    folder: str = "accounts/mail"

    @property
    def subject_template(self) -> str:
        return f"{self.folder}/{self.name}_subject.txt"

    @property
    def body_template(self) -> str:
        return f"{self.folder}/{self.name}_body.txt"


INVITATION_SECTION = "invitation-section"
INVITATION_PUBLISHER = "invitation-publisher"
AFFILIATION_WAITS = "affiliation-waits"
AFFILIATION_DECIDED = "affiliation-decided"
SECTION_CHANGED = "section-changed"
TOKEN_MADE = "token-made"  # noqa: S105  The kind of a letter; it is no secret.

MAIL_KINDS = {
    kind.name: kind
    for kind in (
        MailKind(INVITATION_SECTION, _("Een uitnodiging voor een vaksectie"), may_be_refused=False),
        MailKind(INVITATION_PUBLISHER, _("Een uitnodiging van een uitgever"), may_be_refused=False),
        MailKind(AFFILIATION_WAITS, _("Iemand op uw school wacht op uw goedkeuring")),
        MailKind(AFFILIATION_DECIDED, _("Over uw eigen aanvraag bij een school is besloten"), may_be_refused=False),
        MailKind(TOKEN_MADE, _("Er is een token voor een programma gemaakt"), may_be_refused=False),
        MailKind(SECTION_CHANGED, _("Uw plaats in een vaksectie is veranderd")),
    )
}


def optional_kinds() -> list[MailKind]:
    """What a person may refuse; all other mail is needed for what they do here."""
    return [kind for kind in MAIL_KINDS.values() if kind.may_be_refused]
