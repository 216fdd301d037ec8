"""Two hundred varied searches, made of the catalogue's own words; the same for the same catalogue and seed."""

import random

from catalogus.models import Method, Product
from catalogus.search import SearchCriteria, View

COUNT = 200
SEED = 7


def varied_queries() -> list[SearchCriteria]:
    """Words of titles and methods alone and with filters, EANs, and filters without words; methods and products."""
    dice = random.Random(SEED)
    methods = list(Method.objects.order_by("public_id").values_list("name", flat=True))
    products = list(Product.objects.order_by("public_id").values_list("title", "ean"))
    return [_query(dice, methods, products) for _ in range(COUNT)]


def _query(dice: random.Random, methods: list[str], products: list[tuple[str, str | None]]) -> SearchCriteria:
    title, ean = dice.choice(products)
    words = title.split()
    text = dice.choice(
        (
            dice.choice(methods),
            " ".join(words[: dice.randint(1, 3)]),
            dice.choice(words),
            dice.choice(("wiskunde", "rekenen groep 5", "engels", "nederlands werkboek", "natuurkunde havo", "zorg")),
            ean or "",
            "",
        )
    )
    return SearchCriteria(
        text=text,
        view=dice.choice(tuple(View)),
        sectors=_some(dice, 0.4, "po", "vo", "mbo"),
        levels=_some(dice, 0.3, "havo", "vwo", "vmbo", "mbo-4", "bao"),
        years=_some(dice, 0.2, "leerjaar-1", "leerjaar-3", "groep-5"),
    )


def _some(dice: random.Random, chance: float, *codes: str) -> tuple[str, ...]:
    """One of the codes, or none."""
    return (dice.choice(codes),) if dice.random() < chance else ()
