"""The kinds of mail that are sent to people, and which of them a person may refuse."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class MailKind:
    """code: as OutgoingMail and MailChoice name it; is_default: whether it is sent to who chose nothing."""

    code: str
    label: str | Promise
    is_default: bool = True


OPTIONAL = [MailKind("section-joined", _("Iemand wordt lid van uw vaksectie"))]
"""What a person may refuse; all other mail is needed for what they do here."""
