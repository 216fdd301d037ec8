"""The end of a pass: whether it was whole, what is gone from the source, and what that means for the catalogue."""

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogus.models import Cause
from catalogus.services.successors import link_successors
from ingest.koppelpunt.sru import SruClient
from ingest.models import CellState, Harvest, HarvestState, RecordState
from ingest.models import Record as StoredRecord
from ingest.services.withdrawal import Absence, find_absence, withdraw_missing


def finish_pass(one_pass: Harvest, client: SruClient, *, accept_withdrawals: bool = False) -> None:
    """Judge a pass whose cells have all been read, and withdraw what a whole one did not meet. Raises SourceError."""
    one_pass.refresh_from_db()
    one_pass.count_after = client.search("*", maximum=0).total
    state, message = _judge(one_pass)
    if state == HarvestState.COMPLETE:
        absence = find_absence(one_pass)
        one_pass.missing = absence.missing
        if absence.needs_agreement and not accept_withdrawals:
            state, message = HarvestState.HELD, _held_message(absence)
            one_pass.held = len(absence.due)
        else:
            one_pass.withdrawn = withdraw_missing(one_pass, absence)
    link_successors(cause=Cause.HARVEST, source=one_pass.source.code, run=one_pass.run)
    close_pass(one_pass, state, message)


def close_pass(one_pass: Harvest, state: HarvestState, message: str = "") -> None:
    """End a pass. A source whose pass went well is no longer failing."""
    one_pass.state = state
    one_pass.message = message
    one_pass.finished_at = timezone.now()
    one_pass.save(update_fields=["state", "message", "finished_at", "count_after", "missing", "withdrawn", "held"])


def _judge(one_pass: Harvest) -> tuple[HarvestState, str]:
    """Whether the pass met all there is: as many records as the source counts, before or after it."""
    stored = StoredRecord.objects.filter(last_harvest=one_pass).exclude(state=RecordState.ABSENT).count()
    if stored != one_pass.received:
        return HarvestState.FAULTY, _(
            "De telling klopt niet: %(received)d records ontvangen, %(stored)d opgeslagen. Meld dit aan de beheerder."
        ) % {"received": one_pass.received, "stored": stored}
    problems = []
    if lost := one_pass.faults.aggregate(lost=Sum("lost"))["lost"]:
        problems.append(_("%(count)d records waren niet te lezen.") % {"count": lost})
    if overfull := one_pass.cells.filter(state=CellState.OVERFULL).count():
        problems.append(_("%(count)d delen zijn groter dan de bron laat lezen.") % {"count": overfull})
    counted = sorted((one_pass.count_before or 0, one_pass.count_after or 0))
    if not counted[0] <= one_pass.received <= counted[1]:
        problems.append(
            _("De bron telt er %(count)d, ontvangen zijn er %(received)d.")
            % {"count": one_pass.count_after, "received": one_pass.received}
        )
    return (HarvestState.PARTIAL, " ".join(problems)) if problems else (HarvestState.COMPLETE, "")


def _held_message(absence: Absence) -> str:
    return _(
        "%(due)d van de %(present)d records zijn weg bij de bron; dat is meer dan gewoonlijk. Controleer de bron en"
        " oogst met --accept-withdrawals, of geef op de pagina van deze oogst akkoord."
    ) % {"due": len(absence.due), "present": absence.present}
