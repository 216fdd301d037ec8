"""Where a product belongs: its publisher, method and edition, stored first where they are new.

A Method row is never deleted; one that an editor merged away leads to its survivor, so a harvest never undoes that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection

from catalogus.families import FamilyName, parse_edition_element, split_family
from catalogus.models import UNKNOWN_EDITION, Publisher
from catalogus.naming import normal_form
from catalogus.product_data import ProductData
from catalogus.public_ids import public_id
from catalogus.services.publishers import first_keys, resolve_publishers

_OWN = "="
"""Begins the key of a product's own method; it stands in no normal form, so no family meets it."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Ids of rows, with the names that the search text needs.

    origin_method_id: the method that the names say; method_id is where an editor merged it into.
    """

    publisher_id: int
    method_id: int
    edition_id: int
    origin_method_id: int
    publisher_name: str
    method_name: str


@dataclass(frozen=True, slots=True)
class _MethodKey:
    publisher: Publisher
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class _EditionKey:
    label: str
    key: str
    ordinal: int | None


@dataclass(frozen=True, slots=True)
class _StoredMethod:
    """id and name of the survivor, and the row that has the key."""

    id: int
    name: str
    origin_id: int


def place(items: Mapping[str, ProductData], titles: Mapping[str, str], *, at: datetime) -> dict[str, Placement]:
    """public id of a product -> where it belongs. Call it in a transaction of the caller's.

    titles: what editors call some of the products; one that is a method of its own gives it that name.
    """
    publishers = resolve_publishers({data.publisher_name for data in items.values()})
    methods: dict[str, _MethodKey] = {}
    editions: dict[str, _EditionKey] = {}
    for product_id, data in items.items():
        family = split_family(data.family_name, data.title) if data.family_name.strip() else None
        title = titles.get(product_id, data.title)
        methods[product_id] = _method_key(product_id, title, family, publishers[data.publisher_name])
        editions[product_id] = _edition_key(data, family)
    stored_methods = _store_methods(methods.values(), at=at)
    method_of = {product_id: stored_methods[method.publisher.pk, method.key] for product_id, method in methods.items()}
    stored_editions = _store_editions([(method_of[product_id].id, key) for product_id, key in editions.items()])
    return {
        product_id: Placement(
            publisher_id=publishers[data.publisher_name].pk,
            method_id=method_of[product_id].id,
            edition_id=stored_editions[method_of[product_id].id, editions[product_id].key],
            publisher_name=publishers[data.publisher_name].name,
            origin_method_id=method_of[product_id].origin_id,
            method_name=method_of[product_id].name,
        )
        for product_id, data in items.items()
    }


def own_method_key(product_id: str) -> str:
    """The key of the method that one product without a family name forms."""
    return f"{_OWN}{product_id}"


def _method_key(product_id: str, title: str, family: FamilyName | None, publisher: Publisher) -> _MethodKey:
    key = normal_form(family.method)[:500] if family else ""
    if family is None or not key:
        key, name = own_method_key(product_id), title[:500]
    else:
        name = family.method[:500]
    return _MethodKey(publisher, key, name)


def _edition_key(data: ProductData, family: FamilyName | None) -> _EditionKey:
    label, ordinal = "", None
    if data.edition_text:
        label, ordinal = parse_edition_element(data.edition_text)
    if not label:
        family = family or split_family("", data.title)
        label, ordinal = family.edition_label, family.edition_ordinal
    key = normal_form(label)[:100]
    return _EditionKey(label[:100], key, ordinal) if key else _EditionKey(UNKNOWN_EDITION, "", None)


_INSERT_METHODS = """
INSERT INTO catalogus_method (public_id, publisher_id, name, key, is_locked, review_count, created_at)
SELECT public_id, publisher_id, name, key, false, 0, %s
FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::text[]) AS new (public_id, publisher_id, name, key)
ON CONFLICT (publisher_id, key) DO NOTHING
"""
# A product's own method is called as the product is; one that it was merged into (another key) keeps its name.
_RENAME_METHODS = """
UPDATE catalogus_method AS method SET name = new.name
FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS new (id, key, name)
WHERE method.id = new.id AND method.key = new.key AND method.name <> new.name AND NOT method.is_locked
RETURNING method.id, method.name
"""
_SELECT_METHODS = """
WITH RECURSIVE wanted AS (
    SELECT method.publisher_id, method.key, method.id, method.name, method.merged_into_id, method.id AS origin_id
    FROM catalogus_method AS method
    JOIN unnest(%s::bigint[], %s::text[]) AS sought (publisher_id, key) USING (publisher_id, key)
    UNION
    SELECT wanted.publisher_id, wanted.key, method.id, method.name, method.merged_into_id, wanted.origin_id
    FROM wanted JOIN catalogus_method AS method ON method.id = wanted.merged_into_id
)
SELECT publisher_id, key, id, name, origin_id FROM wanted WHERE merged_into_id IS NULL
"""


def _store_methods(keys: Iterable[_MethodKey], *, at: datetime) -> dict[tuple[int, str], _StoredMethod]:
    # Sorted, so that two writers take the index's locks in one order.
    unique = sorted({(key.publisher.pk, key.key): key for key in keys}.items())
    publisher_ids = [publisher_id for (publisher_id, _), _ in unique]
    texts = [text for (_, text), _ in unique]
    with connection.cursor() as cursor:
        cursor.execute(_SELECT_METHODS, [publisher_ids, texts])
        found = {(row[0], row[1]): _StoredMethod(row[2], row[3], row[4]) for row in cursor.fetchall()}
        missing = [method for pair, method in unique if pair not in found]
        if missing:
            publisher_keys = first_keys(method.publisher for method in missing)
            cursor.execute(
                _INSERT_METHODS,
                [
                    at,
                    [public_id("method", publisher_keys[method.publisher.pk], method.key) for method in missing],
                    [method.publisher.pk for method in missing],
                    [method.name for method in missing],
                    [method.key for method in missing],
                ],
            )
            cursor.execute(_SELECT_METHODS, [publisher_ids, texts])
            found = {(row[0], row[1]): _StoredMethod(row[2], row[3], row[4]) for row in cursor.fetchall()}
    return _rename_own([method for _, method in unique], found)


def _rename_own(
    methods: Iterable[_MethodKey], found: dict[tuple[int, str], _StoredMethod]
) -> dict[tuple[int, str], _StoredMethod]:
    """The stored methods, those of single products called as these are now."""
    stored = [(found[method.publisher.pk, method.key], method) for method in methods if method.key.startswith(_OWN)]
    changed = [(row.id, method.key, method.name) for row, method in stored if row.name != method.name]
    if not changed:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_RENAME_METHODS, [list(column) for column in zip(*changed, strict=True)])
        renamed = dict(cursor.fetchall())
    return {pair: replace(row, name=renamed.get(row.id, row.name)) for pair, row in found.items()}


_INSERT_EDITIONS = """
INSERT INTO catalogus_edition (method_id, label, key, ordinal, is_locked)
SELECT method_id, label, key, ordinal, false
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::int[]) AS new (method_id, label, key, ordinal)
ON CONFLICT (method_id, key) DO NOTHING
"""
_SELECT_EDITIONS = """
SELECT edition.method_id, edition.key, edition.id FROM catalogus_edition AS edition
JOIN unnest(%s::bigint[], %s::text[]) AS sought (method_id, key) USING (method_id, key)
"""


def _store_editions(wanted: Sequence[tuple[int, _EditionKey]]) -> dict[tuple[int, str], int]:
    unique = sorted({(method_id, edition.key): edition for method_id, edition in wanted}.items())
    sought = ([pair[0] for pair, _ in unique], [pair[1] for pair, _ in unique])
    with connection.cursor() as cursor:
        cursor.execute(_SELECT_EDITIONS, sought)
        found = {(row[0], row[1]): int(row[2]) for row in cursor.fetchall()}
        missing = [(pair[0], edition) for pair, edition in unique if pair not in found]
        if missing:
            cursor.execute(
                _INSERT_EDITIONS,
                [
                    [method_id for method_id, _ in missing],
                    [edition.label for _, edition in missing],
                    [edition.key for _, edition in missing],
                    [edition.ordinal for _, edition in missing],
                ],
            )
            cursor.execute(_SELECT_EDITIONS, sought)
            found = {(row[0], row[1]): int(row[2]) for row in cursor.fetchall()}
    return found
