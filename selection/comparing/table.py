"""What a comparison is made of: groups of rows, and in each row one cell for each column."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Line:
    """url: where the text leads, or "". A quiet line explains the one above it."""

    text: str
    url: str = ""
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """is_unknown: nobody says it, which is another thing than "none"."""

    lines: tuple[Line, ...]
    is_unknown: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        return any(cell.texts != self.cells[0].texts for cell in self.cells)

    @property
    def is_known(self) -> bool:
        return any(not cell.is_unknown for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Group:
    """code: in the address, where it is folded."""

    code: str
    label: str
    rows: tuple[Row, ...]

    @property
    def differs(self) -> bool:
        return any(row.differs for row in self.rows)


@dataclass(frozen=True, slots=True)
class Column:
    """about: the publisher, and of a product its method."""

    public_id: str
    name: str
    url: str
    about: str


def said(*texts: str) -> Cell:
    """A line for each text that says something; "onbekend" where none does."""
    return cell(Line(text) for text in texts)


def cell(lines: Iterable[Line]) -> Cell:
    kept = tuple(line for line in lines if line.text)
    return Cell(kept) if kept else Cell((Line(_("onbekend")),), is_unknown=True)


def yes_no(value: bool | None) -> Cell:
    return said("" if value is None else _("ja") if value else _("nee"))


def group(code: str, label: str, rows: Iterable[Row | None]) -> Group:
    """Without the rows that were left out (None)."""
    return Group(code, label, tuple(row for row in rows if row is not None))


def where_known(row: Row) -> Row | None:
    """For what is seldom stated: left out where it is unknown in every column."""
    return row if row.is_known else None


def row(label: str, cells: Sequence[Cell]) -> Row:
    return Row(label, tuple(cells))
