"""The log of passes for who works for the catalogue: how sources do, and what each pass read, missed and changed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogus.web import formatting
from catalogus.web.keyset import keyset_page
from ingest.access import editors_only
from ingest.models import Harvest, HarvestState
from ingest.selectors import cell_counts, is_bad, refusals, refused_records, source_overviews, waits_for_agreement
from ingest.web.log_changes import change_summary, example_changes, harvest_changes_run
from ingest.web.log_rows import (
    MOST_CELLS,
    cell_rows,
    cell_state_texts,
    harvest_facts,
    harvest_row,
    judged_again_text,
    log_url,
    progress,
    quality_url,
    refusal_rows,
    refused_row,
    source_row,
)
from ingest.web.log_words import harvest_sum, parts_of, state_explanation

PASSES_PER_PAGE = 50
REFUSED_PER_PAGE = 50
MOST_FAULTS = 100


@editors_only
@require_safe
def harvests_page(request: HttpRequest) -> HttpResponse:
    """The sources, then the passes, newest first; of one source or in one state where the address says so."""
    code, state = request.GET.get("bron", ""), request.GET.get("toestand", "")
    if state and state not in HarvestState.values:
        raise Http404(_("Er is geen toestand “%(state)s”.") % {"state": state})
    overviews = source_overviews()
    source = next((found.source for found in overviews if found.source.code == code), None)
    if code and source is None:
        raise Http404(_("Er is geen bron met code “%(code)s”.") % {"code": code})
    passes = Harvest.objects.select_related("source")
    if source is not None:
        passes = passes.filter(source=source)
    if state:
        passes = passes.filter(state=state)
    page = keyset_page(passes, request, PASSES_PER_PAGE, newest_first=True)
    context = {
        "sources": [source_row(found) for found in overviews],
        "passes": [harvest_row(one_pass) for one_pass in page.rows],
        "page": page,
        "states": HarvestState.choices,
        "code": code,
        "state": state,
    }
    return render(request, "ingest/log_harvests.html", context)


@editors_only
@require_safe
def harvest_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All there is to know of one pass, what went wrong first. A known number of queries, however large it was."""
    one_pass = get_object_or_404(Harvest.objects.select_related("source"), pk=pk)
    cells = cell_counts(one_pass)
    run = harvest_changes_run(pk)
    faults = list(one_pass.faults.all()[: MOST_FAULTS + 1])
    counted = refusals(one_pass)
    changes = change_summary(run)
    context = {
        "one_pass": one_pass,
        "source": one_pass.source,
        "state": one_pass.get_state_display(),
        "explanation": state_explanation(one_pass),
        "is_bad": is_bad(one_pass),
        "is_held": waits_for_agreement(one_pass),
        "held": formatting.number(one_pass.held),
        "facts": harvest_facts(one_pass),
        "progress": progress(one_pass, cells) if one_pass.is_open else None,
        "sum": harvest_sum(one_pass),
        "besides": parts_of(one_pass, ("repeated", "missing", "withdrawn", "held")),
        "refusals": refusal_rows(one_pass, counted),
        "judged_again": judged_again_text(one_pass, counted),
        "faults": faults[:MOST_FAULTS],
        "has_more_faults": len(faults) > MOST_FAULTS,
        "run": run,
        "changes": changes,
        "examples": example_changes(run, changes),
        "cells": cell_rows(one_pass),
        "cell_states": cell_state_texts(cells),
        "has_more_cells": sum(cells.states.values()) > MOST_CELLS,
        "quality_url": quality_url(one_pass.source),
        "log_url": log_url(one_pass.source),
    }
    return render(request, "ingest/log_harvest.html", context)


@editors_only
@require_safe
def refusals_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The records that a pass refused, for one reason or for any, in the order in which they first came in."""
    one_pass = get_object_or_404(Harvest.objects.select_related("source"), pk=pk)
    reason = request.GET.get("reden", "")
    page = keyset_page(refused_records(one_pass, reason), request, REFUSED_PER_PAGE)
    context = {
        "one_pass": one_pass,
        "source": one_pass.source,
        "reason": reason,
        "records": [refused_row(record) for record in page.rows],
        "page": page,
        "judged_again": judged_again_text(one_pass, refusals(one_pass)),
    }
    return render(request, "ingest/log_refusals.html", context)
