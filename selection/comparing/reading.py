"""What a comparison reads of the catalogue: a few queries for all columns together, however much a method holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db.models import Q, QuerySet

from catalogus.article_numbers import ean13
from catalogus.models import Method, Product, ProductState
from catalogus.survivors import survivors_of

Compared = TypeVar("Compared", Method, Product)

_NOT_READ = ("search_text", "search_vector", "description")

MOST_PACKAGES = 25
_MOST_PACKAGES_READ = 200


@dataclass(frozen=True, slots=True)
class Found(Generic[Compared]):
    """columns: what stands, each once, in the order of the address. merged: of an id, the column it was merged into."""

    columns: tuple[Compared, ...]
    unknown: tuple[str, ...] = ()
    merged: Mapping[str, Compared] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Of products by key: what they consist of (None: not in the catalogue), and the packages that name them."""

    parts: Mapping[int, tuple[tuple[str, Product | None], ...]]
    packages: Mapping[int, tuple[Product, ...]]


def found_methods(ids: Sequence[str]) -> Found[Method]:
    """One query, and two more where something was merged."""
    return _found(ids, Method.objects.select_related("publisher"))


def found_products(ids: Sequence[str]) -> Found[Product]:
    """One query, and two more where something was merged."""
    return _found(ids, Product.objects.select_related("publisher", "method", "edition", "successor").defer(*_NOT_READ))


def products_of(methods: Iterable[Method]) -> Mapping[int, list[Product]]:
    """The products of these methods by the method's key, gone ones too; one query."""
    by_method: dict[int, list[Product]] = {method.pk: [] for method in methods}
    rows = (
        Product.objects.filter(method__in=by_method, merged_into=None)
        .select_related("edition")
        .defer(*_NOT_READ)
        .order_by("title", "pk")
    )
    for product in rows:
        by_method[product.method_id].append(product)
    return by_method


def offered(products: Iterable[Product]) -> list[Product]:
    """Those that can be ordered."""
    return [product for product in products if product.is_orderable]


def surroundings(products: Sequence[Product]) -> Surroundings:
    """A query for parts where any product has some, and one for packages."""
    return Surroundings(_parts(products), _packages(products))


def _found(ids: Sequence[str], rows: "QuerySet[Compared]") -> Found[Compared]:
    by_id = {row.public_id: row for row in rows.filter(public_id__in=ids)} if ids else {}
    survivors = _survivors(list(by_id.values()), rows)
    columns: dict[int, Compared] = {}
    for public_id in ids:
        if public_id in by_id:
            row = survivors[by_id[public_id].pk]
            columns.setdefault(row.pk, row)
    return Found(
        tuple(columns.values()),
        tuple(one for one in ids if one not in by_id),
        {one: survivors[row.pk] for one, row in by_id.items() if row.merged_into_id is not None},
    )


def _survivors(rows: Sequence[Compared], all_rows: "QuerySet[Compared]") -> dict[int, Compared]:
    """By key, what each row was merged into in the end; itself where it stands."""
    known = {row.pk: row for row in rows}
    ends = survivors_of(all_rows.model, [row.pk for row in rows if row.merged_into_id is not None])
    if further := set(ends.values()) - known.keys():
        known |= {row.pk: row for row in all_rows.filter(pk__in=further)}
    return {row.pk: known[ends.get(row.pk, row.pk)] for row in rows}


def _parts(products: Sequence[Product]) -> dict[int, tuple[tuple[str, Product | None], ...]]:
    """By EAN where the code is one, else by the publisher's own code, as selectors.product_relations has it."""
    codes = {code for product in products for code in product.part_identifiers}
    if not codes:
        return {product.pk: () for product in products}
    eans = {code: ean for code in codes if (ean := ean13(code))}
    publishers = {product.publisher_id for product in products}
    named = Q(ean__in=set(eans.values())) | Q(publisher__in=publishers, identifier__in=codes)
    found = sorted(Product.objects.filter(named, merged_into=None).defer(*_NOT_READ), key=_gone_last)
    by_ean = {row.ean: row for row in reversed(found) if row.ean}
    by_code = {(row.publisher_id, row.identifier): row for row in reversed(found)}

    def part(product: Product, code: str) -> tuple[str, Product | None]:
        return code, by_ean.get(eans.get(code, "")) or by_code.get((product.publisher_id, code))

    return {product.pk: tuple(part(product, code) for code in product.part_identifiers) for product in products}


def _packages(products: Sequence[Product]) -> dict[int, tuple[Product, ...]]:
    own = {product.pk: {code for code in (product.ean, product.identifier) if code} for product in products}
    codes = sorted(set().union(*own.values()))
    if not codes:
        return dict.fromkeys(own, ())
    rows = (
        # The index holds packages alone, so the query must say that it wants no others.
        Product.objects.live()
        .filter(Q(part_identifiers__overlap=codes) & ~Q(part_identifiers=[]))
        .defer(*_NOT_READ)
        .order_by("title", "pk")[:_MOST_PACKAGES_READ]
    )
    found = sorted(rows, key=_gone_last)

    def names(package: Product, product: Product) -> bool:
        parts = set(package.part_identifiers)
        is_own = package.publisher_id == product.publisher_id and bool(parts & own[product.pk])
        return package.pk != product.pk and (is_own or product.ean in parts)

    return {product.pk: tuple(one for one in found if names(one, product))[:MOST_PACKAGES] for product in products}


def _gone_last(product: Product) -> tuple[bool, str, int]:
    return product.state not in ProductState.orderable(), product.title, product.pk
