"""Every finding as a row, by SQL: what reading found in a record, and what comparing found about its product.

Snapshots, pages and downloads count these rows, so they agree. Only records that are present count, and only accepted
ones are compared: what is in quarantine is to be mended first.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from ingest.models import RecordState
from ingest.quality.checks import CHECKS, Check
from ingest.quality.subjects import Subject

PRESENT_STATES = [RecordState.ACCEPTED.value, RecordState.QUARANTINED.value]

_CHUNK = 2000
"""Rows fetched at a time for a download: about a megabyte."""


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with its values; every piece of text is of ours."""

    text: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, with what a publisher knows the record by; public_id and title are empty without a product."""

    record_id: int
    record: str
    product_code: str
    ean: str
    title: str
    public_id: str
    source: str
    publisher: str
    code: str
    field: str
    value: str

    @property
    def check(self) -> Check:
        return CHECKS[self.code]


@dataclass(frozen=True, slots=True)
class FindingCount:
    """In how many records, and how often in all: one record may have it for several values."""

    records: int
    times: int


@dataclass(frozen=True, slots=True)
class ValueCount:
    """How many records have a finding for this value."""

    field: str
    value: str
    records: int


def findings(subject: Subject, check: Check | None = None) -> Iterator[Finding]:
    """All findings, or those of one check, in the order of the records; read from the database as they are used."""
    checks = list(CHECKS.values()) if check is None else [check]
    sql = statement(present_records(_of(subject)), checks, Sql(_DETAILS))
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql.text, sql.values)
        while rows := cursor.fetchmany(_CHUNK):
            for row in rows:
                yield Finding(*row)


def findings_page(subject: Subject, check: Check, *, after: int, size: int) -> list[Finding]:
    """The findings of the first `size` records beyond the row `after`."""
    beyond = Sql("record.id > %s", (after,))
    present = present_records(_of(subject), _with_finding(check), beyond, most=size)
    return [Finding(*row) for row in run(statement(present, [check], Sql(_DETAILS)))]


def count_findings(subject: Subject, check: Check) -> FindingCount:
    present = present_records(_of(subject), _with_finding(check))
    return FindingCount(*run(statement(present, [check], Sql(_COUNT)))[0])


def common_values(subject: Subject, check: Check, *, most: int) -> list[ValueCount]:
    """The values that most records have this finding for; without those of a single record."""
    present = present_records(_of(subject), _with_finding(check))
    return [ValueCount(*row) for row in run(statement(present, [check], Sql(_COMMON_VALUES, (most,))))]


def present_records(*conditions: Sql, most: int = 0) -> Sql:
    """The records to judge, each with the publisher that it is of; most: the first so many by row, 0 for all."""
    where = " AND ".join((_PRESENT, *(condition.text for condition in conditions)))
    values = (PRESENT_STATES, *(value for condition in conditions for value in condition.values))
    return Sql(f"{where} ORDER BY record.id LIMIT %s", (*values, most)) if most else Sql(where, values)


def statement(present: Sql, checks: Iterable[Check], question: Sql) -> Sql:
    """The question about `present`, these records, and `finding`, a row for each finding of theirs."""
    rows = _rows(list(checks))
    text = f"WITH present AS ({present.text}), finding AS MATERIALIZED ({rows.text}) {question.text}"
    return Sql(text, (*present.values, *rows.values, *question.values))


def run(sql: Sql) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.values)
        return list(cursor.fetchall())


_PRESENT = """
SELECT record.id, record.source_id, record.state, record.issues, record.product_id,
    COALESCE(record.publisher_id, product.publisher_id) AS publisher_id
FROM ingest_record AS record
LEFT JOIN catalogus_product AS product ON product.id = record.product_id
WHERE record.state = ANY(%s)
"""
_READ = """
SELECT present.id AS record_id, present.source_id, present.publisher_id, present.state,
    found.code, found.field, found.value, found.place
FROM present CROSS JOIN LATERAL
    ROWS FROM (jsonb_to_recordset(present.issues) AS (code text, field text, value text)) WITH ORDINALITY
        AS found (code, field, value, place)
WHERE found.code = ANY(%s)
"""
_COMPARED = """
SELECT present.id, present.source_id, present.publisher_id, present.state,
    %s, compared.field, compared.value, %s::bigint
FROM present JOIN ({products}) AS compared (id, field, value) ON compared.id = present.product_id
WHERE present.state = %s
"""
_WITH_FINDING = """
record.state = %s AND record.product_id IN (SELECT id FROM ({products}) AS compared (id, field, value))
"""
_DETAILS = """
SELECT finding.record_id, record.identifier, record.product_identifier, COALESCE(product.ean, ''),
    COALESCE(product.title, ''), COALESCE(product.public_id, ''), source.name, COALESCE(publisher.name, ''),
    finding.code, finding.field, finding.value
FROM finding
JOIN ingest_record AS record ON record.id = finding.record_id
JOIN ingest_source AS source ON source.id = record.source_id
LEFT JOIN catalogus_product AS product ON product.id = record.product_id
LEFT JOIN catalogus_publisher AS publisher ON publisher.id = finding.publisher_id
ORDER BY finding.record_id, finding.place
"""
_COUNT = "SELECT count(DISTINCT record_id), count(*) FROM finding"
_COMMON_VALUES = """
SELECT field, value, count(DISTINCT record_id) AS records FROM finding WHERE value <> ''
GROUP BY field, value HAVING count(DISTINCT record_id) > 1 ORDER BY records DESC, field, value LIMIT %s
"""
_AFTER_READING = 1_000
"""More findings than any reading of one record gives: those of comparing come after them."""


def _of(subject: Subject) -> Sql:
    if subject.source is not None:
        return Sql("record.source_id = %s", (subject.source.pk,))
    members = list(subject.members)
    # A record without a publisher of its own is its product's; said in this form, the index on the first still serves.
    own = "(record.publisher_id = ANY(%s) OR (record.publisher_id IS NULL AND product.publisher_id = ANY(%s)))"
    return Sql(own, (members, members))


def _with_finding(check: Check) -> Sql:
    """Condition on a record: it has this finding."""
    if check.products is None:
        return Sql("record.issues @> %s::jsonb", (json.dumps([{"code": check.code}]),))
    products = _compared(check)
    own = _WITH_FINDING.replace("{products}", products.text)
    return Sql(own, (RecordState.ACCEPTED.value, *products.values))


def _rows(checks: list[Check]) -> Sql:
    read = [check.code for check in checks if check.products is None]
    parts = [Sql(_READ, (read,))]
    for place, check in enumerate(checks, _AFTER_READING):
        if check.products is not None:
            products = _compared(check)
            text = _COMPARED.replace("{products}", products.text)
            parts.append(Sql(text, (check.code, place, *products.values, RecordState.ACCEPTED.value)))
    return Sql(" UNION ALL ".join(part.text for part in parts), tuple(value for part in parts for value in part.values))


def _compared(check: Check) -> Sql:
    """(id, field, value) of the products that a comparing check is about."""
    if check.products is None:
        raise ValueError(f"{check.code} compares nothing")
    text, values = check.products().query.sql_with_params()
    return Sql(text, tuple(values))
