"""Reads over several tables for pages and the API, each with a known number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, Value, When
from django.db.models.expressions import OrderBy

from catalogus.article_numbers import ean13
from catalogus.models import Edition, Method, Product, ProductState, ProductVersion, Role, Scheme


@dataclass(frozen=True, slots=True)
class EditionSummary:
    """An edition with the number of products in it that were not merged into others."""

    pk: int
    label: str
    ordinal: int | None
    is_unknown: bool
    is_current: bool
    product_count: int


@dataclass(frozen=True, slots=True)
class Part:
    """What a package says it consists of; product is None where the catalogue does not have it."""

    identifier: str
    product: Product | None


@dataclass(frozen=True, slots=True)
class ProductRelations:
    """packages and predecessors: at most MOST_RELATED each, what can be ordered first."""

    parts: tuple[Part, ...]
    packages: tuple[Product, ...]
    predecessors: tuple[Product, ...]


MOST_RELATED = 25
"""A licence for a whole school may be part of every package of a publisher; nobody reads them all."""

_NUL = "\x00"
"""A text that PostgreSQL does not take, so no row has it."""


def product_with_relations(public_id: str) -> Product:
    """The product with all that its page names, in one query. Raises Product.DoesNotExist."""
    if _NUL in public_id:
        raise Product.DoesNotExist
    return Product.objects.select_related("publisher", "method", "edition", "successor", "merged_into").get(
        public_id=public_id
    )


def product_by_ean(ean: str) -> Product:
    """The product that stands for itself under this EAN, withdrawn or not, else one that was merged into another.

    One query. Raises Product.DoesNotExist.
    """
    found = (
        Product.objects.select_related("publisher", "method", "edition", "successor", "merged_into")
        .filter(ean=ean)
        .order_by(F("merged_into").asc(nulls_first=True), "id")
        .first()
    )
    if found is None:
        raise Product.DoesNotExist
    return found


def product_relations(product: Product) -> ProductRelations:
    """What a product goes together with: a query each for parts, packages and predecessors, where there may be any."""
    return ProductRelations(tuple(_parts(product)), tuple(_packages(product)), tuple(_predecessors(product)))


def product_versions(product: Product) -> QuerySet[ProductVersion]:
    """What became of a product since it came in, to be sliced by number; by whom is not read, for nobody is told."""
    return ProductVersion.objects.filter(product=product).defer("actor", "reason")


def method_with_relations(public_id: str) -> Method:
    """The method with its publisher and, where it was merged, the survivor; one query. Raises Method.DoesNotExist."""
    if _NUL in public_id:
        raise Method.DoesNotExist
    return Method.objects.select_related("publisher", "merged_into").get(public_id=public_id)


def surviving_method(method: Method) -> Method:
    """The method that this one was merged into in the end, by however many steps; itself where it stands.

    No query for one that stands or was merged once, one for each step beyond.
    """
    seen = {method.pk}
    while method.merged_into is not None and method.merged_into_id not in seen:
        method = method.merged_into
        seen.add(method.pk)
    return method


def method_editions(method: Method) -> list[EditionSummary]:
    """The editions that have products, newest first and the unknown one last; one query.

    Current is the highest ordinal with an orderable product; without ordinals no edition is.
    """
    standing = Q(products__merged_into=None)
    orderable = standing & Q(products__withdrawn_at=None, products__state__in=ProductState.orderable())
    rows = (
        Edition.objects.filter(method=method)
        .annotate(
            product_count=Count("products", filter=standing),
            orderable_ordinal=Max("ordinal", filter=orderable),
        )
        .filter(product_count__gt=0)
        .order_by(*_edition_order())
    )
    current = max((row.orderable_ordinal for row in rows if row.orderable_ordinal is not None), default=None)
    return [
        EditionSummary(
            pk=row.pk,
            label=row.label,
            ordinal=row.ordinal,
            is_unknown=row.is_unknown,
            is_current=current is not None and row.orderable_ordinal == current,
            product_count=row.product_count,
        )
        for row in rows
    ]


def method_products(method: Method) -> QuerySet[Product]:
    """The products of a method as its page lists them, to be sliced: by edition, then role, what is orderable first."""
    roles = Case(
        *(When(role=role, then=Value(place)) for place, role in enumerate(Role.values)), output_field=IntegerField()
    )
    return (
        Product.objects.filter(method=method, merged_into=None)
        .select_related("edition")
        .defer("search_text", "search_vector", "description")
        .order_by(*_edition_order("edition__"), roles, _gone_last(), "title", "id")
    )


def method_contents(method: Method) -> list[Product]:
    """All products of a method in the order of its page, each with what a page counts and filters by; one query.

    A method may have a thousand: what is shown of a product is read for those on the page alone (method_products).
    """
    return list(
        method_products(method)
        .select_related(None)
        .defer(None)
        .only(
            "edition", "role", "form", "medium", "state", "withdrawn_at", "price_cents", "currency", "ean",
            "is_price_indicative", "sale_unit_size", "is_consumable", "is_licensed", "is_open", "license_days",
            "license_ends_on", "license_count", "accessibility_url", "classification",
        )
    )  # fmt: skip


def method_codes(method: Method) -> Mapping[Scheme, set[str]]:
    """The sectors, levels, years and subjects that the products of a method are for, as they were read; one query."""
    groups = Product.objects.filter(method=method, merged_into=None).values_list("classification", flat=True)
    return classified_codes([group for classification in groups for group in classification])


def method_offer(method: Method) -> Mapping[str, set[str]]:
    """The filter codes by field of a method's products that can be ordered, or of all where none can; one query.

    Subjects are those that were read, where any were: with the broader ones French would be German, a language as well.
    """
    fields = ("sectors", "levels", "years", "subjects", "combined")
    columns = ("state", "withdrawn_at", "classification", *fields)
    rows = list(Product.objects.filter(method=method, merged_into=None).values(*columns))
    orderable = ProductState.orderable()
    offered = [row for row in rows if row["withdrawn_at"] is None and row["state"] in orderable] or rows
    codes = {field: {code for row in offered for code in row[field]} for field in fields}
    read = classified_codes([group for row in offered for group in row["classification"]])[Scheme.SUBJECT]
    return codes | {"subjects": read or codes["subjects"]}


def classified_codes(groups: Sequence[Mapping[str, Sequence[str]]]) -> Mapping[Scheme, set[str]]:
    """The codes of classification groups by scheme, without the broader and narrower terms that filters add."""
    names = {
        Scheme.SECTOR: "sectors",
        Scheme.LEVEL: "levels",
        Scheme.YEAR: "years",
        Scheme.SUBJECT: "subjects",
    }
    return {scheme: {code for group in groups for code in group.get(name, ())} for scheme, name in names.items()}


def _edition_order(prefix: str = "") -> list[OrderBy | str]:
    # Editions of one ordinal, or of none, still lie apart, so that a page never shows two of them mixed.
    return [F(f"{prefix}ordinal").desc(nulls_last=True), F(f"{prefix}key").desc(), f"{prefix}id"]


def _parts(product: Product) -> list[Part]:
    """By EAN where the code is one, else by the publisher's own code; in the order of the package."""
    codes = product.part_identifiers
    if not codes:
        return []
    eans = {code: ean for code in codes if (ean := ean13(code))}
    own_codes = Q(publisher=product.publisher_id, identifier__in=codes)
    # Of several products with one code, what can be ordered stands first and is taken.
    found = list(_related(Q(ean__in=set(eans.values())) | own_codes, product))
    by_ean = {row.ean: row for row in reversed(found) if row.ean}
    by_code = {row.identifier: row for row in reversed(found) if row.publisher_id == product.publisher_id}
    return [Part(code, by_ean.get(eans.get(code, "")) or by_code.get(code)) for code in codes]


