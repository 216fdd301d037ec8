"""Records become products: new, changed, same, merged and refused, in numbers that add up."""

from dataclasses import asdict

import pytest

from catalogus.models import Product, ProductVersion, Publisher
from catalogus.vocabulary import Vocabulary
from ingest.koppelpunt.sru import RawRecord
from ingest.models import Record, RecordState, Source
from ingest.services.sources import register_source
from ingest.services.store import Counts, store_records
from tests.factories import valid_ean
from tests.ingest.entries import NOT_STATED, raw_record

pytestmark = pytest.mark.django_db

EAN = valid_ean(1)


@pytest.fixture
def source() -> Source:
    return register_source(code="bron", url="https://bron.example/sru")


def store(source: Source, *raws: RawRecord) -> Counts:
    return store_records(source=source, harvest=None, raws=raws, vocabulary=Vocabulary.load())


def product_of(identifier: str) -> Product:
    """The product that a record describes."""
    return Product.objects.get(records__identifier=identifier)


def counted(counts: Counts) -> dict[str, int]:
    """The counters that are not zero."""
    return {name: number for name, number in asdict(counts).items() if number}


def test_new_same_and_changed(source):
    assert counted(store(source, raw_record("b:1"), raw_record("b:2"))) == {"received": 2, "created": 2}
    assert counted(store(source, raw_record("b:1"), raw_record("b:2"))) == {"received": 2, "unchanged": 2}
    changed = raw_record("b:1", {"Title": "Vuurtoren rekenen leerboek 1, herzien"})
    assert counted(store(source, changed, raw_record("b:2"))) == {"received": 2, "changed": 1, "unchanged": 1}
    product = product_of("b:1")
    assert product.title == "Vuurtoren rekenen leerboek 1, herzien"
    last = product.versions.latest("id")
    assert last.changes["title"] == ["Vuurtoren rekenen leerboek 1", "Vuurtoren rekenen leerboek 1, herzien"]


def test_content_that_means_the_same_writes_no_product(source):
    store(source, raw_record("b:1"))
    store(source, raw_record("b:1", {"Title": "  Vuurtoren rekenen\n leerboek 1 "}))
    assert ProductVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("second", "publisher", "outcome"),
    [
        ({"SaleUnitSize": "1"}, "Uitgeverij De Linde", "merged"),
        ({"SaleUnitSize": "1"}, "UITGEVERIJ DE LINDE B.V.", "merged"),
        ({"SaleUnitSize": "5"}, "Uitgeverij De Linde", "refused"),
        ({}, "Uitgeverij De Linde", "refused"),
        ({"SaleUnitSize": "1"}, "Een andere uitgever", "refused"),
    ],
)
@pytest.mark.parametrize("in_one_batch", [True, False])
def test_records_with_one_ean(source, second, publisher, outcome, in_one_batch):
    first = raw_record("b:1", {"ProductId": EAN, "SaleUnitSize": "1"})
    other = raw_record("b:2", {"ProductId": EAN, "Publisher": publisher, "Title": "Tweede titel"} | second)
    batches = [(first, other)] if in_one_batch else [(first,), (other,)]
    found = [counted(store(source, *batch)) for batch in batches]
    totals = {name: sum(one.get(name, 0) for one in found) for name in ("created", outcome)}
    assert totals == {"created": 1, outcome: 1}
    assert Product.objects.get(ean=EAN).title == "Vuurtoren rekenen leerboek 1"
    assert Product.objects.count() == 1
    record = Record.objects.get(identifier="b:2")
    if outcome == "refused":
        assert record.state == RecordState.QUARANTINED
        assert record.issues[0]["code"] == "ean_conflict"
        assert record.issues[0]["value"] == EAN
        assert record.payload, "what was sent is kept"
    else:
        assert record.product == Product.objects.get(ean=EAN)


@pytest.mark.parametrize("size", ["", "0"])
def test_a_missing_sale_unit_equals_only_a_missing_one(source, size):
    store(source, raw_record("b:1", {"ProductId": EAN}))
    assert counted(store(source, raw_record("b:2", {"ProductId": EAN, "SaleUnitSize": size})))["merged"] == 1


def test_an_ean_within_another_code_merges_nothing(source):
    found = store(source, raw_record("b:1", {"ProductId": EAN}), raw_record("b:2", {"ProductId": f"urn:linde:{EAN}"}))
    assert found.created == 2
    assert set(Product.objects.values_list("ean", "contained_ean")) == {(EAN, ""), (None, EAN)}


