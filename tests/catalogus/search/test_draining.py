"""The outbox on its way to the indexes."""

import threading
import time

import pytest
from django.db import connection

from catalogus.exceptions import SearchUnavailable
from catalogus.models import OutboxEntry, OutboxKind, Product
from catalogus.search import indices
from catalogus.search.indexing import check, drain, status
from catalogus.search.indexing.bulk import Write, write
from catalogus.search.loading import load_documents
from catalogus.services.outbox import enqueue
from catalogus.tasks import drain_outbox
from tests.factories import make_method, make_product

pytestmark = pytest.mark.search


def enqueue_all(*products):
    enqueue(OutboxKind.PRODUCT, [product.pk for product in products])
    enqueue(OutboxKind.METHOD, [product.method_id for product in products])


def waiting():
    return set(OutboxEntry.objects.values_list("kind", "object_id"))


def test_what_changed_is_indexed_and_leaves_the_outbox(products, methods, search_index):
    product = make_product(title="Oud")
    enqueue_all(product)
    search_index.drain()
    Product.objects.filter(pk=product.pk).update(title="Nieuw")
    enqueue_all(product)
    search_index.drain()
    assert [hit.title for hit in products().product_hits] == ["Nieuw"]
    assert [hit.products[0].title for hit in methods().method_hits] == ["Nieuw"]
    assert waiting() == set()


def test_what_has_no_document_any_more_is_taken_away(products, methods, search_index):
    kept, gone = make_product(), make_product()
    enqueue_all(kept, gone)
    search_index.drain()
    Product.objects.filter(pk=gone.pk).update(merged_into=kept)
    enqueue_all(gone)
    report = drain()
    search_index.refresh()
    assert (report.written, report.deleted) == (0, 2)
    assert products(include_all=True).total == methods(include_all=True).total == 1
    # Taking away what is not there is no fault.
    enqueue_all(gone)
    assert drain().deleted == 2


def test_batches_and_limit(search_index):
    enqueue_all(*(make_product() for _ in range(5)))
    assert drain(batch=2, limit=3).written == 3
    assert len(waiting()) == 7
    assert drain(batch=2).written == 7
    assert check().is_equal


def test_an_older_document_never_replaces_a_newer_one(products, search_index):
    product = make_product(title="Nieuw")
    new = load_documents(OutboxKind.PRODUCT, [product.pk])[product.pk]
    key = (OutboxKind.PRODUCT, product.pk)
    versions = [search_index.next_version() for _ in range(4)]
    write(search_index.client, [Write(*key, versions[1], new)])
    outcome = write(search_index.client, [Write(*key, versions[0], new | {"title": "Oud"})])
    assert (outcome.refused, outcome.postponed) == ({}, set())
    search_index.refresh()
    assert products().product_hits[0].title == "Nieuw"
    # Nor does it come back after it was taken away.
    write(search_index.client, [Write(*key, versions[3], None), Write(*key, versions[2], new)])
    search_index.refresh()
    assert products().total == 0


def test_a_row_that_changed_in_the_meantime_stays(search_index, monkeypatch):
    product = make_product()
    enqueue_all(product)
    bulk = search_index.client.__class__.bulk

    def change_and_write(self, **options):
        enqueue(OutboxKind.PRODUCT, [product.pk])
        return bulk(self, **options)

    monkeypatch.setattr(search_index.client.__class__, "bulk", change_and_write)
    drain(limit=2)
    assert waiting() == {("product", product.pk)}


def test_a_refused_document_stays_and_the_others_go_on(products, search_index, caplog):
    bad, good = make_method(name="Te groot"), make_method()
    refused = [make_product(method=bad), make_product(method=bad)]
    enqueue_all(*refused, make_product(method=good))
    live = indices.live_alias(OutboxKind.METHOD)
    search_index.client.indices.put_settings(index=live, settings={"mapping.nested_objects.limit": 1})
    try:
        report = drain(batch=1)
    finally:
        search_index.client.indices.put_settings(index=live, settings={"mapping.nested_objects.limit": None})
    search_index.refresh()
    assert (report.written, report.refused) == (4, 1)
    assert waiting() == {("method", bad.pk)}
    assert f"method {bad.pk}" in caplog.text
    assert products().total == 3
    # Once the engine takes it, it goes as well.
    search_index.create()
    search_index.drain()
    assert waiting() == set()


