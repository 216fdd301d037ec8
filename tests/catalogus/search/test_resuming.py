"""A rebuild that was broken off goes on where it was, and what it had filled is still true."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from catalogus.exceptions import IndexMismatch, SearchUnavailable, WorkStopped
from catalogus.models import CompoundWord, OutboxEntry, OutboxKind, Product, RebuildRequest, RebuildRun, RebuildState
from catalogus.search import indices, loading
from catalogus.search.indexing import check, drain, rebuild
from catalogus.services.outbox import enqueue
from catalogus.services.rebuilds import request_rebuild
from catalogus.services.search_rows import refresh_search_rows
from catalogus.tasks import rebuild_search
from tests.conftest import REPOSITORY
from tests.database import database_url
from tests.factories import make_method, make_product, make_publisher

pytestmark = pytest.mark.search


@pytest.fixture
def shelf(search_index, monkeypatch):
    """Ten methods with a product each, read in chunks of two; the live index is empty."""
    monkeypatch.setattr(loading, "METHODS_PER_CHUNK", 2)
    return stocked(10)


def stocked(count):
    publisher = make_publisher()
    products = [make_product(method=make_method(publisher=publisher)) for _ in range(count)]
    refresh_search_rows(product.pk for product in products)
    return products


def change(product, **fields):
    Product.objects.filter(pk=product.pk).update(**fields)
    enqueue(OutboxKind.PRODUCT, [product.pk])
    enqueue(OutboxKind.METHOD, [product.method_id])


def broken_off():
    """A rebuild that somebody ended after eight of twenty documents."""

    def stop(done, _total):
        if done == 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(stop)
    return RebuildRun.objects.get()


def ours(client):
    live = {name for kind in OutboxKind for name in indices.indexes_behind(client, indices.live_alias(kind))}
    return live | set(indices.leftovers(client))


def test_what_was_broken_off_goes_on_after_the_last_method(search_index, shelf, products):
    run = broken_off()
    assert (run.state, run.last_method_id, run.done) == (RebuildState.FILLING, shelf[3].method_id, 8)
    assert products().total == 0, "the old index serves"
    told: list[str] = []
    report = rebuild(tell=told.append)
    assert (report.written, report.products, report.methods) == (12, 10, 10)
    assert "8 van 20 documenten" in told[0]
    assert check().is_equal
    run.refresh_from_db()
    assert run.state == RebuildState.DONE
    assert ours(search_index.client) == {run.product_index, run.method_index}


def test_what_changed_while_it_was_broken_off_is_right_at_the_end(search_index, shelf):
    change(shelf[0], title="Wachtte al")
    broken_off()
    # Of what was filled and of what was not, by a drainer and left in the outbox; the last twice, once each way.
    change(shelf[1], title="Bijgewerkt")
    change(shelf[2], merged_into=shelf[3])
    change(shelf[7], title="Eerst zo")
    change(shelf[8], merged_into=shelf[9])
    drain()
    change(shelf[1], title="Wacht")
    change(shelf[3], title="Wacht")
    change(shelf[7], title="Dan zo")
    change(shelf[8], merged_into=None)
    change(shelf[9], title="Wacht")
    left = set(OutboxEntry.objects.filter(kind="product").values_list("object_id", flat=True))
    rebuild()
    still = set(OutboxEntry.objects.filter(kind="product").values_list("object_id", flat=True))
    # Only what the fill has read after it waited, and written, is gone.
    assert left - still == {shelf[9].pk}
    drain()
    assert check().is_equal


def test_the_task_goes_on_for_the_request_that_it_was_begun_for(search_index, shelf):
    request_rebuild(reason="Kiezel")
    run = broken_off()
    rebuild_search()
    run.refresh_from_db()
    assert (run.state, RebuildRun.objects.count()) == (RebuildState.DONE, 1)
    assert not RebuildRequest.objects.exists()
    assert check().is_equal


def grow_old(run):
    RebuildRun.objects.filter(pk=run.pk).update(heartbeat_at=timezone.now() - timedelta(hours=25))


def define_otherwise(run):
    RebuildRun.objects.filter(pk=run.pk).update(definition="an older one")


def split_otherwise(_run):
    CompoundWord.objects.create(word="kiezelsteen", parts=["kiezel", "steen"], provenance="editor")


def lose_an_index(run):
    from catalogus.search.client import get_client

    get_client().indices.delete(index=run.method_index)


@pytest.mark.parametrize(
    ("what", "is_fresh", "reason"),
    [
        (lambda _run: None, True, "om een nieuwe gevraagd"),
        (grow_old, False, "langer dan een dag"),
        (define_otherwise, False, "indeling"),
        (split_otherwise, False, "woordenlijst"),
        (lambda _run: request_rebuild(reason="Kiezel"), False, "Kiezel"),
        (lose_an_index, False, "staan er niet meer"),
    ],
)
def test_where_what_was_filled_is_not_right_any_more_it_starts_anew_and_says_why(
    search_index, shelf, what, is_fresh, reason
):
    run = broken_off()
    what(run)
    told: list[str] = []
    report = rebuild(is_fresh=is_fresh, tell=told.append)
    assert report.written == 20
    assert reason in told[0]
    run.refresh_from_db()
    assert (run.state, reason in run.failure) == (RebuildState.DROPPED, True)
    assert not {run.product_index, run.method_index} & ours(search_index.client)
    assert check().is_equal


def test_a_full_disk_breaks_it_off_and_a_document_that_is_refused_ends_it(search_index, shelf):
    building = indices.building_alias(OutboxKind.PRODUCT)
    block = "blocks.read_only_allow_delete"

    def fill_the_disk(done, _total):
        # What the engine does by itself above its flood stage watermark.
        if done == 8:
            search_index.client.indices.put_settings(index=building, settings={block: True})

    with pytest.raises(SearchUnavailable, match="search rebuild"):
        rebuild(fill_the_disk)
    search_index.client.indices.put_settings(index=building, settings={block: None})
    run = RebuildRun.objects.get()
    assert run.state == RebuildState.FILLING
    assert run.failure

    def allow_no_products(_done, _total):
        methods = indices.building_alias(OutboxKind.METHOD)
        search_index.client.indices.put_settings(index=methods, settings={"mapping.nested_objects.limit": 0})

    with pytest.raises(IndexMismatch, match="weigert het document van methode"):
        rebuild(allow_no_products)
    run.refresh_from_db()
    assert (run.state, "weigert" in run.failure) == (RebuildState.FAILED, True)
    assert not indices.leftovers(search_index.client)


def test_who_asks_to_stop_hears_how_to_go_on(search_index, shelf):
    steps = []
    with pytest.raises(WorkStopped, match=r"van 20 documenten.*search rebuild"):
        rebuild(lambda done, _total: steps.append(done), should_stop=lambda: len(steps) > 2)
    assert rebuild().written < 20


def start(*arguments):
    """A process of its own, on the database and the indexes of this test."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=REPOSITORY,
        env=os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_until(is_so, process):
    deadline = time.monotonic() + 120
    while not is_so():
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < deadline, "it does not get on"
        time.sleep(0.01)


