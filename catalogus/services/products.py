"""Bring products in: every way in ends here, so a record has one meaning however it came.

Rows that are the same are not written. What editors corrected, placed or locked stands above what comes in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalogus.locks import Lock, lock_until_commit
from catalogus.models import Cause, Method, Product
from catalogus.product_data import ProductData
from catalogus.services.held_corrections import correct, held_corrections, keep_source_values
from catalogus.services.history import Told
from catalogus.services.placement import Placement, place
from catalogus.services.product_rows import Change, StoredRow, compare, lock_rows, row_values, write_changes
from catalogus.vocabulary import Vocabulary


class Outcome(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Upserted:
    product_id: int
    outcome: Outcome


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
    # Methods stay where they are until this is written: an editor's merge waits, or is seen whole.
    lock_until_commit(Lock.EDIT, is_shared=True)
    now = timezone.now()
    vocabulary = vocabulary or Vocabulary.load()
    stored = lock_rows(public_id__in=list(items))
    held = held_corrections(stored)
    corrected = {public_id: correct(items[public_id], found) for public_id, found in held.items()}
    placements = place(items, {public_id: data.title for public_id, data in corrected.items()}, at=now)
    placements |= _kept_placements(stored, placements)
    rows: dict[str, dict[str, Any]] = {}
    changes: list[Change] = []
    for public_id, data in items.items():
        values = row_values(corrected.get(public_id, data), placements[public_id], vocabulary)
        change = compare(public_id, stored.get(public_id), values)
        if change is not None:
            rows[public_id] = values
            changes.append(change)
    told = Told(cause, now, source=source, actor=actor, run=run, reason=reason)
    ids = write_changes(changes, rows, stored, told)
    keep_source_values((items[public_id], found) for public_id, found in held.items())
    return {public_id: Upserted(ids[public_id], _outcome(public_id, rows, stored)) for public_id in items}


def _kept_placements(stored: Mapping[str, StoredRow], read: Mapping[str, Placement]) -> dict[str, Placement]:
    """Public id -> where an editor keeps it, for the products that were put somewhere or whose method is locked.

    read: where the records would have them; what they say is remembered for when the editor lets go. Within a locked
    method the edition follows the records, as long as they name that method.
    """
    kept = {
        public_id: old.values
        for public_id, old in stored.items()
        if old.is_placed or (old.is_method_locked and read[public_id].method_id != old.values["method_id"])
    }
    if not kept:
        return {}
    methods = Method.objects.select_related("publisher").in_bulk([values["method_id"] for values in kept.values()])
    return {
        public_id: replace(
            read[public_id],
            publisher_id=values["publisher_id"],
            method_id=values["method_id"],
            edition_id=values["edition_id"],
            publisher_name=methods[values["method_id"]].publisher.name,
            method_name=methods[values["method_id"]].name,
        )
        for public_id, values in kept.items()
    }


def stored_products(public_ids: Iterable[str]) -> dict[str, int]:
    """Public id -> row, for those that are stored already."""
    return dict(Product.objects.filter(public_id__in=list(public_ids)).order_by().values_list("public_id", "pk"))


def _outcome(public_id: str, rows: Mapping[str, object], stored: Mapping[str, object]) -> Outcome:
    if public_id not in stored:
        return Outcome.CREATED
    return Outcome.CHANGED if public_id in rows else Outcome.UNCHANGED
