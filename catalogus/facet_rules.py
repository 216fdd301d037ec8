"""Under which codes of a facet a product falls, where no column says so: one condition for each code.

The conditions are the only rule there is. The database finds products by them (`api.filters`), and the codes that an
index document holds are computed by the same conditions when it is loaded (`codes_of`), so a count, its click and the
database mean the same. Conditions are about Product. Where a product falls under one code alone, exactly one condition
of a facet holds for any product; tests hold that.
"""

import datetime
from collections.abc import Mapping
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, F, Func, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, IsNull, LessThanOrEqual
from django.utils import timezone

from catalogus.choices import (
    Accessibility,
    LicenseDuration,
    LicenseKind,
    News,
    Openness,
    PriceRange,
    RatingRange,
)

Conditions = Mapping[str, Q]

_IN_EURO = Q(currency="EUR", price_cents__isnull=False)

PRICES: Conditions = {
    PriceRange.UNDER_10: _IN_EURO & Q(price_cents__lt=10_00),
    PriceRange.FROM_10: _IN_EURO & Q(price_cents__gte=10_00, price_cents__lt=25_00),
    PriceRange.FROM_25: _IN_EURO & Q(price_cents__gte=25_00, price_cents__lt=50_00),
    PriceRange.FROM_50: _IN_EURO & Q(price_cents__gte=50_00, price_cents__lt=100_00),
    PriceRange.FROM_100: _IN_EURO & Q(price_cents__gte=100_00),
    PriceRange.UNKNOWN: ~Q(currency="EUR") | Q(price_cents=None),
}
"""A price in another currency is not known in euro."""

_REVIEWED = Q(method__review_count__gt=0) | Q(method__older_review_count__gt=0)

RATINGS: Conditions = {
    RatingRange.ANY: _REVIEWED,
    RatingRange.FROM_3_5: Q(method__review_mean__gte=Decimal("3.5")),
    RatingRange.FROM_3: Q(method__review_mean__gte=3, method__review_mean__lt=Decimal("3.5")),
    RatingRange.FROM_2: Q(method__review_mean__gte=2, method__review_mean__lt=3),
    RatingRange.FROM_1: Q(method__review_mean__lt=2),
    RatingRange.FEW: _REVIEWED & Q(method__review_mean=None),
    RatingRange.NONE: Q(method__review_count=0, method__older_review_count=0),
}
"""Reviews are of a method, and count for each of its products."""

OPENNESS: Conditions = {
    Openness.OPEN: Q(is_open=True),
    Openness.CLOSED: Q(is_open=False),
    Openness.UNKNOWN: Q(is_open=None),
}

_BEGINNING_AND_END = {
    LicenseKind.FIXED_DURATION: "Flexible Start with fixed duration",
    LicenseKind.FIXED_END: "Flexible Start with fixed end",
    LicenseKind.FIXED_PERIOD: "Fixed start and end",
}
_TO_LOOK_INTO = ("Proefexemplaar", "Inkijkexemplaar", "Demo-exemplaar")
_BY_AVAILABILITY: Conditions = {kind: Q(license_availability__iexact=text) for kind, text in _BEGINNING_AND_END.items()}
_NO_TERMS = Q(
    license_availability="",
    license_starts_on=None,
    license_ends_on=None,
    license_days=None,
    license_count=None,
    license_options=[],
    activation_days=None,
    activation_until=None,
)
_OTHER_AVAILABILITY = ~(
    _BY_AVAILABILITY[LicenseKind.FIXED_DURATION]
    | _BY_AVAILABILITY[LicenseKind.FIXED_END]
    | _BY_AVAILABILITY[LicenseKind.FIXED_PERIOD]
)


def license_kind_of(availability: str) -> LicenseKind | None:
    """How the licence begins and ends, by the text of the source; None for another text or none."""
    found = (kind for kind, text in _BEGINNING_AND_END.items() if text.lower() == availability.strip().lower())
    return next(found, None)


LICENSES: Conditions = {
    **_BY_AVAILABILITY,
    LicenseKind.OTHER: _OTHER_AVAILABILITY & (Q(is_licensed=True) | ~_NO_TERMS),
    LicenseKind.TRIAL: Q(license_options__overlap=list(_TO_LOOK_INTO)),
    LicenseKind.NONE: _NO_TERMS & Q(is_licensed=False),
    LicenseKind.UNKNOWN: _NO_TERMS & Q(is_licensed=None),
}
"""What a licence gives says more than the flag whether there is one, which sources fill carelessly."""

# Publishers count half years as 183 days, school years from August to July and years of 360 to 366 days.
_HALF_YEAR_DAYS, _YEAR_DAYS, _UNDER_4_YEARS_DAYS = 200, 400, 1_400
_DAYS = Coalesce(
    F("license_days"),
    Func(
        F("license_ends_on"),
        F("license_starts_on"),
        template="(%(expressions)s)",
        arg_joiner=" - ",
        output_field=IntegerField(),
    ),
    output_field=IntegerField(),
)

DURATIONS: Conditions = {
    LicenseDuration.HALF_YEAR: Q(GreaterThan(_DAYS, 0)) & Q(LessThanOrEqual(_DAYS, _HALF_YEAR_DAYS)),
    LicenseDuration.YEAR: Q(GreaterThan(_DAYS, _HALF_YEAR_DAYS)) & Q(LessThanOrEqual(_DAYS, _YEAR_DAYS)),
    LicenseDuration.YEARS_2_3: Q(GreaterThan(_DAYS, _YEAR_DAYS)) & Q(LessThanOrEqual(_DAYS, _UNDER_4_YEARS_DAYS)),
    LicenseDuration.YEARS_4: Q(GreaterThan(_DAYS, _UNDER_4_YEARS_DAYS)),
    # An end before its beginning is a slip, and says nothing.
    LicenseDuration.UNKNOWN: Q(IsNull(_DAYS, True)) | Q(LessThanOrEqual(_DAYS, 0)),
}
"""By the stated duration, or else by the days from beginning to end."""

ACCESSIBILITY: Conditions = {
    Accessibility.STATED: ~Q(accessibility_url=""),
    Accessibility.UNKNOWN: Q(accessibility_url=""),
}


def first_day_of_this_year() -> datetime.date:
    """By the clock of the schools. What is new changes with the calendar, so no document holds it."""
    return datetime.date(timezone.localdate().year, 1, 1)


def news() -> Conditions:
    """What was first published this year, or is announced for later."""
    return {News.THIS_YEAR: Q(first_published_on__gte=first_day_of_this_year())}


def codes_of(conditions: Conditions) -> Func:
    """The codes whose condition holds for a product, as an array: an annotation of a query of products."""
    return Func(
        *(Case(When(condition, then=Value(str(code)))) for code, condition in conditions.items()),
        template="array_remove(ARRAY[%(expressions)s]::text[], NULL)",
        output_field=ArrayField(TextField()),
    )
