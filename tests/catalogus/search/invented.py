"""An invented catalogue for property tests, and what a search in it must find, said a second time in plain Python."""

import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from catalogus.classification import combined_code
from catalogus.models import Edition, Method, Product, ProductState, Publisher
from catalogus.search import SearchCriteria
from tests.factories import make_edition, make_method, make_product, make_publisher, review_fields

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
FORMS = ("folio", "digital", "unknown")
UNKNOWN = "unknown"

# What is told of a price, reviews and a licence, with the codes that it falls under, written out by hand.
PRICES: tuple[tuple[dict[str, Any], str], ...] = (
    ({"price_cents": 999}, "0-10"),
    ({"price_cents": 1000}, "10-25"),
    ({"price_cents": 4999}, "25-50"),
    ({"price_cents": 5000}, "50-100"),
    ({"price_cents": 10_000}, "100-"),
    ({"price_cents": 500, "currency": "USD"}, UNKNOWN),
    ({}, UNKNOWN),
)
REVIEWS: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    ({}, ("none",)),
    (review_fields(1), ("any", "few")),
    (review_fields(12), ("any", "few")),
    (review_fields(0, older=4), ("any", "few")),
    (review_fields(4, "4.00", review_sort=3300), ("any", "3.5-4")),
    (review_fields(12, "3.50", review_sort=3300, older=2), ("any", "3.5-4")),
    (review_fields(3, "3.49"), ("any", "3-3.5")),
    (review_fields(3, "2.00", review_sort=2600), ("any", "2-3")),
    (review_fields(3, "1.00"), ("any", "1-2")),
)
LICENSES: tuple[tuple[dict[str, Any], tuple[str, ...], str], ...] = (
    ({}, ("unknown",), "unknown"),
    ({"is_licensed": False}, ("none",), "unknown"),
    ({"is_licensed": True}, ("other",), "unknown"),
    ({"is_licensed": False, "license_days": 183}, ("other",), "half-year"),
    (
        {"license_availability": "Flexible start with fixed duration", "license_days": 365},
        ("fixed-duration",),
        "year",
    ),
    (
        {
            "license_availability": "Fixed start and end",
            "license_starts_on": datetime.date(2026, 8, 1),
            "license_ends_on": datetime.date(2030, 7, 31),
            "license_options": ["Inkijkexemplaar"],
        },
        ("fixed-period", "trial"),
        "4-years",
    ),
    ({"license_availability": "Flexible Start with fixed end", "license_days": 730}, ("fixed-end",), "2-3-years"),
)
OPENNESS = ((None, "unknown"), (True, "open"), (False, "closed"))
STATEMENTS = (("", "unknown"), ("https://uitgever.example/toegankelijk", "stated"))
_THIS_YEAR = timezone.localdate().year
FIRST_DAYS = (
    None,
    datetime.date(_THIS_YEAR - 1, 12, 31),
    datetime.date(_THIS_YEAR, 1, 1),
    datetime.date(_THIS_YEAR + 1, 3, 1),
)

CHOICES = {
    "sectors": (*SECTORS, UNKNOWN),
    "levels": (*LEVELS, UNKNOWN),
    "years": (*YEARS, UNKNOWN),
    "subjects": (*SUBJECTS, UNKNOWN),
    "publishers": PUBLISHERS,
    "media": MEDIA,
    "states": STATES,
    "roles": ROLES,
    "forms": FORMS,
    "prices": tuple(dict.fromkeys(code for _, code in PRICES)),
    "ratings": ("any", "3.5-4", "3-3.5", "2-3", "1-2", "none"),
    "licenses": ("unknown", "none", "other", "fixed-duration", "fixed-period", "fixed-end", "trial"),
    "durations": ("unknown", "half-year", "year", "2-3-years", "4-years"),
    "openness": tuple(code for _, code in OPENNESS),
    "accessibility": tuple(code for _, code in STATEMENTS),
    "news": ("this-year",),
}

Groups = Sequence[tuple[Sequence[str], Sequence[str]]]


@dataclass(frozen=True)
class Item:
    """A product with the groups (levels, years) that it was classified by, and the codes that it was made for."""

    product: Product
    groups: Groups
    codes: dict[str, tuple[str, ...]]


def invent(dice: random.Random, count: int) -> list[Item]:
    """So many products in a third as many methods of two publishers."""
    publishers = [make_publisher(slug=slug, name=slug.title()) for slug in PUBLISHERS]
    editions = [_edition(dice, dice.choice(publishers), number) for number in range(max(1, count // 3))]
    return [_item(dice, *dice.choice(editions)) for _ in range(count)]


def _edition(dice: random.Random, publisher: Publisher, number: int) -> tuple[Edition, tuple[str, ...]]:
    """An edition, and the codes of what is said of its method."""
    reviews, codes = dice.choice(REVIEWS)
    return make_edition(method=make_method(publisher=publisher, name=f"Kompas {number}", **reviews)), codes


def _item(dice: random.Random, edition: Edition, ratings: tuple[str, ...]) -> Item:
    levels, years = dice.choice(KINDS)
    groups = [(_some(dice, levels), _some(dice, years)) for _ in range(dice.choice((1, 1, 2)))]
    price, price_code = dice.choice(PRICES)
    license_terms, kinds, duration = dice.choice(LICENSES)
    is_open, openness = dice.choice(OPENNESS)
    statement, accessibility = dice.choice(STATEMENTS)
    first_day = dice.choice(FIRST_DAYS)
    is_new = first_day is not None and first_day.year >= _THIS_YEAR
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
        form=dice.choice(FORMS),
        is_open=is_open,
        accessibility_url=statement,
        first_published_on=first_day,
        withdrawn_at=dice.choice((None, None, None, edition.method.created_at)),
        **({"currency": "EUR"} | price),
        **license_terms,
    )
    codes = {
        "prices": (price_code,),
        "ratings": ratings,
        "licenses": kinds,
        "durations": (duration,),
        "openness": (openness,),
        "accessibility": (accessibility,),
        "news": ("this-year",) if is_new else (),
    }
    return Item(product, groups, codes)


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
        "forms": product.form,
        "publishers": product.publisher.slug,
    }
    return (
        (criteria.include_all or product.withdrawn_at is None)
        and (criteria.include_all or bool(criteria.states) or product.state in ProductState.orderable())
        and (criteria.include_all or bool(criteria.sectors) or set(product.sectors) != {"hbo"})
        and all(_has(criteria.selected(facet), codes or [UNKNOWN]) for facet, codes in lists.items())
        and all(_has(criteria.selected(facet), [code]) for facet, code in singles.items())
        and all(_has(criteria.selected(facet), codes) for facet, codes in item.codes.items())
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
