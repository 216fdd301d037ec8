"""What a query asks, said in the catalogue's own facts, and how far each method or product answers it.

This is the judging tool for queries that name what something is for. It reads the database, never the engine, so what
search does today has no part in what counts as right. The criteria, for each product:

    3  subject, class (level and year in one group) and all else that was asked; can be ordered, in a current edition
    2  the same, but of an older edition or not ready to be ordered as it is (limited, not yet, temporarily not);
       or of the broader subject (wiskunde where wiskunde B was asked), unless nobody would take it for the narrower
    1  the subject, but of the class only the level or only the year, or nothing of it stated;
       or subject and class, but not the rest (a licence where a book was asked)
    0  everything else: another kind of school than the class is of, and what cannot be ordered at all, which no
       ordinary search shows

A method has the grade of its best product.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from catalogus.classification import combined_code
from catalogus.models import Concept, Product, ProductState, Scheme
from catalogus.naming import normal_form

FULL, PART, NONE = 2, 1, 0
_READY = frozenset({ProductState.AVAILABLE.value, ProductState.UNKNOWN.value})


@dataclass(frozen=True, slots=True)
class Facts:
    """What is asked. Codes of one list are alternatives.

    words: all of them in title or method name, as parts of words too; any_words: one of them, where no subject code
    says it; not_words: none of them, or the product is not wanted at all. editions: their numbers, "12e druk" is 12;
    who asks for one means no newer one. Prices in cents, with VAT; what states no price fits no bound. is_exact: the
    broader subject is no answer, for Nederlands is not Nederlands als tweede taal.
    """

    sectors: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    editions: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    any_words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    least_cents: int | None = None
    most_cents: int | None = None
    is_exact: bool = False

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> "Facts":
        """Raises ValueError for a name that is no fact: a misspelt one would ask nothing."""
        known = {field.name for field in fields(cls)}
        if unknown := raw.keys() - known:
            raise ValueError(f"unknown facts: {', '.join(sorted(unknown))}; known are {', '.join(sorted(known))}")
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()
        }
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product with its facts at hand; name: title and method name in normal form."""

    product: Product
    name: str
    sectors: frozenset[str]
    subjects: frozenset[str]
    narrowest: frozenset[str]
    levels: frozenset[str]
    years: frozenset[str]
    combined: frozenset[str]


def shown_products() -> list[Candidate]:
    """What an ordinary search can show: standing, orderable, not for higher education alone."""
    others = set(
        Concept.objects.filter(scheme=Scheme.SECTOR, is_in_default_search=False).values_list("code", flat=True)
    )
    broader = _broader()
    rows = Product.objects.filter(merged_into=None, withdrawn_at=None, state__in=ProductState.orderable())
    return [
        Candidate(
            product,
            normal_form(f"{product.title} {product.method.name}"),
            frozenset(product.sectors),
            frozenset(product.subjects),
            # Without what stands there only as the broader term of another.
            frozenset(set(product.subjects) - {broader.get(code) for code in product.subjects}),
            frozenset(product.levels),
            frozenset(product.years),
            frozenset(product.combined),
        )
        for product in rows.select_related("method__publisher", "publisher", "edition").order_by("pk")
        if not product.sectors or not set(product.sectors) <= others
    ]


def grade(one: Candidate, asked: Facts) -> int:
    """0 to 3 by the criteria above."""
    subject, fits_broader = _subject(one, asked)
    if not (subject or fits_broader) or any(normal_form(word) in one.name for word in asked.not_words):
        return 0
    level_and_year = _class(one, asked)
    if level_and_year == NONE or not _is_of_the_school(one, asked):
        return 0
    if level_and_year == PART:
        return int(subject and _rest(one, asked))
    if not _rest(one, asked):
        # Where the words alone say what is asked, nothing is left without them.
        return int(subject and bool(asked.subjects))
    is_what_is_sold = bool(asked.editions) or _is_current(one.product)
    return 3 if subject and is_what_is_sold and one.product.state in _READY else 2


def _subject(one: Candidate, asked: Facts) -> tuple[bool, bool]:
    """Whether the subject is the one that was asked (or a narrower one), and whether it is a broader one."""
    if asked.sectors and one.sectors.isdisjoint(asked.sectors):
        return False, False
    if not asked.subjects and not asked.any_words:
        return True, False
    if not one.subjects.isdisjoint(asked.subjects) or any(normal_form(word) in one.name for word in asked.any_words):
        return True, False
    # A sibling holds the broader code as well: wiskunde A is not wiskunde B.
    broader = {_broader()[code] for code in asked.subjects if _broader()[code]}
    return False, not asked.is_exact and not one.narrowest.isdisjoint(broader)


def _is_of_the_school(one: Candidate, asked: Facts) -> bool:
    """Whether it is for the kind of school that the class is of: rekenen for the mbo is nothing for groep 5."""
    if not (asked.levels or asked.years) or not one.sectors:
        return True
    if any(code.startswith("mbo-") for code in asked.levels):
        schools = {"mbo"}
    elif any(code.startswith("groep-") for code in asked.years):
        schools = {"po", "so"}
    elif asked.levels:
        schools = {"vo", "vso"}
    else:
        schools = {"vo", "vso", "mbo"}
    return not one.sectors.isdisjoint(schools)


def _class(one: Candidate, asked: Facts) -> int:
    """Whether level and year hold in one group, or one of them, or (what is not stated) perhaps."""
    has_level = not one.levels.isdisjoint(asked.levels)
    has_year = not one.years.isdisjoint(asked.years)
    if asked.levels and asked.years:
        if not one.combined.isdisjoint(combined_code(level, year) for level in asked.levels for year in asked.years):
            return FULL
        return PART if has_level or has_year or not (one.levels or one.years) else NONE
    if asked.levels:
        return FULL if has_level else PART
    if asked.years:
        return FULL if has_year else PART
    return FULL


def _rest(one: Candidate, asked: Facts) -> bool:
    product, price = one.product, one.product.price_cents
    return (
        (not asked.media or product.medium in asked.media)
        and (not asked.forms or product.form in asked.forms)
        and (not asked.roles or product.role in asked.roles)
        and (not asked.publishers or product.publisher.name.startswith(asked.publishers))
        and (not asked.editions or product.edition.ordinal in asked.editions)
        and all(normal_form(word) in one.name for word in asked.words)
        and (asked.least_cents is None or (price is not None and price >= asked.least_cents))
        and (asked.most_cents is None or (price is not None and price <= asked.most_cents))
    )


def _is_current(product: Product) -> bool:
    """A method without numbered editions has no older ones; nor is anything old beside an edition not on sale."""
    current, ordinal = product.method.current_ordinal, product.edition.ordinal
    return current is None or ordinal is None or ordinal >= current


@lru_cache(maxsize=1)
def _broader() -> dict[str, str | None]:
    return dict(Concept.objects.filter(scheme=Scheme.SUBJECT).values_list("code", "broader__code"))
