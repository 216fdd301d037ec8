"""What this room holds of people: who decided on a text, stopped a pass, or agreed to what it takes away.

As text, for editors to read; see accounts.personal_data.
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
from ingest.models import Harvest, Suggestion


def _is_in_pass(user: User) -> Q:
    return is_named("stop_requested_by", user) | Q(message__contains=user.actor_mark)


def _forget_passes(user: User) -> None:
    """A message holds the name in a sentence; where it is another than today's, the sentence goes with it."""
    for one_pass in Harvest.objects.filter(message__contains=user.actor_mark):
        told = one_pass.message.replace(user.actor_name, FORMER_EDITOR)
        one_pass.message = FORMER_EDITOR if user.actor_mark in told else told
        one_pass.save(update_fields=["message"])
    replace_actor(Harvest, "stop_requested_by", user)


def register_personal_data() -> None:
    register(
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
