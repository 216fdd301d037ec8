"""A server that misbehaves: each fault alone, on each n-th request or on the page that holds a record."""

import re
import threading
import time
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import httpx
import pytest
from django.core.management import CommandError, call_command
from lxml import etree

from ingest.demo.faults import FAULTS, Troubles
from ingest.demo.server import DemoKoppelpunt
from ingest.management.commands.demo_koppelpunt import Command
from tests.ingest.demo.asking import Answer, ask

RECORDS = 40


@pytest.fixture(scope="module")
def shared_server() -> Iterator[DemoKoppelpunt]:
    with DemoKoppelpunt(records=RECORDS) as server:
        yield server


@pytest.fixture
def server(shared_server: DemoKoppelpunt) -> Iterator[DemoKoppelpunt]:
    """One server for all, which behaves again after each test."""
    yield shared_server
    shared_server.misbehave()


def page(server: DemoKoppelpunt, **parameters: str | int) -> httpx.Response:
    return httpx.get(server.url, params={"query": "*", "maximumRecords": RECORDS, **parameters})


def meet(server: DemoKoppelpunt, fault: str) -> None:
    """The fault on each request from now on."""
    names: dict[str, Any] = {f"{fault}_every": 1}
    server.misbehave(**names)


def places(server: DemoKoppelpunt) -> list[int]:
    """The numbers of the records in the order of the result."""
    by_identifier = {found.identifier: found.number for found in server.catalogue}
    return [by_identifier[identifier] for identifier in Answer(page(server).content).identifiers]


def titles(body: bytes) -> list[bytes]:
    return re.findall(rb"<Title>(.*?)</Title>", body, re.DOTALL)


# --- Each fault -------------------------------------------------------------------------------------------------------


def test_a_request_without_an_answer_ends_with_the_patience_of_the_client(server: DemoKoppelpunt) -> None:
    server.misbehave(silent_every=1)
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(server.url, params={"query": "*"}, timeout=0.2)


def test_a_request_without_an_answer_does_not_hold_up_a_server_that_stops() -> None:
    with DemoKoppelpunt(records=5, silent_every=1) as server:
        found: list[Exception] = []

        def wait() -> None:
            try:
                httpx.get(server.url, params={"query": "*"}, timeout=30)
            except httpx.TransportError as error:
                found.append(error)

        waiting = threading.Thread(target=wait)
        waiting.start()
        while not server.requests_served:
            time.sleep(0.01)
        server.stop()
        waiting.join(timeout=5)
        assert [type(error) for error in found] == [httpx.RemoteProtocolError]


@pytest.mark.parametrize(("fault", "status", "retry"), [("fail", 503, "1"), ("error", 500, None)])
def test_statuses_of_servers_in_trouble(server: DemoKoppelpunt, fault: str, status: int, retry: str | None) -> None:
    meet(server, fault)
    response = page(server)
    assert (response.status_code, response.headers.get("Retry-After")) == (status, retry)


def test_cut_off_xml_is_as_long_as_it_says(server: DemoKoppelpunt) -> None:
    whole = page(server).content
    server.misbehave(cut_every=1)
    response = page(server)
    assert int(response.headers["Content-Length"]) == len(response.content) < len(whole)
    assert response.content.count(b"</srw:record>") == RECORDS // 2
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(response.content)


def test_a_count_can_be_cut_off_as_well(server: DemoKoppelpunt) -> None:
    server.misbehave(cut_every=1)
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(page(server, maximumRecords=0).content)


def test_a_connection_breaks_in_the_middle_of_a_body(server: DemoKoppelpunt) -> None:
    server.misbehave(torn_every=1)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        page(server)


def test_a_slow_page_dribbles(server: DemoKoppelpunt) -> None:
    server.misbehave(slow_every=1, slow_seconds=1)
    started = time.monotonic()
    with httpx.stream("GET", server.url, params={"query": "*"}) as response:
        arrivals = [time.monotonic() - started for _ in response.iter_raw()]
    assert len(arrivals) >= 10
    assert arrivals[0] < 0.5 < 0.9 < arrivals[-1]


