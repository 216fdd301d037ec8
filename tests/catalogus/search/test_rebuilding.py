"""A rebuild beside a running system: what is written meanwhile is kept, and what fails leaves the old index."""

import itertools
import threading
import time

import pytest
from django.db import connection, transaction

from catalogus.exceptions import EditRefused, IndexMismatch, RebuildRunning
from catalogus.locks import Lock, try_lock
from catalogus.models import Cause, Method, OutboxEntry, OutboxKind, Product, RebuildRun, RebuildState
from catalogus.product_data import ProductData
from catalogus.search import indices, loading
from catalogus.search.indexing import check, drain, ensure, rebuild
from catalogus.search.indexing.bulk import Write, write
from catalogus.search.loading import load_documents
from catalogus.services.editing.methods import merge_methods
from catalogus.services.outbox import enqueue
from catalogus.services.products import upsert_products
from catalogus.services.withdrawal import withdraw_products
from tests.factories import make_method, make_product, make_publisher

pytestmark = pytest.mark.search


def live(client):
    return {kind: indices.indexes_behind(client, indices.live_alias(kind)) for kind in OutboxKind}


def ours(client):
    return {name for names in live(client).values() for name in names} | set(indices.leftovers(client))


def make_building(client):
    """Indexes that a rebuild fills, made by nobody who is known."""
    names = indices.new_names()
    indices.create_building_indexes(client, names)
    return set(names.values())


def change(product, **fields):
    """What a service does: a change and its mark in the outbox, in one transaction."""
    with transaction.atomic():
        Product.objects.filter(pk=product.pk).update(**fields)
        enqueue(OutboxKind.PRODUCT, [product.pk])
        enqueue(OutboxKind.METHOD, [product.method_id])


@pytest.fixture
def shelf(search_index, monkeypatch):
    """Enough methods for three chunks, with a product each; indexed."""
    monkeypatch.setattr(loading, "METHODS_PER_CHUNK", 4)
    publisher = make_publisher()
    made = [make_product(method=make_method(publisher=publisher)) for _ in range(10)]
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
    assert not indices.standing(search_index.client).is_building


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


def test_what_a_slow_drainer_overtook_is_written_again(search_index):
    """It read its row before the last change, and wrote when the new index was there: a version, but an older text."""
    product, gone = make_product(title="Oud"), make_product()
    older = load_documents(OutboxKind.PRODUCT, [product.pk, gone.pk])
    version = search_index.next_version()
    change(product, title="Nieuw")
    change(gone, merged_into=product)

    def slow_drainer(done, _total):
        if not done:
            late = [Write(OutboxKind.PRODUCT, pk, version, document) for pk, document in older.items()]
            write(search_index.client, late, is_building=True, to_live=False)
            change(gone)  # Or the count would betray it.

    rebuild(slow_drainer)
    assert set(OutboxEntry.objects.values_list("kind", "object_id")) >= {("product", product.pk), ("product", gone.pk)}
    drain()
    assert check().is_equal


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


class Editors:
    """Who creates, changes, merges and withdraws while the catalogue is rebuilt, by the services that do so."""

    def __init__(self):
        self.made = {}
        self.merged = self.withdrawn = 0

    def __call__(self, turn):
        family = f"Reeks {turn % 7}"
        data = ProductData(title=f"Deel {turn}", publisher_name="De Linde", family_name=family, description=f"{turn}")
        stored = upsert_products({f"steady{turn % 40:04d}": data}, cause=Cause.HARVEST, source="bron")
        self.made |= {public_id: one.product_id for public_id, one in stored.items()}
        if turn % 5 == 4:
            self._merge()
        if turn % 7 == 6:
            pk = list(self.made.values())[turn % len(self.made)]
            self.withdrawn += withdraw_products([pk], cause=Cause.HARVEST, source="bron")

    def _merge(self):
        methods = Method.objects.live().filter(publisher__name="De Linde").order_by("pk")[:2]
        if len(methods) == 2:
            try:
                merge_methods(source=methods[1], target=methods[0], actor="redacteur", reason="Eén reeks")
                self.merged += 1
            except EditRefused:
                pass


@pytest.mark.usefixtures("transactional_db")
def test_a_rebuild_under_steady_writes_and_a_drainer_ends_equal(search_index, shelf):
    done = threading.Event()
    faults = []

    def keep(work):
        def run():
            try:
                for turn in itertools.count():
                    work(turn)
                    if done.is_set():
                        return
            except BaseException as fault:  # noqa: BLE001  The test reports it.
                faults.append(fault)
            finally:
                connection.close()

        return threading.Thread(target=run)

    editors = Editors()
    threads = [
        keep(editors),
        keep(lambda turn: change(shelf[turn % len(shelf)], title=f"Deel {turn}")),
        keep(lambda _turn: drain(batch=20)),
    ]
    for thread in threads:
        thread.start()
    try:
        # Until every kind of change has fallen into a rebuild.
        for _ in range(10):
            rebuild()
            if editors.merged and editors.withdrawn:
                break
    finally:
        done.set()
        for thread in threads:
            thread.join(30)
    assert faults == []
    assert editors.merged
    assert editors.withdrawn
    drain()
    assert check().is_equal


def test_a_rebuild_at_a_pace_writes_no_more_than_that(search_index):
    for _ in range(8):
        make_product()
    steps = []
    rebuild(lambda done, _total: steps.append((done, time.monotonic())), max_rate=20)
    (_none, begun), (first, _written), *_between, (last, ended) = steps
    assert (first, last) == (4, 16), "two methods at a time, by the average size of a method"
    # The first chunk need not wait for any before it.
    assert (last - first) / (ended - begun) <= 20


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
    run = RebuildRun.objects.get()
    assert (run.state, "weggegooid" in run.failure) == (RebuildState.FAILED, True)


def test_the_leftovers_of_a_killed_rebuild_go_with_the_next(search_index):
    abandoned = make_building(search_index.client)
    assert abandoned <= ours(search_index.client)
    rebuild()
    assert not abandoned & ours(search_index.client)


def test_indexes_of_another_installation_stay(search_index, settings):
    own = settings.ELASTICSEARCH_PREFIX
    settings.ELASTICSEARCH_PREFIX = f"{own}-2"
    others = make_building(search_index.client)
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


@pytest.mark.parametrize("version", ["definition", "words"])
def test_ensure_builds_what_is_missing_or_made_by_another_version(search_index, version):
    make_product()
    assert ensure() is None
    live_index = indices.live_alias(OutboxKind.METHOD)
    (mappings,) = search_index.client.indices.get_mapping(index=live_index).body.values()
    meta = mappings["mappings"]["_meta"]
    assert meta.keys() == {"definition", "words"}
    search_index.client.indices.put_mapping(index=live_index, meta=meta | {version: "an older one"})
    assert ensure() is not None
    assert ensure() is None
    search_index.drop()
    assert ensure() is not None


def test_deletions_are_remembered_for_as_long_as_a_rebuild_may_be_broken_off(search_index):
    remembered = {}

    def look(_done, _total):
        remembered["building"] = gc_deletes(search_index.client, indices.building_alias(OutboxKind.PRODUCT))

    make_product()
    rebuild(look)
    assert remembered["building"] == "25h"
    assert gc_deletes(search_index.client, indices.live_alias(OutboxKind.PRODUCT)) == "1h"


def gc_deletes(client, alias):
    (found,) = client.indices.get_settings(index=alias).body.values()
    return found["settings"]["index"]["gc_deletes"]


def test_a_method_without_products_has_no_document(search_index):
    make_method()
    product = make_product()
    rebuild()
    assert search_index.ids(OutboxKind.METHOD) == {product.method_id}
    assert Method.objects.count() == 2
