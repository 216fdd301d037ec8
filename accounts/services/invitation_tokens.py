"""The token in the letter of an invitation: its number and nonce, signed. A copy of the table opens nothing."""

from django.core import signing
from django.utils.translation import gettext as _

from accounts.exceptions import InvitationRefused
from accounts.models import Invitation

_SIGNER_SALT = "accounts.invitation"


def invitation_token(invitation: Invitation) -> str:
    """A text for an address, of digits, letters and "-_:."."""
    return _signer().sign(f"{invitation.pk}.{invitation.nonce.hex}")


def read_invitation(token: str) -> Invitation:
    """The invitation of a token that this site made, whatever became of it since. Raises InvitationRefused."""
    broken = _("Deze link klopt niet. Neem het hele adres over uit de mail, of vraag om een nieuwe uitnodiging.")
    try:
        number, _dot, nonce = _signer().unsign(token).partition(".")
    except signing.BadSignature as error:
        raise InvitationRefused(broken) from error
    invitation = (
        Invitation.objects.filter(pk=int(number), nonce=nonce)
        .select_related("section__school", "section__subject", "publisher", "invited_by")
        .first()
    )
    if invitation is None:
        raise InvitationRefused(broken)
    return invitation


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SIGNER_SALT)
