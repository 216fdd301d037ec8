"""Documents from the database: plain dictionaries of JSON values, as documents.py says what is stored.

A chunk of products takes three queries, a chunk of methods four, whatever its size; one of these asks whether the words
have changed, which are read anew only then.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from django.db.models import Max, Min, QuerySet

from catalogus.choices import ProductState
from catalogus.facet_rules import codes_of
from catalogus.facets import COMPUTED
from catalogus.models import Concept, Method, OutboxKind, Product, Scheme
from catalogus.naming import joined_form
from catalogus.search.documents import NESTED_PATH
from catalogus.search.words import WordList, word_forms, word_list_for_documents
from catalogus.sort_values import day_number, price_from, sort_key

Document = dict[str, Any]

PRODUCTS_PER_CHUNK = 1000
METHODS_PER_CHUNK = 200
"""A method has ten products on average and hundreds at most: about as many as in a chunk of products."""

_DESCRIPTION_LENGTH = 2_000
"""What a text tells, it tells in its first lines; a whole book of it would make the index many times larger."""

_ORDERABLE = frozenset(ProductState.orderable())
_REVIEWS_OF_METHOD = ("rating", "rating_low", "rating_high", "rating_rank", "review_count", "older_review_count")
_METHOD_CODES = ("sectors", "levels", "years", "subjects", "combined")
_NAMED = {
    "subjects": Scheme.SUBJECT.value,
    "levels": Scheme.LEVEL.value,
    "years": Scheme.YEAR.value,
    "sectors": Scheme.SECTOR.value,
}
_COLUMNS = (
    "id",
    "public_id",
    "title",
    "edition__label",
    "edition__ordinal",
    "method_id",
    "method__public_id",
    "method__name",
    "method__current_ordinal",
    "method__review_count",
    "method__older_review_count",
    "method__review_mean",
    "method__review_low",
    "method__review_high",
    "method__review_sort",
    "publisher__slug",
    "publisher__name",
    "ean",
    "contained_ean",
    "identifier",
    "authors",
    "description",
    "state",
    "medium",
    "form",
    "role",
    "sectors",
    "levels",
    "years",
    "subjects",
    "combined",
    "price_cents",
    "first_published_on",
    "first_seen_at",
    "withdrawn_at",
)
_ANNOTATED = {field: codes_of(conditions) for field, conditions in COMPUTED.items()}
"""What the database computes besides: the codes of facets that no column holds."""


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """What a document takes from the vocabularies: the names of codes, and the sectors that count without a filter."""

    labels: dict[str, dict[str, str]]
    other_sectors: frozenset[str]
    words: WordList

    @classmethod
    def load(cls) -> Self:
        rows = Concept.objects.filter(scheme__in=_NAMED.values()).order_by()
        labels: dict[str, dict[str, str]] = {scheme: {} for scheme in _NAMED.values()}
        others = set()
        for scheme, code, label, is_default in rows.values_list("scheme", "code", "label_nl", "is_in_default_search"):
            labels[scheme][code] = label
            if scheme == Scheme.SECTOR and not is_default:
                others.add(code)
        return cls(labels, frozenset(others), word_list_for_documents())

    def names(self, row: Mapping[str, Any]) -> list[str]:
        """What a product's codes are called: a teacher types "leerjaar 3", and no title says so."""
        return [
            self.labels[scheme][code]
            for column, scheme in _NAMED.items()
            for code in row[column]
            if code in self.labels[scheme]
        ]


