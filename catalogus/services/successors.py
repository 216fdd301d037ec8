"""Successors: from the code that a record names to the product, without ever going round in a circle."""

from django.db import connection, transaction
from django.utils import timezone

from catalogus.models import Cause, OutboxKind, ProductVersion, VersionKind
from catalogus.services.outbox import enqueue

# A code is an EAN before it is a publisher's own code. A product whose chain comes back to itself has no successor: the
# records contradict each other, and which of them errs nobody can tell.
_FIND = """
WITH RECURSIVE named AS (
    SELECT product.id, product.public_id, (
        SELECT target.id FROM catalogus_product AS target
        WHERE target.merged_into_id IS NULL AND target.id <> product.id AND (
            target.ean = product.successor_identifier
            OR target.publisher_id = product.publisher_id AND target.identifier = product.successor_identifier
        )
        ORDER BY (target.ean IS NOT DISTINCT FROM product.successor_identifier) DESC, target.id LIMIT 1
    ) AS target_id
    FROM catalogus_product AS product
    WHERE product.successor_identifier <> '' AND product.merged_into_id IS NULL
), chain AS (
    SELECT id AS start, target_id AS reached FROM named WHERE target_id IS NOT NULL
    UNION
    SELECT chain.start, named.target_id FROM chain JOIN named ON named.id = chain.reached
    WHERE named.target_id IS NOT NULL
), wanted AS (
    SELECT named.id, named.target_id FROM named
    WHERE NOT EXISTS (SELECT 1 FROM chain WHERE chain.start = named.id AND chain.reached = named.id)
)
SELECT product.id, old.public_id, new.id, new.public_id
FROM catalogus_product AS product
LEFT JOIN wanted ON wanted.id = product.id
LEFT JOIN catalogus_product AS old ON old.id = product.successor_id
LEFT JOIN catalogus_product AS new ON new.id = wanted.target_id
WHERE (product.successor_id IS NOT NULL OR wanted.target_id IS NOT NULL)
    AND product.successor_id IS DISTINCT FROM wanted.target_id
ORDER BY product.id
"""
_WRITE = """
UPDATE catalogus_product AS product SET successor_id = pair.target, updated_at = %s
FROM unnest(%s::bigint[], %s::bigint[]) AS pair (id, target) WHERE product.id = pair.id
"""


@transaction.atomic
def link_successors(*, cause: Cause, source: str = "", run: str = "") -> int:
    """Bring every product's successor in line with the codes that products name; the number that changed.

    Looks at the few percent of products that name one, and writes only what differs: call it when a pass has ended, for
    a successor may come long after the product that names it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIND)
        found = cursor.fetchall()
        if not found:
            return 0
        now = timezone.now()
        cursor.execute(_WRITE, [now, [row[0] for row in found], [row[2] for row in found]])
    ProductVersion.objects.bulk_create(
        ProductVersion(
            product_id=product_id,
            kind=VersionKind.CHANGED,
            cause=cause,
            source=source,
            run=run,
            changes={"successor": [old, new]},
            at=now,
        )
        for product_id, old, _new_id, new in found
    )
    enqueue(OutboxKind.PRODUCT, (row[0] for row in found))
    return len(found)
