"""Answers of a source, good and bad."""

import time

import pytest

from catalogus.http import Fetcher
from ingest.exceptions import SourceError
from ingest.koppelpunt.sru import SruClient, read_answer
from tests.ingest.entries import DIAGNOSTIC, answer_xml, entry_xml, record_xml


def three_records() -> list[str]:
    return [record_xml(f"bron:{number}", entry_xml({"Title": f"Deel {number}"})) for number in (1, 2, 3)]


def test_records_are_read_with_their_identifiers():
    answer = read_answer(answer_xml(three_records(), total=20830))
    assert answer.total == 20830
    assert [record.identifier for record in answer.records] == ["bron:1", "bron:2", "bron:3"]
    assert all(record.schema == "eckcs2.5.2" and not record.fault for record in answer.records)


def test_a_payload_is_the_same_whatever_its_envelope_declares():
    plain = answer_xml(three_records())
    declared = plain.replace(b"<srw:version>", b'<srw:version xmlns:x="urn:x">').replace(
        b"<srw:searchRetrieveResponse ", b'<srw:searchRetrieveResponse xmlns:ct="http://dt2.eck.nl/schema/common/v2.5" '
    )
    assert [one.payload for one in read_answer(plain).records] == [one.payload for one in read_answer(declared).records]


@pytest.mark.parametrize(
    "broken",
    [
        "<Entry><Title>Deel 2</Entry>",
        "<Entry><Title>Deel &#x1; 2</Title></Entry>",
        "<Entry><Title>Deel & 2</Title></Entry>",
        "<Entry><Title>Deel &onbekend; 2</Title></Entry>",
    ],
)
def test_one_broken_record_never_costs_the_page(broken):
    records = three_records()
    records[1] = record_xml("bron:2", broken)
    answer = read_answer(answer_xml(records, total=3))
    assert answer.total == 3
    assert [(one.identifier, bool(one.fault)) for one in answer.records] == [
        ("bron:1", False),
        ("bron:2", True),
        ("bron:3", False),
    ]
    assert broken.encode() in answer.records[1].payload, "what was sent is kept"


def test_a_whole_record_reads_the_same_beside_a_broken_one():
    records = three_records()
    whole = read_answer(answer_xml(records)).records[0]
    records[1] = record_xml("bron:2", "<Entry>")
    assert read_answer(answer_xml(records)).records[0].payload == whole.payload


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Onderhoud</body></html>",
        b"geen xml",
        b'{"records": []}',
        answer_xml([], total="veel"),
        answer_xml([], total="-1"),
        b'<!DOCTYPE r [<!ENTITY a "aaaa">]><r>&a;</r>',
        b'<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>',
    ],
)
def test_what_is_no_answer_is_refused(body):
    with pytest.raises(SourceError):
        read_answer(body)


def test_no_entity_of_a_document_type_is_read():
    body = answer_xml([record_xml("bron:1", "<Entry><Title>&geheim;</Title></Entry>")])
    attack = body.replace(
        b'encoding="UTF-8"?>', b'encoding="UTF-8"?><!DOCTYPE a [<!ENTITY geheim SYSTEM "file:///etc/hostname">]>'
    )
    (record,) = read_answer(attack).records
    assert (record.identifier, record.entry) == ("bron:1", None)
    assert "geheim" in record.fault


def test_pieces_are_read_in_the_encoding_that_the_answer_declares():
    records = [record_xml("bron:1", entry_xml({"Title": "Één"})), record_xml("bron:2", "<Entry>")]
    body = answer_xml(records).decode().replace("UTF-8", "ISO-8859-1").encode("latin-1")
    first, second = read_answer(body).records
    assert first.payload.decode() == read_answer(answer_xml(records[:1])).records[0].payload.decode()
    assert second.fault


def client(url: str, fetcher: Fetcher, attempts: int = 3) -> SruClient:
    return SruClient(url, "eckcs2.5.2", fetcher, attempts=attempts)


