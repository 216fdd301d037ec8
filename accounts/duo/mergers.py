"""Lists of mergers: the code of the school that went, of the one that goes on, and the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from accounts.duo.columns import DATE, MERGER_FIELDS, MERGER_NEEDS, NEW, OLD, find_columns
from accounts.duo.refusals import Refusal, RowRefused
from accounts.duo.tables import read_table
from accounts.duo.values import day, school_code


@dataclass(frozen=True, slots=True)
class Merger:
    """old and new: codes of 4 or 6 characters."""

    row: int
    old: str
    new: str
    on: date


def read_mergers(path: Path, given: Mapping[str, str]) -> tuple[list[Merger], list[Refusal]]:
    """Read a list of mergers, in the order in which they happened; locations before institutions of the same day.

    Raises AddressFileRefused for a file that cannot be read at all; a bad row is refused by itself.
    """
    table = read_table(path)
    found = find_columns(table.columns, MERGER_FIELDS, MERGER_NEEDS, given)
    mergers: list[Merger] = []
    refusals = list(table.refusals)
    for row in table.rows:
        try:
            old = school_code(OLD, row.values[found[OLD]])
            new = school_code(NEW, row.values[found[NEW]])
            mergers.append(Merger(row.number, old, new, day(DATE, row.values[found[DATE]])))
        except RowRefused as refused:
            refusals.append(Refusal(row.number, refused.field, refused.value, refused.remedy))
    # A merger of an institution takes along the locations that are left, so those that have their own go first.
    mergers.sort(key=lambda merger: (merger.on, -len(merger.old), merger.row))
    return mergers, refusals
