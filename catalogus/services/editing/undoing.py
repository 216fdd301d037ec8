"""Undo an edit: put back what it did, and nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogus.models import (
    Cause,
    Edit,
    Edition,
    EditKind,
    Method,
    OutboxKind,
    Product,
    Publisher,
    PublisherAlias,
)
from catalogus.services.editing.carrying import give_back, returning
from catalogus.services.editing.editions import name_edition
from catalogus.services.editing.journal import later_edits, refuse_if, short
from catalogus.services.editing.methods import name_method, write_lock
from catalogus.services.editing.publishers import name_publisher
from catalogus.services.editors import begin_editing
from catalogus.services.history import Told
from catalogus.services.method_changes import lock_told_methods, tell_methods_changed
from catalogus.services.outbox import enqueue
from catalogus.services.product_rows import rewrite_rows
from catalogus.services.rereading import request_reread
from catalogus.survivors import survivors_of


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What undoing does. returning_count: products that go to another place; blockers: edits to be undone first."""

    edit: Edit
    returning_count: int
    blockers: tuple[Edit, ...]
    refusals: tuple[str, ...]


def plan_undo(*, edit: Edit) -> UndoPlan:
    """What undoing would do as things are now."""
    if edit.undone_at is not None:
        return UndoPlan(edit, 0, (), (_("Dit is al ongedaan gemaakt."),))
    blockers = tuple(later_edits(edit))
    refusals: tuple[str, ...] = ()
    if blockers:
        named = "; ".join(f"{blocker.summary} (nr. {blocker.pk})" for blocker in blockers)
        refusals = (_("Hierop bouwt voort wat later is gedaan. Maak eerst ongedaan: %(edits)s.") % {"edits": named},)
    return UndoPlan(edit, _returning_count(edit), blockers, refusals)


def _returning_count(edit: Edit) -> int:
    moved = Product.objects.filter(method__in=edit.before.get("methods", [])).count()
    carried = sum(len(returning(one)) for one in edit.before.get("carried", []))
    return moved + carried + len(edit.before.get("products", {}))


@transaction.atomic
def undo(*, edit: Edit, actor: str, reason: str) -> None:
    """Put back what the edit did. What came in since and belongs to what is given back goes along.

    Raises EditRefused with the later edits that build on it, and ValidationError without actor or reason.
    """
    begin_editing(actor=actor, reason=reason)
    edit = Edit.objects.select_for_update(of=("self",)).select_related("method__publisher", "publisher").get(pk=edit.pk)
    refuse_if(plan_undo(edit=edit).refusals)
    now = timezone.now()
    told = Told(Cause.EDITOR, now, actor=actor, run=f"undo-{edit.pk}", reason=reason)
    _UNDOERS[EditKind(edit.kind)](edit, told)
    edit.undone_at, edit.undone_by = now, actor[:200]
    edit.after["undone_because"] = reason
    edit.save(update_fields=["undone_at", "undone_by", "after"])


def _unmerge_methods(edit: Edit, told: Told) -> None:
    for carried in edit.before["carried"]:
        lock_told_methods([carried["source"], carried["target"]])
        rewrite_rows(give_back(carried), told)
        enqueue(OutboxKind.METHOD, [carried["source"], carried["target"]])
        tell_methods_changed([carried["source"], carried["target"]])


def _unmerge_publishers(edit: Edit, told: Told) -> None:
    """Methods and products go back at once; of what came in since, the records say whose it is."""
    source = Publisher.objects.get(pk=edit.before["source"])
    moved: list[int] = edit.before["methods"]
    Publisher.objects.filter(pk=source.pk).update(merged_into=None)
    Method.objects.filter(pk__in=moved).update(publisher=source)
    products = Product.objects.filter(method__in=moved).values_list("pk", flat=True)
    rewrite_rows({pk: {"publisher_id": source.pk} for pk in products}, told)
    enqueue(OutboxKind.METHOD, moved)
    _unmerge_methods(edit, told)
    # Of what was read since the merge the records are filed under the other name.
    for publisher in (source, edit.publisher):
        request_reread(publisher=publisher, reason=f"Uitgever {short(source.name)} staat weer apart")


def _rename_method_back(edit: Edit, told: Told) -> None:
    method = _method(edit)
    name_method(method, edit.before["name"], told)
    if edit.before["is_locked"] != edit.after["is_locked"]:
        write_lock(method, is_locked=edit.before["is_locked"])


def _lock_back(edit: Edit, _told: Told) -> None:
    write_lock(_method(edit), is_locked=edit.before["is_locked"])


def _rename_edition_back(edit: Edit, _told: Told) -> None:
    before = edit.before
    edition = Edition.objects.select_related("method__publisher").get(pk=before["edition"])
    name_edition(edition, before["label"], before["ordinal"], is_locked=before["is_locked"])
    if not before["is_locked"]:
        # The records of what stands in it may name another edition by now.
        request_reread(publisher=edition.method.publisher, reason=f"Uitgave {short(edition.label)} is losgelaten")


def _move_back(edit: Edit, told: Told) -> None:
    before: dict[int, tuple[int, bool]] = {int(pk): tuple(place) for pk, place in edit.before["products"].items()}
    editions = Edition.objects.select_related("method__publisher").in_bulk({pk for pk, _locked in before.values()})
    rows = {
        pk: {
            "publisher_id": editions[old].method.publisher_id,
            "method_id": editions[old].method_id,
            "edition_id": old,
        }
        for pk, (old, _locked) in before.items()
    }
    loose = [pk for pk, (_old, is_locked) in before.items() if not is_locked]
    Product.objects.filter(pk__in=loose).update(is_placement_locked=False)
    rewrite_rows(rows, told)
    if _stand_elsewhere(loose):
        request_reread(publisher=edit.publisher, reason=f"Ongedaan gemaakt: {edit.summary}")


def _stand_elsewhere(product_ids: list[int]) -> bool:
    """Whether the records of one of these name another method than the one in which it stands."""
    rows = list(
        Product.objects.filter(pk__in=product_ids)
        .exclude(origin_method=None)
        .values_list("method_id", "origin_method_id")
    )
    ends = survivors_of(Method, {origin for _method, origin in rows if origin is not None})
    return any(origin is not None and ends[origin] != method for method, origin in rows)


def _rename_publisher_back(edit: Edit, told: Told) -> None:
    publisher = Publisher.objects.get(edits=edit)
    if edit.after["alias"] is not None:
        PublisherAlias.objects.filter(pk=edit.after["alias"]).delete()
    name_publisher(publisher, edit.before["name"], told)


def _method(edit: Edit) -> Method:
    return Method.objects.select_related("publisher").get(edits=edit)


_UNDOERS: Mapping[EditKind, Callable[[Edit, Told], None]] = {
    EditKind.MERGE_METHODS: _unmerge_methods,
    EditKind.MERGE_PUBLISHERS: _unmerge_publishers,
    EditKind.RENAME_METHOD: _rename_method_back,
    EditKind.LOCK_METHOD: _lock_back,
    EditKind.RENAME_EDITION: _rename_edition_back,
    EditKind.MOVE_PRODUCTS: _move_back,
    EditKind.RENAME_PUBLISHER: _rename_publisher_back,
}
