"""Servers that the tests of this folder share: a small one with a low ceiling, and one of the real size."""

from collections.abc import Iterator

import pytest

from ingest.demo.entries import Entry
from ingest.demo.server import DemoKoppelpunt

RECORDS, CEILING = 1_500, 250


@pytest.fixture(scope="session")
def small() -> Iterator[DemoKoppelpunt]:
    """1,500 records, of which 250 of one result can be reached."""
    with DemoKoppelpunt(records=RECORDS, seed=1, ceiling=CEILING) as server:
        yield server


@pytest.fixture(scope="session")
def small_entries(small: DemoKoppelpunt) -> list[Entry]:
    return list(small.catalogue)


@pytest.fixture(scope="session")
def full() -> Iterator[DemoKoppelpunt]:
    """20,830 records, as many as the real Koppelpunt had."""
    with DemoKoppelpunt(records=20_830, seed=1) as server:
        yield server
