"""Tables for spreadsheets as CSV, row by row as they are read, and without cells that a spreadsheet would run."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse

MARK = "\ufeff"
"""Tells a spreadsheet that the file is UTF-8; without it accents come out wrong."""

CONTENT_TYPE = "text/csv; charset=utf-8"

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Source: OWASP, CSV Injection."""


class _Line:
    """A file to csv.writer that gives back what is written."""

    def write(self, text: str) -> str:
        return text


def csv_download(name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> StreamingHttpResponse:
    """A download called `name`.csv, with semicolons as a Dutch spreadsheet expects them."""
    response = StreamingHttpResponse(_lines(heads, rows), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def csv_line(cells: Iterable[str]) -> str:
    """One row with its line end. Text of others goes through `without_formula` first."""
    line: str = csv.writer(_Line(), delimiter=";").writerow(cells)
    return line


def _lines(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    write = csv.writer(_Line(), delimiter=";").writerow
    yield MARK + write(heads)
    for row in rows:
        yield write([without_formula(cell) for cell in row])


def without_formula(cell: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell
