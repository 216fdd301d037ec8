"""A rebuild beside a running system: what is written meanwhile is kept, and what fails leaves no trace."""

import threading

import pytest
from django.db import connection, transaction

from catalogus.exceptions import IndexMismatch, RebuildRunning
from catalogus.locks import Lock, try_lock
from catalogus.models import Method, OutboxEntry, OutboxKind, Product
from catalogus.search import indices
from catalogus.search.indexing import check, drain, ensure, rebuild
from catalogus.search.loading import METHODS_PER_CHUNK
from catalogus.services.outbox import enqueue
from tests.factories import make_method, make_product, make_publisher

pytestmark = pytest.mark.search


def live(client):
    return {kind: indices.indexes_behind(client, indices.live_alias(kind)) for kind in OutboxKind}


def ours(client):
    return {name for names in live(client).values() for name in names} | set(indices.leftovers(client))


def change(product, **fields):
    """What a service does: a change and its mark in the outbox, in one transaction."""
    with transaction.atomic():
        Product.objects.filter(pk=product.pk).update(**fields)
        enqueue(OutboxKind.PRODUCT, [product.pk])
        enqueue(OutboxKind.METHOD, [product.method_id])


@pytest.fixture
def shelf(search_index):
    """Enough methods for three chunks, with a product each; indexed."""
    publisher = make_publisher()
    made = [make_product(method=make_method(publisher=publisher)) for _ in range(2 * METHODS_PER_CHUNK + 10)]
    search_index.rebuild()
    return made


def test_a_rebuild_moves_both_aliases_and_drops_the_old_indexes(search_index, products, methods):
    make_product()
    before = live(search_index.client)
    steps = []
    report = rebuild(lambda done, total: steps.append((done, total)))
    after = live(search_index.client)
    assert (report.products, report.methods) == (1, 1)
    assert steps[0] == (0, 2)
    assert steps[-1] == (2, 2)
    assert products().total == methods().total == 1
    assert all(len(after[kind]) == 1 and after[kind] != before[kind] for kind in OutboxKind)
    assert ours(search_index.client) == {name for names in after.values() for name in names}
    assert not indices.is_building(search_index.client)


def test_the_first_rebuild_needs_no_index_before_it(search_index, products):
    product = make_product()
    search_index.drop()
    enqueue(OutboxKind.PRODUCT, [product.pk])
    rebuild()
    assert products().total == 1


def test_what_waited_at_the_start_needs_no_second_writing(search_index):
    product = make_product()
    enqueue(OutboxKind.PRODUCT, [product.pk])
    rebuild()
    assert not OutboxEntry.objects.exists()
    assert check().is_equal
    # Written by the fill alone: the outbox would have given it a revision.
    stored = search_index.client.get(index=indices.live_alias(OutboxKind.PRODUCT), id=str(product.pk))
    assert stored.body["_version"] == 0


@pytest.mark.usefixtures("transactional_db")
def test_writes_during_the_fill_reach_the_new_index(search_index, shelf):
    first, last = shelf[0], shelf[-1]
    added: list[Product] = []

    def meanwhile(done, total):
        if not 0 < done < total:
            return
        if not added:
            # After the first chunk, before the last: both sides of the fill, by a drainer and left in the outbox.
            added.append(make_product(title="Erbij", method=make_method(publisher=first.publisher)))
            change(added[0])
            change(first, title="Anders")
            change(last, merged_into=first)
            drain()
            change(shelf[1], title="Ook anders")

    rebuild(meanwhile)
    assert added
    drain()
    assert check().is_equal
    assert last.pk not in search_index.ids(OutboxKind.PRODUCT)
    assert added[0].pk in search_index.ids(OutboxKind.PRODUCT)


@pytest.mark.usefixtures("transactional_db")
def test_a_change_that_took_its_revision_early_and_commits_late_is_not_lost(search_index, shelf):
    took_revision, may_commit, committed = threading.Event(), threading.Event(), threading.Event()

    def slow_writer():
        try:
            with transaction.atomic():
                change(shelf[0], title="Laat")
                took_revision.set()
                may_commit.wait(30)
            committed.set()
        finally:
            connection.close()

    writer = threading.Thread(target=slow_writer)
    writer.start()
    assert took_revision.wait(30)

    def commit_after_its_chunk_was_read(done, total):
        if done:
            may_commit.set()
            assert committed.wait(30)

    rebuild(commit_after_its_chunk_was_read)
    writer.join(30)
    drain()
    assert check().is_equal
    assert not OutboxEntry.objects.exists()


@pytest.mark.usefixtures("transactional_db")
def test_a_rebuild_under_steady_writes_and_a_drainer_ends_equal(search_index, shelf):
    done = threading.Event()
    faults = []

    def keep(work):
        def run():
            try:
                turn = 0
                while not done.is_set():
                    work(turn)
                    turn += 1
            except BaseException as fault:  # noqa: BLE001  The test reports it.
                faults.append(fault)
            finally:
                connection.close()

        return threading.Thread(target=run)

    threads = [
        keep(lambda turn: change(shelf[turn % len(shelf)], title=f"Deel {turn}")),
        keep(lambda _turn: drain(batch=20)),
    ]
    for thread in threads:
        thread.start()
    try:
        rebuild()
    finally:
        done.set()
        for thread in threads:
            thread.join(30)
    assert faults == []
    drain()
    assert check().is_equal


def test_a_failed_rebuild_drops_the_new_and_keeps_the_old(search_index, products):
    make_product()
    search_index.rebuild()
    before = ours(search_index.client)

    def stop(done, total):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(stop)
    assert ours(search_index.client) == before
    assert products().total == 1
    rebuild()


def test_an_index_that_does_not_hold_the_database_never_goes_live(search_index):
    made = [make_product() for _ in range(3)]
    before = ours(search_index.client)

    def lose_one(done, total):
        if done == total:
            building = indices.building_alias(OutboxKind.PRODUCT)
            search_index.client.delete(index=building, id=str(made[1].pk))

    with pytest.raises(IndexMismatch, match="2 in de index, 3 in de database"):
        rebuild(lose_one)
    assert ours(search_index.client) == before


def test_the_leftovers_of_a_killed_rebuild_go_with_the_next(search_index):
    abandoned = set(indices.create_building_indexes(search_index.client).values())
    assert abandoned <= ours(search_index.client)
    rebuild()
    assert not abandoned & ours(search_index.client)


def test_indexes_of_another_installation_stay(search_index, settings):
    own = settings.ELASTICSEARCH_PREFIX
    settings.ELASTICSEARCH_PREFIX = f"{own}-2"
    others = set(indices.create_building_indexes(search_index.client).values())
    try:
        settings.ELASTICSEARCH_PREFIX = own
        rebuild()
        assert not others & ours(search_index.client)
        settings.ELASTICSEARCH_PREFIX = f"{own}-2"
        assert others == ours(search_index.client)
    finally:
        indices.drop(search_index.client, others)
        settings.ELASTICSEARCH_PREFIX = own


@pytest.mark.usefixtures("transactional_db")
def test_two_rebuilds_do_not_run_at_once(search_index):
    held, finished = threading.Event(), threading.Event()

    def other():
        try:
            with try_lock(Lock.REBUILD):
                held.set()
                finished.wait(30)
        finally:
            connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    try:
        assert held.wait(30)
        before = ours(search_index.client)
        with pytest.raises(RebuildRunning):
            rebuild()
        assert ours(search_index.client) == before
    finally:
        finished.set()
        thread.join(30)
    rebuild()


def test_ensure_builds_what_is_missing_or_made_by_another_definition(search_index):
    make_product()
    assert ensure() is None
    live_index = indices.live_alias(OutboxKind.METHOD)
    search_index.client.indices.put_mapping(index=live_index, meta={"fingerprint": "an older one"})
    assert ensure() is not None
    assert ensure() is None
    search_index.drop()
    assert ensure() is not None


def test_a_method_without_products_has_no_document(search_index):
    make_method()
    product = make_product()
    rebuild()
    assert search_index.ids(OutboxKind.METHOD) == {product.method_id}
    assert Method.objects.count() == 2
