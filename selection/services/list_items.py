"""What stands on a list: adding, removing, ordering, numbers and notes. Every change holds the list's row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from zlib import crc32

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Section, User
from catalogus.models import Method, Product
from catalogus.survivors import survivors_of
from catalogus.texts import plain_text
from selection.exceptions import ListRefused
from selection.models import ListItem, MaterialList
from selection.models.material_list import MOST_QUANTITY, NOTE_LENGTH
from selection.services.lists import create_list, hold_list

MOST_ITEMS = 300
"""On one list. A school's whole year is some hundreds of titles; and a form with a number and a note for each stays
below the 1,000 fields that Django reads."""

Kind = Literal["product", "method"]
MODELS: Mapping[Kind, type[Product | Method]] = {"product": Product, "method": Method}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants on a list. public_id: of the product or method."""

    kind: Kind
    public_id: str
    note: str = ""
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """new: what was put on the list. known: what stood there already. missing: what the catalogue does not have."""

    new: tuple[Wanted, ...]
    known: tuple[Wanted, ...]
    missing: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody made of a number and a note, and what they saw there before (the note by its mark)."""

    quantity: int | None
    note: str
    seen_quantity: int | None
    seen_note: str


def note_mark(note: str) -> str:
    """A few signs by which a note is told from another one: a page carries these along instead of every note twice."""
    return f"{crc32(note.encode()):x}"


@transaction.atomic
def add_items(*, material_list: MaterialList, wanted: Sequence[Wanted], by: User) -> Added:
    """Put these at the end, each once; what stands there already, by whatever row it was merged from, stays as it is.

    Where a note or number comes with what is there already, nothing of it is lost: the note is added below the other,
    the number fills an empty one. Raises ListRefused where it would become too long, ValidationError for a bad note or
    number, ListGone.
    """
    held = hold_list(material_list)
    rows = rows_of(wanted)
    items = list(ListItem.objects.filter(list=held))
    standing = _by_survivor(items)
    found = _survivors_by_row(rows)
    place = max((item.place for item in items), default=0)
    new: list[Wanted] = []
    known: list[Wanted] = []
    missing: list[Wanted] = []
    to_create: list[ListItem] = []
    changed: dict[int, ListItem] = {}
    for one in wanted:
        pk = rows.get((one.kind, one.public_id))
        if pk is None:
            missing.append(one)
            continue
        key = (one.kind, found[one.kind, pk])
        note, quantity = clean_note(one.note), clean_quantity(one.quantity)
        if there := standing.get(key):
            known.append(one)
            if _take_over(there, note, quantity) and there.pk:
                changed[there.pk] = there
            continue
        place += 1
        item = ListItem(
            list=held, place=place, note=note, quantity=quantity, added_by=by if held.section_id is not None else None
        )
        # The row that stands, whatever was asked for: where somebody undoes a merge, it stays what was seen.
        if one.kind == "product":
            item.product_id = key[1]
        else:
            item.method_id = key[1]
        standing[key] = item
        to_create.append(item)
        new.append(one)
    if len(items) + len(to_create) > MOST_ITEMS:
        raise ListRefused(
            _("Op een lijst passen %(most)d regels; met wat u toevoegt zouden het er %(count)d zijn. Begin een nieuwe.")
            % {"most": MOST_ITEMS, "count": len(items) + len(to_create)}
        )
    ListItem.objects.bulk_create(to_create)
    ListItem.objects.bulk_update(changed.values(), ["note", "quantity"])
    if to_create or known:
        _touch(held)
    return Added(tuple(new), tuple(known), tuple(missing))


@transaction.atomic
def create_list_of(
    *, owner: User | Section, name: str, wanted: Sequence[Wanted], by: User
) -> tuple[MaterialList, Added]:
    """A new list with these on it, what is the same once. Raises what create_list and add_items raise."""
    made = create_list(owner=owner, name=name)
    return made, add_items(material_list=made, wanted=wanted, by=by)


@transaction.atomic
def remove_item(*, material_list: MaterialList, pk: int) -> None:
    """May be done again, and by two at once."""
    held = hold_list(material_list)
    if ListItem.objects.filter(list=held, pk=pk).delete()[0]:
        _touch(held)


@transaction.atomic
def move_item(*, material_list: MaterialList, pk: int, steps: int) -> None:
    """Up (below 0) or down so many places, or as far as the list goes. Nothing for what is not there any more."""
    held = hold_list(material_list)
    items = list(ListItem.objects.filter(list=held).order_by("place"))
    here = next((number for number, item in enumerate(items) if item.pk == pk), None)
    if here is None:
        return
    items.insert(max(0, here + steps), items.pop(here))
    _put_in_order(items)
    _touch(held)


@transaction.atomic
def change_items(*, material_list: MaterialList, changes: Mapping[int, Change]) -> list[str]:
    """Write numbers and notes by item; what could not be written, as sentences: another wrote there meanwhile.

    A field is written where nobody changed it since it was seen, so two who fill in one list undo nothing of each
    other. What another removed meanwhile is told too. Raises ValidationError for a bad note or number, with nothing
    written.
    """
    held = hold_list(material_list)
    items = {item.pk: item for item in ListItem.objects.filter(list=held, pk__in=changes)}
    kept: list[str] = []
    changed: list[ListItem] = []
    for pk, change in changes.items():
        quantity, note = clean_quantity(change.quantity), clean_note(change.note)
        is_quantity_typed, is_note_typed = quantity != change.seen_quantity, note_mark(note) != change.seen_note
        item = items.get(pk)
        if item is None:
            why = _("een ander haalde de regel weg")
            kept += _unwritten(quantity if is_quantity_typed else None, note if is_note_typed else "", why)
            continue
        before = (item.quantity, item.note)
        why = _("een ander vulde intussen iets anders in")
        if is_quantity_typed and item.quantity == change.seen_quantity:
            item.quantity = quantity
        elif is_quantity_typed and item.quantity != quantity:
            kept += _unwritten(quantity, "", why)
        if is_note_typed and note_mark(item.note) == change.seen_note:
            item.note = note
        elif is_note_typed and item.note != note:
            kept += _unwritten(None, note, why)
        if before != (item.quantity, item.note):
            changed.append(item)
    ListItem.objects.bulk_update(changed, ["quantity", "note"])
    if changed:
        _touch(held)
    return kept


def clean_note(note: str) -> str:
    """Raises ValidationError, by field."""
    return plain_text(note, field="note", most=NOTE_LENGTH)


def clean_quantity(quantity: int | None) -> int | None:
    """Raises ValidationError, by field."""
    if quantity is not None and not 0 < quantity <= MOST_QUANTITY:
        told = _("“%(number)s” is geen aantal om te bestellen; vul 1 tot en met %(most)d in, of niets.")
        raise ValidationError({"quantity": told % {"number": quantity, "most": MOST_QUANTITY}})
    return quantity


def rows_of(wanted: Iterable[Wanted]) -> dict[tuple[Kind, str], int]:
    """Kind and public id -> row, of what the catalogue has; a query for each kind."""
    asked: dict[Kind, set[str]] = {kind: set() for kind in MODELS}
    for one in wanted:
        if "\x00" not in one.public_id:  # PostgreSQL takes no such text, so no row has it.
            asked[one.kind].add(one.public_id)
    return {
        (kind, public_id): pk
        for kind, ids in asked.items()
        if ids
        for public_id, pk in MODELS[kind]._default_manager.filter(public_id__in=ids).values_list("public_id", "pk")
    }


def _survivors_by_row(rows: Mapping[tuple[Kind, str], int]) -> dict[tuple[Kind, int], int]:
    return {
        (kind, pk): survivor
        for kind, model in MODELS.items()
        for pk, survivor in survivors_of(model, [row for (of, _id), row in rows.items() if of == kind]).items()
    }


def _by_survivor(items: Sequence[ListItem]) -> dict[tuple[Kind, int], ListItem]:
    """What the items stand for -> the first of them that does."""
    products = survivors_of(Product, [item.product_id for item in items if item.product_id is not None])
    methods = survivors_of(Method, [item.method_id for item in items if item.method_id is not None])
    standing: dict[tuple[Kind, int], ListItem] = {}
    for item in sorted(items, key=lambda one: one.place):
        if item.product_id is not None:
            standing.setdefault(("product", products[item.product_id]), item)
        elif item.method_id is not None:
            standing.setdefault(("method", methods[item.method_id]), item)
    return standing


def _take_over(item: ListItem, note: str, quantity: int | None) -> bool:
    """Whether that made it another."""
    before = (item.note, item.quantity)
    if note and note not in item.note:
        item.note = clean_note(f"{item.note}\n{note}" if item.note else note)
    if item.quantity is None:
        item.quantity = quantity
    return before != (item.note, item.quantity)


def _put_in_order(items: Sequence[ListItem]) -> None:
    moved = [(number, item) for number, item in enumerate(items, 1) if item.place != number]
    for number, item in moved:
        item.place = number
    ListItem.objects.bulk_update([item for _number, item in moved], ["place"])


def _unwritten(quantity: int | None, note: str, why: str) -> list[str]:
    texts = []
    if quantity is not None:
        texts.append(_("Het aantal “%(text)s” is niet bewaard: %(why)s.") % {"text": quantity, "why": why})
    if note:
        texts.append(_("De opmerking “%(text)s” is niet bewaard: %(why)s.") % {"text": note, "why": why})
    return texts


def _touch(material_list: MaterialList) -> None:
    material_list.updated_at = timezone.now()
    material_list.save(update_fields=["updated_at"])
