"""Reads over what was brought in, each with a known number of queries."""

from ingest.selectors.changes import changes_of, field_counts, harvest_run, kind_counts, remap_run
from ingest.selectors.harvests import (
    CellCounts,
    SourceOverview,
    cell_counts,
    is_bad,
    is_failing,
    source_overviews,
    waits_for_agreement,
)
from ingest.selectors.refusals import refusal_examples, refusals, refused_records
from ingest.selectors.withdrawals import HeldProducts, held_products

__all__ = [
    "CellCounts",
    "HeldProducts",
    "SourceOverview",
    "cell_counts",
    "changes_of",
    "field_counts",
    "harvest_run",
    "held_products",
    "is_bad",
    "is_failing",
    "kind_counts",
    "refusal_examples",
    "refusals",
    "refused_records",
    "remap_run",
    "source_overviews",
    "waits_for_agreement",
]
