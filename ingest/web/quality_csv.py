"""All findings as a table for a spreadsheet, row by row as they are read."""

from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogus.web.export.csv_table import csv_download
from ingest.quality.checks import CHECKS
from ingest.quality.findings import Finding


def findings_csv(name: str, findings: Iterable[Finding]) -> StreamingHttpResponse:
    """A download named after the subject and today."""
    day = timezone.localdate().isoformat()
    return csv_download(f"{_('kwaliteit')}-{name}-{day}", _heads(), _rows(_words(), findings))


def _heads() -> list[str]:
    return [
        _("record"), _("productcode"), _("EAN"), _("titel"), _("uitgever"), _("bron"), _("ernst"), _("code"),
        _("bevinding"), _("veld"), _("waarde"), _("oplossing"),
    ]  # fmt: skip


def _words() -> dict[str, tuple[str, str, str]]:
    """Grade, name and remedy by code, in the reader's language: rows are made when that is no longer set."""
    return {code: (str(check.grade.label), str(check.name), str(check.remedy)) for code, check in CHECKS.items()}


def _rows(words: dict[str, tuple[str, str, str]], findings: Iterable[Finding]) -> Iterator[tuple[str, ...]]:
    for finding in findings:
        grade, name, remedy = words[finding.code]
        yield (
            finding.record, finding.product_code, finding.ean, finding.title, finding.publisher, finding.source,
            grade, finding.code, name, finding.field, finding.value, remedy,
        )  # fmt: skip
