"""Which product a record describes.

Records are one product when their ProductId itself is the same valid EAN, their sale unit size agrees (missing equals
only missing), and they belong to one publisher or to a source trusted for it. Anything else with that EAN is a
conflict, never an overwrite of a rival's product.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalogus.models import Product
from catalogus.product_data import ProductData
from catalogus.public_ids import public_id
from catalogus.services.publishers import resolve_publishers
from ingest.models import Source


@dataclass(frozen=True, slots=True)
class Known:
    """What the catalogue or an earlier record of this batch says of the holder of an EAN."""

    public_id: str
    publisher_id: int
    sale_unit_size: int | None


class Identifier:
    """Decides for one batch, in the order of the records: the first record with an EAN holds it."""

    def __init__(self, source: Source, batch: Iterable[ProductData], product_ids: Iterable[int]) -> None:
        data = list(batch)
        self._source = source
        publishers = resolve_publishers({one.publisher_name for one in data})
        self._publisher_ids = {name: publisher.pk for name, publisher in publishers.items()}
        self._trusted = set(source.trusted_publishers.values_list("pk", flat=True))
        self._holders = _holders({one.ean for one in data if one.ean})
        self._own = _own_products(product_ids)

    def product_for(self, identifier: str, data: ProductData, product_id: int | None) -> str | None:
        """The public id of the product that the record describes; None where its EAN is another product's.

        identifier: the record's; product_id: the product it described so far, None for a new record.
        """
        own = self._own.get(product_id) if product_id else None
        holder = self._holders.get(data.ean) if data.ean else None
        if holder is None:
            found = own or public_id("product", self._source.code, identifier)
        elif holder.public_id == own or (own is None and self._is_same(holder, data)):
            return holder.public_id
        else:
            return None
        if data.ean:
            self._holders[data.ean] = Known(found, self._publisher_ids[data.publisher_name], data.sale_unit_size)
        return found

    def _is_same(self, holder: Known, data: ProductData) -> bool:
        same_publisher = holder.publisher_id == self._publisher_ids[data.publisher_name]
        is_trusted = holder.publisher_id in self._trusted
        return holder.sale_unit_size == data.sale_unit_size and (same_publisher or is_trusted)


def _holders(eans: set[str]) -> dict[str, Known]:
    products = Product.objects.filter(ean__in=eans, merged_into=None)
    return {
        ean: Known(public_id, publisher_id, size)
        for ean, public_id, publisher_id, size in products.values_list(
            "ean", "public_id", "publisher_id", "sale_unit_size"
        )
        if ean
    }


def _own_products(product_ids: Iterable[int]) -> Mapping[int, str]:
    return dict(Product.objects.filter(pk__in=set(product_ids)).values_list("pk", "public_id"))
