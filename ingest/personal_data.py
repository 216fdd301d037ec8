"""What this room holds of people.

Who decided on a text, stopped a pass, agreed to what it takes away or handled a report: as text, for editors to read
(see accounts.personal_data). And the address of who reported something and wants an answer.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal_data import (
    FORMER_EDITOR,
    Deletion,
    Ground,
    Holding,
    is_named,
    register,
    replace_actor,
    rows_of,
)
from accounts.selectors.people import proven_addresses
from ingest.models import DataReport, Harvest, Suggestion


def _is_in_pass(user: User) -> Q:
    return is_named("stop_requested_by", user) | Q(message__contains=user.actor_mark)


def _forget_passes(user: User) -> None:
    """A message holds the name in a sentence; where it is another than today's, the sentence goes with it."""
    for one_pass in Harvest.objects.filter(message__contains=user.actor_mark):
        told = one_pass.message.replace(user.actor_name, FORMER_EDITOR)
        one_pass.message = FORMER_EDITOR if user.actor_mark in told else told
        one_pass.save(update_fields=["message"])
    replace_actor(Harvest, "stop_requested_by", user)


def _is_to_be_answered(user: User) -> Q:
    """Reports with an address that the person proved to read; anybody can type another's."""
    return Q(reply_email__in=proven_addresses(user))


def _forget_reply_address(user: User) -> None:
    DataReport.objects.filter(_is_to_be_answered(user)).update(reply_email="")


def register_personal_data() -> None:
    register(
        Holding(
            key="data_reports",
            model=DataReport,
            name=_("Meldingen waarop u antwoord wilt"),
            fields={"reply_email": _("e-mailadres, als u het bij een melding gaf")},
            purpose=_("u antwoorden als u meldt dat er iets niet klopt"),
            ground=Ground.CONSENT,
            kept=_(
                "het adres tot de melding is afgehandeld, en ten hoogste 90 dagen; "
                "de melding tot een jaar nadat zij is afgehandeld"
            ),
            deletion=Deletion.EMPTIED,
            deletion_note=_("de melding gaat over een leermiddel en blijft; uw adres verdwijnt"),
            rows=rows_of(
                DataReport,
                {"reply_email": "reply_email", "kind": "kind", "text": "text", "created_at": "created_at"},
                _is_to_be_answered,
            ),
            forget=_forget_reply_address,
        ),
        Holding(
            key="report_decisions",
            model=DataReport,
            name=_("Uw besluiten over meldingen van bezoekers"),
            fields={"handled_by": _("uw naam")},
            purpose=_("kunnen nagaan wie een melding afhandelde"),
            ground=Ground.LEGITIMATE,
            kept=_("tot een jaar na uw besluit"),
            deletion=Deletion.EMPTIED,
            is_of_editors=True,
            deletion_note=_("het besluit blijft; in plaats van uw naam staat er “voormalige medewerker”"),
            rows=rows_of(
                DataReport,
                {"kind": "kind", "state": "state", "note": "note", "handled_at": "handled_at"},
                lambda user: is_named("handled_by", user),
            ),
            forget=lambda user: replace_actor(DataReport, "handled_by", user),
        ),
        Holding(
            key="suggestions",
            model=Suggestion,
            name=_("Uw besluiten over onbekende teksten"),
            fields={"decided_by": _("uw naam")},
            purpose=_("kunnen nagaan wie een tekst aan een begrip koppelde"),
            ground=Ground.LEGITIMATE,
            kept=_("zolang de tekst voorkomt"),
            deletion=Deletion.EMPTIED,
            is_of_editors=True,
            deletion_note=_("het besluit blijft gelden; in plaats van uw naam staat er “voormalige medewerker”"),
            rows=rows_of(
                Suggestion,
                {"text": "text", "scheme": "scheme", "state": "state", "decided_at": "decided_at"},
                lambda user: is_named("decided_by", user),
            ),
            forget=lambda user: replace_actor(Suggestion, "decided_by", user),
        ),
        Holding(
            key="harvests",
            model=Harvest,
            name=_("Oogsten die u stopte of goedkeurde"),
            fields={"stop_requested_by": _("uw naam"), "message": _("uw naam, in het bericht over de oogst")},
            purpose=_("kunnen nagaan wie in een oogst ingreep"),
            ground=Ground.LEGITIMATE,
            kept=_("zolang de bron bestaat"),
            deletion=Deletion.EMPTIED,
            is_of_editors=True,
            deletion_note=_("de oogst blijft; in plaats van uw naam staat er “voormalige medewerker”"),
            rows=rows_of(
                Harvest,
                {"source": "source__code", "started_at": "started_at", "state": "state", "message": "message"},
                _is_in_pass,
            ),
            forget=_forget_passes,
        ),
    )
