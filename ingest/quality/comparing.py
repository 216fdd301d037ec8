"""Findings that no single record shows: products compared with the rest of the catalogue, and with today.

Each function gives the products concerned, lazily: (row, ECK element, value as it was sent). A code names the product
with that EAN, or the publisher's product with that code; codes are followed here, not Product.successor, which is empty
where it would lead round in a circle.
"""

from datetime import timedelta
from typing import TypeAlias

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, TextField, Value, When, Window
from django.db.models.expressions import Combinable, F, RawSQL
from django.db.models.functions import Cast, Lower
from django.utils import timezone

from catalogus.models import Product, ProductState

Found: TypeAlias = QuerySet[Product, tuple[int, str, str]]

OVERDUE_AFTER = timedelta(days=30)
"""A book that is a few weeks late is no fault of the data."""

MOST_STEPS = 20
"""How far a chain of successors is followed; editions of one method are fewer."""

_GONE = ~Q(withdrawn_at=None) | ~Q(state__in=ProductState.orderable())


def end_date_past() -> Found:
    """Still orderable although delivery or the license has ended."""
    today = timezone.localdate()
    is_over = When(end_of_life_on__lt=today, then=Value("EndOfLifeDate"))
    return _found(
        _orderable().filter(Q(end_of_life_on__lt=today) | Q(license_ends_on__lt=today)),
        field=Case(is_over, default=Value("LicenseEndDate"), output_field=CharField()),
        value=Case(When(end_of_life_on__lt=today, then=F("end_of_life_on")), default=F("license_ends_on")),
    )


def activation_past() -> Found:
    """Still orderable although nobody can activate it any more."""
    late = _orderable().filter(activation_until__lt=timezone.localdate())
    return _found(late, field=Value("ActivationBefore/ActivationBeforeDate"), value=F("activation_until"))


def overdue() -> Found:
    """Not yet available although it should have appeared long ago."""
    expected = timezone.localdate() - OVERDUE_AFTER
    late = _orderable().filter(state=ProductState.NOT_YET, first_published_on__lt=expected)
    return _found(late, field=Value("FirstPublishedDate"), value=F("first_published_on"))


def dead_successor() -> Found:
    """The successor's code names nothing in the catalogue."""
    return _with_successor(~Exists(_named("successor_identifier")))


def successor_gone() -> Found:
    """The successor cannot be ordered either."""
    named = _named("successor_identifier")
    gone = named.filter(_GONE, merged_into=None)
    standing = named.exclude(_GONE, merged_into=None)
    return _with_successor(Exists(gone) & ~Exists(standing))


def successor_cycle() -> Found:
    """Who follows the successors comes back to the product itself."""
    return _with_successor(Q(pk__in=RawSQL(_CYCLES, [MOST_STEPS])))  # noqa: S611  SQL of ours.


def dead_part() -> Found:
    """A part of the package names nothing in the catalogue."""
    return _with_parts(Product.objects.live(), RawSQL(_MISSING_PARTS, [], TextField()))  # noqa: S611  SQL of ours.


def part_gone() -> Found:
    """The package can be ordered and a part of it cannot."""
    orderable = list(ProductState.orderable())
    return _with_parts(_orderable(), RawSQL(_GONE_PARTS, [orderable], TextField()))  # noqa: S611  SQL of ours.


def twin() -> Found:
    """Another orderable product of the publisher has the same title, edition and medium."""
    alike = Window(Count("pk"), partition_by=("publisher", Lower("title"), "edition__key", "medium"))
    counted = _orderable().annotate(alike=alike)
    return _found(counted.filter(alike__gt=1), field=Value("Title"), value=F("title"))


def code_twice() -> Found:
    """Another orderable product of the publisher has the same product code."""
    others = _orderable().filter(publisher=OuterRef("publisher"), identifier=OuterRef("identifier"))
    shared = _orderable().exclude(identifier="").filter(Exists(others.exclude(pk=OuterRef("pk"))))
    return _found(shared, field=Value("ProductId"), value=F("identifier"))


def _orderable() -> QuerySet[Product]:
    return Product.objects.live().orderable()


def _found(products: QuerySet[Product], *, field: Combinable, value: Combinable) -> Found:
    return products.order_by().annotate(field=field, value=Cast(value, TextField())).values_list("pk", "field", "value")


def _named(code: str) -> QuerySet[Product]:
    """The products that a code of the outer product names."""
    by_ean = Q(ean=OuterRef(code), merged_into=None)
    return Product.objects.filter(by_ean | Q(publisher=OuterRef("publisher"), identifier=OuterRef(code))).order_by()


def _with_successor(condition: Q | Combinable) -> Found:
    naming = Product.objects.live().exclude(successor_identifier="").filter(condition)
    return _found(naming, field=Value("FollowupProduct"), value=F("successor_identifier"))


def _with_parts(packages: QuerySet[Product], codes: Combinable) -> Found:
    """codes: the part codes at fault, of a row of the table of products under its own name."""
    found = packages.exclude(part_identifiers=[]).annotate(codes=codes).exclude(codes=None)
    return _found(found, field=Value("SubProducts/ProductId"), value=F("codes"))


# Two lookups by index; one with OR would be tried for every pair.
_CYCLES = """
WITH RECURSIVE step AS (
    SELECT product.id, named.id AS next
    FROM catalogus_product AS product
    JOIN catalogus_product AS named ON named.ean = product.successor_identifier AND named.merged_into_id IS NULL
    WHERE product.successor_identifier <> '' AND product.merged_into_id IS NULL AND named.id <> product.id
    UNION
    SELECT product.id, named.id
    FROM catalogus_product AS product
    JOIN catalogus_product AS named
        ON named.publisher_id = product.publisher_id AND named.identifier = product.successor_identifier
    WHERE product.successor_identifier <> '' AND product.merged_into_id IS NULL AND named.merged_into_id IS NULL
        AND named.id <> product.id
), walk AS (
    SELECT id AS start, next, 1 AS steps FROM step
    UNION
    SELECT walk.start, step.next, walk.steps + 1
    FROM walk JOIN step ON step.id = walk.next
    WHERE walk.next <> walk.start AND walk.steps < %s
)
SELECT start FROM walk WHERE next = start
"""
_NAMED_PARTS = """
    SELECT 1 FROM catalogus_product AS named
    WHERE (named.ean = part.code AND named.merged_into_id IS NULL
        OR named.publisher_id = catalogus_product.publisher_id AND named.identifier = part.code)
"""
_PARTS = """
(SELECT string_agg(part.code, ', ' ORDER BY part.place)
FROM unnest(catalogus_product.part_identifiers) WITH ORDINALITY AS part (code, place)
"""
_STANDING = "(named.merged_into_id IS NOT NULL OR named.withdrawn_at IS NULL AND named.state = ANY(%s))"
_MISSING_PARTS = f"{_PARTS} WHERE NOT EXISTS ({_NAMED_PARTS}))"
_GONE_PARTS = f"{_PARTS} WHERE EXISTS ({_NAMED_PARTS}) AND NOT EXISTS ({_NAMED_PARTS} AND {_STANDING}))"
