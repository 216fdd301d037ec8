"""Reading stored records again: what a new alias, a merged publisher or a better reader brings to what is there."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import timezone

from catalogus.models import Cause, Concept, ConceptAlias, Product, ProductVersion, Publisher, RereadRequest, Scheme
from catalogus.models.provenance import Provenance
from catalogus.naming import normal_form
from catalogus.vocabulary import Vocabulary
from ingest.exceptions import HarvestStopped
from ingest.models import Record, RecordState, Remap, RemapState, Source
from ingest.services import remap as module
from ingest.services.remap import remap, requested_remap
from ingest.services.sources import register_source
from ingest.services.store import store_records
from tests.factories import valid_ean
from tests.ingest.entries import raw_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    return register_source(code="bron", url="http://127.0.0.1:9/sru")


def store(source: Source, *raws) -> None:
    store_records(source=source, harvest=None, raws=raws, vocabulary=Vocabulary.load())


def add_alias(text: str, scheme: Scheme, code: str) -> None:
    ConceptAlias.objects.create(
        scheme=scheme,
        concept=Concept.objects.get(scheme=scheme, code=code),
        text=text,
        key=normal_form(text),
        provenance=Provenance.EDITOR,
    )


def course(text: str) -> dict[str, object]:
    return {"CurriculumInfo": {"Sector": "VO", "Courses": {"Course": text}}}


def written() -> dict[int, str]:
    """Where each product's row lies: another place when it was written again."""
    return places("catalogus_product")


def places(table: str) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, ctid::text FROM {table}")
        return dict(cursor.fetchall())


def test_a_new_alias_reaches_the_records_that_are_stored(source):
    store(source, raw_record("b:1", course("TOVERKUNDE")), raw_record("b:2", course("DUITS")))
    first, second = Product.objects.order_by("records__identifier")
    assert first.subjects == []
    untouched = written()[second.pk]
    add_alias("Toverkunde", Scheme.SUBJECT, "duits")

    done = remap(reason="nieuwe schrijfwijze")
    assert (done.state, done.read, done.changed, done.unchanged) == (RemapState.COMPLETE, 2, 1, 1)
    first.refresh_from_db()
    assert "duits" in first.subjects
    version = ProductVersion.objects.get(run=done.run)
    assert (version.product_id, version.cause) == (first.pk, Cause.REMAP)
    assert "unknown_text" not in [issue["code"] for issue in Record.objects.get(identifier="b:1").issues]
    assert written()[second.pk] == untouched, "what did not change was written"


def test_a_remap_that_changes_nothing_writes_nothing(source):
    store(source, *(raw_record(f"b:{number}", {"ProductId": valid_ean(number)}) for number in range(1, 30)))
    products, records = written(), places("ingest_record")
    done = remap()
    assert (done.read, done.unchanged) == (29, 29)
    assert written() == products
    assert places("ingest_record") == records


def test_a_refused_record_is_judged_again(source):
    store(source, raw_record("b:1", {"ProductId": valid_ean(1), "Publisher": "De Linde"}))
    store(source, raw_record("b:2", {"ProductId": valid_ean(1), "Publisher": "De Wilg"}))
    rival = Record.objects.get(identifier="b:2")
    assert rival.state == RecordState.QUARANTINED
    linde, wilg = Publisher.objects.get(name="De Linde"), Publisher.objects.get(name="De Wilg")
    assert rival.publisher == wilg, "a publisher sees what of its records was refused"
    Publisher.objects.filter(pk=wilg.pk).update(merged_into=linde)

    done = remap(publishers=[linde])
    assert (done.read, done.changed + done.unchanged, done.refused) == (2, 2, 0), "those of the merged one as well"
    rival.refresh_from_db()
    assert (rival.state, rival.product) == (RecordState.ACCEPTED, Product.objects.get())


def test_a_refused_delivery_stays_refused_and_its_product_is_read_anew(source):
    store(source, raw_record("b:1", course("TOVERKUNDE")))
    store(source, raw_record("b:1", course("TOVERKUNDE") | {"Title": ""}))
    record = Record.objects.get()
    assert (record.state, record.refused_payload is not None) == (RecordState.QUARANTINED, True)
    add_alias("Toverkunde", Scheme.SUBJECT, "duits")

    done = remap()
    record.refresh_from_db()
    assert (done.refused, record.state) == (1, RecordState.QUARANTINED)
    assert record.issues[0]["code"] == "no_title"
    assert "duits" in Product.objects.get().subjects, "the content that was accepted makes the product"


def test_a_record_that_a_better_reader_accepts_becomes_a_product(source, monkeypatch):
    store(source, raw_record("b:1", {"Title": "—"}))
    assert not Product.objects.exists()
    monkeypatch.setattr("ingest.mapping.product.normal_form", lambda text: text)
    done = remap()
    assert (done.changed, Product.objects.get().title) == (1, "—")
    assert Record.objects.get().refused_payload is None


def test_it_goes_on_where_it_was_broken_off(source, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 4)
    store(source, *(raw_record(f"b:{number}", {"ProductId": valid_ean(number)}) for number in range(1, 11)))
    seen: list[int] = []
    with pytest.raises(HarvestStopped):
        remap(watch=lambda one: seen.append(one.read), should_stop=lambda: len(seen) == 2)
    broken_off = Remap.objects.get()
    assert (broken_off.state, broken_off.read) == (RemapState.INTERRUPTED, 8)
    done = remap()
    assert (done.pk, done.state, done.read) == (broken_off.pk, RemapState.COMPLETE, 10)


def test_it_does_what_was_asked_for_and_no_more(source):
    assert requested_remap() is None
    store(source, raw_record("b:1", {"Publisher": "De Linde"}), raw_record("b:2", {"Publisher": "De Wilg"}))
    linde = Publisher.objects.get(name="De Linde")
    RereadRequest.objects.create(publisher=linde, reason="weer gesplitst", at=timezone.now())
    done = requested_remap()
    assert done is not None
    assert (done.read, done.reason) == (1, "weer gesplitst")
    assert not RereadRequest.objects.exists()

    RereadRequest.objects.create(publisher=linde, reason="weer gesplitst", at=timezone.now())
    RereadRequest.objects.create(reason="nieuwe schrijfwijze", at=timezone.now())
    done = requested_remap()
    assert done is not None
    assert done.read == 2, "who asks for all gets all"


def test_a_request_that_comes_while_it_runs_is_answered_by_the_next(source):
    store(source, raw_record("b:1"))
    RereadRequest.objects.create(reason="eerste", at=timezone.now())

    def ask_again(_remap: Remap) -> None:
        RereadRequest.objects.create(reason="tweede", at=timezone.now())

    requested_remap(watch=ask_again)
    assert [request.reason for request in RereadRequest.objects.all()] == ["tweede"]


def test_absent_records_are_left_alone(source):
    store(source, raw_record("b:1", course("TOVERKUNDE")))
    Record.objects.update(state=RecordState.ABSENT, missing_since=timezone.now())
    Product.objects.update(withdrawn_at=timezone.now())
    add_alias("Toverkunde", Scheme.SUBJECT, "duits")
    assert remap().read == 0
    assert Product.objects.get().withdrawn_at is not None


@pytest.fixture(autouse=True)
def _no_open_remap() -> Iterator[None]:
    yield
    assert not Remap.objects.filter(state=RemapState.RUNNING).exists()
