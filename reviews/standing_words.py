"""Why somebody may not review a method, in a sentence, and what they can do about it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.access import MethodStanding

_WORDS: Mapping[MethodStanding, Promise] = {
    MethodStanding.NOT_SIGNED_IN: _("Meld u aan om te beoordelen."),
    MethodStanding.PUPIL: _("Leerlingen en studenten beoordelen niet."),
    MethodStanding.PUBLISHER: _("Wie voor een uitgever spreekt, beoordeelt geen leermiddelen."),
    MethodStanding.INTEREST: _(
        "U werkt of werkte kort geleden voor de uitgever van deze methode; daarom kunt u haar niet beoordelen."
    ),
    MethodStanding.WAITING: _("Een collega moet nog bevestigen dat u op uw school werkt; daarna kunt u beoordelen."),
    MethodStanding.SCHOOL_ENDED: _("Uw school is opgeheven of samengevoegd. Geef eerst op waar u nu werkt."),
    MethodStanding.UNKNOWN: _("Nog niet bekend is op welke school u werkt. Geef dat eerst op bij uw account."),
}


def why_not(standing: MethodStanding) -> str:
    """A sentence; KeyError for ALLOWED, of which there is nothing to say."""
    return str(_WORDS[standing])
