"""Pages, the ceiling above which no record can be had, and requests that are refused."""

import httpx
import pytest
from lxml import etree

from ingest.demo.server import DemoKoppelpunt
from tests.ingest.demo.asking import Answer, ask
from tests.ingest.demo.conftest import CEILING, RECORDS

BELOW = 'Publisher = "Waddenzand Uitgevers"'
"""A result that can be read whole."""


def test_pages_together_are_the_result(small: DemoKoppelpunt) -> None:
    found, position = list[str](), 1
    while True:
        answer = ask(small.url, query=BELOW, startRecord=position, maximumRecords=30)
        found += answer.identifiers
        if answer.next_position is None:
            break
        assert answer.next_position == position + 30
        position = answer.next_position
    assert len(found) == answer.total == len(set(found))
    assert set(found) == {entry.identifier for entry in small.catalogue if entry.publisher == "Waddenzand Uitgevers"}


@pytest.mark.parametrize(("asked", "given"), [({}, 10), ({"maximumRecords": 37}, 37), ({"maximumRecords": 5000}, 100)])
def test_size_of_a_page(small: DemoKoppelpunt, asked: dict[str, int], given: int) -> None:
    assert len(ask(small.url, **asked).identifiers) == given


def test_a_count_costs_no_records(small: DemoKoppelpunt) -> None:
    answer = ask(small.url, maximumRecords=0)
    assert (answer.total, answer.identifiers, answer.next_position, answer.diagnostics) == (RECORDS, [], None, [])


def test_the_last_page_that_can_be_reached_names_no_next_one(small: DemoKoppelpunt) -> None:
    answer = ask(small.url, startRecord=CEILING - 49, maximumRecords=50)
    assert (len(answer.identifiers), answer.next_position, answer.diagnostics) == (50, None, [])


@pytest.mark.parametrize("start", [CEILING + 1, CEILING - 48, RECORDS + 1], ids=["beyond", "across", "after the end"])
def test_beyond_the_ceiling_the_last_page_comes_again(small: DemoKoppelpunt, start: int) -> None:
    last = ask(small.url, startRecord=CEILING - 49, maximumRecords=50)
    answer = ask(small.url, startRecord=start, maximumRecords=50)
    assert answer.diagnostics == ["61"]
    assert answer.identifiers == last.identifiers
    assert (answer.total, answer.next_position) == (RECORDS, None)


def test_after_the_end_of_a_small_result_nothing_comes(small: DemoKoppelpunt) -> None:
    total = ask(small.url, query=BELOW, maximumRecords=0).total
    answer = ask(small.url, query=BELOW, startRecord=total + 1)
    assert (answer.diagnostics, answer.identifiers, answer.total) == (["61"], [], total)


def test_an_empty_result_is_no_fault(small: DemoKoppelpunt) -> None:
    answer = ask(small.url, query="Publisher = niemand")
    assert (answer.total, answer.identifiers, answer.diagnostics) == (0, [], [])


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"operation": "scan"}, "4"),
        ({"version": "2.0"}, "5"),
        ({"maximumRecords": "veel"}, "6"),
        ({"maximumRecords": "-1"}, "6"),
        ({"startRecord": "0"}, "6"),
        ({"startRecord": "9" * 5000}, "6"),
        ({"x_term_drilldown": "Publisher:veel"}, "6"),
        ({"query": ""}, "7"),
        ({"colour": "blue"}, "8"),
        ({"query": "(havo"}, "10"),
        ({"query": "Kleur = blauw"}, "16"),
        ({"x_term_drilldown": "Kleur"}, "16"),
        ({"x_term_drilldown": "LastModifiedDate"}, "16"),
        ({"query": "Title within havo"}, "19"),
        ({"recordSchema": "lom"}, "66"),
        ({"x_recordSchema": "lom"}, "66"),
        ({"recordPacking": "string"}, "71"),
        ({"sortKeys": "Title"}, "80"),
    ],
)
def test_refused(small: DemoKoppelpunt, parameters: dict[str, str], code: str) -> None:
    answer = ask(small.url, **parameters)
    assert (answer.diagnostics, answer.total, answer.identifiers) == ([code], 0, [])


def test_a_query_alone_is_a_search(small: DemoKoppelpunt) -> None:
    assert Answer(httpx.get(f"{small.url}?query=*").content).total == RECORDS


def test_nothing_at_all_is_explained(small: DemoKoppelpunt) -> None:
    for url in (small.url, small.url.removesuffix("sru")):
        assert etree.QName(Answer(httpx.get(url).content).root).localname == "explainResponse"


def test_other_paths_are_not_found(small: DemoKoppelpunt) -> None:
    assert httpx.get(f"{small.url}/elders").status_code == 404
