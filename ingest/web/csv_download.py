"""Tables for spreadsheets, row by row as they are read, and without cells that a spreadsheet would run."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse

_MARK = "\ufeff"
"""Tells a spreadsheet that the file is UTF-8; without it accents come out wrong."""

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Source: OWASP, CSV Injection."""


class _Line:
    """A file to csv.writer that gives back what is written."""

    def write(self, text: str) -> str:
        return text


def csv_download(name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> StreamingHttpResponse:
    """A download called `name`.csv, with semicolons as a Dutch spreadsheet expects them."""
    response = StreamingHttpResponse(_lines(heads, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _lines(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    write = csv.writer(_Line(), delimiter=";").writerow
    yield _MARK + write(heads)
    for row in rows:
        yield write([without_formula(cell) for cell in row])


def without_formula(cell: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell
