"""A table of this room as a file: CSV with semicolons and decimal commas, or a workbook."""

from collections.abc import Sequence
from decimal import Decimal

from django.http import HttpResponse
from django.utils import timezone

from catalogus.web.export import csv_table, spreadsheet
from catalogus.web.export.cells import Column, Row, Value

FORMATS = ("csv", "xlsx")


def table_download(
    name: str, ending: str, columns: Sequence[Column], rows: Sequence[Row], *, sheet: str = ""
) -> HttpResponse:
    """`name`-2026-12-01.csv or .xlsx; for tables of some hundreds of rows, which are made before they are sent.

    sheet: what a workbook calls it, `name` where nothing is given.
    """
    if ending == "csv":
        # Titles are of others, also in the head.
        lines = [
            [csv_table.without_formula(column.head) for column in columns],
            *([_csv_text(value) for value in row] for row in rows),
        ]
        body = csv_table.MARK + "".join(csv_table.csv_line(line) for line in lines)
        response = HttpResponse(body, content_type=csv_table.CONTENT_TYPE)
    else:
        parts = spreadsheet.workbook_parts((sheet or name)[:31], columns, [rows])  # Excel gives a sheet no longer name.
        response = HttpResponse(b"".join(parts), content_type=spreadsheet.CONTENT_TYPE)
    filename = f"{name}-{timezone.localdate().isoformat()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _csv_text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return str(value) if isinstance(value, int) else csv_table.without_formula(value)
