"""An invented catalogue for property tests, and what a search in it must find, said a second time in plain Python."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from catalogus.classification import combined_code
from catalogus.models import Method, Product, ProductState
from catalogus.search import SearchCriteria
from tests.factories import make_edition, make_method, make_product, make_publisher

# By kind of school: no product is for groep 3 in one group and for leerjaar 3 in another, which one code would mix up.
KINDS = ((("havo", "vwo", "vmbo-tl"), ("leerjaar-1", "leerjaar-3")), (("bao", "sbo"), ("groep-1", "groep-3")))
LEVELS = tuple(level for levels, _ in KINDS for level in levels)
YEARS = tuple(year for _, years in KINDS for year in years)
SECTORS = ("vo", "mbo", "hbo")
SUBJECTS = ("wiskunde", "biologie")
MEDIA = ("web", "book", "unknown")
STATES = ("available", "no_longer_available", "unknown")
ROLES = ("learner", "teacher")
PUBLISHERS = ("noord", "zuid")
UNKNOWN = "unknown"

CHOICES = {
    "sectors": (*SECTORS, UNKNOWN),
    "levels": (*LEVELS, UNKNOWN),
    "years": (*YEARS, UNKNOWN),
    "subjects": (*SUBJECTS, UNKNOWN),
    "publishers": PUBLISHERS,
    "media": MEDIA,
    "states": STATES,
    "roles": ROLES,
}

Groups = Sequence[tuple[Sequence[str], Sequence[str]]]


@dataclass(frozen=True)
class Item:
    """A product with the groups (levels, years) that it was classified by."""

    product: Product
    groups: Groups


def invent(dice: random.Random, count: int) -> list[Item]:
    """So many products in a third as many methods of two publishers."""
    publishers = [make_publisher(slug=slug, name=slug.title()) for slug in PUBLISHERS]
    editions = [
        make_edition(method=make_method(publisher=dice.choice(publishers), name=f"Kompas {number}"))
        for number in range(max(1, count // 3))
    ]
    return [_item(dice, edition) for edition in dice.choices(editions, k=count)]


def _item(dice: random.Random, edition: Any) -> Item:
    levels, years = dice.choice(KINDS)
    groups = [(_some(dice, levels), _some(dice, years)) for _ in range(dice.choice((1, 1, 2)))]
    product = make_product(
        edition=edition,
        sectors=_some(dice, SECTORS),
        levels=sorted({level for levels, _ in groups for level in levels}),
        years=sorted({year for _, years in groups for year in years}),
        combined=sorted({combined_code(level, year) for levels, years in groups for level in levels for year in years}),
        subjects=_some(dice, SUBJECTS),
        medium=dice.choice(MEDIA),
        state=dice.choice(STATES),
        role=dice.choice(ROLES),
        withdrawn_at=dice.choice((None, None, None, edition.method.created_at)),
    )
    return Item(product, groups)


def _some(dice: random.Random, codes: Sequence[str]) -> list[str]:
    return sorted(dice.sample(codes, dice.choice((0, 1, 1, 2))))


def found(items: Sequence[Item], criteria: SearchCriteria) -> set[str]:
    """The public ids of the products that a search without text must find."""
    return {item.product.public_id for item in items if _fits(item, criteria)}


def methods_of(public_ids: set[str]) -> set[str]:
    """The public ids of the methods of products."""
    return set(Method.objects.filter(products__public_id__in=public_ids).values_list("public_id", flat=True))


def _fits(item: Item, criteria: SearchCriteria) -> bool:
    product = item.product
    lists = {"subjects": product.subjects, "sectors": product.sectors}
    singles = {
        "media": product.medium,
        "states": product.state,
        "roles": product.role,
        "publishers": product.publisher.slug,
    }
    return (
        (criteria.include_all or product.withdrawn_at is None)
        and (criteria.include_all or bool(criteria.states) or product.state in ProductState.orderable())
        and (criteria.include_all or bool(criteria.sectors) or set(product.sectors) != {"hbo"})
        and all(_has(criteria.selected(facet), codes or [UNKNOWN]) for facet, codes in lists.items())
        and all(_has(criteria.selected(facet), [code]) for facet, code in singles.items())
        and _fits_level_and_year(item, criteria)
    )


def _has(chosen: Sequence[str], codes: Sequence[str]) -> bool:
    return not chosen or bool(set(chosen) & set(codes))


def _fits_level_and_year(item: Item, criteria: SearchCriteria) -> bool:
    levels, years = item.product.levels or [UNKNOWN], item.product.years or [UNKNOWN]
    if not criteria.levels or not criteria.years:
        return _has(criteria.levels, levels) and _has(criteria.years, years)
    # What is not stated anywhere in the product stands with every value of the other one.
    pairs = {(level, year) for in_levels, in_years in item.groups for level in in_levels for year in in_years}
    pairs |= {(level, UNKNOWN) for level in levels if years == [UNKNOWN]}
    pairs |= {(UNKNOWN, year) for year in years if levels == [UNKNOWN]}
    return any((level, year) in pairs for level in criteria.levels for year in criteria.years)
