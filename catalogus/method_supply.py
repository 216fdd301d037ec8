"""What can be ordered of methods, for lists of them: prices, forms and the edition of now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Min, Q

from catalogus.models import Product


@dataclass(frozen=True, slots=True)
class MethodSupply:
    """Of the products that can be ordered: how many there are and how many have a price in euro, and the bounds of it.

    Prices in other currencies compare with nothing, so they count as unknown. edition: the label of the current one,
    "" where none has a number.
    """

    orderable: int
    priced: int
    lowest_cents: int | None
    highest_cents: int | None
    forms: frozenset[str]
    edition: str


def supply_of_methods(public_ids: Sequence[str]) -> Mapping[str, MethodSupply]:
    """By public id of the method, those without anything to order left out; one query, none for no methods."""
    if not public_ids:
        return {}
    in_euro = Q(currency="EUR", price_cents__isnull=False)
    rows = (
        Product.objects.live()
        .orderable()
        .filter(method__public_id__in=public_ids)
        .order_by()
        .values_list("method__public_id")
        .annotate(
            orderable=Count("pk"),
            priced=Count("pk", filter=in_euro),
            lowest=Min("price_cents", filter=in_euro),
            highest=Max("price_cents", filter=in_euro),
            offered=ArrayAgg("form", distinct=True),
            current=Max("edition__label", filter=Q(edition__ordinal=F("method__current_ordinal"))),
        )
    )
    return {
        public_id: MethodSupply(orderable, priced, lowest, highest, frozenset(forms), edition or "")
        for public_id, orderable, priced, lowest, highest, forms, edition in rows
    }
