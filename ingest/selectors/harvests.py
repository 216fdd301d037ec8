"""How the sources and their passes are doing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, Sum, Window
from django.db.models.functions import Least, RowNumber

from ingest.models import CellState, Harvest, HarvestState, Source

FAILURES = 3
"""A source fails when so many passes in a row were bad: one may be a bad night, three are not."""


@dataclass(frozen=True, slots=True)
class SourceOverview:
    """A source, its last pass (None before the first), and whether it fails."""

    source: Source
    last: Harvest | None
    is_failing: bool


@dataclass(frozen=True, slots=True)
class CellCounts:
    """The parts of a pass: how many in each state, and how far those that are read themselves have come.

    expected: records in the parts that are known so far, which split ones are not counted among.
    """

    states: dict[str, int]
    read: int
    expected: int


def source_overviews() -> list[SourceOverview]:
    """All sources in their order; two queries."""
    place = Window(RowNumber(), partition_by=F("source"), order_by=F("pk").desc())
    latest: dict[int, list[Harvest]] = defaultdict(list)
    # One more than must have failed, for the newest may still go on.
    for one_pass in Harvest.objects.annotate(place=place).filter(place__lte=FAILURES + 1).order_by("-pk"):
        latest[one_pass.source_id].append(one_pass)
    return [
        SourceOverview(source, passes[0] if passes else None, is_failing(passes))
        for source in Source.objects.all()
        for passes in [latest[source.pk]]
    ]


def is_failing(passes: Iterable[Harvest]) -> bool:
    """Whether the last of these passes, newest first, were all bad; one that goes on counts for nothing yet."""
    told = [one_pass for one_pass in passes if is_bad(one_pass) or not one_pass.is_open][:FAILURES]
    return len(told) == FAILURES and all(map(is_bad, told))


def is_bad(one_pass: Harvest) -> bool:
    """Whether somebody must look at the pass: it failed, its count is wrong, or the source broke it off."""
    # A pass that a person or a restart broke off has no message.
    is_broken_off = one_pass.state == HarvestState.INTERRUPTED and bool(one_pass.message)
    return one_pass.state in HarvestState.bad() or is_broken_off


def waits_for_agreement(one_pass: Harvest) -> bool:
    """Whether a person can still agree to what the pass held back: a later pass of its source knows better."""
    is_held = one_pass.state == HarvestState.HELD
    return is_held and not Harvest.objects.filter(source=one_pass.source_id, pk__gt=one_pass.pk).exists()


def cell_counts(one_pass: Harvest) -> CellCounts:
    """One query."""
    read = Least(F("next_position") - 1, F("expected"), output_field=IntegerField())
    rows = (
        one_pass.cells.order_by().values("state").annotate(number=Count("pk"), read=Sum(read), expected=Sum("expected"))
    )
    found = {row["state"]: row for row in rows}
    own = [row for state, row in found.items() if state != CellState.SPLIT]
    return CellCounts(
        states={state: row["number"] for state, row in found.items()},
        read=sum(row["read"] for row in own),
        expected=sum(row["expected"] for row in own),
    )
