"""Under which codes a product falls, and by what it is sorted among reviewed ones."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogus import facet_rules
from catalogus.choices import LicenseKind, RatingRange
from catalogus.facets import COMPUTED, FACETS
from catalogus.models import Product
from catalogus.search.criteria import SearchCriteria
from catalogus.services.reviews import set_review_summary
from tests.factories import make_method, make_product, review_fields, review_summary

BESIDE = {str(RatingRange.ANY), str(LicenseKind.TRIAL)}
"""Codes that come besides the one that a product falls under."""


def codes(product, field):
    annotated = Product.objects.annotate(codes=facet_rules.codes_of(COMPUTED[field]))
    return annotated.values_list("codes", flat=True).get(pk=product.pk)


@pytest.mark.parametrize(
    ("field", "fields", "expected"),
    [
        ("price_range", {"price_cents": 1, "currency": "EUR"}, ["0-10"]),
        ("price_range", {"price_cents": 999, "currency": "EUR"}, ["0-10"]),
        ("price_range", {"price_cents": 1000, "currency": "EUR"}, ["10-25"]),
        ("price_range", {"price_cents": 2500, "currency": "EUR"}, ["25-50"]),
        ("price_range", {"price_cents": 5000, "currency": "EUR"}, ["50-100"]),
        ("price_range", {"price_cents": 10000, "currency": "EUR"}, ["100-"]),
        ("price_range", {"price_cents": 500, "currency": "USD"}, ["unknown"]),
        ("price_range", {}, ["unknown"]),
        ("price_range", {"price_excl_cents": 500, "currency": "EUR"}, ["unknown"]),
        ("license_duration", {"license_days": 1}, ["half-year"]),
        ("license_duration", {"license_days": 200}, ["half-year"]),
        ("license_duration", {"license_days": 201}, ["year"]),
        ("license_duration", {"license_days": 400}, ["year"]),
        ("license_duration", {"license_days": 401}, ["2-3-years"]),
        ("license_duration", {"license_days": 1400}, ["2-3-years"]),
        ("license_duration", {"license_days": 1401}, ["4-years"]),
        ("license_duration", {"license_days": 0}, ["unknown"]),
        (
            "license_duration",
            {"license_starts_on": date(2026, 8, 1), "license_ends_on": date(2027, 7, 31)},
            ["year"],
        ),
        (
            "license_duration",
            {"license_starts_on": date(2026, 8, 1), "license_ends_on": date(2026, 7, 31)},
            ["unknown"],
        ),
        ("license_duration", {"license_ends_on": date(2026, 7, 31)}, ["unknown"]),
        ("license_kind", {"is_licensed": True}, ["other"]),
        ("license_kind", {"is_licensed": False}, ["none"]),
        ("license_kind", {}, ["unknown"]),
        ("license_kind", {"is_licensed": False, "activation_days": 30}, ["other"]),
        ("license_kind", {"license_availability": "Iets anders"}, ["other"]),
        ("license_kind", {"license_availability": "fixed start and end"}, ["fixed-period"]),
        ("license_kind", {"is_licensed": False, "license_options": ["Proefexemplaar"]}, ["other", "trial"]),
        ("openness", {"is_open": True}, ["open"]),
        ("openness", {"is_open": False}, ["closed"]),
        ("openness", {}, ["unknown"]),
        ("accessibility", {"accessibility_url": "https://a.example/"}, ["stated"]),
        ("accessibility", {}, ["unknown"]),
    ],
)
def test_codes(db, field, fields, expected):
    assert codes(make_product(**fields), field) == expected


@pytest.mark.parametrize(
    ("mean", "expected"),
    [
        ("1.00", "1-2"),
        ("1.99", "1-2"),
        ("2.00", "2-3"),
        ("2.99", "2-3"),
        ("3.00", "3-3.5"),
        ("3.49", "3-3.5"),
        ("3.50", "3.5-4"),
        ("4.00", "3.5-4"),
    ],
)
def test_ratings_are_of_the_method(db, mean, expected):
    method = make_method(**review_fields(3, mean))
    assert codes(make_product(method=method), "rating_range") == ["any", expected]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (review_fields(0), ["none"]),
        (review_fields(2), ["any", "few"]),
        (review_fields(8), ["any", "few"]),  # All from one school.
        (review_fields(0, older=9), ["any", "few"]),
        (review_fields(3, "3.00", older=9), ["any", "3-3.5"]),
    ],
)
def test_without_a_total_there_is_no_range(db, fields, expected):
    assert codes(make_product(method=make_method(**fields)), "rating_range") == expected


hundredths = st.integers(100, 400).map(lambda value: Decimal(value).scaleb(-2))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(count=st.integers(0, 50), older=st.integers(0, 50), mean=st.none() | hundredths)
def test_any_summary_falls_under_one_range(db, count, older, mean):
    product = make_product()
    set_review_summary(product.method_id, review_summary(count, None if count < 3 else mean, older=older))
    found = set(codes(product, "rating_range"))
    assert len(found - {"any"}) == 1
    assert ("any" in found) == (count + older > 0) == (found != {"none"})


def test_a_product_falls_under_one_code_of_each_facet(db):
    days = (None, 0, 200, 201, 400, 401, 1400, 1401)
    texts = ("", "Fixed start and end", "Flexible start with fixed END", "anders")
    for number, price in enumerate((None, 1, 999, 1000, 2499, 2500, 9999, 10_000)):
        for is_licensed in (None, True, False):
            make_product(
                price_cents=price,
                currency="EUR" if number % 2 else "USD",
                license_days=days[number],
                license_availability=texts[number % 4],
                license_options=["Demo-exemplaar"] if number == 3 else [],
                is_licensed=is_licensed,
                is_open=is_licensed,
            )
    annotated = Product.objects.annotate(**{field: facet_rules.codes_of(COMPUTED[field]) for field in COMPUTED})
    for row in annotated.values(*COMPUTED):
        for field, found in row.items():
            assert len(set(found) - BESIDE) == 1, (field, found)


def test_every_closed_list_has_a_condition_for_each_of_its_codes():
    for rule in FACETS.values():
        if rule.conditions:
            assert {str(code) for code in rule.conditions()} == set(rule.codes), rule.name
        assert bool(rule.conditions) != bool(rule.column), rule.name
        assert SearchCriteria().selected(rule.name) == ()


def test_this_year_begins_by_the_clock_of_the_schools():
    today = timezone.localdate()
    assert facet_rules.first_day_of_this_year() == today.replace(month=1, day=1)
    assert facet_rules.first_day_of_this_year() - timedelta(days=1) < today