def load_documents(kind: OutboxKind, ids: Iterable[int]) -> dict[int, Document]:
    """The documents of these rows; without those that have none: merged rows, and methods without a product."""
    return _products(ids) if kind == OutboxKind.PRODUCT else _methods(ids)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Documents of both kinds as (kind, row, document), of all methods after the chunk before this one.

    last_method_id: the last of these; read_at: when the database was asked for them, by time.time().
    """

    documents: list[tuple[OutboxKind, int, Document]]
    last_method_id: int
    read_at: float


def documents_in_chunks(*, after: int = 0, methods_per_chunk: int | None = None) -> Iterator[Chunk]:
    """Every document of both kinds, each product read once: methods in the order of their ids, with their products.

    after: the last method (row) that is wanted no more. methods_per_chunk: METHODS_PER_CHUNK, or fewer.
    """
    last, size = after, methods_per_chunk or METHODS_PER_CHUNK
    while True:
        read_at = time.time()
        ids = list(Method.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:size])
        if not ids:
            return
        last = ids[-1]
        by_method = _products_by_method(ids)
        documents = [
            (OutboxKind.PRODUCT, product["id"], product) for products in by_method.values() for product in products
        ]
        documents += [(OutboxKind.METHOD, pk, document) for pk, document in _methods(ids, by_method).items()]
        yield Chunk(documents, last, read_at)


def count_documents(kind: OutboxKind) -> int:
    """How many documents of this kind there should be."""
    return _rows_with_document(kind).count()


def _rows_with_document(kind: OutboxKind) -> QuerySet[Any]:
    standing = Product.objects.filter(merged_into=None)
    if kind == OutboxKind.PRODUCT:
        return standing
    return Method.objects.live().filter(pk__in=standing.order_by().values("method_id"))


def _products(ids: Iterable[int]) -> dict[int, Document]:
    vocabulary = _Vocabulary.load()
    rows = Product.objects.filter(pk__in=list(ids), merged_into=None).order_by("pk")
    return {row["id"]: _product_document(row, vocabulary) for row in _values(rows)}


def _values(rows: "QuerySet[Product]") -> QuerySet[Any, dict[str, Any]]:
    found: QuerySet[Any, dict[str, Any]] = rows.annotate(**_ANNOTATED).values(*_COLUMNS, *_ANNOTATED)
    return found


def _methods(ids: Iterable[int], by_method: dict[int, list[Document]] | None = None) -> dict[int, Document]:
    wanted = list(ids)
    by_method = _products_by_method(wanted) if by_method is None else by_method
    rows = Method.objects.live().filter(pk__in=wanted).order_by("pk")
    columns = rows.values_list("id", "public_id", "name", "publisher__slug", "publisher__name")
    return {row[0]: _method_document(*row, by_method[row[0]]) for row in columns if by_method.get(row[0])}


def _products_by_method(method_ids: Sequence[int]) -> dict[int, list[Document]]:
    vocabulary = _Vocabulary.load()
    found = defaultdict(list)
    rows = Product.objects.filter(method_id__in=method_ids, merged_into=None).order_by("method_id", "pk")
    for row in _values(rows).iterator(chunk_size=PRODUCTS_PER_CHUNK):
        found[row["method_id"]].append(_product_document(row, vocabulary))
    return found


def _product_document(row: dict[str, Any], vocabulary: _Vocabulary) -> Document:
    sectors, subjects = row["sectors"], row["subjects"]
    is_withdrawn = row["withdrawn_at"] is not None
    labels = vocabulary.names(row)
    forms = word_forms([row["title"], row["method__name"]], labels, vocabulary.words)
    return {
        "id": row["id"],
        "public_id": row["public_id"],
        "title": row["title"],
        "method_public_id": row["method__public_id"],
        "method_name": row["method__name"],
        "edition": row["edition__label"],
        "publisher_slug": row["publisher__slug"],
        "publisher_name": row["publisher__name"],
        "ean": row["ean"],
        "contained_ean": row["contained_ean"] or None,
        "identifier": row["identifier"] or None,
        "authors": row["authors"],
        "labels": labels,
        "description": row["description"][:_DESCRIPTION_LENGTH] or None,
        "parts": forms.parts,
        "joined": forms.joined,
        "state": row["state"],
        "medium": row["medium"],
        "form": row["form"],
        "role": row["role"],
        "sectors": sectors or None,
        "levels": row["levels"] or None,
        "years": row["years"] or None,
        "subjects": subjects or None,
        "combined": row["combined"],
        "price_cents": row["price_cents"],
        "price_from": price_from(row["price_cents"], row["price_range"]),
        "rating": _hundredths(row["method__review_mean"]),
        "rating_low": _hundredths(row["method__review_low"]),
        "rating_high": _hundredths(row["method__review_high"]),
        "rating_rank": row["method__review_sort"],
        "review_count": row["method__review_count"],
        "older_review_count": row["method__older_review_count"],
        **{field: row[field] for field in _ANNOTATED},
        "is_withdrawn": is_withdrawn,
        "is_orderable": not is_withdrawn and row["state"] in _ORDERABLE,
        "is_default_sector": not sectors or not vocabulary.other_sectors.issuperset(sectors),
        "is_current": _is_current(row["edition__ordinal"], row["method__current_ordinal"]),
        "published_day": day_number(row["first_published_on"]),
        "first_seen_day": day_number(row["first_seen_at"].date()),
        "sort_title": sort_key(row["title"]),
    }


def _method_document(
    pk: int, public_id: str, name: str, publisher_slug: str, publisher_name: str, products: Sequence[Document]
) -> Document:
    """products: those of the method, not empty. Its codes are those of what can be ordered, or else of everything."""
    orderable = [product for product in products if product["is_orderable"]]
    shown = orderable or products
    prices = [product["price_from"] for product in orderable if product["price_from"] is not None]
    editions = dict.fromkeys(product["edition"] for product in products)
    codes = {name: sorted({code for product in shown for code in product[name] or ()}) for name in _METHOD_CODES}
    return {
        "id": pk,
        "public_id": public_id,
        "name": name,
        "joined": joined_form(name),
        "publisher_slug": publisher_slug,
        "publisher_name": publisher_name,
        "editions": sorted(editions),
        **codes,
        "price_from": min(prices, default=None),
        **{name: products[0][name] for name in _REVIEWS_OF_METHOD},
        "orderable_products": sum(product["is_orderable"] and product["is_default_sector"] for product in products),
        "published_day": max(product["published_day"] for product in shown),
        "sort_title": sort_key(name),
        NESTED_PATH: list(products),
    }


def _is_current(ordinal: int | None, current: int | None) -> bool:
    """Whether an edition is not known to be older than the current one of its method."""
    return ordinal is None or current is None or ordinal >= current


def _hundredths(mean: Decimal | None) -> int | None:
    """A mean of reviews as a whole number, 3.25 -> 325: equal means must compare as equal."""
    return None if mean is None else int(mean * 100)


def sample_ids(kind: OutboxKind, size: int) -> list[int]:
    """Some ids of rows that have a document, spread over all of them."""
    bounds = _rows_with_document(kind).aggregate(least=Min("pk"), most=Max("pk"))
    if bounds["least"] is None:
        return []
    step = max(1, (bounds["most"] - bounds["least"]) // size)
    starts = range(bounds["least"], bounds["most"] + 1, step)
    rows = _rows_with_document(kind).order_by("pk").values_list("pk", flat=True)
    return sorted({pk for start in starts for pk in rows.filter(pk__gte=start)[:1]})