def _packages(product: Product) -> QuerySet[Product]:
    """The packages that name this product: by its EAN, or by its code where they are of the same publisher."""
    codes = [code for code in dict.fromkeys((product.ean, product.identifier)) if code]
    if not codes:
        return Product.objects.none()
    is_meant = Q(publisher=product.publisher_id)
    if product.ean:
        is_meant |= Q(part_identifiers__contains=[product.ean])
    # The index holds packages alone, so the query must say that it wants no others.
    names_it = Q(part_identifiers__overlap=codes) & ~Q(part_identifiers=[])
    return _related(names_it & is_meant & Q(withdrawn_at=None), product)[:MOST_RELATED]


def _predecessors(product: Product) -> QuerySet[Product]:
    return _related(Q(successor=product), product)[:MOST_RELATED]


def _related(wanted: Q, product: Product) -> QuerySet[Product]:
    """Other products with what a list names of them, what can be ordered first."""
    return (
        Product.objects.filter(wanted, merged_into=None)
        .exclude(pk=product.pk)
        .only("public_id", "title", "ean", "identifier", "publisher", "state", "withdrawn_at")
        .order_by(_gone_last(), "title", "pk")
    )


def _gone_last() -> Case:
    return Case(
        When(withdrawn_at=None, state__in=ProductState.orderable(), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