def test_a_page_for_people_comes_with_status_200(server: DemoKoppelpunt) -> None:
    server.misbehave(html_every=1)
    response = page(server)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/html; charset=UTF-8")
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(response.content)


def test_right_xml_can_be_called_plain_text(server: DemoKoppelpunt) -> None:
    server.misbehave(mistyped_every=1)
    response = page(server)
    assert response.headers["Content-Type"] == "text/plain; charset=UTF-8"
    assert len(Answer(response.content).identifiers) == RECORDS


@pytest.mark.parametrize(("by", "total"), [(1_000, RECORDS + 1_000), (-7, RECORDS - 7), (-1_000, 0)])
def test_a_count_lies(server: DemoKoppelpunt, by: int, total: int) -> None:
    server.misbehave(lie_every=1, lie_by=by)
    assert ask(server.url, maximumRecords=0).total == total
    answer = ask(server.url, maximumRecords=100)
    assert (answer.total, len(answer.identifiers)) == (total, RECORDS)


def test_the_first_page_comes_for_ever(server: DemoKoppelpunt) -> None:
    first = ask(server.url, maximumRecords=10)
    server.misbehave(repeat_every=1)
    again = ask(server.url, maximumRecords=10, startRecord=31)
    assert (again.identifiers, again.next_position) == (first.identifiers, 11)


def test_a_title_of_megabytes(server: DemoKoppelpunt) -> None:
    server.misbehave(huge_every=1, huge_megabytes=2)
    answer = ask(server.url, maximumRecords=10)
    sizes = [len(title) for title in titles(answer.body)]
    assert [size > 2_000_000 for size in sizes].count(True) == 1
    assert len(answer.identifiers) == 10


def test_bytes_that_are_no_utf8(server: DemoKoppelpunt) -> None:
    server.misbehave(not_utf8_every=1)
    body = page(server).content
    with pytest.raises(UnicodeDecodeError):
        body.decode()
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(body)
    assert sum(b"\xe9" in title for title in titles(body)) == 1


def test_two_records_of_a_page_with_one_identifier(server: DemoKoppelpunt) -> None:
    whole = ask(server.url, maximumRecords=10)
    server.misbehave(duplicate_every=1)
    answer = ask(server.url, maximumRecords=10)
    assert (len(answer.identifiers), len(set(answer.identifiers))) == (10, 9)
    assert set(answer.identifiers) < set(whole.identifiers)
    assert titles(answer.body) == titles(whole.body), "the records themselves are two"


@pytest.mark.parametrize("schema", ["eckcs2.3", "meta"])
def test_records_of_other_schemas_are_spoiled_too(server: DemoKoppelpunt, schema: str) -> None:
    server.misbehave(not_utf8_every=1)
    with pytest.raises(UnicodeDecodeError):
        page(server, recordSchema=schema).content.decode()


@pytest.mark.parametrize("fault", ["huge", "not_utf8", "duplicate", "broken"])
def test_an_answer_without_records_has_none_to_spoil(server: DemoKoppelpunt, fault: str) -> None:
    meet(server, fault)
    assert ask(server.url, maximumRecords=0).total == RECORDS
    assert ask(server.url, operation="explain").root is not None


# --- Which requests and records ---------------------------------------------------------------------------------------


def test_every_n_th_request_counts_from_the_start_of_the_server() -> None:
    with DemoKoppelpunt(records=5, error_every=2, fail_every=3) as server:
        statuses = [page(server).status_code for _ in range(6)]
        assert statuses == [200, 500, 503, 500, 200, 503], "the one that says less wins"


def test_faults_of_one_request_add_up(server: DemoKoppelpunt) -> None:
    server.misbehave(lie_every=1, mistyped_every=1, duplicate_every=1)
    response = page(server)
    answer = Answer(response.content)
    assert response.headers["Content-Type"].startswith("text/plain")
    assert (answer.total, len(set(answer.identifiers))) == (RECORDS + 1_000, RECORDS - 1)


