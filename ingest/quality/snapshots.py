"""Snapshots: how a source and each of its publishers stand at the end of a pass, counted by a handful of statements."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, ExpressionWrapper
from django.utils import timezone

from catalogus.models import Edition, Method, Product
from catalogus.services.publishers import survivors
from catalogus.statistics import analyze_changed, hashing_joins
from ingest.models import Harvest, HarvestState, QualitySnapshot, Record, RecordState
from ingest.quality.checks import CHECKS
from ingest.quality.completeness import PARTS
from ingest.quality.findings import Sql, present_records, run, statement
from ingest.quality.scores import completeness_score, correctness_score

MOST_EXAMPLES = 3
"""Of each finding: enough to recognise it; the list of the finding has them all."""


@transaction.atomic
def take_snapshots(harvest: Harvest) -> int:
    """Write how the source of this pass stands, and each publisher that has records in it; the number of snapshots.

    A publisher's snapshot counts its records over all sources, those of publishers that were merged into it among them.
    It may be called again for the same pass: the rows of the first time are brought up to date.
    """
    with connection.cursor() as cursor:
        # A million records take longer than a page may.
        cursor.execute("SET LOCAL statement_timeout = '10min'")
    # Right after a first harvest the tables are planned for as if they were empty, which costs hours.
    analyze_changed(Record, Product, Method, Edition)
    with hashing_joins():
        members = _members(harvest.source_id)
        tallies = {key: _Tally() for key in (_SOURCE, *members.values())}
        judged = _Judged(harvest.source_id, members)
        _count_records(judged, tallies)
        _count_findings(judged, tallies)
        _find_examples(judged, tallies)
    at = harvest.finished_at or timezone.now()
    rows = [tally.snapshot(harvest=harvest, publisher_id=key or None, at=at) for key, tally in tallies.items()]
    # A publisher of which there was a snapshot may have been merged meanwhile.
    former = QualitySnapshot.objects.filter(harvest=harvest).exclude(publisher=None)
    former.exclude(publisher__in=members.values()).delete()
    QualitySnapshot.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["harvest", "publisher"], update_fields=_COUNTED
    )
    return len(rows)


def retake_snapshots() -> int:
    """Count anew what the last pass of each source left; the number of snapshots.

    After stored records were read again, or after a change of what is checked.
    """
    ended = Harvest.objects.exclude(state__in=HarvestState.open())
    last = ended.order_by("source_id", "-finished_at", "-pk").distinct("source_id")
    return sum(take_snapshots(harvest) for harvest in last)


_SOURCE = 0
"""Stands for the whole source among the rows of publishers."""

_COUNTED = [
    "at", "records", "quarantined", "flagged", "completeness", "findings", "completeness_score", "correctness_score",
]  # fmt: skip


@dataclass(slots=True)
class _Tally:
    """The numbers of one snapshot."""

    records: int = 0
    quarantined: int = 0
    flagged: int = 0
    filled: dict[str, int] = field(default_factory=dict)
    findings: dict[str, dict[str, Any]] = field(default_factory=dict)

    def snapshot(self, **fields: Any) -> QualitySnapshot:
        return QualitySnapshot(
            **fields,
            source_id=fields["harvest"].source_id,
            records=self.records,
            quarantined=self.quarantined,
            flagged=self.flagged,
            completeness=self.filled,
            findings=self.findings,
            completeness_score=completeness_score(self.filled, self.records - self.quarantined),
            correctness_score=correctness_score(
                records=self.records, quarantined=self.quarantined, flagged=self.flagged
            ),
        )


@dataclass(frozen=True, slots=True)
class _Judged:
    """What is counted: the source's records, and those of its publishers everywhere.

    members: publisher -> the one that it counts with.
    """

    source_id: int
    members: Mapping[int, int]

    @property
    def present(self) -> Sql:
        return present_records(
            Sql(
                "(record.source_id = %s OR COALESCE(record.publisher_id, product.publisher_id) = ANY(%s))",
                (self.source_id, list(self.members)),
            )
        )

    def by_snapshot(self, rows: str) -> Sql:
        """FROM these rows, each once for every snapshot that it counts in (key)."""
        own = (list(self.members), list(self.members.values()), self.source_id)
        return Sql(_BY_SNAPSHOT.format(rows=rows, source=_SOURCE), own)


_MEMBERS = """
SELECT DISTINCT COALESCE(record.publisher_id, product.publisher_id)
FROM ingest_record AS record
LEFT JOIN catalogus_product AS product ON product.id = record.product_id
WHERE record.source_id = %s
"""
_BY_SNAPSHOT = """
FROM {rows} AS counted
LEFT JOIN unnest(%s::bigint[], %s::bigint[]) AS member (id, survivor_id) ON member.id = counted.publisher_id
CROSS JOIN LATERAL (
    SELECT member.survivor_id WHERE member.survivor_id IS NOT NULL
    UNION ALL SELECT {source} WHERE counted.source_id = %s
) AS snapshot (key)
"""
_FINDINGS = """
SELECT snapshot.key, counted.code, count(DISTINCT counted.record_id), count(*),
    count(DISTINCT counted.record_id) FILTER (WHERE counted.state = %s)
{by_snapshot}
GROUP BY GROUPING SETS ((snapshot.key, counted.code), (snapshot.key))
"""
# Different values first, of these the most frequent: so three examples show most of what is wrong.
_EXAMPLES = """
, said AS (
    SELECT snapshot.key, counted.code, counted.field, counted.value, count(*) AS times,
        (array_agg(counted.record_id ORDER BY counted.record_id))[1:%s] AS records
    {by_snapshot}
    GROUP BY snapshot.key, counted.code, counted.field, counted.value
), example AS (
    SELECT said.key, said.code, said.field, said.value, one.record_id, row_number() OVER (
        PARTITION BY said.key, said.code ORDER BY one.nth, said.times DESC, one.record_id, said.field, said.value
    ) AS place
    FROM said CROSS JOIN LATERAL unnest(said.records) WITH ORDINALITY AS one (record_id, nth)
)
SELECT key, code, record_id, field, value FROM example WHERE place <= %s ORDER BY key, code, place
"""


def _members(source_id: int) -> dict[int, int]:
    """The publishers that have records in the source, and all that count with them -> the one they count with."""
    named = {pk for (pk,) in run(Sql(_MEMBERS, (source_id,))) if pk is not None}
    into = survivors()
    judged = {into.get(pk, pk) for pk in named}
    return {pk: pk for pk in judged} | {pk: survivor for pk, survivor in into.items() if survivor in judged}


def _count_records(judged: _Judged, tallies: Mapping[int, _Tally]) -> None:
    said = Product.objects.order_by().values_list(
        "pk", *(ExpressionWrapper(part.condition, BooleanField()) for part in PARTS.values())
    )
    products, values = said.query.sql_with_params()
    names = [f"says_{code}" for code in PARTS]
    counted = judged.by_snapshot("present")
    question = f"""
        SELECT snapshot.key, count(*), count(*) FILTER (WHERE counted.state = %s),
            {", ".join(f"count(*) FILTER (WHERE counted.state = %s AND {name})" for name in names)}
        {counted.text} LEFT JOIN ({products}) AS said (id, {", ".join(names)}) ON said.id = counted.product_id
        GROUP BY snapshot.key
    """
    states = (RecordState.QUARANTINED.value, *(RecordState.ACCEPTED.value for _name in names))
    asked = statement(judged.present, (), Sql(question, (*states, *counted.values, *values)))
    for key, records, quarantined, *filled in run(asked):
        tally = tallies[key]
        tally.records, tally.quarantined = records, quarantined
        tally.filled = dict(zip(PARTS, filled, strict=True))


def _count_findings(judged: _Judged, tallies: Mapping[int, _Tally]) -> None:
    counted = judged.by_snapshot("finding")
    question = Sql(_FINDINGS.format(by_snapshot=counted.text), (RecordState.ACCEPTED.value, *counted.values))
    for key, code, records, times, accepted in run(statement(judged.present, CHECKS.values(), question)):
        if code is None:
            tallies[key].flagged = accepted
        else:
            tallies[key].findings[code] = {"records": records, "times": times, "examples": []}


def _find_examples(judged: _Judged, tallies: Mapping[int, _Tally]) -> None:
    counted = judged.by_snapshot("finding")
    values = (MOST_EXAMPLES, *counted.values, MOST_EXAMPLES)
    question = Sql(_EXAMPLES.format(by_snapshot=counted.text), values)
    examples: dict[tuple[int, str], list[list[object]]] = defaultdict(list)
    for key, code, record_id, name, value in run(statement(judged.present, CHECKS.values(), question)):
        examples[key, code].append([record_id, name, value])
    for (key, code), found in examples.items():
        tallies[key].findings[code]["examples"] = found
