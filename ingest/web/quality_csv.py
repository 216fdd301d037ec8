"""All findings as a table for a spreadsheet, row by row as they are read."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from ingest.quality.checks import CHECKS
from ingest.quality.findings import Finding

_MARK = "\ufeff"
"""Tells a spreadsheet that the file is UTF-8; without it accents come out wrong."""

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Source: OWASP, CSV Injection."""


class _Line:
    """A file to csv.writer that gives back what is written."""

    def write(self, text: str) -> str:
        return text


def findings_csv(name: str, findings: Iterable[Finding]) -> StreamingHttpResponse:
    """A download named after the subject and today, with semicolons as a Dutch spreadsheet expects them."""
    response = StreamingHttpResponse(_lines(_heads(), _words(), findings), content_type="text/csv; charset=utf-8")
    day = timezone.localdate().isoformat()
    response["Content-Disposition"] = f'attachment; filename="{_("kwaliteit")}-{name}-{day}.csv"'
    return response


def without_formula(cell: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell


def _heads() -> list[str]:
    return [
        _("record"), _("productcode"), _("EAN"), _("titel"), _("uitgever"), _("bron"), _("ernst"), _("code"),
        _("bevinding"), _("veld"), _("waarde"), _("oplossing"),
    ]  # fmt: skip


def _words() -> dict[str, tuple[str, str, str]]:
    """Grade, name and remedy by code, in the reader's language: rows are made when that is no longer set."""
    return {code: (str(check.grade.label), str(check.name), str(check.remedy)) for code, check in CHECKS.items()}


def _lines(heads: list[str], words: dict[str, tuple[str, str, str]], findings: Iterable[Finding]) -> Iterator[str]:
    write = csv.writer(_Line(), delimiter=";").writerow
    yield _MARK + write(heads)
    for finding in findings:
        grade, name, remedy = words[finding.code]
        cells = (
            finding.record, finding.product_code, finding.ean, finding.title, finding.publisher, finding.source,
            grade, finding.code, name, finding.field, finding.value, remedy,
        )  # fmt: skip
        yield write([without_formula(cell) for cell in cells])
