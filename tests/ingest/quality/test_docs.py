"""docs/quality.md is what the code says."""

from html import escape

import pytest
from django.conf import settings
from django.utils import translation

from ingest.quality.checks import CHECKS
from ingest.quality.completeness import PARTS


def table(*rows):
    return "\n".join(f"| {escape(' | '.join(row), quote=False)} |" for row in rows)


def of_checks():
    heads = ("code", "grade", "found by", "name", "why it matters", "remedy", "element")
    rows = (
        (
            f"`{check.code}`",
            str(check.grade.label),
            "compared" if check.products else "reading",
            str(check.name),
            str(check.why),
            str(check.remedy),
            check.field,
        )
        for check in CHECKS.values()
    )
    return table(heads, ("---",) * len(heads), *rows)


def of_parts():
    heads = ("part", "points", "name", "why", "element")
    rows = (
        (f"`{part.code}`", str(part.points), str(part.name), str(part.why), part.elements) for part in PARTS.values()
    )
    return table(heads, ("---",) * len(heads), *rows)


@pytest.mark.parametrize("expected", [of_checks, of_parts])
def test_the_tables_are_what_the_code_says(expected):
    text = (settings.BASE_DIR / "docs" / "quality.md").read_text(encoding="utf-8")
    with translation.override("en"):
        wanted = expected()
    assert wanted in text, f"the table should be:\n{wanted}"
