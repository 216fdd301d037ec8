"""The real worker on the real queue: what is sent as a task is done, and everything ends in the index."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection

from catalogus.models import OutboxEntry, Product, ProductVersion
from catalogus.search import SearchCriteria, View, get_backend
from catalogus.tasks import assign_sequence, drain_outbox
from ingest.demo.server import DemoKoppelpunt
from ingest.models import Harvest, HarvestState
from ingest.services.sources import register_source
from ingest.tasks import harvest_source
from tests.conftest import REPOSITORY
from tests.database import database_url


@pytest.fixture
def worker(transactional_db: None) -> Iterator[subprocess.Popen[str]]:
    """A Celery worker on this test's database, queue and index prefix."""
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool", "solo", "--loglevel", "INFO"],
        cwd=REPOSITORY,
        env=os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process
    process.terminate()
    output = process.communicate(timeout=30)[0]
    assert "Traceback" not in output, output


def wait_until(is_so: Callable[[], bool], worker: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert worker.poll() is None, worker.communicate()[0]
        assert time.monotonic() < deadline, "the worker does not do it"
        time.sleep(0.1)


@pytest.mark.search
@pytest.mark.slow
def test_a_harvest_by_task_ends_in_the_index(worker, search_index):
    with DemoKoppelpunt(records=150, seed=3) as server:
        source = register_source(code="demo", url=server.url)
        # Twice, as a queue may deliver: the second finds nothing to do, or waits for the first.
        harvest_source.delay(source.pk)
        harvest_source.delay(source.pk)
        wait_until(lambda: Harvest.objects.filter(state=HarvestState.COMPLETE).count() == 2, worker)
    assert Harvest.objects.latest("id").created == 0
    assign_sequence.delay()
    drain_outbox.delay()
    wait_until(lambda: not OutboxEntry.objects.exists(), worker)
    wait_until(lambda: not ProductVersion.objects.filter(seq=None).exists(), worker)
    search_index.refresh()
    search_index.refresh()
    found = get_backend().search(SearchCriteria(view=View.PRODUCTS, include_all=True))
    assert found.total == Product.objects.count() > 100
    assert settings.CELERY_TASK_DEFAULT_QUEUE.startswith("test-"), "no other worker took the tasks"
    assert connection.settings_dict["NAME"].startswith("test_")
