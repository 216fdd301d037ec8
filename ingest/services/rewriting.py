"""Write back what a record was found to mean; what it says, and when it was seen, stays as it is."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from ingest.mapping import MAPPING_VERSION
from ingest.models import Record, RecordState
from ingest.services.incoming import Incoming
from ingest.services.records import issues_json


@dataclass(frozen=True, slots=True)
class Reread:
    """A stored record and what it means now."""

    record: Record
    incoming: Incoming


_UPDATE = """
UPDATE ingest_record AS record SET
    mapping_version = new.mapping_version, state = new.state, issues = new.issues::jsonb,
    product_identifier = new.product_identifier, product_id = new.product_id, publisher_id = new.publisher_id,
    payload = CASE WHEN new.is_mended THEN record.refused_payload ELSE record.payload END,
    refused_payload = CASE WHEN new.is_mended THEN NULL WHEN new.is_spoiled THEN record.payload
        ELSE record.refused_payload END
FROM unnest(%s::bigint[], %s::int[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::bool[],
    %s::bool[])
    AS new (id, mapping_version, state, issues, product_identifier, product_id, publisher_id, is_mended, is_spoiled)
WHERE record.id = new.id
"""


def rewrite_records(read: Sequence[Reread]) -> int:
    """Store what differs; the number of records that did.

    A record whose latest content was refused and is accepted now keeps that content alone. One whose accepted content
    is refused now keeps it as both: its product is made of it, and its fault is about it.
    """
    rows = [row for one in read if (row := _row(one)) is not None]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_UPDATE, [list(column) for column in zip(*rows, strict=True)])
    return len(rows)


def _row(one: Reread) -> tuple[object, ...] | None:
    record, incoming = one.record, one.incoming
    is_refused = incoming.refusal is not None
    state = RecordState.QUARANTINED if is_refused else RecordState.ACCEPTED
    issues = issues_json(incoming)
    code = incoming.mapped.data.identifier if incoming.mapped else ""
    product_id = record.product_id if is_refused else incoming.product_id
    new = (MAPPING_VERSION, state.value, code, product_id, incoming.publisher_id)
    old = (record.mapping_version, record.state, record.product_identifier, record.product_id, record.publisher_id)
    if new == old and json.loads(issues) == record.issues:
        return None
    has_both = record.refused_payload is not None
    is_spoiled = is_refused and not has_both and record.product_id is not None
    return (
        record.pk, MAPPING_VERSION, state.value, issues, code, product_id, incoming.publisher_id,
        has_both and not is_refused, is_spoiled,
    )  # fmt: skip
