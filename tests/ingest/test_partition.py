"""Cuts of a result that is too large: together they are the whole, and they are made with few questions."""

from collections.abc import Iterator

import pytest

from catalogus.http import Fetcher
from ingest.demo.server import DemoKoppelpunt
from ingest.koppelpunt.partition import FIELDS, Part, Partitioner
from ingest.koppelpunt.sru import SruAnswer, SruClient

RECORDS, REACH = 900, 40
BY_IDENTIFIER = len(FIELDS) + 1
"""The depth at which only identifiers are left to cut by."""


class CountingClient(SruClient):
    """Counts what it asks."""

    asked = 0

    def search(self, *arguments: object, **options: object) -> SruAnswer:
        self.asked += 1
        return super().search(*arguments, **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def client() -> Iterator[CountingClient]:
    with DemoKoppelpunt(records=RECORDS, seed=3) as server, Fetcher() as fetcher:
        yield CountingClient(server.url, "eckcs2.5.2", fetcher)


def leaves(partitioner: Partitioner, part: Part) -> list[Part]:
    if part.count <= REACH:
        return [part]
    return [leaf for smaller in partitioner.split(part) for leaf in leaves(partitioner, smaller)]


@pytest.mark.parametrize("depth", [0, BY_IDENTIFIER])
def test_the_parts_are_the_whole(client, depth):
    client.asked = 0
    parts = leaves(Partitioner(client, REACH), Part("*", RECORDS, depth))
    assert sum(part.count for part in parts) == RECORDS
    assert client.asked < 600
    assert max(len(part.query) for part in parts) < 2500
    found = [record.identifier for part in parts for record in client.search(part.query).records]
    assert len(found) == len(set(found)) == RECORDS


def test_identifiers_in_order_are_cut_where_all_of_them_differ(client):
    """The first hundred agree in more than all do: a cut there would shave off a sliver each time."""
    client.asked = 0
    parts = leaves(Partitioner(client, REACH), Part("*", RECORDS, BY_IDENTIFIER))
    assert len(parts) < 90
    assert client.asked < 200
    assert max(len(part.query) for part in parts) < 2500
