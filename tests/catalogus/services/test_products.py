"""Writing products: only what changed, with history and outbox, and without undoing an editor."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogus.models import Cause, Edition, Method, OutboxEntry, OutboxKind, Product, ProductVersion, VersionKind
from catalogus.product_data import Classification, ProductData
from catalogus.services.outbox import enqueue
from catalogus.services.products import Outcome, upsert_products
from tests.factories import make_method, make_product, valid_ean

pytestmark = pytest.mark.django_db

LEAST = {"title": "Vuurtoren leerboek", "publisher_name": "De Linde", "family_name": "Vuurtoren"}


def data(**fields) -> ProductData:
    return ProductData(**(LEAST | fields))


def upsert(**items: ProductData):
    return upsert_products(items, cause=Cause.HARVEST, source="bron")


def test_a_new_product_has_a_version_and_stale_documents():
    outcome = upsert(aaaa=data())["aaaa"]
    product = Product.objects.get(public_id="aaaa")
    assert (outcome.outcome, outcome.product_id) == (Outcome.CREATED, product.pk)
    version = ProductVersion.objects.get()
    assert (version.kind, version.cause, version.source, version.seq) == ("created", "harvest", "bron", None)
    assert set(OutboxEntry.objects.values_list("kind", "object_id")) == {
        ("product", product.pk),
        ("method", product.method_id),
    }


def test_the_same_again_writes_nothing():
    upsert(aaaa=data(), bbbb=data(title="Ander"))
    OutboxEntry.objects.all().delete()
    before = list(Product.objects.order_by("id").values())
    assert upsert(aaaa=data(), bbbb=data(title="Ander"))["aaaa"].outcome == Outcome.UNCHANGED
    assert list(Product.objects.order_by("id").values()) == before
    assert ProductVersion.objects.count() == 2
    assert not OutboxEntry.objects.exists()


def test_a_change_names_the_fields_and_leaves_the_rest():
    upsert(aaaa=data(price_cents=1000, currency="EUR"))
    upsert(aaaa=data(price_cents=1250, currency="EUR"))
    version = ProductVersion.objects.latest("id")
    assert (version.kind, version.changes) == (VersionKind.CHANGED, {"price_cents": [1000, 1250]})


def test_moving_to_another_method_makes_both_stale():
    upsert(aaaa=data(), bbbb=data())
    old = Product.objects.get(public_id="aaaa").method_id
    OutboxEntry.objects.all().delete()
    upsert(aaaa=data(family_name="Kompasroos"))
    new = Product.objects.get(public_id="aaaa").method_id
    assert new != old
    assert set(OutboxEntry.objects.filter(kind="method").values_list("object_id", flat=True)) == {old, new}
    assert ProductVersion.objects.latest("id").kind == VersionKind.MOVED


def test_a_harvest_never_moves_what_an_editor_placed():
    upsert(aaaa=data())
    product = Product.objects.get()
    edition = Edition.objects.create(method=make_method(), label="onbekend", key="")
    Product.objects.filter(pk=product.pk).update(
        edition=edition, method=edition.method, publisher=edition.method.publisher, is_placement_locked=True
    )
    upsert(aaaa=data(title="Nieuwe titel"))
    product.refresh_from_db()
    assert (product.title, product.method) == ("Nieuwe titel", edition.method)
    assert edition.method.name in product.search_text
    assert data().family_name not in product.search_text


def test_a_locked_method_keeps_its_products_and_an_unlocked_one_does_not():
    upsert(aaaa=data(), bbbb=data(family_name="Kompas"))
    locked = Product.objects.get(public_id="aaaa").method
    Method.objects.filter(pk=locked.pk).update(is_locked=True)
    upsert(aaaa=data(family_name="Duinroos"), bbbb=data(family_name="Duinroos"))
    kept, moved = Product.objects.order_by("public_id")
    assert (kept.method, kept.origin_method, moved.method.name) == (locked, moved.method, "Duinroos")
    assert locked.name in kept.search_text


def test_within_a_locked_method_the_edition_follows_the_records():
    upsert(aaaa=data(edition_text="2e druk"))
    Method.objects.update(is_locked=True)
    upsert(aaaa=data(edition_text="3e druk"))
    assert Product.objects.get().edition.label == "3e druk"


def test_a_locked_edition_keeps_its_products():
    upsert(aaaa=data(edition_text="2e druk"))
    Edition.objects.update(is_locked=True)
    upsert(aaaa=data(edition_text="3e druk"))
    upsert(bbbb=data(edition_text="3e druk"))
    labels = dict(Product.objects.values_list("public_id", "edition__label"))
    assert labels == {"aaaa": "2e druk", "bbbb": "3e druk"}
    upsert(aaaa=data(family_name="Duinroos"))
    assert Product.objects.get(public_id="aaaa").method.name == "Vuurtoren"


def test_a_products_own_method_is_called_as_the_product_is():
    upsert(aaaa=data(family_name="", title="Losse atlsa"))
    method = Product.objects.get().method
    OutboxEntry.objects.all().delete()
    upsert(aaaa=data(family_name="", title="Losse atlas"))
    method.refresh_from_db()
    assert method.name == "Losse atlas"
    assert OutboxEntry.objects.filter(kind="method", object_id=method.pk).exists()
    assert Method.objects.count() == 1


def test_a_method_that_took_in_a_products_own_one_keeps_its_name():
    upsert(aaaa=data(family_name="", title="Losse atlas"))
    survivor = make_method(name="Vuurtoren")
    Method.objects.exclude(pk=survivor.pk).update(merged_into=survivor)
    upsert(aaaa=data(family_name="", title="Losse atlas, herzien"))
    survivor.refresh_from_db()
    assert Product.objects.get().method == survivor
    assert survivor.name == "Vuurtoren"


def test_a_merged_method_leads_to_its_survivor():
    upsert(aaaa=data())
    survivor = make_method()
    Method.objects.exclude(pk=survivor.pk).update(merged_into=survivor)
    upsert(bbbb=data())
    assert Product.objects.get(public_id="bbbb").method == survivor


def test_a_withdrawn_product_comes_back():
    upsert(aaaa=data())
    Product.objects.update(withdrawn_at="2026-01-01T00:00:00Z")
    upsert(aaaa=data())
    assert Product.objects.get().withdrawn_at is None
    assert ProductVersion.objects.latest("id").kind == VersionKind.RESTORED


def test_classification_gives_the_codes_that_filters_use():
    groups = (
        Classification(("vo",), ("havo",), ("leerjaar-3",), ("wiskunde-a",)),
        Classification(("vo",), ("vmbo",), ("leerjaar-1", "leerjaar-2"), ()),
    )
    upsert(aaaa=data(classification=groups))
    product = Product.objects.get()
    assert product.classification == [group.as_json() for group in groups]
    assert product.levels == ["havo", "vmbo", "vmbo-bb", "vmbo-gl", "vmbo-kb", "vmbo-tl"]
    assert {"wiskunde-a", "wiskunde"} <= set(product.subjects)
    assert {"havo-3", "vmbo-1", "vmbo-tl-2"} <= set(product.combined)
    assert "havo-1" not in product.combined, "a level and a year of two groups are not one class"


def test_search_text_finds_with_and_without_accents():
    upsert(aaaa=data(title="Reünie in België", authors=("Jansen, A.",)))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM catalogus_product WHERE search_vector @@ plainto_tsquery('keuzecatalogus', %s)",
            ["reunie belgie vuurtoren jansen"],
        )
        assert cursor.fetchone() == (1,)


def test_the_number_of_queries_does_not_grow_with_the_batch():
    def queries(count: int, start: int) -> int:
        items = {f"p{start + n}": data(title=f"Deel {n}", ean=valid_ean(start + n)) for n in range(count)}
        with CaptureQueriesContext(
            connection,
        ) as captured:
            upsert(**items)
        return len(captured)

    upsert(warm=data())
    assert queries(200, 1000) == queries(5, 3000)


def test_a_broken_rule_writes_nothing_of_the_batch():
    make_product(ean=valid_ean(7))
    with pytest.raises(Exception, match="product_one_per_ean"):
        upsert(aaaa=data(), bbbb=data(ean=valid_ean(7)))
    # The transaction of this test is broken by design; what matters is that the whole batch was one.


def test_enqueue_raises_the_revision_of_a_row_that_waits():
    enqueue(OutboxKind.PRODUCT, [5, 3, 5])
    first = dict(OutboxEntry.objects.values_list("object_id", "revision"))
    enqueue(OutboxKind.PRODUCT, [5])
    second = dict(OutboxEntry.objects.values_list("object_id", "revision"))
    assert set(first) == {3, 5}
    assert second[5] > max(first.values())
    assert second[3] == first[3]
