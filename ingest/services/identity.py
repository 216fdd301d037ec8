"""Which product a record describes.

Records are one product when their ProductId itself is the same valid EAN, their sale unit size agrees (missing equals
only missing), and they belong to one publisher or to a source trusted for it. Anything else with that EAN is a
conflict, never an overwrite of a rival's product.

A record that gets another EAN takes its product along where it is the only one that describes it, and leaves it to the
others where it is not; so does one that loses its EAN. What it had before it joined them revives then. A product that
its last record left for another one is merged into that one, so its address still leads somewhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef

from catalogus.models import Correction, Product
from catalogus.product_data import ProductData
from catalogus.public_ids import public_id
from catalogus.services.publishers import resolve_publishers
from ingest.models import Source
from ingest.services.incoming import Incoming
from ingest.services.records import RecordKey, describing


@dataclass(frozen=True, slots=True)
class _Known:
    """What the catalogue or an earlier record of this batch says of a product."""

    ean: str | None
    publisher_id: int
    sale_unit_size: int | None


@dataclass(frozen=True, slots=True)
class _Own:
    """The product that a record described so far.

    is_survivor: an editor merged it into this one. is_corrected: an editor said which EAN it has.
    """

    public_id: str
    is_survivor: bool
    is_corrected: bool


class Identifier:
    """Decides for one batch, in the order of the records: the first record with an EAN holds it.

    left: products that stand without one of their records; emptied: products without any, and where the last one went;
    revived: products that were merged into others and stand for themselves again.
    """

    def __init__(self, source: Source, batch: Sequence[Incoming]) -> None:
        self._source = source
        publishers = resolve_publishers({incoming.data.publisher_name for incoming in batch})
        self._publisher_ids = {name: publisher.pk for name, publisher in publishers.items()}
        self._trusted = set(source.trusted_publishers.values_list("pk", flat=True))
        self._known: dict[str, _Known] = {}
        self._own: dict[int, _Own] = {}
        self._members: dict[str, set[RecordKey]] = defaultdict(set)
        rows = self._load_own({incoming.stored.product_id for incoming in batch if incoming.stored} - {None})
        rows |= self._load_holders({incoming.data.ean for incoming in batch} - {None})
        for row, record_key in describing(rows):
            self._members[rows[row]].add(record_key)
        self._holders = {known.ean: key for key, known in self._known.items() if known.ean}
        self.left: set[str] = set()
        self.emptied: dict[str, str] = {}
        self.revived: set[str] = set()

    def _load_own(self, product_ids: Iterable[int | None]) -> dict[int, str]:
        """Row -> public id of the products that records of the batch described so far."""
        wanted = {product_id: product_id for product_id in product_ids if product_id is not None}
        rows: dict[int, str] = {}
        while wanted:
            found = {row.pk: row for row in _products(pk__in=set(wanted.values()))}
            merged: dict[int, int] = {}
            for start, pk in wanted.items():
                row = found[pk]
                if row.merged_into is None:
                    self._own[start] = _Own(row.public_id, pk != start, row.has_corrected_ean)
                    self._known[row.public_id] = row.known
                    rows[pk] = row.public_id
                else:
                    merged[start] = row.merged_into
            wanted = merged
        return rows

    def _load_holders(self, eans: Iterable[str | None]) -> dict[int, str]:
        """Row -> public id of the products that have one of these EANs."""
        rows = {}
        for row in _products(ean__in=set(eans), merged_into=None):
            self._known[row.public_id] = row.known
            rows[row.pk] = row.public_id
        return rows

    def publisher_of(self, incoming: Incoming) -> int:
        """The row of the publisher that the record names."""
        return self._publisher_ids[incoming.data.publisher_name]

    def product_for(self, incoming: Incoming) -> str | None:
        """The public id of the product that the record describes; None where its EAN is another product's."""
        data, record_key = incoming.data, (self._source.pk, incoming.identifier)
        own = self._own.get(incoming.stored.product_id) if incoming.stored and incoming.stored.product_id else None
        holder = self._holders.get(data.ean) if data.ean else None
        if own is not None and own.is_corrected:
            # What the record says of the EAN decides nothing, not even who else may have it.
            self._members[own.public_id].add(record_key)
            return own.public_id
        if own is not None and (own.is_survivor or holder == own.public_id):
            found = own.public_id
        elif holder is not None:
            if not self._is_same(self._known[holder], data):
                return None
            found = holder
        elif own is None:
            found = public_id("product", self._source.code, incoming.identifier)
        elif self._leaves(own.public_id, record_key, data):
            found = self._address_after_leaving(own.public_id, incoming.identifier, data.ean or "")
        else:
            found = own.public_id
        self._move(record_key, own.public_id if own else "", found, data)
        return found

    def _is_same(self, holder: _Known, data: ProductData) -> bool:
        same_publisher = holder.publisher_id == self._publisher_ids[data.publisher_name]
        is_trusted = holder.publisher_id in self._trusted
        return holder.sale_unit_size == data.sale_unit_size and (same_publisher or is_trusted)

    def _leaves(self, own: str, record_key: RecordKey, data: ProductData) -> bool:
        """Whether the record says another EAN than the others of its product, or no longer any."""
        return self._known[own].ean not in {None, data.ean} and bool(self._members[own] - {record_key})

    def _address_after_leaving(self, own: str, identifier: str, ean: str) -> str:
        """The record's own address, which revives if its product was merged into the one it leaves.

        An address that belongs to those that stay is not the record's any more; it gets a second one.
        """
        address = public_id("product", self._source.code, identifier)
        merged = Product.objects.filter(public_id=address).values_list("merged_into", flat=True).first()
        if address != own and (merged is not None or not Product.objects.filter(public_id=address).exists()):
            if merged is not None:
                self.revived.add(address)
            return address
        return public_id("product", self._source.code, identifier, ean)

    def _move(self, record_key: RecordKey, own: str, found: str, data: ProductData) -> None:
        if own and own != found:
            self._members[own].discard(record_key)
            if self._members[own]:
                self.left.add(own)
            else:
                self.left.discard(own)
                self.emptied[own] = found
                self._release(own)
        self._members[found].add(record_key)
        self.emptied.pop(found, None)
        known = self._known.get(found)
        if known is None or self._members[found] == {record_key}:
            self._release(found)
            known = _Known(data.ean, self._publisher_ids[data.publisher_name], data.sale_unit_size)
        self._known[found] = replace(known, ean=known.ean or data.ean)
        if data.ean:
            self._holders[data.ean] = found

    def _release(self, key: str) -> None:
        """The product no longer holds the EAN that it had."""
        known = self._known.get(key)
        if known is not None and known.ean and self._holders.get(known.ean) == key:
            del self._holders[known.ean]


@dataclass(frozen=True, slots=True)
class _Row:
    pk: int
    public_id: str
    merged_into: int | None
    has_corrected_ean: bool
    known: _Known


def _products(**wanted: object) -> Iterable[_Row]:
    is_corrected = Exists(Correction.objects.filter(product=OuterRef("pk"), field="ean"))
    rows = Product.objects.filter(**wanted).order_by().annotate(is_corrected=is_corrected)
    columns = ("pk", "public_id", "merged_into_id", "is_corrected", "ean", "publisher_id", "sale_unit_size")
    for pk, key, target, has_corrected_ean, *known in rows.values_list(*columns):
        yield _Row(pk, key, target, has_corrected_ean, _Known(*known))
