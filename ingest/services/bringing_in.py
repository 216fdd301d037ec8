"""From records to products: which product each describes, and what that product now is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from catalogus.models import Cause
from catalogus.product_data import ProductData
from catalogus.services.merging import merge_products, release_eans, unmerge_products
from catalogus.services.products import Outcome, stored_products, upsert_products
from catalogus.services.publishers import known_publishers
from catalogus.vocabulary import Vocabulary
from ingest.issues import IssueCode
from ingest.models import Source
from ingest.services.described import described_products
from ingest.services.identity import Identifier
from ingest.services.incoming import Incoming
from ingest.services.merge import Statement


@dataclass(frozen=True, slots=True)
class Reading:
    """Whose records are read, by which vocabulary, and what the history says of it."""

    source: Source
    vocabulary: Vocabulary
    cause: Cause
    run: str = ""


def bring_in(incoming: Sequence[Incoming], reading: Reading, *, also: Collection[str] = ()) -> dict[str, Outcome]:
    """Read the records, find their products and write those; public id of each product -> what became of it.

    also: products to be made anew though none of these records describes them. The caller holds Lock.IDENTIFY.
    """
    for one in incoming:
        one.read(reading.vocabulary)
    readable = [one for one in incoming if one.mapped is not None]
    identifier = Identifier(reading.source, readable)
    accepted = _identify(identifier, readable)
    products = _products(reading, accepted, identifier.left | set(also))
    unmerge_products(identifier.revived, cause=reading.cause, source=reading.source.code, run=reading.run)
    release_eans(identifier.emptied)
    upserted = upsert_products(
        products, cause=reading.cause, source=reading.source.code, run=reading.run, vocabulary=reading.vocabulary
    )
    merge_products(identifier.emptied, cause=reading.cause, source=reading.source.code, run=reading.run)
    is_first = set()
    for one in accepted:
        result = upserted[one.product_key]
        one.product_id = result.product_id
        # Of the records that make a new product together, the first is it; the others are merged into it.
        one.is_new_product = result.outcome == Outcome.CREATED and one.product_key not in is_first
        is_first.add(one.product_key)
    return {key: result.outcome for key, result in upserted.items()}


def name_publishers(incoming: Sequence[Incoming]) -> None:
    """Find the publisher of records that were refused, so that it sees them too; one that is not known stays so."""
    nameless = [one for one in incoming if one.publisher_id is None]
    known = known_publishers({name for one in nameless if (name := one.publisher_name)})
    for one in nameless:
        found = known.get(one.publisher_name)
        one.publisher_id = found.pk if found else None


def _identify(identifier: Identifier, readable: Sequence[Incoming]) -> list[Incoming]:
    """Find each record's product; those whose EAN is another product's are refused and left out."""
    for incoming in readable:
        incoming.publisher_id = identifier.publisher_of(incoming)
        incoming.product_key = identifier.product_for(incoming) or ""
        if not incoming.product_key:
            incoming.refuse(IssueCode.EAN_CONFLICT, "ProductId", incoming.data.identifier)
    return [incoming for incoming in readable if incoming.product_key]


def _products(reading: Reading, accepted: Sequence[Incoming], left: Iterable[str]) -> dict[str, ProductData]:
    """Product's public id -> what all of its records say together, those stored earlier among them.

    left: products that a record of this batch describes no longer.
    """
    statements: dict[str, list[Statement]] = {key: [] for key in left}
    for one in accepted:
        statement = Statement(reading.source.precedence, one.identifier, one.data)
        statements.setdefault(one.product_key, []).append(statement)
    in_batch = {(reading.source.pk, one.identifier) for one in accepted}
    return described_products(statements, stored_products(statements), reading.vocabulary, without=in_batch)
