"""What a harvest or a remap changed: counts, the list of it, and the whole as a table for a spreadsheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogus.models import ProductVersion, VersionKind
from catalogus.web import formatting
from catalogus.web.change_words import change_values, kind_label
from catalogus.web.export.csv_table import csv_download
from catalogus.web.field_words import Names, field_label
from catalogus.web.keyset import keyset_page
from ingest.access import editors_only
from ingest.models import Harvest, Remap
from ingest.selectors import changes_of, field_counts, harvest_run, kind_counts, remap_run
from ingest.web.log_words import ChangeCard, change_card

MOST_EXAMPLES = 5
"""On the page of the run itself: enough to see what kind of changes they are; the list has them all."""

CHANGES_PER_PAGE = 50
CHUNK = 1000
"""Changes that are read at once for the table: what it costs in memory, however large the run was."""


@dataclass(frozen=True, slots=True)
class ChangeCount:
    label: str
    number: str
    url: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    total: int
    total_text: str
    list_url: str
    kinds: tuple[ChangeCount, ...]
    fields: tuple[ChangeCount, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A harvest or a remap, as far as the list of its changes needs to know it."""

    key: str
    title: str
    url: str
    list_url: str
    csv_url: str


def harvest_changes_run(pk: int) -> Run:
    return Run(
        key=harvest_run(pk),
        title=_("Oogst %(number)d") % {"number": pk},
        url=reverse("ingest:harvest", args=[pk]),
        list_url=reverse("ingest:harvest-changes", args=[pk]),
        csv_url=reverse("ingest:harvest-changes-csv", args=[pk]),
    )


def remap_changes_run(pk: int) -> Run:
    return Run(
        key=remap_run(pk),
        title=_("Herlezing %(number)d") % {"number": pk},
        url=reverse("ingest:remap", args=[pk]),
        list_url=reverse("ingest:remap-changes", args=[pk]),
        csv_url=reverse("ingest:remap-changes-csv", args=[pk]),
    )


def change_summary(run: Run, *, kind: str = "", field: str = "") -> ChangeSummary:
    """Two queries. kind, field: what is chosen."""
    kinds = kind_counts(run.key)
    total = sum(kinds.values())
    return ChangeSummary(
        total=total,
        total_text=formatting.number(total),
        list_url=run.list_url,
        kinds=tuple(
            ChangeCount(kind_label(code), formatting.number(number), f"{run.list_url}?soort={code}", code == kind)
            for code, number in kinds.items()
        ),
        fields=tuple(
            ChangeCount(field_label(name), formatting.number(number), f"{run.list_url}?veld={name}", name == field)
            for name, number in field_counts(run.key).items()
        ),
    )


def example_changes(run: Run, summary: ChangeSummary) -> list[ChangeCard]:
    """Of changed fields where there are any, for what is new tells less; a query, and one for each kind of row."""
    changes = changes_of(run.key)
    return _cards(list((changes.exclude(changes={}) if summary.fields else changes)[:MOST_EXAMPLES]))


@editors_only
@require_safe
def harvest_changes_page(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Harvest, pk=pk)
    return _changes_page(request, harvest_changes_run(pk))


@editors_only
@require_safe
def remap_changes_page(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Remap, pk=pk)
    return _changes_page(request, remap_changes_run(pk))


@editors_only
@require_safe
def harvest_changes_csv(_request: HttpRequest, pk: int) -> StreamingHttpResponse:
    get_object_or_404(Harvest, pk=pk)
    return _changes_csv(harvest_changes_run(pk))


@editors_only
@require_safe
def remap_changes_csv(_request: HttpRequest, pk: int) -> StreamingHttpResponse:
    get_object_or_404(Remap, pk=pk)
    return _changes_csv(remap_changes_run(pk))


def _changes_page(request: HttpRequest, run: Run) -> HttpResponse:
    kind, field = request.GET.get("soort", ""), request.GET.get("veld", "")
    if kind and kind not in VersionKind.values:
        raise Http404(_("Er is geen soort wijziging “%(kind)s”.") % {"kind": kind})
    page = keyset_page(changes_of(run.key, kind=kind, field=field), request, CHANGES_PER_PAGE)
    context = {
        "run": run,
        "summary": change_summary(run, kind=kind, field=field),
        "chosen": " · ".join(filter(None, (kind_label(kind) if kind else "", field_label(field) if field else ""))),
        "changes": _cards(page.rows),
        "page": page,
    }
    return render(request, "ingest/log_changes.html", context)


def _cards(versions: Sequence[ProductVersion]) -> list[ChangeCard]:
    names = Names.of(version.changes for version in versions)
    return [change_card(version, names) for version in versions]


def _changes_csv(run: Run) -> StreamingHttpResponse:
    heads = (_("kenmerk"), _("EAN"), _("titel"), _("soort"), _("veld"), _("was"), _("is"), _("tijdstip"))
    return csv_download(run.key, heads, _table(run))


def _table(run: Run) -> Iterator[tuple[str, ...]]:
    """A row for each field that changed, and one for a change without fields: a product that is new."""
    last = 0
    while versions := list(changes_of(run.key).filter(pk__gt=last)[:CHUNK]):
        names = Names.of(version.changes for version in versions)
        for version in versions:
            yield from _table_rows(version, names)
        last = versions[-1].pk


def _table_rows(version: ProductVersion, names: Names) -> Iterator[tuple[str, ...]]:
    product = version.product
    head = (product.public_id, product.ean or "", product.title, kind_label(version.kind))
    at = version.at.isoformat(timespec="seconds")
    changed = change_values(version, names)
    if not changed:
        yield (*head, "", "", "", at)
    for name, (old, new) in changed.items():
        yield (*head, field_label(name), old, new, at)
