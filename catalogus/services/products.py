"""Write products: every way in ends here, so a record has one meaning however it came.

New and changed rows go by COPY into a temporary table and from there into the catalogue; rows that are the same are not
written. Each change leaves a version, and marks the documents of the product and its methods as stale.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone

from catalogus.classification import filter_codes
from catalogus.models import Cause, Method, OutboxKind, Product, Scheme, VersionKind
from catalogus.product_data import ProductData
from catalogus.services.merging import release_eans
from catalogus.services.outbox import enqueue
from catalogus.services.placement import Placement, place
from catalogus.vocabulary import Vocabulary

_NOT_COLUMNS = frozenset({"publisher_name", "family_name", "edition_text"})
_JSON = ("classification", "price_parts")
_STATED = tuple(
    field.name for field in fields(ProductData) if field.name not in _NOT_COLUMNS and field.name not in _JSON
)
"""What is written as it stands in ProductData."""

_PLACED = ("publisher_id", "method_id", "edition_id", "origin_method_id")
_DERIVED = ("sectors", "levels", "years", "subjects", "combined", "search_text")
_COMPARED = (*_STATED, *_JSON, *_PLACED, *_DERIVED, "withdrawn_at")
_WRITTEN = ("public_id", *_COMPARED, "is_placement_locked", "first_seen_at", "updated_at")
# What the derived columns are made of stands in the history already.
_NOT_IN_HISTORY = frozenset({*_DERIVED, "origin_method_id"})


class Outcome(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Upserted:
    product_id: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Stored:
    id: int
    values: dict[str, Any]
    is_placement_locked: bool


@dataclass(frozen=True, slots=True)
class _Change:
    public_id: str
    kind: VersionKind
    fields: dict[str, list[Any]]
    methods: frozenset[int]


@transaction.atomic
def upsert_products(
    items: Mapping[str, ProductData],
    *,
    cause: Cause,
    source: str = "",
    actor: str = "",
    run: str = "",
    reason: str = "",
    vocabulary: Vocabulary | None = None,
) -> dict[str, Upserted]:
    """Store products by their public ids; what became of each, and its row's id.

    source, actor, run and reason are told in the history: who said so, who did so, as a part of what, and why.
    Raises IntegrityError where a rule of the database does not hold; then nothing of the batch is written.
    """
    now = timezone.now()
    vocabulary = vocabulary or Vocabulary.load()
    placements = place(items, at=now)
    stored = _lock_stored(items)
    placements |= _kept_placements(stored, placements)
    rows: dict[str, dict[str, Any]] = {}
    changes: list[_Change] = []
    for public_id, data in items.items():
        old = stored.get(public_id)
        values = _values(data, placements[public_id], vocabulary)
        change = _compare(public_id, old, values)
        if change is not None:
            rows[public_id] = values
            changes.append(change)
    # First, so that in one batch an EAN can go from one product to another.
    release_eans([key for key in rows if key in stored and stored[key].values["ean"] != rows[key]["ean"]])
    ids = {public_id: old.id for public_id, old in stored.items()} | _write(rows, now)
    _write_versions(changes, ids, _Told(cause, source, actor, run, reason, now))
    enqueue(OutboxKind.PRODUCT, (ids[change.public_id] for change in changes))
    enqueue(OutboxKind.METHOD, (method for change in changes for method in change.methods))
    return {public_id: Upserted(ids[public_id], _outcome(public_id, rows, stored)) for public_id in items}


def _kept_placements(stored: Mapping[str, _Stored], read: Mapping[str, Placement]) -> dict[str, Placement]:
    """Public id -> where an editor put it, for the products that were put somewhere.

    read: where the records would have them; what they say is remembered for when the editor lets go.
    """
    locked = {public_id: old.values for public_id, old in stored.items() if old.is_placement_locked}
    if not locked:
        return {}
    methods = Method.objects.select_related("publisher").in_bulk([values["method_id"] for values in locked.values()])
    return {
        public_id: replace(
            read[public_id],
            publisher_id=values["publisher_id"],
            method_id=values["method_id"],
            edition_id=values["edition_id"],
            publisher_name=methods[values["method_id"]].publisher.name,
            method_name=methods[values["method_id"]].name,
        )
        for public_id, values in locked.items()
    }


def stored_products(public_ids: Iterable[str]) -> dict[str, int]:
    """Public id -> row, for those that are stored already."""
    return dict(Product.objects.filter(public_id__in=list(public_ids)).order_by().values_list("public_id", "pk"))


def _outcome(public_id: str, rows: Mapping[str, object], stored: Mapping[str, object]) -> Outcome:
    if public_id not in stored:
        return Outcome.CREATED
    return Outcome.CHANGED if public_id in rows else Outcome.UNCHANGED


def _lock_stored(items: Mapping[str, ProductData]) -> dict[str, _Stored]:
    columns = ("id", "public_id", "is_placement_locked", *_COMPARED)
    # Locked in one order, so that two batches at once wait for each other and never in a circle.
    found = (
        Product.objects.filter(public_id__in=list(items))
        .order_by("public_id")
        .select_for_update()
        .values_list(*columns)
    )
    stored = {}
    for row_id, public_id, is_locked, *values in found.iterator(chunk_size=2000):
        stored[public_id] = _Stored(row_id, dict(zip(_COMPARED, values, strict=True)), is_locked)
    return stored


def _values(data: ProductData, placement: Placement, vocabulary: Vocabulary) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(data, name) for name in _STATED}
    for name, value in values.items():
        if isinstance(value, tuple):
            values[name] = list(value)
    codes = filter_codes(data.classification, vocabulary)
    labels = [
        vocabulary.label(scheme, code)
        for scheme, found in (
            (Scheme.SUBJECT, codes.subjects),
            (Scheme.LEVEL, codes.levels),
            (Scheme.YEAR, codes.years),
            (Scheme.SECTOR, codes.sectors),
        )
        for code in found
    ]
    text = [data.title, placement.method_name, placement.publisher_name, *labels, *data.authors]
    return values | {
        "publisher_id": placement.publisher_id,
        "method_id": placement.method_id,
        "edition_id": placement.edition_id,
        "origin_method_id": placement.origin_method_id,
        "classification": [group.as_json() for group in data.classification],
        "price_parts": [part.as_json() for part in data.price_parts],
        "sectors": list(codes.sectors),
        "levels": list(codes.levels),
        "years": list(codes.years),
        "subjects": list(codes.subjects),
        "combined": list(codes.combined),
        "search_text": "\n".join(dict.fromkeys(text)),
        "withdrawn_at": None,
    }


def _compare(public_id: str, old: _Stored | None, new: Mapping[str, Any]) -> _Change | None:
    if old is None:
        return _Change(public_id, VersionKind.CREATED, {}, frozenset({new["method_id"]}))
    differing = {name: [old.values[name], new[name]] for name in _COMPARED if old.values[name] != new[name]}
    if not differing:
        return None
    kind = VersionKind.CHANGED
    if "withdrawn_at" in differing:
        kind = VersionKind.RESTORED
    elif "method_id" in differing:
        kind = VersionKind.MOVED
    told = {name: pair for name, pair in differing.items() if name not in _NOT_IN_HISTORY}
    return _Change(public_id, kind, told, frozenset({old.values["method_id"], new["method_id"]}))


_CREATE_STAGE = f"""
CREATE TEMPORARY TABLE IF NOT EXISTS product_stage ON COMMIT DELETE ROWS AS
SELECT {", ".join(_WRITTEN)} FROM catalogus_product WITH NO DATA
"""  # noqa: S608  Column names of ours, no value of anyone's.
_COPY_STAGE = f"COPY product_stage ({', '.join(_WRITTEN)}) FROM STDIN"
_UPSERT = f"""
INSERT INTO catalogus_product ({", ".join(_WRITTEN)})
SELECT {", ".join(_WRITTEN)} FROM product_stage ORDER BY public_id
ON CONFLICT (public_id) DO UPDATE SET
    {", ".join(f"{name} = excluded.{name}" for name in (*_COMPARED, "updated_at"))}
