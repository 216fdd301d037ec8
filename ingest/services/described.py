"""Products as all their records together describe them."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress

from catalogus.product_data import ProductData
from catalogus.vocabulary import Vocabulary
from ingest.exceptions import RecordRejected
from ingest.mapping import map_entry
from ingest.services.merge import Statement, merge
from ingest.services.records import RecordKey, accepted_entries


def described_products(
    statements: Mapping[str, Sequence[Statement]],
    rows: Mapping[str, int],
    vocabulary: Vocabulary,
    *,
    without: Collection[RecordKey] = (),
) -> dict[str, ProductData]:
    """Public id -> what all records of a product say, those that are stored among them.

    statements: what is known already; rows: of the products that are stored; without: stored records that are not to be
    read, for what they say is among the statements. A product that nothing describes is left out.
    """
    found = {key: list(known) for key, known in statements.items()}
    for key, precedence, identifier, entry in accepted_entries(rows, without):
        # One that a stricter reader no longer accepts has nothing to say, until it is delivered better.
        with suppress(RecordRejected):
            found[key].append(Statement(precedence, identifier, map_entry(entry, vocabulary).data))
    return {key: merge(told) for key, told in found.items() if told}