def test_out_of_range_comes_with_the_last_page_and_says_so(serve_answers):
    extra = DIAGNOSTIC.format(code=61, details="4001", message="First record position out of range")
    url = serve_answers(lambda _query: (200, answer_xml(three_records(), total=9000, extra=extra)))
    with Fetcher() as fetcher:
        answer = client(url, fetcher).search("*", start=4001)
    assert answer.is_out_of_range
    assert len(answer.records) == 3


def test_any_other_diagnostic_ends_the_pass_and_names_the_query(serve_answers):
    extra = DIAGNOSTIC.format(code=16, details="Uitgever", message="Unsupported index")
    url = serve_answers(lambda _query: (200, answer_xml([], total=0, extra=extra)))
    with Fetcher() as fetcher, pytest.raises(SourceError, match=r"16: Unsupported index Uitgever.*Uitgever = x"):
        client(url, fetcher).search("Uitgever = x")


def test_a_fault_that_passes_is_tried_again(serve_answers):
    asked = []

    def answer(query: dict[str, str]) -> tuple[int, bytes]:
        asked.append(query["startRecord"])
        return (503, b"druk") if len(asked) < 3 else (200, answer_xml(three_records()))

    url = serve_answers(answer)
    with Fetcher() as fetcher:
        assert client(url, fetcher).search("*").total == 3
    assert asked == ["1", "1", "1"]


@pytest.mark.parametrize(("status", "asked_times"), [(503, 3), (404, 1)])
def test_a_fault_that_stays_ends_the_pass(serve_answers, status, asked_times):
    asked = []

    def answer(query: dict[str, str]) -> tuple[int, bytes]:
        asked.append(query)
        return status, b""

    url = serve_answers(answer)
    with Fetcher() as fetcher, pytest.raises(SourceError, match=str(status)):
        client(url, fetcher).search("*")
    assert len(asked) == asked_times


@pytest.mark.parametrize("namespace", ["foo", "a/b"])
def test_a_namespace_without_a_canonical_form_costs_its_record_alone(namespace):
    records = three_records()
    records[1] = record_xml("bron:2", f'<Entry xmlns="{namespace}"><Title>Deel 2</Title></Entry>')
    answer = read_answer(answer_xml(records))
    assert [(one.identifier, bool(one.fault)) for one in answer.records] == [
        ("bron:1", False),
        ("bron:2", True),
        ("bron:3", False),
    ]
    records[2] = record_xml("bron:3", "<Entry><Title>&</Entry>")
    assert [bool(one.fault) for one in read_answer(answer_xml(records)).records] == [False, True, True]


@pytest.mark.parametrize(
    "body",
    [
        b"<searchRetrieveResponse>" + b"<record>" * 500_000,
        b"<searchRetrieveResponse" * 200_000,
        b"<searchRetrieveResponse>" + b"</record" * 500_000 + b"<record>" * 500_000,
        b"<searchRetrieveResponse>" + b"<a.b.c-" * 500_000,
        b"<searchRetrieveResponse>" + b"<x:record></record " + b" " * 4_000_000,
        b"<searchRetrieveResponse>" + b"".join(b"<a%d:record>" % number for number in range(20_000)),
    ],
    ids=range(6),
)
def test_a_broken_answer_is_refused_in_a_moment(body):
    started = time.monotonic()
    with pytest.raises(SourceError):
        read_answer(body)
    assert time.monotonic() - started < 10


def test_numbers_that_count_nothing():
    with pytest.raises(SourceError, match="geen heel getal"):
        read_answer(answer_xml([], total="9" * 5000))
    items = '<item count="x">A</item><item count="">B</item><item count="3">C</item>'
    navigator = f'<navigator name="Publisher">{items}</navigator>'
    assert read_answer(answer_xml([], extra=navigator)).drilldown == {"Publisher": {"C": 3}}
