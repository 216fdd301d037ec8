"""Rows of search are what the products are, after whatever service changed them."""

import pytest
from django.core.management import CommandError, call_command

from catalogus.models import Cause, FacetCode, Method, OutboxKind, Product, Publisher, SearchRow
from catalogus.models.search_row import CODE_COLUMNS, MOST_CODES
from catalogus.product_data import ProductData
from catalogus.services.editing.methods import merge_methods, rename_method
from catalogus.services.editing.undoing import undo
from catalogus.services.facet_codes import bits, known_numbers, numbers_for
from catalogus.services.merging import merge_products, unmerge_products
from catalogus.services.outbox import enqueue
from catalogus.services.products import upsert_products
from catalogus.services.reviews import set_review_summary
from catalogus.services.search_rows import (
    HELD_FACETS,
    RowDifferences,
    add_missing_search_rows,
    check_search_rows,
    refresh_search_rows,
)
from catalogus.services.seed import load_seed
from catalogus.services.withdrawal import withdraw_products
from catalogus.tasks import check_search
from tests.factories import make_method, make_product, review_fields, review_summary, valid_ean

pytestmark = pytest.mark.django_db

EQUAL = RowDifferences()


def upsert(**items: ProductData) -> None:
    upsert_products(items, cause=Cause.HARVEST, source="bron")


def data(title: str, family: str = "Vuurtoren", **fields) -> ProductData:
    return ProductData(title=title, publisher_name="De Linde", family_name=family, **fields)


@pytest.fixture
def shelf() -> None:
    upsert(
        aaaa=data("Leerboek", price_cents=1000, currency="EUR", ean=valid_ean(1)),
        bbbb=data("Werkboek"),
        cccc=data("Atlas", "Kompas"),
    )
    assert (SearchRow.objects.count(), check_search_rows()) == (3, EQUAL)


def method_of(public_id: str) -> Method:
    return Product.objects.get(public_id=public_id).method


def _undone() -> None:
    edit = merge_methods(source=method_of("cccc"), target=method_of("aaaa"), actor="redactie", reason="één methode")
    undo(edit=edit, actor="redactie", reason="toch twee")


CHANGES = {
    "other values": lambda: upsert(aaaa=data("Leerboek havo 3", price_cents=5000, currency="EUR")),
    "another method": lambda: upsert(aaaa=data("Leerboek", "Kompas")),
    "withdrawn": lambda: withdraw_products([Product.objects.get(public_id="bbbb").pk], cause=Cause.HARVEST),
    "merged": lambda: merge_products({"bbbb": "aaaa"}, cause=Cause.EDITOR),
    "merged and apart again": lambda: (
        merge_products({"bbbb": "aaaa"}, cause=Cause.EDITOR),
        unmerge_products(["bbbb"], cause=Cause.EDITOR),
    ),
    "reviewed": lambda: set_review_summary(method_of("aaaa").pk, review_summary(3, "3.5")),
    "reviewed by few": lambda: set_review_summary(method_of("aaaa").pk, review_summary(2)),
    "method renamed": lambda: rename_method(
        method=method_of("aaaa"), name="Lantaarn", actor="redactie", reason="nieuwe naam"
    ),
    "methods merged": lambda: merge_methods(
        source=method_of("cccc"), target=method_of("aaaa"), actor="redactie", reason="één methode"
    ),
    "a merge undone": _undone,
}


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_in_the_rows_at_once(change):
    before = list(SearchRow.objects.order_by("pk").values())
    CHANGES[change]()
    assert check_search_rows() == EQUAL
    if change not in {"merged and apart again", "a merge undone"}:
        assert list(SearchRow.objects.order_by("pk").values()) != before


