"""How every action of an editor begins."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalogus.locks import lock_for_editing


def begin_editing(*, actor: str, reason: str) -> None:
    """Be alone until the transaction ends; what comes in meanwhile waits, and finds what the editor made.

    Raises ValidationError where nobody says who does it, or why.
    """
    if not actor.strip():
        raise ValidationError({"actor": [_("Noem wie dit doet.")]})
    if not reason.strip() or "\x00" in reason:
        raise ValidationError({"reason": [_("Geef een reden: wie later kijkt, moet zien waarom.")]})
    lock_for_editing()
