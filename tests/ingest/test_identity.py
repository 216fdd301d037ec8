"""Which product a record describes while EANs are given, changed, swapped and taken over."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogus.models import OutboxEntry, Product, ProductVersion, Publisher, VersionKind
from catalogus.services.corrections import correct_product, withdraw_correction
from catalogus.vocabulary import Vocabulary
from ingest.koppelpunt.sru import RawRecord, read_answer
from ingest.models import Record, RecordState, Source
from ingest.services.sources import register_source
from ingest.services.store import Counts, store_records
from tests.factories import valid_ean
from tests.ingest.entries import answer_xml, raw_record

pytestmark = pytest.mark.django_db

X, Y, Z = (valid_ean(number) for number in (1, 2, 3))


@pytest.fixture
def source() -> Source:
    return register_source(code="bron", url="https://bron.example/sru")


def store(source: Source, *raws: RawRecord) -> Counts:
    return store_records(source=source, harvest=None, raws=raws, vocabulary=Vocabulary.load())


def say(identifier: str, ean: str = "", **elements: object) -> RawRecord:
    return raw_record(identifier, {"Title": f"Titel van {identifier}", "ProductId": ean} | elements)


def eans() -> dict[str, str | None]:
    """Record -> EAN of its product."""
    return dict(Record.objects.exclude(product=None).values_list("identifier", "product__ean"))


def product_of(identifier: str) -> Product:
    return Product.objects.get(records__identifier=identifier)


def is_consistent() -> bool:
    """Whether no product that stands holds another EAN than its records say."""
    return all(
        product.ean in {record.product_identifier for record in product.records.all()} | {None}
        for product in Product.objects.filter(merged_into=None)
    )


def test_a_product_keeps_its_address_when_its_only_record_gets_another_ean(source):
    store(source, say("b:1", X))
    before = product_of("b:1").public_id
    store(source, say("b:1", Y))
    assert (product_of("b:1").public_id, product_of("b:1").ean) == (before, Y)


@pytest.mark.parametrize("order", [("moves", "takes"), ("takes", "moves")])
@pytest.mark.parametrize("in_one_batch", [True, False])
def test_an_ean_that_one_record_gives_up_can_be_anothers(source, order, in_one_batch):
    store(source, say("b:1", X))
    records = {"moves": say("b:1", Y), "takes": say("b:2", X)}
    batches = [tuple(records[name] for name in order)] if in_one_batch else [(records[name],) for name in order]
    for batch in batches:
        store(source, *batch)
    assert eans() == {"b:1": Y, "b:2": X}
    assert product_of("b:1") != product_of("b:2")
    assert is_consistent()


def test_two_products_may_swap_their_eans_in_one_batch(source):
    store(source, say("b:1", X), say("b:2", Y))
    store(source, say("b:1", Y), say("b:2", X))
    assert eans() == {"b:1": Y, "b:2": X}
    assert is_consistent()


def test_a_record_that_says_another_ean_leaves_what_it_shared(source):
    store(source, say("b:1", X), say("b:2", X, Description="Alleen hier staat dit"))
    shared = product_of("b:1")
    assert shared == product_of("b:2")
    assert shared.description
    store(source, say("b:2", Y, Description="Alleen hier staat dit"))
    shared.refresh_from_db()
    assert eans() == {"b:1": X, "b:2": Y}
    assert product_of("b:1") == shared
    assert not shared.description, "what its other record said went along"
    store(source, say("b:2", X))
    assert product_of("b:2") == shared, "and back again"


def test_the_record_that_gave_a_product_its_address_may_leave_it_too(source):
    store(source, say("b:1", X), say("b:2", X))
    store(source, say("b:1", Y))
    assert eans() == {"b:1": Y, "b:2": X}
    assert is_consistent()


def test_a_record_that_turns_out_to_be_anothers_product_merges_its_own_into_that(source):
    store(source, say("b:1", X), say("b:2"))
    alone, holder = product_of("b:2"), product_of("b:1")
    OutboxEntry.objects.all().delete()
    assert store(source, say("b:2", X)).changed == 1
    alone.refresh_from_db()
    assert alone.merged_into == holder
    assert product_of("b:2") == holder
    assert ProductVersion.objects.filter(product=alone).latest("id").kind == VersionKind.MERGED
    assert set(OutboxEntry.objects.values_list("kind", "object_id")) >= {
        ("product", alone.pk), ("product", holder.pk), ("method", alone.method_id)
    }  # fmt: skip


def test_what_a_merged_product_held_is_free(source):
    store(source, say("b:1", X), say("b:2", Y))
    store(source, say("b:2", X), say("b:3", Y))
    assert eans() == {"b:1": X, "b:2": X, "b:3": Y}
    assert Product.objects.filter(merged_into=None).count() == 2
    assert is_consistent()


def test_a_record_that_loses_its_ean_leaves_what_it_shared(source):
    store(source, say("b:1", X), say("b:2", X))
    shared = product_of("b:1")
    store(source, say("b:2"))
    assert product_of("b:1") == shared
    assert eans() == {"b:1": X, "b:2": None}
    store(source, say("b:1"))
    shared.refresh_from_db()
    assert (product_of("b:1"), shared.ean) == (shared, None), "the only record takes its product along"
    assert store(source, say("b:3", X)).created == 1
    assert is_consistent()


def test_a_product_that_was_merged_by_a_wrong_ean_revives_under_its_address(source):
    store(source, say("b:1", X), say("b:2"))
    alone = product_of("b:2")
    store(source, say("b:2", X))
    assert product_of("b:2") == product_of("b:1") != alone
    store(source, say("b:2"))
    alone.refresh_from_db()
    assert (product_of("b:2"), alone.merged_into) == (alone, None)
    assert product_of("b:1").public_id != alone.public_id
    assert VersionKind.UNMERGED in alone.versions.values_list("kind", flat=True)
    assert is_consistent()


def test_an_editors_merge_stands(source):
    store(source, say("b:1", X), say("b:2", Y))
    survivor, merged = product_of("b:1"), product_of("b:2")
    Product.objects.filter(pk=merged.pk).update(merged_into=survivor)
    store(source, say("b:2", Y, Title="Herzien"))
    assert product_of("b:2") == survivor
    store(source, say("b:2", X, Title="Nog eens herzien"))
    assert product_of("b:2") == survivor


@pytest.mark.parametrize("cure", ["holder moves", "publishers are one"])
def test_a_conflict_heals_by_itself_when_its_cause_is_gone(source, cure):
    rival = say("b:2", X, Publisher="Een andere uitgever")
    store(source, say("b:1", X))
    assert store(source, rival).refused == 1
    assert store(source, rival).refused == 1, "the same again is still refused"
    if cure == "holder moves":
        store(source, say("b:1", Y))
    else:
        first, second = Publisher.objects.order_by("id")
        Publisher.objects.filter(pk=second.pk).update(merged_into=first)
    assert store(source, rival).refused == 0
    assert Record.objects.get(identifier="b:2").state == RecordState.ACCEPTED
    assert eans()["b:2"] == X


def test_a_broken_delivery_takes_nothing_from_the_product(source):
    """The product is made of the last content that could be read, whatever batch comes later."""
    store(source, say("b:1", X, Description="Omschrijving"), say("b:2", X))
    broken = raw_record("b:1", {"ProductId": X}, without=("Title",))
    store(source, broken)
    record = Record.objects.get(identifier="b:1")
    assert record.state == RecordState.QUARANTINED
    assert record.refused_payload
    assert record.payload != record.refused_payload
    store(source, say("b:2", X, Medium="Boek"))
    product = product_of("b:2")
    assert (product.title, product.description, product.medium) == ("Titel van b:1", "Omschrijving", "book")
    store(source, say("b:1", X))
    mended = Record.objects.get(identifier="b:1")
    assert (mended.state, mended.refused_payload) == (RecordState.ACCEPTED, None)
    assert not product_of("b:1").description


def test_one_record_that_the_database_refuses_costs_only_itself(source):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE catalogus_product ADD CONSTRAINT no_storms CHECK (title <> 'Storm')")
    records = [say(f"b:{number}", Title="Storm" if number == 4 else f"Titel {number}") for number in range(9)]
    counts = store(source, *records)
    assert (counts.received, counts.created, counts.refused) == (9, 8, 1)
    refused = Record.objects.get(state=RecordState.QUARANTINED)
    assert refused.identifier == "b:4"
    assert refused.issues[0]["code"] == "not_stored"
    assert "no_storms" in refused.issues[0]["value"]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE catalogus_product DROP CONSTRAINT no_storms")
    assert store(source, *records).created == 1, "the next pass tries again"


@pytest.mark.parametrize("name", ["Издательство Мир", "出版社", "Ω"])
def test_a_publisher_in_any_script_is_one(source, name):
    assert store(source, say("b:1", Publisher=name), say("b:2", Publisher=name)).created == 2
    publisher = Publisher.objects.get()
    assert publisher.name == name
    assert publisher.slug.isascii()


def test_a_broken_record_may_hold_bytes_that_no_text_may(source):
    broken = (
        "<srw:record><srw:recordIdentifier>b:\x00\x07 1</srw:recordIdentifier><srw:recordData><Entry><Title>&"
        "</Entry></srw:recordData></srw:record>"
    )
    (raw,) = read_answer(answer_xml([broken])).records
    assert store(source, raw).refused == 1
    assert Record.objects.get().identifier == "b: 1"


DELIVERIES = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(["b:1", "b:2", "b:3", "b:4"]),
            st.sampled_from(["", X, Y, Z]),
            st.sampled_from(["", "1"]),
            st.sampled_from(["Uitgeverij De Linde", "Een andere uitgever"]),
        ),
        min_size=1,
        max_size=4,
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DELIVERIES)
def test_whatever_is_delivered_a_product_has_one_ean_and_an_ean_one_product(source, deliveries):
    with transaction.atomic():
        for delivery in deliveries:
            raws = [
                say(identifier, ean, SaleUnitSize=size, Publisher=publisher)
                for identifier, ean, size, publisher in delivery
            ]
            counts = store(source, *raws)
            assert counts.received == len({identifier for identifier, *_rest in delivery})
            for product in Product.objects.filter(merged_into=None):
                records = product.records.all()
                assert records, "no product stands without a record"
                said = {record.product_identifier for record in records if record.state == RecordState.ACCEPTED}
                assert len(said - {""}) <= 1
            accepted = Record.objects.filter(state=RecordState.ACCEPTED)
            assert not accepted.exclude(product__merged_into=None).exists()
        latest = {identifier: raw for (identifier, *_rest), raw in zip(deliveries[-1], raws, strict=True)}
        # What waited for another record's EAN may get it in a later pass; then nothing moves any more.
        for _pass in latest:
            store(source, *latest.values())
        before = eans()
        again = store(source, *latest.values())
        assert again.created == again.changed == again.merged == 0
        assert eans() == before
        transaction.set_rollback(True)


def correct_ean(identifier: str, ean: str | None):
    return correct_product(product=product_of(identifier), field="ean", value=ean, actor="redactie", reason="Omslag.")


@pytest.mark.parametrize("in_one_batch", [True, False])
def test_the_records_of_a_product_stay_together_under_the_ean_that_an_editor_gave_it(source, in_one_batch):
    store(source, say("b:1", X), say("b:2", X))
    correct_ean("b:1", Y)
    changed = [say("b:1", X, Description="Nieuw"), say("b:2", X, Description="Ook nieuw"), say("b:3", Y)]
    for batch in [changed] if in_one_batch else [[record] for record in changed]:
        store(source, *batch)
    assert eans() == {"b:1": Y, "b:2": Y, "b:3": Y}
    assert Product.objects.count() == 1


def test_the_ean_that_an_editor_took_away_is_free_for_another_record(source):
    store(source, say("b:1", X))
    correction = correct_ean("b:1", None)
    store(source, say("b:1", X, Description="Nieuw"), say("b:2", X))
    assert eans() == {"b:1": None, "b:2": X}
    with pytest.raises(ValidationError, match="Titel van b:2"):
        withdraw_correction(correction=correction, actor="redactie", reason="Toch niet.")
