"""How every action of an editor begins."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalogus.exceptions import EditRefused
from catalogus.locks import lock_for_editing

WAIT_SECONDS = 10.0
"""A batch of a harvest keeps the catalogue for about a second; who waits longer is better told."""


def begin_editing(*, actor: str, reason: str) -> None:
    """Be alone until the transaction ends; what comes in meanwhile waits, and finds what the editor made.

    Raises ValidationError where nobody says who does it, or why, and EditRefused where others keep the catalogue.
    """
    if not actor.strip():
        raise ValidationError({"actor": [_("Noem wie dit doet.")]})
    if not reason.strip() or "\x00" in reason:
        raise ValidationError({"reason": [_("Geef een reden: wie later kijkt, moet zien waarom.")]})
    if not lock_for_editing(wait_seconds=WAIT_SECONDS):
        raise EditRefused(_("De catalogus wordt net bijgewerkt. Probeer het over een minuut weer."))
