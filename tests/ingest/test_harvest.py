"""Passes over the demonstration Koppelpunt: whole, changed, stopped, killed, and from a source that fails."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from catalogus.locks import Lock, try_lock
from catalogus.models import Method, Product, ProductVersion
from ingest.demo.server import DemoKoppelpunt
from ingest.exceptions import HarvestBusy, HarvestStopped, SourceError
from ingest.models import CellState, Harvest, HarvestState, Record, RecordState, Source
from ingest.services.harvest import harvest
from ingest.services.sources import register_source
from tests.conftest import REPOSITORY
from tests.database import database_url
from tests.ingest.entries import DIAGNOSTIC, answer_xml, entry_xml, record_xml
from tests.ingest.passes import adds_up

pytestmark = pytest.mark.django_db

RECORDS, CEILING = 1200, 300


@pytest.fixture(scope="module")
def server() -> Iterator[DemoKoppelpunt]:
    with DemoKoppelpunt(records=RECORDS, seed=3, ceiling=CEILING) as running:
        yield running


@pytest.fixture
def source(server: DemoKoppelpunt) -> Source:
    return register_source(code="demo", url=server.url)


def catalogue_state() -> dict[str, list[object]]:
    """All that a pass leaves behind, without row numbers and times."""
    products = Product.objects.order_by("public_id").values_list(
        "public_id", "ean", "title", "method__public_id", "edition__label", "publisher__slug", "state", "price_cents",
        "levels", "years", "combined", "search_text",
    )  # fmt: skip
    records = Record.objects.order_by("identifier").values_list(
        "identifier", "payload_hash", "state", "issues", "product__public_id"
    )
    return {
        "products": list(products),
        "records": [(identifier, bytes(digest), *rest) for identifier, digest, *rest in records],
        "methods": list(Method.objects.order_by("public_id").values_list("public_id", "name")),
        "versions": list(
            ProductVersion.objects.order_by("product__public_id", "kind").values_list("product__public_id", "kind")
        ),
    }


def test_every_record_arrives_although_one_result_reaches_only_a_part(server, source):
    one_pass = harvest(source)
    assert (one_pass.state, one_pass.received) == (HarvestState.COMPLETE, RECORDS), one_pass.message
    assert one_pass.reach == CEILING
    assert set(Record.objects.values_list("identifier", flat=True)) == set(server.catalogue.identifiers())
    assert adds_up(one_pass)
    assert one_pass.created == Product.objects.count()
    assert one_pass.refused == Record.objects.filter(state=RecordState.QUARANTINED).count()


def test_running_it_twice_changes_nothing(source):
    first = harvest(source)
    before = catalogue_state()
    second = harvest(source)
    assert catalogue_state() == before
    assert (second.created, second.changed, second.merged) == (0, 0, 0)
    assert second.unchanged == RECORDS - first.refused


@pytest.mark.parametrize("ceiling", [40, 100, 5000])
def test_any_ceiling_gives_the_same_records(ceiling):
    with DemoKoppelpunt(records=700, seed=3, ceiling=ceiling) as server:
        one_pass = harvest(register_source(code="demo", url=server.url))
        assert (one_pass.state, one_pass.received, one_pass.repeated) == (HarvestState.COMPLETE, 700, 0)


def test_a_changed_feed_changes_what_changed():
    with DemoKoppelpunt(records=600, seed=3) as before:
        source = register_source(code="demo", url=before.url)
        harvest(source)
    with DemoKoppelpunt(records=600, seed=3, revision=1) as after:
        one_pass = harvest(register_source(code="demo", url=after.url))
        new = set(after.catalogue.identifiers()) - set(before.catalogue.identifiers())
    assert one_pass.state == HarvestState.COMPLETE
    assert adds_up(one_pass)
    assert one_pass.changed > 0
    assert one_pass.created + one_pass.merged + one_pass.refused >= len(new) > 0
    assert set(ProductVersion.objects.values_list("kind", flat=True)) >= {"created", "changed"}


class StopAfter:
    """Says stop when asked for the n-th time, as Ctrl-C would at any moment."""

    def __init__(self, times: int) -> None:
        self.left = times

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize("times", [0, 1, 2, 4, 5])
def test_a_stopped_harvest_goes_on_where_it_was(server, source, times):
    harvest(source)
    whole = catalogue_state()
    ProductVersion.objects.all().delete()
    Record.objects.all().delete()
    Product.objects.all().delete()
    Harvest.objects.all().delete()
    with pytest.raises(HarvestStopped):
        harvest(source, should_stop=StopAfter(times))
    stopped = Harvest.objects.get()
    assert stopped.state == HarvestState.INTERRUPTED
    read = Record.objects.count()
    asked = server.requests_served
    resumed = harvest(source)
    assert (resumed.pk, resumed.state, resumed.received) == (stopped.pk, HarvestState.COMPLETE, RECORDS)
    assert resumed.repeated == 0, "nothing is read twice"
    assert catalogue_state() == whole
    if read:
        assert server.requests_served - asked < RECORDS / 100 + 60


def test_an_old_interruption_is_not_gone_on_with(source):
    with pytest.raises(HarvestStopped):
        harvest(source, should_stop=StopAfter(3))
    Harvest.objects.update(heartbeat_at=timezone.now() - timedelta(hours=25))
    again = harvest(source)
    assert again.state == HarvestState.COMPLETE
    assert Harvest.objects.earliest("id").state == HarvestState.PARTIAL


def test_a_source_is_harvested_once_at_a_time(source):
    """A second process is refused; a lock that its own connection holds would not stop it, so it has another."""
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with try_lock(Lock.HARVEST, source.pk):
                held.set()
                let_go.wait(10)
        finally:
            connection.close()

    other = threading.Thread(target=hold)
    other.start()
    try:
        assert held.wait(10)
        with pytest.raises(HarvestBusy, match="demo"):
            harvest(source, lock_wait_seconds=0.2)
    finally:
        let_go.set()
        other.join()
    assert harvest(source).state == HarvestState.COMPLETE


def test_a_source_with_passing_faults_is_read_whole():
    with DemoKoppelpunt(records=400, seed=3, fail_every=4) as server:
        one_pass = harvest(register_source(code="demo", url=server.url))
        assert (one_pass.state, one_pass.received) == (HarvestState.COMPLETE, 400)


def test_broken_records_are_refused_and_the_rest_goes_on():
    with DemoKoppelpunt(records=400, seed=3, broken_every=50) as server:
        one_pass = harvest(register_source(code="demo", url=server.url))
    assert (one_pass.state, one_pass.received) == (HarvestState.COMPLETE, 400)
    broken = Record.objects.filter(state=RecordState.QUARANTINED, issues__0__code="not_well_formed")
    assert broken.count() == 8
    assert one_pass.refused >= 8
    assert all(record.identifier and record.payload for record in broken)


def test_a_source_that_is_away_interrupts_and_at_the_same_place_again_fails(serve_answers):
    source = register_source(code="demo", url=serve_answers(lambda _query: (404, b"")))
    with pytest.raises(SourceError, match="404"):
        harvest(source)
    assert Harvest.objects.get().state == HarvestState.INTERRUPTED
    with pytest.raises(SourceError):
        harvest(source)
    failed = Harvest.objects.get()
    assert (failed.state, "404" in failed.message) == (HarvestState.FAILED, True)


def test_a_source_that_counts_wrong_gives_a_partial_pass(serve_answers):
    one = answer_xml([], total=7)
    one_pass = harvest(register_source(code="demo", url=serve_answers(lambda _query: (200, one))))
    assert (one_pass.state, one_pass.received) == (HarvestState.PARTIAL, 0)
    assert "7" in one_pass.message


def test_a_part_that_no_cut_makes_smaller_gives_a_partial_pass_that_says_so(serve_answers):
    """Fifty records of which ten can be reached, and a server to which every question is the same."""
    records = [record_xml(f"bron:{number:04d}", entry_xml()) for number in range(1, 11)]

    def answer(query: dict[str, str]) -> tuple[int, bytes]:
        start, maximum = int(query["startRecord"]), int(query["maximumRecords"])
        beyond = DIAGNOSTIC.format(code=61, details=start, message="First record position out of range")
        page = records[-1:] if start > 10 else records[start - 1 : start - 1 + maximum]
        return 200, answer_xml(page, total=50, extra=beyond if start > 10 else "")

    one_pass = harvest(register_source(code="demo", url=serve_answers(answer)))
    assert (one_pass.reach, one_pass.state) == (10, HarvestState.PARTIAL)
    assert one_pass.received == 10, "what can be had is brought in"
    assert one_pass.cells.filter(state=CellState.OVERFULL).exists()
    assert "groter" in one_pass.message


def start_command(source: Source) -> subprocess.Popen[str]:
    """`manage.py harvest` on the database of this test."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "harvest", source.code],
        cwd=REPOSITORY,
        env=os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_for_records(at_least: int, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 300  # Of a process that starts on a busy machine.
    while Record.objects.count() < at_least:
        assert time.monotonic() < deadline, "the harvest does not get on"
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.01)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_harvest_ends_as_an_undisturbed_one():
    with DemoKoppelpunt(records=2000, seed=5, ceiling=750, delay_ms=50) as server:
        source = register_source(code="demo", url=server.url)
        harvest(source)
        whole = catalogue_state()
        for signum in (signal.SIGKILL, signal.SIGINT, signal.SIGTERM):
            for model in (ProductVersion, Record, Product, Harvest):
                model.objects.all().delete()
            process = start_command(source)
            wait_for_records(500, process)
            process.send_signal(signum)
            output = process.communicate(timeout=30)[0]
            assert process.returncode == (-signal.SIGKILL if signum == signal.SIGKILL else 130), output
            read = Record.objects.count()
            assert 500 <= read < 2000, "it was killed in the middle"
            resumed = harvest(source)
            assert (resumed.state, resumed.received, resumed.repeated) == (HarvestState.COMPLETE, 2000, 0), signum
            assert Harvest.objects.count() == 1
            assert catalogue_state() == whole, signum


@pytest.mark.slow
def test_all_arrive_although_one_result_reaches_only_a_fifth():
    """As of the real feed 4,000 of 20,830 can be reached; `make bench` harvests as many."""
    with DemoKoppelpunt(records=5_210, seed=1, ceiling=1_000) as server:
        one_pass = harvest(register_source(code="demo", url=server.url))
        identifiers = set(server.catalogue.identifiers())
    assert len(identifiers) == 5_210
    assert set(Record.objects.values_list("identifier", flat=True)) == identifiers
    assert (one_pass.state, one_pass.received, one_pass.reach) == (HarvestState.COMPLETE, 5_210, 1_000)
    assert adds_up(one_pass)
