"""Why a person may or may not review, in words, and what they can do about it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.access import ReviewStanding
from accounts.models import Affiliation, AffiliationRole, AffiliationState


@dataclass(frozen=True, slots=True)
class Words:
    """title: how it is; advice: what to do about it."""

    title: str | Promise
    advice: str | Promise


STANDING_WORDS = {
    ReviewStanding.ALLOWED: Words(
        _("U mag leermiddelen beoordelen."),
        _("Bij een beoordeling staat hoe zeker het is dat u op een school werkt."),
    ),
    ReviewStanding.NOT_SIGNED_IN: Words(
        _("U mag nog niet beoordelen, want u bent niet aangemeld."),
        _("Meld u aan via uw school, of met een account van hier."),
    ),
    ReviewStanding.PUPIL: Words(
        _("U mag niet beoordelen, want uw school noemt u leerling of student."),
        _("Klopt dat niet, vraag dan uw school om het te verbeteren; meld u daarna opnieuw aan via uw school."),
    ),
    ReviewStanding.PUBLISHER: Words(
        _("U mag niet beoordelen, want u spreekt voor een uitgever."),
        _("Werkt u daar niet meer, vraag dan de uitgever of de redactie om u af te melden."),
    ),
    ReviewStanding.WAITING: Words(
        _("U mag nog niet beoordelen: dat u op uw school werkt, moet nog worden bevestigd."),
        _("Dat doet de voorzitter van een vaksectie van uw school of de redactie. U hoort het per e-mail."),
    ),
    ReviewStanding.SCHOOL_ENDED: Words(
        _("U mag niet meer beoordelen: uw school is opgeheven of samengevoegd."),
        _("Meld u opnieuw aan via uw school, of geef op bij welke school u nu werkt."),
    ),
    ReviewStanding.UNKNOWN: Words(
        _("U mag nog niet beoordelen: we weten niet dat u op een school werkt."),
        _("Meld u aan via uw school, of bevestig het e-mailadres dat u van uw school hebt en geef uw school op."),
    ),
}


def affiliation_words(affiliation: Affiliation) -> str | Promise:
    """What it means that an affiliation is as it is."""
    if affiliation.state == AffiliationState.REFUSED:
        return _("Afgewezen: dat u hier werkt, kon niet worden bevestigd.")
    if affiliation.state == AffiliationState.ENDED:
        reason = affiliation.get_end_reason_display()
        return format_lazy(_("Beëindigd: {reason}."), reason=reason) if reason else _("Beëindigd.")
    if not affiliation.school.is_open:
        return _("Telt niet meer: deze school is opgeheven of samengevoegd.")
    if affiliation.state == AffiliationState.PENDING:
        return _("Wacht op goedkeuring door de voorzitter van een vaksectie of de redactie.")
    if affiliation.role == AffiliationRole.STUDENT:
        return _("Bevestigd; leerlingen en studenten beoordelen niet.")
    return _("Bevestigd.")
