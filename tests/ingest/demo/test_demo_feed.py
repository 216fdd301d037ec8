"""A catalogue that changes under its readers: by steps, by hand, and by losing a share of its records."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from ingest.demo.feed import Feed
from ingest.demo.revisions import Catalogue
from ingest.demo.server import DemoKoppelpunt
from ingest.demo.store import EVERYTHING
from tests.ingest.demo.asking import Answer, ask

DRILLDOWN = "Publisher:60,ProductState,Medium,Sectors.Sector"
QUERIES = ("*", 'Medium exact "Boek"', "havo", '* not ProductState = "*"', "Sectors.Sector = MBO")


def everything(server: DemoKoppelpunt) -> list[tuple[int, list[bytes], dict[str, int]]]:
    """Totals, records and counts of some queries, without the times that stand in answers."""
    answers = [ask(server.url, query=query, maximumRecords=100, x_term_drilldown=DRILLDOWN) for query in QUERIES]
    return [(answer.total, _records(answer), answer.counts("Publisher")) for answer in answers]


def _records(answer: Answer) -> list[bytes]:
    return answer.body.partition(b"<srw:records>")[2].partition(b"</srw:records>")[0].split(b"</srw:record>")


def test_the_catalogue_goes_on_after_so_many_pages() -> None:
    with DemoKoppelpunt(records=150, seed=4, step=3) as server:
        for revision in (0, 1, 2):
            expected = Catalogue(150, seed=4, revision=revision).identifiers()
            for page in range(3):
                answer = ask(server.url, startRecord=1 + 50 * page, maximumRecords=50)
                assert set(answer.identifiers) <= expected
                assert answer.total == len(expected)
        assert server.catalogue.revision == 3


def test_only_requests_for_records_are_steps() -> None:
    with DemoKoppelpunt(records=40, step=1) as server:
        ask(server.url, maximumRecords=0, x_term_drilldown=DRILLDOWN)
        ask(server.url, operation="explain")
        ask(server.url, operation="scan")
        assert server.catalogue.revision == 0
        ask(server.url, maximumRecords=1)
        assert server.catalogue.revision == 1


def test_without_steps_it_stays_as_it_is() -> None:
    with DemoKoppelpunt(records=40) as server:
        for _ in range(5):
            ask(server.url)
        assert server.catalogue.revision == 0


def test_a_step_brings_the_catalogue_that_a_new_server_would_have() -> None:
    with DemoKoppelpunt(records=700, seed=4, step=len(QUERIES)) as stepping:
        for revision in range(4):
            with DemoKoppelpunt(records=700, seed=4, revision=revision) as fresh:
                assert everything(stepping) == everything(fresh)


@pytest.mark.parametrize(("before", "after"), [(0, 3), (3, 1), (2, 2)])
def test_any_revision_can_follow_any_other(before: int, after: int) -> None:
    with DemoKoppelpunt(records=700, revision=before) as server, DemoKoppelpunt(records=700, revision=after) as fresh:
        server.change(revision=after)
        assert everything(server) == everything(fresh)
        assert server.count() == fresh.count() == ask(server.url, maximumRecords=0).total


def test_a_change_by_hand_starts_the_steps_anew() -> None:
    with DemoKoppelpunt(records=60, step=2) as server:
        ask(server.url)
        server.change(revision=7)
        ask(server.url)
        assert server.catalogue.revision == 7
        ask(server.url)
        assert server.catalogue.revision == 8


def test_a_share_of_the_records_can_be_lost_and_found() -> None:
    with DemoKoppelpunt(records=1_000, revision=1) as server:
        every, before = server.catalogue.identifiers(), everything(server)
        server.drop(0.3)
        left = server.catalogue.identifiers()
        assert left < every
        assert len(left) / len(every) == pytest.approx(0.7, abs=0.01)
        assert ask(server.url, maximumRecords=0).total == server.count() == len(left)
        server.drop(0.5)
        assert server.catalogue.identifiers() < left, "who loses more loses the same records first"
        server.change(revision=2)
        assert server.catalogue.lost == 0.5
        server.change(revision=1)
        server.drop(0)
        assert everything(server) == before


def test_a_request_in_hand_keeps_its_catalogue_and_the_last_one_closes_it() -> None:
    feed = Feed(Catalogue(200), step=1)
    with feed.lease(is_page=True) as first, feed.lease(is_page=True) as second:
        assert (first.catalogue.revision, second.catalogue.revision) == (0, 1)
        assert first.store.count(EVERYTHING) == 200
        feed.change(Catalogue(200, revision=9))
        assert second.store.facet("medium", EVERYTHING, None)
        with feed.lease(is_page=False) as third:
            assert third.catalogue.revision == 9
    feed.close()
    for snapshot in (first, second, third):
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            snapshot.store.numbers(EVERYTHING, 0, 1)


def test_old_revisions_are_not_kept() -> None:
    feed = Feed(Catalogue(60), step=1)
    seen = []
    for _ in range(6):
        with feed.lease(is_page=True) as snapshot:
            seen.append(snapshot)
    assert [snapshot.catalogue.revision for snapshot in seen] == list(range(6))
    for snapshot in seen[:-1]:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            snapshot.store.numbers(EVERYTHING, 0, 1)
    feed.close()


def test_steps_count_right_with_many_readers() -> None:
    with DemoKoppelpunt(records=120, step=5) as server:
        known = [len(Catalogue(120, revision=revision)) for revision in range(9)]
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: Answer(httpx.get(server.url, params={"query": "*"}).content), range(40)))
        assert {answer.total for answer in answers} <= set(known)
        assert server.catalogue.revision == 8