def end(process, signum):
    process.send_signal(signum)
    output = process.communicate(timeout=60)[0]
    assert process.returncode == (130 if signum == signal.SIGINT else -signum), output
    return output


@pytest.mark.slow
@pytest.mark.usefixtures("transactional_db")
def test_a_rebuild_that_is_stopped_and_then_killed_and_a_drain_that_is_killed_lose_nothing(search_index):
    items = stocked(60)
    rebuilding = ("manage.py", "search", "rebuild", "--max-rate", "30")
    process = start(*rebuilding)
    wait_until(lambda: RebuildRun.objects.filter(done__gt=0).exists(), process)
    assert "Ga verder met “manage.py search rebuild”" in end(process, signal.SIGINT)
    stopped = RebuildRun.objects.get()
    process = start(*rebuilding)
    wait_until(lambda: RebuildRun.objects.filter(done__gt=stopped.done).exists(), process)
    end(process, signal.SIGKILL)
    killed = RebuildRun.objects.get()
    assert stopped.done < killed.done < 120

    for item in items:
        change(item, title="Anders")
    drainer = start("-c", "import django; django.setup(); from catalogus.search.indexing import drain; drain(batch=1)")
    wait_until(lambda: OutboxEntry.objects.count() < 115, drainer)
    end(drainer, signal.SIGKILL)
    assert OutboxEntry.objects.count() > 0, "it was killed in the middle"

    assert rebuild().written == 120 - killed.done
    drain()
    assert check().is_equal
    assert RebuildRun.objects.count() == 1
