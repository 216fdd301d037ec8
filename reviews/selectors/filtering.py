"""The filter of a method's reviews: what an address or a request asks, and which reviews fit. One rule for every place.

Lists, counts beside filters, and means all go by `ReviewFilter.fits`, so a number says what its click gives.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, Case, Value, When
from django.utils.translation import gettext as _

from catalogus import labels
from catalogus.models import Method, Scheme
from reviews.models import Use
from reviews.querysets import IS_OLDER, published_reviews
from reviews.school_years import EARLIEST

CURRENT, OLDER = "huidig", "ouder"
"""Values of `edition` beside the number of one: the current one with those of no number, and those before it."""

_LONGEST_ID = 13
_LONGEST_SHOWN = 80


class By(StrEnum):
    """Whose judgement. Sections have none yet."""

    TEACHERS = "docenten"
    SECTIONS = "secties"


class Sort(StrEnum):
    NEWEST = "nieuwste"
    HELPFUL = "nuttigst"
    LOWEST = "laagste"
    HIGHEST = "hoogste"


PARAMETERS: Mapping[str, str] = {
    "edition": "uitgave",
    "sector": "sector",
    "level": "niveau",
    "year": "leerjaar",
    "use": "gebruik",
    "school_year": "schooljaar",
    "product": "product",
    "by": "van",
    "sort": "sorteer",
}
"""Field -> the name of its parameter in an address of a page."""


class ReviewFacts(NamedTuple):
    """What filters, counts and means go by, of one published review."""

    pk: int
    author: int | None
    edition: int
    is_older: bool
    sector: str
    levels: list[str]
    years: list[str]
    use: str
    school_year: int
    product: str | None
    school: int
    total: Decimal | None
    would_choose_again: str
    helpful_count: int
    published_at: datetime
    rubric: int
    public_id: str


def review_facts(method: Method) -> list[ReviewFacts]:
    """Of all published reviews that are read with the method, in no order; one query."""
    is_older = Case(When(IS_OLDER, then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = (
        published_reviews()
        .filter(shown_method=method)
        .order_by()
        .annotate(is_older=is_older)
        .values_list(
            "pk", "author_id", "shown_edition_id", "is_older", "sector", "levels", "years", "use",
            "school_year", "product__public_id", "school_id", "total", "would_choose_again", "helpful_count",
            "published_at", "rubric_id", "public_id",
        )
    )  # fmt: skip
    return [ReviewFacts._make(row) for row in rows]


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """Empty fields ask nothing. edition: CURRENT, OLDER or the number of a row; product: a public id."""

    edition: str = ""
    sector: str = ""
    level: str = ""
    year: str = ""
    use: str = ""
    school_year: str = ""
    product: str = ""
    by: str = ""
    sort: str = Sort.NEWEST

    def fits(self, one: ReviewFacts, *, besides: str = "") -> bool:
        """Whether a review is asked for; besides: the field whose own choice is not looked at."""
        return all(
            name == besides or not (asked := getattr(self, name)) or rule(one, asked) for name, rule in _RULES.items()
        )

    def parameters(self) -> dict[str, str]:
        """As the address of a page has them, what asks nothing left out."""
        asked = {PARAMETERS[name]: str(getattr(self, name)) for name in PARAMETERS}
        return {
            name: value for name, value in asked.items() if value and (name, value) != (PARAMETERS["sort"], Sort.NEWEST)
        }

    @property
    def is_empty(self) -> bool:
        """Whether every review fits, in whichever order."""
        return not any(getattr(self, name) for name in _RULES)


_RULES: Mapping[str, Any] = {
    "edition": lambda one, asked: (
        one.is_older == (asked == OLDER) if asked in (CURRENT, OLDER) else str(one.edition) == asked
    ),
    "sector": lambda one, asked: one.sector == asked,
    "level": lambda one, asked: asked in one.levels,
    "year": lambda one, asked: asked in one.years,
    "use": lambda one, asked: one.use == asked,
    "school_year": lambda one, asked: str(one.school_year) == asked,
    "product": lambda one, asked: one.product == asked,
    "by": lambda _one, asked: asked == By.TEACHERS,
}


def read_filter(asked: Mapping[str, str], names: Mapping[str, str] = PARAMETERS) -> tuple[ReviewFilter, dict[str, str]]:
    """What is asked, and for each parameter that cannot be meant a sentence; such a one asks nothing.

    asked: a query; what is no parameter of the filter is left alone. names: field -> parameter.
    """
    chosen: dict[str, str] = {}
    refused: dict[str, str] = {}
    for field, name in names.items():
        value = asked.get(name, "")
        if not value:
            continue
        problem = _problem(field, value)
        if problem:
            refused[name] = problem
        else:
            chosen[field] = value
    return ReviewFilter(**chosen), refused


def strict_filter(asked: Mapping[str, str], names: Mapping[str, str] = PARAMETERS) -> ReviewFilter:
    """As read_filter. Raises ValidationError by parameter where one cannot be meant."""
    chosen, refused = read_filter(asked, names)
    if refused:
        raise ValidationError({name: [text] for name, text in refused.items()})
    return chosen


def _problem(field: str, value: str) -> str:
    """What is wrong with a value, in a sentence; "" where it may be asked."""
    shown = value[:_LONGEST_SHOWN]
    if field in _CLOSED:
        if value in _CLOSED[field]:
            return ""
        text = _("“%(value)s” kan hier niet; kies uit %(choices)s.")
        return text % {"value": shown, "choices": ", ".join(_CLOSED[field])}
    if field == "edition" and not (value in (CURRENT, OLDER) or _is_number(value, most=18)):
        text = _("“%(value)s” is geen uitgave; kies %(current)s, %(older)s of het nummer van een uitgave.")
        return text % {"value": shown, "current": CURRENT, "older": OLDER}
    if field == "school_year" and not (_is_number(value, most=4) and int(value) >= EARLIEST):
        return _("“%(value)s” is geen schooljaar; geef het jaar waarin het begint, zoals 2025.") % {"value": shown}
    if field in _SCHEMES and value not in labels.concept_places(_SCHEMES[field]):
        return _("“%(value)s” is niet bekend.") % {"value": shown}
    if field == "product" and not (value.isascii() and value.isalnum() and len(value) <= _LONGEST_ID):
        return _("“%(value)s” is geen kenmerk van een product.") % {"value": shown}
    return ""


_SCHEMES: Mapping[str, Scheme] = {"sector": Scheme.SECTOR, "level": Scheme.LEVEL, "year": Scheme.YEAR}


_CLOSED: Mapping[str, tuple[str, ...]] = {
    "use": tuple(Use.values),
    "by": tuple(By),
    "sort": tuple(Sort),
}


def _is_number(value: str, *, most: int) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= most