@pytest.mark.parametrize("fault", sorted(FAULTS.keys() - {"silent", "repeat", "slow", "duplicate"}))
def test_a_bad_record_spoils_the_pages_that_hold_it(server: DemoKoppelpunt, fault: str) -> None:
    place = places(server).index(17)
    pages = [(start, 10) for start in range(1, RECORDS, 10)] + [(place + 1, 1), (place + 2, 1)]
    clean = [page(server, startRecord=start, maximumRecords=maximum).content for start, maximum in pages]
    server.misbehave(bad_records={17: fault}, huge_megabytes=1)
    for (start, maximum), expected in zip(pages, clean, strict=True):
        assert _is_spoiled(server, start, maximum, expected) == (start <= place + 1 < start + maximum)


def _is_spoiled(server: DemoKoppelpunt, start: int, maximum: int, clean: bytes) -> bool:
    try:
        response = page(server, startRecord=start, maximumRecords=maximum)
    except httpx.RemoteProtocolError:
        return True
    is_usual = (response.status_code, response.headers["Content-Type"]) == (200, "text/xml; charset=UTF-8")
    return not is_usual or _told(response.content) != _told(clean)


def _told(body: bytes) -> bytes:
    """The answer without the times that stand in it."""
    return body.partition(b"<querytimes")[0]


def test_the_bad_record_itself_is_the_one_that_is_spoiled(server: DemoKoppelpunt) -> None:
    place = places(server).index(17)
    server.misbehave(bad_records={17: "not_utf8"})
    assert [b"\xe9" in title for title in titles(page(server).content)].index(True) == place


def test_a_page_with_several_bad_records_has_all_their_faults(server: DemoKoppelpunt) -> None:
    order = places(server)
    server.misbehave(bad_records={17: "huge", 18: "not_utf8", 19: "cut"}, huge_megabytes=1)
    body, left = page(server).content, order[: order.index(19)]
    assert len(titles(body)) == len(left)
    assert ((len(body) > 1_000_000), (b"\xe9" in body)) == (17 in left, 18 in left)


def test_a_duplicate_takes_the_identifier_beside_it(server: DemoKoppelpunt) -> None:
    order = places(server)
    server.misbehave(bad_records={17: "duplicate"})
    found = Answer(page(server).content).identifiers
    place = order.index(17)
    assert found[place] == found[place - 1]


def test_bad_records_can_be_given_from_the_start() -> None:
    with DemoKoppelpunt(records=5, bad_records={3: "error"}) as server:
        assert page(server).status_code == 500
        server.misbehave()
        assert page(server).status_code == 200


def test_an_unknown_fault_is_told_at_once() -> None:
    with pytest.raises(ValueError, match=r"no fault is called snow: choose from broken, cut"):
        DemoKoppelpunt(records=5, bad_records={3: "snow"})
    with pytest.raises(TypeError, match="snow_every"):
        DemoKoppelpunt(records=5, snow_every=3)


def test_every_fault_has_its_field_and_every_field_its_option() -> None:
    names = {field.name for field in fields(Troubles)}
    assert {f"{fault}_every" for fault in FAULTS} == {name for name in names if name.endswith("_every")}
    parser = Command().create_parser("manage.py", "demo_koppelpunt")
    defaults = vars(parser.parse_args([]))
    assert {name: defaults[name] for name in names - {"bad_records"}} == {
        field.name: field.default for field in fields(Troubles) if field.name != "bad_records"
    }


@pytest.mark.parametrize("arguments", [("--cut-every", "-1"), ("--slow-seconds", "0"), ("--step", "x")])
def test_the_command_refuses_numbers_that_cannot_be(arguments: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match="geheel getal"):
        call_command("demo_koppelpunt", *arguments)
