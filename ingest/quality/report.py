"""How one source or publisher stands, as a page or a terminal shows it: its last snapshot in words and shares."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from catalogus.paths import product_path
from ingest.models import QualitySnapshot, Record
from ingest.quality.checks import CHECKS, Check, Grade
from ingest.quality.completeness import MOST_POINTS, PARTS, Part
from ingest.quality.scores import share
from ingest.quality.subjects import Subject

MOST_MOMENTS = 14
"""Passes in the chart: two weeks of daily ones."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The numbers after one pass; scores in thousandths. accepted = clean + flagged: what the catalogue holds."""

    at: datetime
    records: int
    quarantined: int
    flagged: int
    completeness: int
    correctness: int

    @property
    def accepted(self) -> int:
        return self.records - self.quarantined

    @property
    def clean(self) -> int:
        return self.accepted - self.flagged


@dataclass(frozen=True, slots=True)
class PartLine:
    """How many of the accepted records say this part; share in thousandths."""

    part: Part
    filled: int
    share: int

    @property
    def points(self) -> int:
        return self.part.points * self.filled


@dataclass(frozen=True, slots=True)
class Example:
    """A record with a finding; path and title are empty where there is no product."""

    record: str
    title: str
    path: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """In how many records, how often in all, and what share of the records (in thousandths)."""

    check: Check
    records: int
    times: int
    share: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """parts: those with most to gain first. findings: those of most records first. moments: the oldest first."""

    subject: Subject
    now: Moment
    parts: tuple[PartLine, ...]
    errors: tuple[FindingLine, ...]
    warnings: tuple[FindingLine, ...]
    moments: tuple[Moment, ...]

    @property
    def points(self) -> int:
        """Of all accepted records together."""
        return sum(line.points for line in self.parts)

    @property
    def most_points(self) -> int:
        return MOST_POINTS * self.now.accepted


def quality_report(subject: Subject) -> Report | None:
    """Three queries; None where no pass has been judged yet."""
    last = subject.snapshots().first()
    if last is None:
        return None
    columns = ("at", "records", "quarantined", "flagged", "completeness_score", "correctness_score")
    moments = [Moment(*row) for row in subject.snapshots().values_list(*columns)[:MOST_MOMENTS]]
    lines = list(_finding_lines(last))
    return Report(
        subject=subject,
        now=moments[0],
        parts=_part_lines(last.completeness, moments[0].accepted),
        errors=tuple(line for line in lines if line.check.grade == Grade.ERROR),
        warnings=tuple(line for line in lines if line.check.grade == Grade.WARNING),
        moments=tuple(reversed(moments)),
    )


def _part_lines(filled: Mapping[str, int], accepted: int) -> tuple[PartLine, ...]:
    lines = [PartLine(part, filled.get(code, 0), share(filled.get(code, 0), accepted)) for code, part in PARTS.items()]
    return tuple(sorted(lines, key=lambda line: line.points - line.part.points * accepted))


def _finding_lines(snapshot: QualitySnapshot) -> Iterable[FindingLine]:
    """Of checks that there still are; one by a former name waits for the next pass."""
    found = {CHECKS[code]: numbers for code, numbers in snapshot.findings.items() if code in CHECKS}
    known_by = _known_by(row for numbers in found.values() for row, _field, _value in numbers["examples"])
    for check, numbers in sorted(found.items(), key=lambda pair: -pair[1]["records"]):
        yield FindingLine(
            check=check,
            records=numbers["records"],
            times=numbers["times"],
            share=share(numbers["records"], snapshot.records),
            examples=tuple(
                Example(*known_by[row], field=field, value=value)
                for row, field, value in numbers["examples"]
                if row in known_by
            ),
        )


def _known_by(rows: Iterable[int]) -> dict[int, tuple[str, str, str]]:
    """Row -> the record's identifier, its product's title and path."""
    found: Iterable[tuple[Any, ...]] = (
        Record.objects.filter(pk__in=set(rows))
        .order_by()
        .values_list("pk", "identifier", "product__title", "product__public_id")
    )
    return {
        pk: (identifier, title or "", product_path(public_id, title) if public_id else "")
        for pk, identifier, title, public_id in found
    }
