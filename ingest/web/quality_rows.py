"""What the pages about quality show, as text and addresses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from catalogus.paths import product_path
from catalogus.web.formatting import number
from ingest.quality.findings import Finding, ValueCount
from ingest.quality.overview import Standing
from ingest.quality.report import FindingLine, Moment, PartLine, Report
from ingest.quality.subjects import Subject
from ingest.web.quality_addresses import finding_url
from ingest.web.quality_charts import Line, chart_line, grid_lines, spark_points
from ingest.web.quality_text import LONGEST_TITLE, LONGEST_VALUE, change, cut, percent


@dataclass(frozen=True, slots=True)
class ScoreCell:
    """A score with where it comes from: the change since the pass before, empty without one, and a small line."""

    text: str
    thousandths: int
    change: str
    spark: str


@dataclass(frozen=True, slots=True)
class StandingRow:
    name: str
    url: str
    records: str
    quarantined: str
    flagged: str
    completeness: ScoreCell
    correctness: ScoreCell


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """product: the title, or the record's own name where there is no product; url is empty then."""

    product: str
    url: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class FindingBlock:
    code: str
    name: str
    why: str
    remedy: str
    field: str
    records: int
    records_text: str
    times_text: str
    share: str
    examples: tuple[ExampleRow, ...]
    url: str


@dataclass(frozen=True, slots=True)
class PartRow:
    name: str
    why: str
    elements: str
    points: int
    filled: str
    missing: str
    share: str
    thousandths: int


@dataclass(frozen=True, slots=True)
class MomentRow:
    at: datetime
    records: str
    quarantined: str
    flagged: str
    completeness: str
    correctness: str


@dataclass(frozen=True, slots=True)
class Chart:
    completeness: Line
    correctness: Line
    grid: Sequence[tuple[str, int]]
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record with all its findings of one kind. owner: its publisher on a source's page, its source otherwise."""

    record: str
    product: str
    url: str
    ean: str
    code: str
    owner: str
    said: tuple[tuple[str, str], ...]


def source_rows(standings: Iterable[Standing]) -> list[StandingRow]:
    return [_standing(one, reverse("ingest:quality-source", args=[one.key])) for one in standings]


def publisher_rows(standings: Iterable[Standing]) -> list[StandingRow]:
    return [_standing(one, reverse("ingest:quality-publisher", args=[one.key])) for one in standings]


def numbers_of(report: Report) -> dict[str, str]:
    """The numbers that the scores are explained with."""
    now = report.now
    return {
        "records": number(now.records),
        "accepted": number(now.accepted),
        "quarantined": number(now.quarantined),
        "flagged": number(now.flagged),
        "clean": number(now.clean),
        "points": number(report.points),
        "most_points": number(report.most_points),
        "points_of_one": str(report.most_points // now.accepted) if now.accepted else "0",
        "completeness": percent(now.completeness),
        "correctness": percent(now.correctness),
    }


def finding_blocks(subject: Subject, lines: Iterable[FindingLine]) -> list[FindingBlock]:
    return [
        FindingBlock(
            code=line.check.code,
            name=str(line.check.name),
            why=str(line.check.why),
            remedy=str(line.check.remedy),
            field=line.check.field,
            records=line.records,
            records_text=number(line.records),
            times_text=number(line.times) if line.times != line.records else "",
            share=percent(line.share),
            examples=tuple(
                ExampleRow(
                    product=cut(example.title, LONGEST_TITLE) or example.record,
                    url=example.path,
                    field=example.field,
                    value=cut(example.value, LONGEST_VALUE),
                )
                for example in line.examples
            ),
            url=finding_url(subject, line.check.code),
        )
        for line in lines
    ]


def part_rows(lines: Iterable[PartLine], accepted: int) -> list[PartRow]:
    return [
        PartRow(
            name=str(line.part.name),
            why=str(line.part.why),
            elements=line.part.elements,
            points=line.part.points,
            filled=number(line.filled),
            missing=number(accepted - line.filled),
            share=percent(line.share),
            thousandths=line.share,
        )
        for line in lines
    ]


def moment_rows(moments: Iterable[Moment]) -> list[MomentRow]:
    return [
        MomentRow(
            at=moment.at,
            records=number(moment.records),
            quarantined=number(moment.quarantined),
            flagged=number(moment.flagged),
            completeness=percent(moment.completeness),
            correctness=percent(moment.correctness),
        )
        for moment in moments
    ]


def chart(moments: Sequence[Moment]) -> Chart | None:
    """None for a single pass: there is no line through one point."""
    if len(moments) < 2:
        return None
    return Chart(
        completeness=chart_line([moment.completeness for moment in moments]),
        correctness=chart_line([moment.correctness for moment in moments]),
        grid=grid_lines(),
        first=moments[0].at,
        last=moments[-1].at,
    )


def record_rows(subject: Subject, findings: Sequence[Finding]) -> list[RecordRow]:
    """findings: in the order of their records."""
    rows = []
    for _record, group in groupby(findings, key=lambda finding: finding.record_id):
        found = list(group)
        first = found[0]
        rows.append(
            RecordRow(
                record=first.record,
                product=cut(first.title, LONGEST_TITLE) or _("nog geen product"),
                url=product_path(first.public_id, first.title) if first.public_id else "",
                ean=first.ean,
                code=first.product_code if first.product_code != first.ean else "",
                owner=first.publisher if subject.source else first.source,
                said=tuple((finding.field, cut(finding.value, LONGEST_VALUE)) for finding in found),
            )
        )
    return rows


def value_rows(values: Iterable[ValueCount]) -> list[tuple[str, str, str]]:
    """Field, value and number of records."""
    return [(value.field, cut(value.value, LONGEST_VALUE), number(value.records)) for value in values]


def _standing(one: Standing, url: str) -> StandingRow:
    return StandingRow(
        name=one.name,
        url=url,
        records=number(one.records),
        quarantined=number(one.quarantined),
        flagged=number(one.flagged),
        completeness=_score(one.completeness, one.completeness_trend),
        correctness=_score(one.correctness, one.correctness_trend),
    )


def _score(thousandths: int, newest_first: Sequence[int]) -> ScoreCell:
    before = newest_first[1] if len(newest_first) > 1 else thousandths
    return ScoreCell(
        text=percent(thousandths),
        thousandths=thousandths,
        change=change(thousandths - before),
        spark=spark_points(newest_first),
    )
