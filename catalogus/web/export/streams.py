"""The bytes of an export, as CSV or as a workbook, and what is honest where it breaks off.

A reader must never take a part for the whole.

* CSV has no end mark, so half a file reads as a whole one. Its last line says that it is not, and then the connection
  is broken off: a browser calls the download failed, and so does a program where the proxy in front passes it on.
* A workbook ends with the directory of its ZIP. That is left out and the connection is broken off, so that nothing
  opens the file. A warning in a last row would be met by nobody who sorts, filters or reads it by program.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Self

from django.utils.translation import gettext as _

from catalogus.exceptions import ExportTooSlow
from catalogus.search.backend import HitWalk
from catalogus.web.export.cells import Row, Value
from catalogus.web.export.csv_table import MARK, csv_line, without_formula
from catalogus.web.export.slots import Slot
from catalogus.web.export.spreadsheet import workbook_parts
from catalogus.web.export.tables import Table

logger = logging.getLogger(__name__)


class ExportStream:
    """What a response streams. However it ends, and also where nobody reads it, walk and slot are let go."""

    def __init__(self, parts: Iterator[bytes], walk: HitWalk, slot: Slot) -> None:
        self._parts = parts
        self._walk = walk
        self._slot = slot

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._parts)
        except StopIteration:
            self.close()
            raise
        except Exception as error:
            # Raised on: the server breaks the connection, and what was sent does not look whole.
            logger.warning("An export broke off: %s", error)
            self.close()
            raise

    def close(self) -> None:
        """May be done twice."""
        self._walk.close()
        self._slot.give_back()


def csv_parts(table: Table, slot: Slot) -> Iterator[bytes]:
    """The table as UTF-8 with a byte order mark, semicolons between cells and a comma in decimals.

    That is what a spreadsheet set to Dutch reads as columns and numbers, whatever language the words are in. Where
    reading the table fails, a last line says so, and the fault is raised on.
    """
    head = MARK + csv_line(column.head for column in table.columns)
    # Said now, for when it is needed the reader's language is no longer set.
    warning = _(
        "LET OP: deze lijst is niet volledig. Zij brak af na %(given)s van de %(total)s rijen; haal haar opnieuw op."
    )
    return _csv_parts(head, _in_time(table.chunks, slot), warning, table.total)


def xlsx_parts(table: Table, slot: Slot) -> Iterator[bytes]:
    """The table as a workbook; raises what reading the table raises, and then the bytes are none."""
    return workbook_parts(table.sheet, table.columns, _in_time(table.chunks, slot))


def _csv_parts(head: str, chunks: Iterable[Sequence[Row]], warning: str, total: int) -> Iterator[bytes]:
    yield head.encode()
    given = 0
    try:
        for chunk in chunks:
            yield "".join(csv_line(map(_csv_cell, row)) for row in chunk).encode()
            given += len(chunk)
    except Exception:
        yield csv_line([warning % {"given": given, "total": total}]).encode()
        raise


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return str(value) if isinstance(value, int) else without_formula(value)


def _in_time(chunks: Iterable[Sequence[Row]], slot: Slot) -> Iterator[Sequence[Row]]:
    for chunk in chunks:
        if slot.is_over():
            raise ExportTooSlow(_("Het downloaden duurde te lang; de plaats is aan een ander gegeven."))
        yield chunk
