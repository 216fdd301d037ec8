"""Where the facts of a product come from: which record said what, what the others say, and what an editor corrected.

Read from the records as they are stored, with the rules of now: nothing about it is kept, so it cannot grow old.
"""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from catalogus.models import Correction, Product
from catalogus.product_data import ProductData
from catalogus.vocabulary import Vocabulary
from catalogus.web import formatting
from catalogus.web.change_words import MOST_TEXT
from catalogus.web.field_words import field_label, value_text
from ingest.exceptions import RecordRejected, SourceError
from ingest.koppelpunt.eck import Entry
from ingest.koppelpunt.xml import parse
from ingest.mapping import map_entry
from ingest.models import Record, RecordState
from ingest.services.merge import Statement, is_stated, merge_traced

_PLACED = frozenset({"publisher_name", "family_name", "edition_text"})
"""Fields of ProductData that a product has no column for; its publisher, method and edition are found by them."""


@dataclass(frozen=True, slots=True)
class RecordName:
    """A record as the fields refer to it: by its place in the order of belief, from 1."""

    number: int
    source: str
    identifier: str
    url: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one record says of a field; value is empty where that is what the product has."""

    record: RecordName
    value: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    actor: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class FieldOrigin:
    """A field with its value, the record that it was taken from (None where no record states it) and the others."""

    label: str
    value: str
    said: Said | None
    others: tuple[Said, ...]
    correction: Corrected | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """records: those that the product is made of, the most believed first; unread: those that no rule of now reads."""

    fields: tuple[FieldOrigin, ...]
    records: tuple[RecordName, ...]
    unread: tuple[RecordName, ...]
    raw_url: str
    admin_url: str


@dataclass(frozen=True, slots=True)
class _Told:
    """A record's statement, with what the record is called here."""

    statement: Statement
    name: RecordName


def product_provenance(product: Product, *, is_editor: bool) -> Provenance:
    """Four queries beside the names, whatever the product: records, corrections and two for the vocabulary."""
    records = (
        Record.objects.filter(product=product)
        .exclude(state=RecordState.ABSENT)
        .select_related("source")
        .defer("refused_payload")
        .order_by("source__precedence", "identifier", "pk")
    )
    told, unread = _told(records)
    corrections = {correction.field: correction for correction in product.corrections.all()}
    return Provenance(
        fields=tuple(_origins(product, told, corrections)),
        records=tuple(sorted([*(one.name for one in told), *unread], key=lambda name: name.number)),
        unread=tuple(unread),
        raw_url=reverse("ingest:product-raw", args=[product.public_id]),
        admin_url=_admin_url(product) if is_editor else "",
    )


def _told(records: Iterable[Record]) -> tuple[list[_Told], list[RecordName]]:
    vocabulary = Vocabulary.load()
    told, unread = [], []
    for number, record in enumerate(records, 1):
        url = reverse("ingest:record-raw", args=[record.pk])
        name = RecordName(number, record.source.name, record.identifier, url)
        try:
            data = map_entry(Entry(parse(zlib.decompress(bytes(record.payload)))), vocabulary).data
        except (RecordRejected, SourceError):
            unread.append(name)
        else:
            told.append(_Told(Statement(record.source.precedence, record.identifier, data), name))
    return told, unread


def _origins(product: Product, told: Sequence[_Told], corrections: Mapping[str, Correction]) -> Iterable[FieldOrigin]:
    """The fields that a record states, an editor corrected, or the product has for another reason."""
    origins = merge_traced(one.statement for one in told)[1] if told else {}
    names = [field.name for field in fields(ProductData)]
    for name in dict.fromkeys([*names, *corrections]):
        value = _own_value(product, name)
        origin = origins.get(name)
        is_without_reason = name in _PLACED or not is_stated(value)
        if origin is None and name not in corrections and is_without_reason:
            continue
        own = value_text(name, value, currency=product.currency)
        chosen = next((one for one in told if one.statement is origin), None)
        yield FieldOrigin(
            label=field_label(name),
            value=_cut(own),
            said=_said(chosen, name, beside=own) if chosen else None,
            others=tuple(_differing(name, chosen, told)) if chosen else (),
            correction=_corrected(corrections[name]) if name in corrections else None,
        )


def _own_value(product: Product, name: str) -> Any:
    match name:
        case "publisher_name":
            return product.publisher.name
        case "family_name":
            return product.method.name
        case "edition_text":
            return product.edition.label
    value = getattr(product, name, None)
    # A column holds a list where ProductData has a tuple.
    return tuple(value) if isinstance(value, list) else value


def _differing(name: str, chosen: _Told, told: Sequence[_Told]) -> Iterable[Said]:
    """What the other records state that is not what was taken."""
    taken = _text(chosen, name)
    for one in told:
        is_stating = is_stated(getattr(one.statement.data, name))
        if one is not chosen and is_stating and _text(one, name) != taken:
            yield _said(one, name, beside="")


def _said(one: _Told, name: str, *, beside: str) -> Said:
    """beside: what stands next to it already and need not be said again."""
    text = _text(one, name)
    return Said(one.name, "" if text == beside else _cut(text))


def _text(one: _Told, name: str) -> str:
    data = one.statement.data
    return value_text(name, getattr(data, name), currency=data.currency)


def _corrected(correction: Correction) -> Corrected:
    return Corrected(correction.actor or _("onbekend"), formatting.moment(correction.at), correction.reason)


def _cut(text: str) -> str:
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}…"


def _admin_url(product: Product) -> str:
    try:
        return reverse("admin:catalogus_product_change", args=[product.pk])
    except NoReverseMatch:
        return ""
