"""The lines of a list as readers see them: what became of each, what it costs, and whether it can be had."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalogus.models import Method, Product
from catalogus.survivors import survivors_of
from catalogus.web.covers import Cover, covers_of_methods, covers_of_products
from catalogus.web.hits import edition_text, form_label
from catalogus.web.plain_terms import price_in_words
from selection.models import ListItem, MaterialList
from selection.services.list_items import MODELS, Kind


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on a list: a row of the catalogue, and what was noted with it.

    item: the row of a kept list, 0 for what the browser holds.
    """

    kind: Kind
    pk: int
    quantity: int | None = None
    note: str = ""
    item: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line to show; number: its place, from 1. What is not known or not there is "" or None.

    price_cents: with VAT, for one unit of sale, None where nobody said it or for a method; currency: ISO 4217.
    former_title: what was put on the list, where that was merged into this. is_double: the same stands higher up too.
    """

    line: Line
    number: int
    kind: Kind
    public_id: str
    title: str
    url: str
    publisher: str
    edition: str
    form: str
    ean: str
    price: str
    price_cents: int | None
    currency: str
    is_indicative: bool
    unit_size: int | None
    state: str
    is_gone: bool
    successor_title: str
    successor_url: str
    former_title: str
    is_double: bool
    cover: Cover

    @property
    def total_cents(self) -> int | None:
        """Number times price; None where either is not known."""
        if self.price_cents is None or self.line.quantity is None:
            return None
        return self.price_cents * self.line.quantity


def lines_of(material_list: MaterialList) -> list[Line]:
    """The lines of a kept list in their order; one query."""
    return [
        Line("product", item.product_id, item.quantity, item.note, item.pk)
        if item.product_id is not None
        else Line("method", item.method_id or 0, item.quantity, item.note, item.pk)
        for item in ListItem.objects.filter(list=material_list).order_by("place")
    ]


def entries_of(lines: Sequence[Line]) -> list[Entry]:
    """One for each line, in their order. Two queries for what is a product, two for what is a method; covers, where an
    installation shows them, are one more of each."""
    survivors: dict[tuple[Kind, int], int] = {}
    for kind, model in MODELS.items():
        pks = {line.pk for line in lines if line.kind == kind}
        survivors |= {(kind, pk): survivor for pk, survivor in survivors_of(model, pks).items()}
    products = _products({pk for (kind, row), pk in survivors.items() for pk in (row, pk) if kind == "product"})
    methods = _methods({pk for (kind, row), pk in survivors.items() for pk in (row, pk) if kind == "method"})
    titles: dict[tuple[Kind, int], str] = {("product", pk): product.title for pk, product in products.items()}
    titles |= {("method", pk): method.name for pk, method in methods.items()}
    covers = _covers(products.values(), methods.values())
    seen: set[tuple[Kind, int]] = set()
    entries = []
    for number, line in enumerate(lines, 1):
        pk = survivors[line.kind, line.pk]
        former = titles[line.kind, line.pk] if pk != line.pk else ""
        is_double = (line.kind, pk) in seen
        seen.add((line.kind, pk))
        if line.kind == "product":
            entries.append(_product_entry(line, number, products[pk], former, covers, is_double=is_double))
        else:
            entries.append(_method_entry(line, number, methods[pk], former, covers, is_double=is_double))
    return entries


def _covers(products: Iterable[Product], methods: Iterable[Method]) -> dict[str, Cover]:
    """By public id, which no product shares with a method."""
    return covers_of_products([(one.public_id, one.title, one.publisher.name) for one in products]) | covers_of_methods(
        [(one.public_id, one.name, one.publisher.name) for one in methods]
    )


def _products(pks: Iterable[int]) -> dict[int, Product]:
    rows = Product.objects.filter(pk__in=pks).select_related("publisher", "edition", "successor")
    return {row.pk: row for row in rows.defer("search_text", "search_vector", "description")} if pks else {}


def _methods(pks: Iterable[int]) -> dict[int, Method]:
    return {row.pk: row for row in Method.objects.filter(pk__in=pks).select_related("publisher")} if pks else {}


def _product_entry(
    line: Line, number: int, product: Product, former: str, covers: Mapping[str, Cover], *, is_double: bool
) -> Entry:
    successor = product.successor
    return Entry(
        line=line,
        number=number,
        kind="product",
        public_id=product.public_id,
        title=product.title,
        url=product.get_absolute_url(),
        publisher=product.publisher.name,
        edition=edition_text(product.edition.label),
        form=form_label(product.form, product.medium),
        ean=product.ean or "",
        price=price_in_words(product),
        price_cents=product.price_cents,
        currency=product.currency,
        is_indicative=bool(product.is_price_indicative),
        unit_size=product.sale_unit_size,
        state=_("Teruggetrokken") if product.withdrawn_at else str(product.get_state_display()),
        is_gone=not product.is_orderable,
        successor_title=successor.title if successor else "",
        successor_url=successor.get_absolute_url() if successor else "",
        former_title=former,
        is_double=is_double,
        cover=covers[product.public_id],
    )


def _method_entry(
    line: Line, number: int, method: Method, former: str, covers: Mapping[str, Cover], *, is_double: bool
) -> Entry:
    return Entry(
        line=line,
        number=number,
        kind="method",
        public_id=method.public_id,
        title=method.name,
        url=method.get_absolute_url(),
        publisher=method.publisher.name,
        edition="",
        form="",
        ean="",
        price="",
        price_cents=None,
        currency="",
        is_indicative=False,
        unit_size=None,
        state="",
        is_gone=False,
        successor_title="",
        successor_url="",
        former_title=former,
        is_double=is_double,
        cover=covers[method.public_id],
    )
