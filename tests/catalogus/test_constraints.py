"""The rules that stand in the database, each with what it allows beside what it refuses."""

import pytest
from django.db import IntegrityError, connection, transaction

from catalogus.models import Concept, ConceptAlias, Edition, Product
from tests.factories import REVIEWED_AT, make_edition, make_method, make_product, review_fields, valid_ean

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "is_allowed"),
    [
        ({"ean": valid_ean(5)}, True),
        ({"ean": None}, True),
        ({"ean": valid_ean(5)[:-1] + str((int(valid_ean(5)[-1]) + 1) % 10)}, False),
        ({"ean": "123"}, False),
        ({"title": "x"}, True),
        ({"title": " \n"}, False),
        ({"price_cents": 1, "currency": "EUR"}, True),
        ({"price_cents": 0, "currency": "EUR"}, False),
        ({"price_cents": 1, "currency": ""}, False),
        ({"price_cents": 100_000_001, "currency": "EUR"}, False),
        ({"vat_rate": "21.0"}, True),
        ({"vat_rate": "101.0"}, False),
        ({"sale_unit_size": 5}, True),
        ({"sale_unit_size": 0}, False),
        ({"state": "verzonnen"}, False),
        ({"medium": "verzonnen"}, False),
        ({"role": "baas"}, False),
        ({"form": "vloei"}, False),
        ({"form_confidence": 101}, False),
    ],
)
def test_a_product(fields, is_allowed):
    if is_allowed:
        assert make_product(**fields).pk
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            make_product(**fields)


def test_one_product_for_an_ean_unless_it_was_merged():
    survivor = make_product(ean=valid_ean(6))
    make_product(ean=valid_ean(6), merged_into=survivor)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_product(ean=valid_ean(6))


def test_an_edition_is_of_its_products_method():
    product = make_product()
    other = make_edition()
    Product.objects.filter(pk=product.pk).update(edition=other)
    with pytest.raises(IntegrityError, match="product_edition_is_of_its_method"):
        connection.check_constraints()


def test_an_alias_is_of_its_concepts_scheme():
    havo = Concept.objects.get(scheme="level", code="havo")
    ConceptAlias.objects.create(scheme="level", concept=havo, text="h-a-v-o", key="h a v o", provenance="editor")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="concept_alias_is_of_its_scheme"), transaction.atomic():
            ConceptAlias.objects.create(scheme="year", concept=havo, text="havo!", key="havo", provenance="editor")


TOTAL = review_fields(3, "3.50")


@pytest.mark.parametrize(
    "fields",
    [
        review_fields(0),
        TOTAL,
        review_fields(2),
        review_fields(30),  # All from one school.
        review_fields(0, older=1),
        TOTAL | {"older_review_count": 7},
        TOTAL | {"review_low": "3.50", "review_high": "3.50"},
        review_fields(3, "1.00"),
        review_fields(3, "4.00"),
    ],
)
def test_summaries_of_reviews_that_can_be(fields):
    assert make_method(**fields).pk


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        (TOTAL | {"review_count": 2}, "method_mean_only_of_enough_reviews"),
        (TOTAL | {"review_count": 0, "older_review_count": 3}, "method_mean_only_of_enough_reviews"),
        (TOTAL | {"review_mean": "4.10"}, "method_mean_only_of_enough_reviews"),
        (TOTAL | {"review_mean": "0.50"}, "method_mean_only_of_enough_reviews"),
        *(
            (TOTAL | {name: None}, "method_spread_and_sort_value_with_mean")
            for name in ("review_mean", "review_low", "review_high", "review_sort")
        ),
        *(
            (review_fields(3) | {name: TOTAL[name]}, "method_spread_and_sort_value_with_mean")
            for name in ("review_low", "review_high", "review_sort")
        ),
        (TOTAL | {"review_low": "3.51", "review_high": "3.50"}, "method_spread_and_sort_value_with_mean"),
        (TOTAL | {"review_low": "0.99"}, "method_spread_and_sort_value_with_mean"),
        (TOTAL | {"review_high": "4.01"}, "method_spread_and_sort_value_with_mean"),
        (TOTAL | {"review_sort": 999}, "method_spread_and_sort_value_with_mean"),
        (TOTAL | {"review_sort": 4001}, "method_spread_and_sort_value_with_mean"),
        (TOTAL | {"last_reviewed_at": None}, "method_last_review_with_reviews"),
        (review_fields(0, older=1) | {"last_reviewed_at": None}, "method_last_review_with_reviews"),
        (review_fields(0) | {"last_reviewed_at": REVIEWED_AT}, "method_last_review_with_reviews"),
    ],
)
def test_summaries_of_reviews_that_cannot_be(fields, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        make_method(**fields)


def test_the_unknown_edition_is_one_and_has_no_number():
    edition = make_edition()
    for fields in ({"method": edition.method}, {"ordinal": 3}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_edition(**fields)
    assert Edition.objects.get(pk=edition.pk).is_unknown