def test_without_an_index_the_outbox_waits(search_index):
    product = make_product()
    enqueue_all(product)
    search_index.drop()
    with pytest.raises(SearchUnavailable, match="search rebuild"):
        drain()
    assert len(waiting()) == 2


def test_an_index_of_another_definition_is_not_written_to(search_index):
    """It would refuse every document; the outbox waits for the rebuild, also for who goes back to the old version."""
    enqueue_all(make_product())
    live = indices.live_alias(OutboxKind.PRODUCT)
    search_index.client.indices.put_mapping(index=live, meta={"definition": "an older one", "words": ""})
    try:
        with pytest.raises(SearchUnavailable, match="andere indeling"):
            drain()
        assert len(waiting()) == 2
    finally:
        search_index.create()
    drain()
    assert check().is_equal


@pytest.mark.parametrize("version", ["definition", "words"])
def test_an_index_that_another_version_builds_gets_nothing_and_is_not_passed_by(search_index, version):
    enqueue_all(make_product())
    names = indices.new_names()
    indices.create_building_indexes(search_index.client, names)
    building = indices.building_alias(OutboxKind.METHOD)
    (found,) = search_index.client.indices.get_mapping(index=building).body.values()
    try:
        search_index.client.indices.put_mapping(index=building, meta=found["mappings"]["_meta"] | {version: "a newer"})
        with pytest.raises(SearchUnavailable):
            drain()
        assert len(waiting()) == 2
        assert status().needs_rebuild
    finally:
        indices.drop(search_index.client, names.values())
    assert not status().needs_rebuild
    drain()
    assert check().is_equal


def test_what_was_read_too_long_ago_is_not_written(search_index):
    product = make_product()
    document = load_documents(OutboxKind.PRODUCT, [product.pk])[product.pk]
    item = Write(OutboxKind.PRODUCT, product.pk, search_index.next_version(), document)
    with pytest.raises(SearchUnavailable, match="opnieuw gelezen"):
        write(search_index.client, [item], read_at=time.time() - 3_600)
    search_index.refresh()
    assert search_index.ids(OutboxKind.PRODUCT) == set()
    write(search_index.client, [item], read_at=time.time())
    search_index.refresh()
    assert search_index.ids(OutboxKind.PRODUCT) == {product.pk}


def test_a_drain_needs_nothing_of_valkey(search_index, settings, unused_tcp_port):
    settings.REDIS_URL = settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{unused_tcp_port}/0"
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": settings.REDIS_URL}
    }
    enqueue_all(make_product())
    drain_outbox()
    assert waiting() == set()
    assert check().is_equal


def test_the_task_leaves_the_outbox_alone_while_the_engine_is_away(db, settings, unused_tcp_port, caplog):
    enqueue_all(make_product())
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{unused_tcp_port}"
    drain_outbox()
    assert len(waiting()) == 2
    assert "the outbox waits" in caplog.text


def test_the_task_drains(products, search_index):
    enqueue_all(make_product())
    drain_outbox()
    search_index.refresh()
    assert products().total == 1


@pytest.mark.usefixtures("transactional_db")
def test_two_drainers_and_a_writer_end_with_what_the_database_holds(search_index):
    items = [make_product(method=make_method()) for _ in range(30)]
    enqueue_all(*items)
    done = threading.Event()
    faults = []

    def drain_on():
        try:
            while not done.is_set():
                drain(batch=7)
        except BaseException as fault:  # noqa: BLE001  The test reports it.
            faults.append(fault)
        finally:
            connection.close()

    drainers = [threading.Thread(target=drain_on) for _ in range(2)]
    for drainer in drainers:
        drainer.start()
    for turn in range(8):
        for item in items[turn % 3 :: 3]:
            Product.objects.filter(pk=item.pk).update(title=f"Deel {turn}", withdrawn_at="2026-01-01T00:00Z")
            enqueue_all(item)
    done.set()
    for drainer in drainers:
        drainer.join(30)
    assert faults == []
    search_index.drain()
    assert waiting() == set()
    assert check().is_equal
