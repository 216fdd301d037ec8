"""docs/quality.md shows the checks as the registry has them."""

from django.utils.translation import override

from ingest.quality.checks import CHECKS
from tests.conftest import REPOSITORY


def table() -> str:
    with override("en"):
        rows = [
            f"| `{check.code}` | {check.grade.value} | {check.name} | {check.why} | {check.remedy} |"
            for check in CHECKS.values()
        ]
    return "\n".join(["| code | grade | what | why it matters | remedy |", "| --- | --- | --- | --- | --- |", *rows])


def test_the_checks_of_the_docs_are_those_of_the_code():
    text = (REPOSITORY / "docs" / "quality.md").read_text(encoding="utf-8")
    assert table() in text, f"docs/quality.md must hold this table:\n{table()}"
    assert len(CHECKS) >= 20
