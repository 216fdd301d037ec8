"""The log of remaps: readings of the stored records after a change of what they mean."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogus.models import Publisher
from catalogus.web import formatting
from catalogus.web.keyset import keyset_page
from ingest.access import editors_only
from ingest.models import Remap
from ingest.web.log_changes import change_summary, example_changes, remap_changes_run
from ingest.web.log_words import Part, duration_text, parts_of, remap_sum

REMAPS_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class RemapRow:
    number: int
    url: str
    started: str
    duration: str
    state: str
    reason: str
    parts: tuple[Part, ...]


@editors_only
@require_safe
def remaps_page(request: HttpRequest) -> HttpResponse:
    page = keyset_page(Remap.objects.all(), request, REMAPS_PER_PAGE, newest_first=True)
    return render(request, "ingest/log_remaps.html", {"remaps": [_row(remap) for remap in page.rows], "page": page})


@editors_only
@require_safe
def remap_page(request: HttpRequest, pk: int) -> HttpResponse:
    remap = get_object_or_404(Remap, pk=pk)
    run = remap_changes_run(pk)
    changes = change_summary(run)
    context = {
        "remap": remap,
        "state": remap.get_state_display(),
        "is_open": remap.finished_at is None,
        "facts": _facts(remap),
        "sum": remap_sum(remap),
        "run": run,
        "changes": changes,
        "examples": example_changes(run, changes),
    }
    return render(request, "ingest/log_remap.html", context)


def _row(remap: Remap) -> RemapRow:
    return RemapRow(
        number=remap.pk,
        url=reverse("ingest:remap", args=[remap.pk]),
        started=formatting.moment(remap.started_at),
        duration=duration_text(remap.started_at, remap.finished_at),
        state=remap.get_state_display(),
        reason=remap.reason,
        parts=parts_of(remap, ("read", "changed", "refused")),
    )


def _facts(remap: Remap) -> list[tuple[str, str]]:
    facts = [(_("Begonnen"), formatting.moment(remap.started_at))]
    if remap.finished_at:
        facts.append((_("Klaar"), formatting.moment(remap.finished_at)))
    else:
        facts.append((_("Laatste teken van leven"), formatting.moment(remap.heartbeat_at)))
    facts += [
        (_("Duur"), duration_text(remap.started_at, remap.finished_at)),
        (_("Van uitgevers"), _publishers(remap)),
        (_("Reden"), remap.reason or _("niet opgegeven")),
    ]
    return facts


def _publishers(remap: Remap) -> str:
    if not remap.publishers:
        return _("alle")
    return formatting.joined(list(Publisher.objects.filter(pk__in=remap.publishers).values_list("name", flat=True)))
