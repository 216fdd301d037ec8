"""The rows of products: what one holds, in what it differs from the one that is stored, and how both are written.

Whoever writes products comes through here. New and changed rows go by COPY into a temporary table and from there into
the catalogue; each change leaves a version, and marks the documents of the product and its methods as stale.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef

from catalogus.classification import filter_codes
from catalogus.models import Correction, Edition, Method, OutboxKind, Product, Publisher, Scheme, VersionKind
from catalogus.product_data import Classification, ProductData
from catalogus.product_fields import as_column, from_json
from catalogus.services.history import Event, Told, write_versions
from catalogus.services.merging import release_eans
from catalogus.services.method_changes import lock_told_methods, tell_methods_changed
from catalogus.services.outbox import enqueue
from catalogus.services.placement import Placement
from catalogus.vocabulary import Vocabulary

_NOT_COLUMNS = frozenset({"publisher_name", "family_name", "edition_text"})
_JSON = ("classification", "price_parts")
_STATED = tuple(
    field.name for field in fields(ProductData) if field.name not in _NOT_COLUMNS and field.name not in _JSON
)
"""What is written as it stands in ProductData."""

CORRECTABLE = (*_STATED, *_JSON)
"""What sources state and an editor may know better."""

_PLACED = ("publisher_id", "method_id", "edition_id", "origin_method_id")
_DERIVED = ("sectors", "levels", "years", "subjects", "combined", "search_text")
_COMPARED = (*CORRECTABLE, *_PLACED, *_DERIVED, "withdrawn_at")
_WRITTEN = ("public_id", *_COMPARED, "is_placement_locked", "first_seen_at", "updated_at")
# A product that is new has no changed field: nothing rests on it yet.
_PLACE_IN_METHOD = frozenset({"method_id", "edition_id"})
# What the derived columns are made of stands in the history already.
_NOT_IN_HISTORY = frozenset({*_DERIVED, "origin_method_id"})
_TEXT_OF = (
    ("subjects", Scheme.SUBJECT),
    ("levels", Scheme.LEVEL),
    ("years", Scheme.YEAR),
    ("sectors", Scheme.SECTOR),
)


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row as it is stored. is_placed: an editor put it where it is, or locked its edition."""

    id: int
    values: dict[str, Any]
    is_placed: bool
    is_method_locked: bool
    has_corrections: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a product. fields: for its history; methods: whose documents are stale."""

    public_id: str
    kind: VersionKind
    fields: dict[str, list[Any]]
    methods: frozenset[int]


def lock_rows(**wanted: object) -> dict[str, StoredRow]:
    """Public id -> row, for the products with these values; locked until the transaction ends."""
    marks = {
        "is_edition_locked": Exists(Edition.objects.filter(pk=OuterRef("edition_id"), is_locked=True)),
        "is_method_locked": Exists(Method.objects.filter(pk=OuterRef("method_id"), is_locked=True)),
        "has_corrections": Exists(Correction.objects.filter(product=OuterRef("pk"))),
    }
    # Locked in one order, so that two batches at once wait for each other and never in a circle.
    found = (
        Product.objects.filter(**wanted)
        .order_by("public_id")
        .select_for_update()
        .annotate(**marks)
        .values_list("id", "public_id", "is_placement_locked", *marks, *_COMPARED)
    )
    rows = {}
    for row_id, public_id, is_placed, in_locked_edition, is_method_locked, has_corrections, *values in found.iterator(
        chunk_size=2000
    ):
        rows[public_id] = StoredRow(
            row_id,
            dict(zip(_COMPARED, values, strict=True)),
            is_placed or in_locked_edition,
            is_method_locked,
            has_corrections,
        )
    return rows


def row_values(data: ProductData, placement: Placement, vocabulary: Vocabulary) -> dict[str, Any]:
    """The columns of a product that is as `data` says, at this place."""
    values: dict[str, Any] = {name: as_column(getattr(data, name)) for name in CORRECTABLE}
    return values | {
        "publisher_id": placement.publisher_id,
        "method_id": placement.method_id,
        "edition_id": placement.edition_id,
        "origin_method_id": placement.origin_method_id,
        "withdrawn_at": None,
        **derived_values(values, data.classification, placement.method_name, placement.publisher_name, vocabulary),
    }


def derived_values(
    values: Mapping[str, Any],
    classification: tuple[Classification, ...],
    method_name: str,
    publisher_name: str,
    vocabulary: Vocabulary,
) -> dict[str, Any]:
    """The columns that follow from others: the codes of filters and the text of search."""
    codes = filter_codes(classification, vocabulary)
    found = {name: list(getattr(codes, name)) for name in ("sectors", "levels", "years", "subjects", "combined")}
    labels = [vocabulary.label(scheme, code) for name, scheme in _TEXT_OF for code in found[name]]
    text = [values["title"], method_name, publisher_name, *labels, *values["authors"]]
    return {**found, "search_text": "\n".join(dict.fromkeys(text))}


def compare(public_id: str, old: StoredRow | None, new: Mapping[str, Any]) -> Change | None:
    """In what the new values differ from the stored row; None where they do not."""
    if old is None:
        return Change(public_id, VersionKind.CREATED, {}, frozenset({new["method_id"]}))
    differing = {name: [old.values[name], new[name]] for name in _COMPARED if old.values[name] != new[name]}
    if not differing:
        return None
    kind = VersionKind.CHANGED
    if "withdrawn_at" in differing:
        kind = VersionKind.RESTORED
    elif "method_id" in differing:
        kind = VersionKind.MOVED
    told = {name: pair for name, pair in differing.items() if name not in _NOT_IN_HISTORY}
    return Change(public_id, kind, told, frozenset({old.values["method_id"], new["method_id"]}))


def write_changes(
    changes: Collection[Change],
    rows: Mapping[str, Mapping[str, Any]],
    stored: Mapping[str, StoredRow],
    told: Told,
) -> dict[str, int]:
    """Write the rows that changed with their versions, and mark documents as stale; public id -> id, of all stored."""
    # First, so that in one batch an EAN can go from one product to another.
    release_eans([key for key in rows if key in stored and stored[key].values["ean"] != rows[key]["ean"]])
    ids = {public_id: old.id for public_id, old in stored.items()} | _write(rows, told.at)
    # A change of what is derived alone (a label of a concept) is no event for readers of the history.
    worth_telling = [change for change in changes if change.fields or change.kind != VersionKind.CHANGED]
    if worth_telling:
        write_versions((Event(ids[change.public_id], change.kind, change.fields) for change in worth_telling), told)
    regrouped = lock_told_methods(
        method for change in changes if not _PLACE_IN_METHOD.isdisjoint(change.fields) for method in change.methods
    )
    enqueue(OutboxKind.METHOD, (method for change in changes for method in change.methods))
    tell_methods_changed(regrouped)
    enqueue(OutboxKind.PRODUCT, (ids[change.public_id] for change in changes))
    return ids


_ROWS_AT_ONCE = 1000
"""As in a harvest: large enough for COPY to pay."""


def rewrite_rows(wanted: Mapping[int, Mapping[str, Any]], told: Told) -> int:
    """Give stored products other values (row -> column -> value) and what follows from them; how many changed.

    An empty mapping for a row renews what follows from others alone, such as the names in its search text.
    """
    vocabulary = Vocabulary.load()
    count = 0
    order = sorted(wanted)
    for ids in (order[start : start + _ROWS_AT_ONCE] for start in range(0, len(order), _ROWS_AT_ONCE)):
        stored = lock_rows(pk__in=ids)
        rows = {public_id: {**old.values, **wanted[old.id]} for public_id, old in stored.items()}
        methods = dict(_names(Method, rows, "method_id"))
        publishers = dict(_names(Publisher, rows, "publisher_id"))
        changes = []
        for public_id, values in rows.items():
            groups = from_json("classification", values["classification"])
            names = methods[values["method_id"]], publishers[values["publisher_id"]]
            values |= derived_values(values, groups, *names, vocabulary)
            if change := compare(public_id, stored[public_id], values):
                changes.append(change)
        changed = {change.public_id: rows[change.public_id] for change in changes}
        write_changes(changes, changed, stored, told)
        count += len(changes)
    return count


def _names(
    model: type[Method | Publisher], rows: Mapping[str, Mapping[str, Any]], column: str
) -> Iterable[tuple[int, str]]:
    return model._default_manager.filter(pk__in={values[column] for values in rows.values()}).values_list("pk", "name")


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
