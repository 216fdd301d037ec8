"""Whether everything works: a page for people, and the same for programs.

What it tells is read anew every ten seconds in each process, whoever asks; nothing of it needs Valkey.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalogus.memory import Memory
from catalogus.models import OutboxEntry
from catalogus.search.mode import SearchMode, search_mode
from catalogus.web.formatting import moment, number
from ingest.models import Harvest, HarvestState
from ingest.selectors.status import SourceState, source_states
from portal.help_pages import help_context

KEPT_SECONDS = 10.0
"""As long as a person needs to press reload; a monitor that asks more often costs no more."""


@dataclass(frozen=True, slots=True)
class Status:
    """waiting: documents of the index that are older than the database; None where there is no index."""

    read_at: datetime
    mode: SearchMode
    waiting: int | None
    sources: tuple[SourceState, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source in words. is_well: whether nothing need be done about it."""

    name: str
    is_well: bool
    result: str | Promise
    at: str
    records: str
    is_running: bool
    is_late: bool


_RESULTS: dict[str, str | Promise] = {
    HarvestState.COMPLETE: _("Gelukt: alles is opgehaald."),
    HarvestState.HELD: _(
        "Gelukt. Er ontbrak meer dan gewoonlijk; een redacteur kijkt daarnaar voordat er iets verdwijnt."
    ),
    HarvestState.PARTIAL: _("Voor een deel gelukt. De rest komt de volgende keer; er is niets weggehaald."),
    HarvestState.FAULTY: _("Niet te vertrouwen: de aantallen klopten niet. Er is niets weggehaald."),
    HarvestState.STOPPED: _("Gestopt door de redactie."),
    HarvestState.FAILED: _("Mislukt: de bron gaf geen bruikbaar antwoord. Wat we al hadden, blijft staan."),
}
"""What is told of a pass that ended, in words that need no knowledge of passes."""

_WELL = (HarvestState.COMPLETE, HarvestState.HELD)


@never_cache
@require_safe
def status_page(request: HttpRequest) -> HttpResponse:
    """Three queries and one small search at most, in ten seconds."""
    found = _status.get()
    rows = [_row(state) for state in found.sources]
    context = help_context(request, "portal:status") | {
        "mode": found.mode.value,
        "read_at": moment(found.read_at),
        "waiting": found.waiting,
        "waiting_text": "" if found.waiting is None else number(found.waiting),
        "sources": rows,
        "is_well": found.mode != SearchMode.BASIC and all(row.is_well for row in rows),
        "version": settings.VERSION,
        "json_url": reverse("portal:status-json"),
    }
    return render(request, "portal/status.html", context)


@never_cache
@require_safe
def status_json(_request: HttpRequest) -> JsonResponse:
    """The same for programs. Always 200: that something is not well is the answer, not a fault of asking."""
    found = _status.get()
    return JsonResponse(
        {
            "read_at": found.read_at.isoformat(),
            "version": settings.VERSION,
            "search": found.mode.value,
            "index_waiting": found.waiting,
            "sources": [
                {
                    "code": state.source.code,
                    "name": state.source.name,
                    "last_harvest": _harvest(state.ended),
                    "is_running": state.running is not None,
                    "is_late": state.is_late,
                }
                for state in found.sources
            ],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _read(_before: Status | None) -> Status:
    mode = search_mode()
    return Status(
        read_at=timezone.now(),
        mode=mode,
        # Without an index the outbox holds a row for each document there is, which nobody waits for.
        waiting=None if mode == SearchMode.WITHOUT_ENGINE else OutboxEntry.objects.count(),
        sources=tuple(source_states()),
    )


_status = Memory[Status](_read, kept_seconds=KEPT_SECONDS)


def _row(state: SourceState) -> SourceRow:
    ended = state.ended
    if ended is None:
        result: str | Promise = _("Nog niet eerder opgehaald.")
    else:
        result = _RESULTS.get(ended.state, ended.get_state_display())
    return SourceRow(
        name=state.source.name,
        is_well=ended is not None and ended.state in _WELL and not state.is_late,
        result=result,
        at=moment(ended.finished_at) if ended is not None and ended.finished_at is not None else "",
        records=number(ended.received) if ended is not None else "",
        is_running=state.running is not None,
        is_late=state.is_late,
    )


def _harvest(ended: Harvest | None) -> dict[str, object] | None:
    if ended is None or ended.finished_at is None:
        return None
    return {"state": ended.state, "finished_at": ended.finished_at.isoformat(), "records": ended.received}
