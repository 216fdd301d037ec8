"""Corrections while products come in: they hold above all sources, and remember what those say now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from catalogus.models import Correction
from catalogus.product_data import ProductData
from catalogus.product_fields import as_json, from_json
from catalogus.services.product_rows import StoredRow


def held_corrections(stored: Mapping[str, StoredRow]) -> dict[str, list[Correction]]:
    """Public id -> the corrections of that product, for those that have any; one query, none where no product has."""
    public_ids = {row.id: public_id for public_id, row in stored.items() if row.has_corrections}
    if not public_ids:
        return {}
    found: dict[str, list[Correction]] = defaultdict(list)
    for correction in Correction.objects.filter(product__in=public_ids).order_by("pk"):
        found[public_ids[correction.product_id]].append(correction)
    return found


def correct(data: ProductData, corrections: Iterable[Correction]) -> ProductData:
    """What the sources say with what editors know better."""
    values: dict[str, Any] = {found.field: from_json(found.field, found.value) for found in corrections}
    corrected = replace(data, **values)
    has_price = corrected.price_cents is not None or corrected.price_excl_cents is not None
    # A corrected price outlives the source's own, and with that went the currency. Prices that are kept are in euros.
    return replace(corrected, currency="EUR") if has_price and not corrected.currency else corrected


def keep_source_values(said: Iterable[tuple[ProductData, Sequence[Correction]]]) -> None:
    """Remember under each correction what the sources say now, so that taking it back restores that."""
    stale = []
    for data, corrections in said:
        for correction in corrections:
            now = as_json(getattr(data, correction.field))
            if correction.source_value != now:
                correction.source_value = now
                stale.append(correction)
    if stale:
        Correction.objects.bulk_update(stale, ["source_value"])
