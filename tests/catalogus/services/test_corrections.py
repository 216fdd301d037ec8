"""Corrections: above every source, one field at a time, and gone without a trace when they are taken back."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogus.exceptions import EditRefused
from catalogus.models import Cause, Correction, Method, OutboxEntry, Product, ProductVersion, VersionKind
from catalogus.product_data import Classification, PricePart, ProductData
from catalogus.product_fields import as_json, field_label
from catalogus.services.corrections import correct_product, withdraw_correction
from catalogus.services.product_rows import CORRECTABLE
from catalogus.services.products import Outcome, upsert_products
from tests.factories import make_product, valid_ean

pytestmark = pytest.mark.django_db

WHO = {"actor": "redactie", "reason": "Staat zo op het omslag."}
GROUP = Classification(("vo",), ("havo",), ("leerjaar-3",), ("wiskunde-a",))
OTHER_GROUP = Classification(("po",), ("bao",), ("groep-5",), ("rekenen",))


def data(**fields) -> ProductData:
    return ProductData(**({"title": "Kiezel leerboek", "publisher_name": "De Linde", "family_name": "Kiezel"} | fields))


def upsert(**items: ProductData):
    return upsert_products(items, cause=Cause.HARVEST, source="bron")


def row() -> dict[str, object]:
    """The only product, column by column."""
    return dict(Product.objects.values().get())


def product() -> Product:
    return Product.objects.get(public_id="aaaa")


def correct(field: str, value: object) -> Correction:
    return correct_product(product=product(), field=field, value=value, **WHO)


# Of each field a value that the sources give, and one that an editor gives.
VALUES: dict[str, tuple[object, object]] = {
    "identifier": ("bron-1", "uitgever-1"),
    "ean": (valid_ean(1), valid_ean(2)),
    "contained_ean": (valid_ean(3), valid_ean(4)),
    "authors": (("A. Bron",), ("Jansen, A.", "B. de Boer")),
    "state": ("available", "no_longer_available"),
    "medium": ("book", "web"),
    "form": ("folio", "digital"),
    "form_confidence": (80, 100),
    "role": ("learner", "teacher"),
    "vat_rate": (Decimal("21.0"), Decimal("9.0")),
    "currency": ("EUR", "USD"),
    "language": ("nl", "en"),
    "classification": ((GROUP,), (OTHER_GROUP,)),
    "price_parts": ((PricePart(100, Decimal("9.0")),), (PricePart(200, Decimal("21.0")),)),
    "source_modified_at": (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)),
}
KINDS: dict[str, tuple[object, object]] = {
    "_on": (date(2026, 1, 1), date(2026, 8, 1)),
    "_until": (date(2026, 1, 1), date(2026, 8, 1)),
}
KINDS |= {"_cents": (1000, 1250), "_size": (1, 5), "_days": (30, 365), "_count": (1, 30)}
KINDS |= {"_url": ("https://bron.example/a", "https://uitgever.example/b")}


def values_of(field: str) -> tuple[object, object]:
    if field in VALUES:
        return VALUES[field]
    for ending, pair in KINDS.items():
        if field.endswith(ending):
            return pair
    kind = type(getattr(data(), field))
    if field.startswith("is_"):
        return (True, False)
    return (("bron",), ("redactie", "meer")) if kind is tuple else ("volgens de bron", "volgens de redactie")


@pytest.mark.parametrize("field", CORRECTABLE)
def test_any_field_holds_against_the_sources_until_it_is_given_back(field):
    said, right = values_of(field)
    price = {"price_cents": 900, "currency": "EUR"}
    upsert(aaaa=data(**(price | {field: said})))
    before = row()
    correction = correct(field, as_json(right))
    corrected = row()
    assert as_json(corrected[field]) == as_json(right)
    upsert(aaaa=data(**(price | {"rubrics": ("Een ander veld verandert.",), field: said})))
    assert as_json(row()[field]) == as_json(right)
    correction.refresh_from_db()
    assert correction.source_value == as_json(said)
    withdraw_correction(correction=correction, **WHO)
    after = row()
    moving = {"updated_at", "rubrics"} - {field}
    assert {name: value for name, value in after.items() if name not in moving} == {
        name: value for name, value in before.items() if name not in moving
    }
    assert not Correction.objects.exists()


def test_history_says_who_did_what_and_why():
    upsert(aaaa=data())
    OutboxEntry.objects.all().delete()
    correct("state", "no_longer_available")
    version = ProductVersion.objects.latest("id")
    assert (version.kind, version.cause, version.source) == (VersionKind.CHANGED, Cause.EDITOR, "")
    assert (version.actor, version.reason) == (WHO["actor"], WHO["reason"])
    assert version.changes == {"state": ["unknown", "no_longer_available"]}
    assert set(OutboxEntry.objects.values_list("kind", "object_id")) == {
        ("product", product().pk),
        ("method", product().method_id),
    }


def test_what_a_correction_hides_is_no_change_but_is_remembered():
    upsert(aaaa=data(description="Eerst"))
    correction = correct("description", "Volgens de redactie")
    OutboxEntry.objects.all().delete()
    before = row()
    assert upsert(aaaa=data(description="Nu"))["aaaa"].outcome == Outcome.UNCHANGED
    assert row() == before
    assert ProductVersion.objects.filter(cause=Cause.HARVEST).count() == 1
    assert not OutboxEntry.objects.exists()
    withdraw_correction(correction=correction, **WHO)
    assert product().description == "Nu"


@pytest.mark.parametrize("said", [None, "nog niet"])
def test_what_sources_no_longer_say_comes_back_as_nothing(said):
    upsert(aaaa=data(price_cents=1000, currency="EUR"))
    correction = correct("price_cents", 1250)
    upsert(aaaa=data())
    assert (product().price_cents, product().currency) == (1250, "EUR"), "a price without a currency cannot be stored"
    withdraw_correction(correction=correction, **WHO)
    assert product().price_cents is None


def test_a_correction_that_says_what_the_sources_say_holds_when_they_change():
    upsert(aaaa=data(medium="book"))
    correct("medium", "book")
    assert ProductVersion.objects.count() == 1
    upsert(aaaa=data(medium="web"))
    assert product().medium == "book"


def test_a_second_correction_of_a_field_takes_the_place_of_the_first():
    upsert(aaaa=data(title="Van de bron"))
    correct("title", "Eerste")
    correction = correct("title", "Tweede")
    assert Correction.objects.get() == correction
    withdraw_correction(correction=correction, **WHO)
    assert product().title == "Van de bron"


def test_codes_of_filters_and_the_text_of_search_follow():
    upsert(aaaa=data(classification=(GROUP,), authors=("A. Bron",)))
    correct("classification", [OTHER_GROUP.as_json()])
    correct("authors", ["Jansen, A."])
    correct("title", "Kiezel rekenboek")
    found = product()
    assert (found.sectors, found.years, found.combined) == (["po"], ["groep-5"], ["bao-groep-5"])
    assert "Kiezel rekenboek" in found.search_text
    assert "Jansen, A." in found.search_text
    assert "A. Bron" not in found.search_text
    before = found.search_text
    upsert(aaaa=data(classification=(GROUP,), authors=("A. Bron",), description="Anders"))
    assert product().search_text == before


def test_a_products_own_method_is_called_as_the_editor_calls_the_product():
    upsert(aaaa=data(family_name="", title="Losse atlsa"))
    correction = correct("title", "Losse atlas")
    assert Method.objects.get().name == "Losse atlas"
    upsert(aaaa=data(family_name="", title="Losse atlsa", description="Anders"))
    assert Method.objects.get().name == "Losse atlas"
    withdraw_correction(correction=correction, **WHO)
    assert Method.objects.get().name == "Losse atlsa"
    assert product().search_text.startswith("Losse atlsa")


def test_a_corrected_title_moves_no_product_to_another_edition():
    upsert(aaaa=data(title="Kiezel 2e druk"))
    correct("title", "Kiezel 3e druk")
    upsert(aaaa=data(title="Kiezel 2e druk", description="Anders"))
    assert product().edition.label == "2e druk"


@pytest.mark.parametrize(
    ("field", "value", "remedy"),
    [
        ("title", "", "leeg"),
        ("title", None, "tekst"),
        ("title", "met\x00nul", "tekst"),
        ("state", "uitverkocht", "uitverkocht"),
        ("price_cents", "12,50", "geheel getal"),
        ("price_cents", 12.5, "geheel getal"),
        ("price_cents", True, "geheel getal"),
        ("price_cents", 0, "meer dan 0"),
        ("price_cents", 10**12, "1000000000000"),
        ("price_cents", 1250, "munt"),
        ("vat_rate", "negen", "getal"),
        ("vat_rate", "NaN", "getal"),
        ("vat_rate", "200.0", "tussen 0 en 100"),
        ("first_published_on", "1 augustus", "datum"),
        ("first_published_on", "2026-02-30", "datum"),
        ("source_modified_at", "2026-08-01T12:00:00", "tijdstip"),
        ("is_licensed", "ja", "ja, nee of onbekend"),
        ("authors", "Jansen", "lijst"),
        ("authors", [1], "lijst"),
        ("information_url", "javascript:alert(1)", "http"),
        ("information_url", "www.uitgever.example", "http"),
        ("ean", "9789000000010", "controlecijfer"),
        ("sale_unit_size", 0, "1 of meer"),
        ("language", "nederlands", "nederlands"),
        ("classification", [{"sectors": ["voortgezet"]}], "onderwijssector"),
        ("classification", [{"sector": ["vo"]}], "groepen"),
        ("price_parts", [{"excl_cents": 100}], "btw-tarief"),
    ],
)
def test_what_cannot_be_names_field_value_and_remedy(field, value, remedy):
    upsert(aaaa=data())
    before = row()
    with pytest.raises(ValidationError) as error:
        correct(field, value)
    (messages,) = error.value.message_dict.values()
    assert set(error.value.message_dict) == {field}
    assert field_label(field) in messages[0]
    assert remedy in messages[0]
    assert row() == before
    assert not Correction.objects.exists()


@pytest.mark.parametrize("field", ["publisher_name", "method_id", "public_id", "sectors", "search_text", "niets"])
def test_what_is_no_statement_of_a_source_cannot_be_corrected(field):
    upsert(aaaa=data())
    with pytest.raises(ValidationError, match="te corrigeren"):
        correct(field, "x")


@pytest.mark.parametrize("missing", ["actor", "reason"])
def test_nobody_corrects_without_a_name_and_a_reason(missing):
    upsert(aaaa=data())
    for blank in ("", " \n"):
        with pytest.raises(ValidationError) as error:
            correct_product(product=product(), field="title", value="Nieuw", **(WHO | {missing: blank}))
        assert set(error.value.message_dict) == {missing}


def test_an_ean_that_another_product_has_is_refused_by_its_name():
    upsert(aaaa=data(), bbbb=data(title="Het andere boek", ean=valid_ean(7)))
    with pytest.raises(ValidationError, match="Het andere boek"):
        correct("ean", valid_ean(7))
    correct("ean", f"{valid_ean(8)}")
    assert product().ean == valid_ean(8)


def test_an_ean_that_became_anothers_cannot_be_given_back():
    upsert(aaaa=data(ean=valid_ean(1)))
    correction = correct("ean", valid_ean(2))
    upsert(bbbb=data(title="Het andere boek", ean=valid_ean(1)))
    with pytest.raises(ValidationError, match="Het andere boek"):
        withdraw_correction(correction=correction, **WHO)
    assert product().ean == valid_ean(2)


def test_eans_change_hands_in_one_batch_beside_a_correction():
    upsert(aaaa=data(ean=valid_ean(1)), bbbb=data(ean=valid_ean(2)))
    correct("ean", valid_ean(3))
    upsert(aaaa=data(ean=valid_ean(2)), bbbb=data(ean=valid_ean(1)))
    assert dict(Product.objects.values_list("public_id", "ean")) == {"aaaa": valid_ean(3), "bbbb": valid_ean(1)}
    assert Correction.objects.get().source_value == valid_ean(2)


def test_a_merged_product_is_not_corrected():
    survivor = make_product(title="Het blijvende boek")
    gone = make_product(merged_into=survivor)
    with pytest.raises(EditRefused, match="Het blijvende boek"):
        correct_product(product=gone, field="title", value="Nieuw", **WHO)


def test_taking_a_correction_back_twice_says_so():
    upsert(aaaa=data())
    correction = correct("title", "Nieuw")
    withdraw_correction(correction=Correction.objects.get(), **WHO)
    with pytest.raises(EditRefused, match="al ingetrokken"):
        withdraw_correction(correction=correction, **WHO)


def test_corrections_cost_one_query_and_nothing_where_there_are_none():
    def queries(**items: ProductData) -> int:
        with CaptureQueriesContext(connection) as captured:
            upsert(**items)
        return len(captured)

    upsert(aaaa=data(), bbbb=data())
    without = queries(aaaa=data(), bbbb=data())
    correct_product(product=product(), field="title", value="Nieuw", **WHO)
    correct_product(product=Product.objects.get(public_id="bbbb"), field="medium", value="web", **WHO)
    assert queries(aaaa=data(), bbbb=data()) == without + 1
