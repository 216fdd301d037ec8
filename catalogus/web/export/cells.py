"""What a table of an export is made of: columns with their kind, and rows of plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

Value = str | int | Decimal | None
"""None and "" are an empty cell."""

Row = Sequence[Value]


class Kind(Enum):
    """How the values of a column are to be read."""

    TEXT = auto()
    DIGITS = auto()  # Digits that are no number: a spreadsheet would show an EAN as 9,79E+12.
    WHOLE = auto()
    MONEY = auto()  # Decimal with two digits behind the point.
    MEAN = auto()  # Decimal with two digits behind the point.


@dataclass(frozen=True, slots=True)
class Column:
    """head: in the reader's language. width: characters that fit, for those who can see widths."""

    head: str
    kind: Kind = Kind.TEXT
    width: int = 20