def test_a_source_trusted_for_a_publisher_speaks_for_it(source):
    store(source, raw_record("b:1", {"ProductId": EAN}))
    distributor = register_source(code="distributeur", url="https://distributeur.example/sru")
    rival = raw_record("d:1", {"ProductId": EAN, "Publisher": "Distributeur"})
    assert store(distributor, rival).refused == 1
    distributor.trusted_publishers.add(Publisher.objects.get(slug="uitgeverij-de-linde"))
    again = raw_record("d:2", {"ProductId": EAN, "Publisher": "Distributeur"})
    assert store(distributor, again).merged == 1


@pytest.mark.parametrize("order", [("hoog", "laag"), ("laag", "hoog")])
def test_each_field_comes_from_the_most_believed_record_that_states_it(order):
    believed = register_source(code="hoog", url="https://hoog.example/sru")
    Source.objects.filter(pk=believed.pk).update(precedence=10)
    register_source(code="laag", url="https://laag.example/sru")
    records = {
        "hoog": raw_record("h:1", {"ProductId": EAN, "Title": "Titel van hoog"}),
        "laag": raw_record(
            "l:1", {"ProductId": EAN, "Title": "Titel van laag", "Medium": "Boek", "Prices": {"Consumerprice": "1250"}}
        ),
    }
    for code in order:
        store(Source.objects.get(code=code), records[code])
    product = Product.objects.get()
    assert (product.title, product.medium, product.price_cents) == ("Titel van hoog", "book", 1250)


def test_a_price_is_never_mixed_from_two_records(source):
    store(source, raw_record("b:1", {"ProductId": EAN, "Prices": {"Consumerprice": "1250"}}))
    prices = {"Consumerprice": "9900", "Price": {"Amount": "9083", "VAT": "9"}}
    store(source, raw_record("b:2", {"ProductId": EAN, "Prices": prices}))
    product = Product.objects.get()
    assert (product.price_cents, product.price_excl_cents, product.vat_rate) == (1250, None, None)


def test_refused_records_are_kept_with_reasons_and_accepted_when_mended(source):
    refused = raw_record("b:1", without=("Title",))
    assert counted(store(source, refused)) == {"received": 1, "refused": 1}
    assert counted(store(source, refused)) == {"received": 1, "refused": 1}
    record = Record.objects.get()
    assert (record.state, record.product, record.issues[0]["code"]) == (RecordState.QUARANTINED, None, "no_title")
    assert counted(store(source, raw_record("b:1"))) == {"received": 1, "created": 1}
    record.refresh_from_db()
    assert record.state == RecordState.ACCEPTED
    assert {issue["code"] for issue in record.issues} <= NOT_STATED


def test_a_record_that_breaks_keeps_its_product_as_it_was(source):
    store(source, raw_record("b:1"))
    store(source, raw_record("b:1", without=("Title",)))
    assert Record.objects.get().state == RecordState.QUARANTINED
    assert product_of("b:1").title == "Vuurtoren rekenen leerboek 1"
    assert store(source, raw_record("b:1", {"Title": "Weer goed"})).changed == 1
    assert Product.objects.get().title == "Weer goed"


def test_a_record_without_an_identifier_is_kept_once(source):
    nameless = raw_record("")
    for _again in range(2):
        assert counted(store(source, nameless)) == {"received": 1, "refused": 1}
    assert Record.objects.get().issues[0]["code"] == "no_identifier"


def test_two_records_with_one_identifier_in_a_batch_count_once(source):
    found = store(source, raw_record("b:1"), raw_record("b:1", {"Title": "De laatste geldt"}))
    assert counted(found) == {"received": 1, "created": 1, "repeated": 1}
    assert Product.objects.get().title == "De laatste geldt"


def test_two_spellings_of_a_publisher_are_one(source):
    names = ["Lindeberoepsonderwijs", "Linde beroepsonderwijs", "LINDE BEROEPSONDERWIJS B.V."]
    store(source, *(raw_record(f"b:{name}", {"Publisher": name}) for name in names))
    publisher = Publisher.objects.get()
    assert publisher.name in names
    assert publisher.products.count() == 3


def test_families_share_a_method_with_an_edition_each(source):
    families = ["Vuurtoren 3e druk", "Vuurtoren 4e druk", "VUURTOREN havo 4e druk", "Vuurtoren"]
    store(source, *(raw_record(f"b:{n}", {"ProductFamilyName": name}) for n, name in enumerate(families)))
    products = Product.objects.order_by("id").select_related("method", "edition")
    assert {product.method_id for product in products} == {products[0].method_id}
    assert sorted(product.edition.label for product in products) == ["3e druk", "4e druk", "4e druk", "onbekend"]
