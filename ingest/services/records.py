"""The table of records: what is known of a batch, and writing it back by COPY."""

import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from django.db import connection
from django.db.models import QuerySet

from ingest.issues import Issue
from ingest.koppelpunt.eck import Entry
from ingest.koppelpunt.xml import parse
from ingest.mapping import MAPPING_VERSION
from ingest.models import Harvest, Record, RecordState, Source
from ingest.services.incoming import Incoming, Stored

RecordKey: TypeAlias = tuple[int, str]
"""A source's row and a record's identifier."""


def find_stored(source: Source, identifiers: Iterable[str]) -> dict[str, Stored]:
    """Identifier -> what is stored of it, for those that are."""
    found = Record.objects.filter(source=source, identifier__in=list(identifiers)).values_list(
        "identifier", "payload_hash", "mapping_version", "state", "product_id", "last_harvest_id", "issues"
    )
    return {
        identifier: Stored(bytes(digest), version, state, product_id, harvest_id, reason=_reason(state, issues))
        for identifier, digest, version, state, product_id, harvest_id, issues in found
    }


def _reason(state: str, issues: Sequence[Mapping[str, str]]) -> str:
    """Why a record is in quarantine: the first of its findings."""
    return issues[0]["code"] if state == RecordState.QUARANTINED and issues else ""


def accepted_entries(
    products: Mapping[str, int], without: Collection[RecordKey]
) -> Iterator[tuple[str, int, str, Entry]]:
    """Stored records of these products (public id -> row), but for some.

    Each as (product's public id, the source's precedence, the record's identifier, its entry); of one whose latest
    content was refused, the entry that was accepted before.
    """
    keys = {row: key for key, row in products.items()}
    precedences = dict(Source.objects.values_list("pk", "precedence"))
    found = _present(keys).values_list("product_id", "source_id", "identifier", "payload")
    for product_id, source_id, identifier, payload in found:
        if product_id is not None and (source_id, identifier) not in without:
            entry = Entry(parse(zlib.decompress(bytes(payload))))
            yield keys[product_id], precedences[source_id], identifier, entry


def describing(products: Iterable[int]) -> Iterator[tuple[int, RecordKey]]:
    """(product's row, (source, identifier)) of every record that describes one of these products."""
    found = _present(products).values_list("product_id", "source_id", "identifier")
    for product_id, source_id, identifier in found:
        if product_id is not None:
            yield product_id, (source_id, identifier)


def _present(products: Iterable[int]) -> QuerySet[Record]:
    """The records that these products are made of."""
    # One table and no order: a join here is planned badly while the statistics of a first harvest are still empty.
    return Record.objects.filter(product__in=list(products)).exclude(state=RecordState.ABSENT).order_by()


def mark_seen(source: Source, identifiers: Sequence[str], harvest: Harvest | None, now: datetime) -> None:
    """These records were met again with the same content."""
    if identifiers:
        Record.objects.filter(source=source, identifier__in=identifiers).update(
            last_seen_at=now, last_harvest=harvest, missing_since=None
        )


_COLUMNS = (
    "source_id", "identifier", "schema", "payload", "refused_payload", "payload_hash", "mapping_version", "state",
    "issues", "product_identifier", "product_id", "publisher_id", "first_seen_at", "last_seen_at", "missing_since",
    "last_harvest_id",
)  # fmt: skip
_KEPT = frozenset({"source_id", "identifier", "first_seen_at", "payload"})
_COMPRESSION = 1
"""Of zlib's levels the quickest: a sixth larger than the usual one, in a third of its time."""

_CREATE_STAGE = f"""
CREATE TEMPORARY TABLE IF NOT EXISTS record_stage ON COMMIT DELETE ROWS AS
SELECT {", ".join(_COLUMNS)} FROM ingest_record WITH NO DATA
"""  # noqa: S608  Column names of ours, no value of anyone's.
_COPY_STAGE = f"COPY record_stage ({', '.join(_COLUMNS)}) FROM STDIN"
_UPSERT = f"""
INSERT INTO ingest_record ({", ".join(_COLUMNS)})
SELECT {", ".join(_COLUMNS)} FROM record_stage ORDER BY identifier
ON CONFLICT (source_id, identifier) DO UPDATE SET
    {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name not in _KEPT)},
    payload = CASE WHEN excluded.refused_payload IS NULL THEN excluded.payload ELSE ingest_record.payload END
"""  # noqa: S608  Column names of ours, no value of anyone's.


def write_records(source: Source, fresh: Sequence[Incoming], harvest: Harvest | None, now: datetime) -> None:
    """Store new and changed records with what was found wrong with them."""
    if not fresh:
        return
    with connection.cursor() as cursor:
        cursor.execute(_CREATE_STAGE)
        with cursor.copy(_COPY_STAGE) as copy:
            for incoming in fresh:
                copy.write_row(_row(source, incoming, harvest, now))
        cursor.execute(_UPSERT)
        # A second batch of the same transaction starts with an empty table too.
        cursor.execute("TRUNCATE record_stage")


def _row(source: Source, incoming: Incoming, harvest: Harvest | None, now: datetime) -> Sequence[object]:
    refused = incoming.refusal is not None
    product_identifier = incoming.mapped.data.identifier if incoming.mapped else ""
    earlier = incoming.stored.product_id if incoming.stored else None
    payload = zlib.compress(incoming.raw.payload, _COMPRESSION)
    return (
        source.pk,
        incoming.identifier,
        incoming.raw.schema[:40],
        payload,
        # What was accepted before stays, for the product is made of it.
        payload if refused and earlier is not None else None,
        incoming.digest,
        MAPPING_VERSION,
        (RecordState.QUARANTINED if refused else RecordState.ACCEPTED).value,
        issues_json(incoming),
        product_identifier,
        # What a refused record described before stays linked: mended, it goes on as the same product.
        earlier if refused else incoming.product_id,
        incoming.publisher_id,
        now,
        now,
        None,
        harvest.pk if harvest else None,
    )


def issues_json(incoming: Incoming) -> str:
    """What was found wrong, as the column has it."""
    return json.dumps([_issue(issue) for issue in incoming.issues])


def _issue(issue: Issue) -> dict[str, str]:
    # PostgreSQL's JSON holds no NUL, which a broken record may.
    return {name: value.replace("\x00", "") for name, value in issue.as_json().items()}
