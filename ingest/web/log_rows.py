"""Sources, passes and their parts as rows of the log."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogus.web import formatting
from ingest.models import Cell, CellState, Harvest, Record, Source
from ingest.selectors import CellCounts, SourceOverview, is_bad, refusal_examples
from ingest.web.issue_words import issue_text
from ingest.web.log_words import Part, duration_text, parts_of, schedule_text

MOST_EXAMPLES = 5
MOST_CELLS = 100
"""A million records are some hundreds of cells, of which those that went wrong stand first."""

LONG_QUERY = 160
"""The complement of sixty publishers names them all; so much of it tells which cell it is."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    code: str
    name: str
    log_url: str
    quality_url: str
    schedule: str
    last_url: str
    last_state: str
    last_at: str
    is_failing: bool
    told_at: str


@dataclass(frozen=True, slots=True)
class HarvestRow:
    number: int
    url: str
    source: str
    started: str
    duration: str
    state: str
    is_bad: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """expected is 0 where the source was not counted yet."""

    read: int
    expected: int
    text: str


@dataclass(frozen=True, slots=True)
class CellRow:
    """query is cut where `whole` is not empty."""

    query: str
    whole: str
    expected: str
    read: str
    state: str
    is_bad: bool


@dataclass(frozen=True, slots=True)
class RefusedRow:
    identifier: str
    url: str
    reason: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A record that would be withdrawn; title is empty where no product was made of it."""

    identifier: str
    url: str
    title: str
    product_url: str
    missing_since: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason, how many records were refused for it, and the first of them."""

    code: str
    number: str
    examples: tuple[RefusedRow, ...]
    list_url: str


def quality_url(source: Source) -> str:
    """Where the quality of what a source delivers is told."""
    return f"/kwaliteit/bron/{source.code}/"


def log_url(source: Source) -> str:
    return f"{reverse('ingest:harvests')}?bron={source.code}"


def source_row(overview: SourceOverview) -> SourceRow:
    source, last = overview.source, overview.last
    return SourceRow(
        code=source.code,
        name=source.name,
        log_url=log_url(source),
        quality_url=quality_url(source),
        schedule=schedule_text(source),
        last_url=reverse("ingest:harvest", args=[last.pk]) if last else "",
        last_state=last.get_state_display() if last else _("nog nooit geoogst"),
        last_at=formatting.moment(last.finished_at or last.started_at) if last else "",
        is_failing=overview.is_failing,
        told_at=formatting.moment(source.failure_told_at) if source.failure_told_at else "",
    )


def harvest_row(one_pass: Harvest) -> HarvestRow:
    return HarvestRow(
        number=one_pass.pk,
        url=reverse("ingest:harvest", args=[one_pass.pk]),
        source=one_pass.source.name,
        started=formatting.moment(one_pass.started_at),
        duration=duration_text(one_pass.started_at, one_pass.finished_at),
        state=one_pass.get_state_display(),
        is_bad=is_bad(one_pass),
        parts=parts_of(one_pass, ("received", "created", "changed", "refused", "withdrawn")),
    )


def harvest_facts(one_pass: Harvest) -> list[tuple[str, str]]:
    """When and how long, and how many the source counts beside how many came."""
    facts = [(_("Begonnen"), formatting.moment(one_pass.started_at))]
    if one_pass.finished_at:
        facts.append((_("Klaar"), formatting.moment(one_pass.finished_at)))
    else:
        facts.append((_("Laatste teken van leven"), formatting.moment(one_pass.heartbeat_at)))
    facts.append((_("Duur"), duration_text(one_pass.started_at, one_pass.finished_at)))
    numbers = {
        _("Bij de bron vooraf"): one_pass.count_before,
        _("Bij de bron achteraf"): one_pass.count_after,
        _("Bereik van één resultaat"): one_pass.reach,
    }
    facts += [(label, _("onbekend") if value is None else formatting.number(value)) for label, value in numbers.items()]
    return facts


def progress(one_pass: Harvest, cells: CellCounts) -> Progress:
    """How far an open pass has come, by what its parts have read of what the source counted."""
    expected = max(one_pass.count_before or 0, cells.read)
    text = _("%(read)s van %(expected)s gelezen") % {
        "read": formatting.number(cells.read),
        "expected": formatting.number(expected),
    }
    return Progress(cells.read, expected, text if expected else _("De bron wordt geteld."))


def cell_rows(one_pass: Harvest) -> list[CellRow]:
    """The first of the parts: what went wrong before what is still to do, before what is done; one query."""
    order = [CellState.OVERFULL, CellState.PENDING, CellState.DONE, CellState.SPLIT]
    rank = Case(*(When(state=state, then=Value(place)) for place, state in enumerate(order)))
    return [_cell_row(cell) for cell in one_pass.cells.order_by(rank, "pk")[:MOST_CELLS]]


def _cell_row(cell: Cell) -> CellRow:
    is_long = len(cell.query) > LONG_QUERY
    # A cell that was split is read by its parts.
    read = 0 if cell.state == CellState.SPLIT else min(cell.next_position - 1, cell.expected)
    return CellRow(
        query=f"{cell.query[:LONG_QUERY]}…" if is_long else cell.query,
        whole=cell.query if is_long else "",
        expected=formatting.number(cell.expected),
        read=formatting.number(read),
        state=cell.get_state_display(),
        is_bad=cell.state == CellState.OVERFULL,
    )


def cell_state_texts(cells: CellCounts) -> list[tuple[str, str]]:
    """(state, how many)."""
    return [(str(state.label), formatting.number(cells.states[state])) for state in CellState if state in cells.states]


def refusal_rows(one_pass: Harvest, counted: Mapping[str, int]) -> list[Refusal]:
    """counted: selectors.refusals of the pass. One query, for the examples."""
    examples = refusal_examples(one_pass, MOST_EXAMPLES)
    list_url = reverse("ingest:harvest-refusals", args=[one_pass.pk])
    return [
        Refusal(
            code=code or "",
            number=formatting.number(number),
            examples=tuple(map(refused_row, examples.get(code or "", ()))),
            list_url=f"{list_url}?reden={code}" if number > MOST_EXAMPLES else "",
        )
        for code, number in counted.items()
    ]


def refused_row(record: Record) -> RefusedRow:
    reason, *others = [issue_text(issue) for issue in record.issues] or [_("Zonder reden.")]
    return RefusedRow(record.identifier, reverse("ingest:record-raw", args=[record.pk]), reason, tuple(others))


def held_row(record: Record) -> HeldRow:
    product = record.product
    return HeldRow(
        identifier=record.identifier,
        url=reverse("ingest:record-raw", args=[record.pk]),
        title=product.title if product else "",
        product_url=product.get_absolute_url() if product else "",
        missing_since=formatting.moment(record.missing_since) if record.missing_since else "",
    )


def judged_again_text(one_pass: Harvest, counted: Mapping[str, int]) -> str:
    """Of how many refused records a later pass tells; empty where this one tells of all."""
    number = one_pass.refused - sum(counted.values())
    if number <= 0:
        return ""
    text = ngettext(
        "%(number)s geweigerd record is in een latere oogst opnieuw beoordeeld en staat daar.",
        "%(number)s geweigerde records zijn in een latere oogst opnieuw beoordeeld en staan daar.",
        number,
    )
    return text % {"number": formatting.number(number)}