def test_a_row_says_what_its_product_says():
    method = make_method(name="Tel & Meet", **review_fields(3, "3.00"))
    product = make_product(method=method, title="Één deel", sectors=["vo"], levels=["havo"], combined=["havo-3"])
    refresh_search_rows([product.pk])
    row = SearchRow.objects.get()
    assert (row.pk, row.public_id, row.method_id) == (product.pk, product.public_id, method.pk)
    assert (row.sort_title, row.sort_name) == ("een deel", "tel en meet")
    assert (row.is_withdrawn, row.is_orderable, row.published_day, row.price_from) == (False, True, 0, None)
    codes = {
        ("sectors", "vo"), ("levels", "havo"), ("years", "unknown"), ("subjects", "unknown"), ("combined", "havo-3"),
        ("media", "book"), ("forms", "folio"), ("roles", "learner"), ("states", "available"), ("prices", "unknown"),
        ("ratings", "any"), ("ratings", "3-3.5"), ("licenses", "unknown"), ("durations", "unknown"),
        ("openness", "unknown"), ("accessibility", "unknown"),
    }  # fmt: skip
    assert [getattr(row, column) for column in CODE_COLUMNS] == bits(codes, known_numbers())
    assert {facet for facet, _code in codes} == set(HELD_FACETS)


@pytest.mark.usefixtures("shelf")
def test_every_kind_of_difference_is_found_and_repaired():
    first, second, third = Product.objects.order_by("public_id")
    SearchRow.objects.filter(pk=first.pk).delete()
    Product.objects.filter(pk=second.pk).update(title="Buiten alle diensten om")
    Product.objects.filter(pk=third.pk).update(merged_into=first)
    planted = RowDifferences(missing=1, superfluous=1, different=1)
    assert check_search_rows() == planted
    assert check_search_rows(repair=True) == planted
    assert check_search_rows() == EQUAL


@pytest.mark.usefixtures("shelf")
def test_the_command_tells_and_mends(capsys):
    Product.objects.filter(public_id="aaaa").update(title="Buiten alle diensten om")
    SearchRow.objects.filter(public_id="bbbb").delete()
    with pytest.raises(CommandError, match="search rows"):
        call_command("search", "rows", "--check")
    call_command("search", "rows")
    assert "1 met andere inhoud" in capsys.readouterr().out
    call_command("search", "rows", "--check")
    assert "0 ontbraken, 0 te veel, 0 met andere inhoud" in capsys.readouterr().out


@pytest.mark.usefixtures("shelf")
def test_the_nightly_check_mends_rows_without_an_engine(settings, caplog):
    settings.ELASTICSEARCH_URL = ""
    Product.objects.filter(public_id="aaaa").update(title="Buiten alle diensten om")
    check_search()
    assert "were mended" in caplog.text
    assert check_search_rows() == EQUAL


def test_rows_are_added_where_there_are_none_and_others_left_alone():
    old, new = make_product(), make_product()
    enqueue(OutboxKind.PRODUCT, [old.pk])
    SearchRow.objects.update(sort_title="van een ander")
    assert add_missing_search_rows() == 1
    assert dict(SearchRow.objects.values_list("pk", "sort_title")) == {
        old.pk: "van een ander",
        new.pk: f"{new.title}".lower(),
    }
    assert add_missing_search_rows() == 0


def test_a_number_is_given_once():
    first = numbers_for([("levels", "ha"), ("levels", "vw")])
    second = numbers_for([("levels", "vw"), ("years", "jaar"), ("combined", "ha-1")])
    assert second[("levels", "vw")] == first[("levels", "vw")]
    assert len(set(second.values())) == len(second) == len(first) + 2
    assert second[("combined", "ha-1")] == MOST_CODES - 1, "classes have columns of their own"


def test_the_vocabulary_has_its_numbers_from_the_start():
    numbered = known_numbers()
    load_seed()
    assert known_numbers() == numbered
    assert {("levels", "havo"), ("sectors", "unknown"), ("forms", "digital"), ("ratings", "any")} <= numbered.keys()


def test_what_has_no_place_any_more_is_told_and_is_no_other_code(caplog):
    numbers_for([("subjects", f"vak-{number}") for number in range(MOST_CODES)])
    product = make_product(subjects=["een-te-veel"])
    refresh_search_rows([product.pk])
    assert "left out" in caplog.text
    assert FacetCode.objects.count() == MOST_CODES
    assert check_search_rows() == EQUAL


def test_a_publisher_under_another_one_is_in_the_rows():
    product = make_product()
    refresh_search_rows([product.pk])
    other = Publisher.objects.create(name="Ander", slug="ander")
    Product.objects.filter(pk=product.pk).update(publisher=other)
    assert check_search_rows(repair=True).different == 1
    assert SearchRow.objects.get().publisher_id == other.pk