RETURNING public_id, id
"""  # noqa: S608  Column names of ours, no value of anyone's.


def _write(rows: Mapping[str, Mapping[str, Any]], now: datetime) -> dict[str, int]:
    """Write new and changed rows; public id -> id."""
    if not rows:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_CREATE_STAGE)
        with cursor.copy(_COPY_STAGE) as copy:
            for public_id, values in rows.items():
                copy.write_row(_copy_row(public_id, values, now))
        cursor.execute(_UPSERT)
        ids: dict[str, int] = dict(cursor.fetchall())
        # A second batch of the same transaction starts with an empty table too.
        cursor.execute("TRUNCATE product_stage")
    return ids


def _copy_row(public_id: str, values: Mapping[str, Any], now: datetime) -> Sequence[Any]:
    compared = (json.dumps(values[name]) if name in _JSON else values[name] for name in _COMPARED)
    return (public_id, *compared, False, now, now)


_COPY_VERSIONS = (
    "COPY catalogus_productversion (product_id, kind, cause, source, actor, run, reason, changes, at) FROM STDIN"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """What all versions of one call say."""

    cause: Cause
    source: str
    actor: str
    run: str
    reason: str
    at: datetime


def _write_versions(changes: Sequence[_Change], ids: Mapping[str, int], told: _Told) -> None:
    # A change of what is derived alone (a label of a concept) is no event for readers of the history.
    worth_telling = [change for change in changes if change.fields or change.kind != VersionKind.CHANGED]
    if not worth_telling:
        return
    same = (told.cause.value, told.source, told.actor, told.run, told.reason)
    with connection.cursor() as cursor, cursor.copy(_COPY_VERSIONS) as copy:
        for change in worth_telling:
            changed = json.dumps(change.fields, cls=DjangoJSONEncoder)
            copy.write_row((ids[change.public_id], change.kind.value, *same, changed, told.at))
