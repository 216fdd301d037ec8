"""Checkout-like folders to start real services in, away from the checkout that the tests run from."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from devstack.checkout import Checkout
from devstack.context import Context
from devstack.elasticsearch.node import Elasticsearch
from devstack.report import Report

REPOSITORY = Path(__file__).resolve().parents[2]


class Folder:
    """A checkout of its own, with what it told the reader."""

    def __init__(self, base: Path, shared_temp: Path) -> None:
        self.output = StringIO()
        report = Report(Console(file=self.output, width=200, highlight=False))
        self.context = Context(Checkout(base, shared_temp), report)
        self.context.checkout.make_folders()

    @property
    def text(self) -> str:
        return self.output.getvalue()


def _open_folder() -> Path:
    """A folder that every account may enter, as pytest's own are not; PostgreSQL's account must reach it."""
    folder = Path(tempfile.mkdtemp(prefix="devstack-test-"))
    folder.chmod(0o755)
    return folder


@pytest.fixture(autouse=True)
def _no_services_named(monkeypatch):
    for variable in ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL", "NO_ENGINE"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def make_folder() -> Iterator:
    """Makes folders; reachable=False: one that PostgreSQL's unprivileged account cannot enter."""
    made = []

    def make(*, reachable: bool = True) -> Folder:
        top = _open_folder()
        made.append(top)
        base, shared_temp = top / "checkout", top / "shared"
        base.mkdir(mode=0o755 if reachable else 0o700)
        shared_temp.mkdir(mode=0o1777)
        return Folder(base, shared_temp)

    yield make
    for top in made:
        shutil.rmtree(top)


@pytest.fixture
def folder(make_folder):
    return make_folder()


@pytest.fixture(scope="session")
def builds() -> Path:
    """The repository's own builds of the node, shared with all tests: a node only reads its home."""
    return REPOSITORY / ".devstack" / "elasticsearch"


@pytest.fixture(scope="session")
def engine_url(builds) -> Iterator[str]:
    """An Elasticsearch for the analysis tests: the one that the environment names, else a node of our own."""
    if named := os.environ.get("ELASTICSEARCH_URL"):
        yield named
        return
    top = _open_folder()
    node = Elasticsearch(Folder(top, top).context, builds=builds, heap_mb=512)
    node.prepare()
    node.start()
    try:
        node.wait_until_ready()
        yield node.address()
    finally:
        node.stop()
        shutil.rmtree(top)
