"""Sources that misbehave: what is wrong is told in the log of the pass, nothing is lost, and the rest goes on."""

from collections.abc import Iterator

import pytest
import stamina

from catalogus.models import Product
from ingest.demo.server import DemoKoppelpunt
from ingest.exceptions import SourceError
from ingest.models import HarvestState, Record, RecordState, Source
from ingest.services.harvest import harvest
from ingest.services.sources import register_source
from tests.ingest.entries import answer_xml, entry_xml, record_xml
from tests.ingest.passes import adds_up

pytestmark = pytest.mark.django_db

RECORDS = 230


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    """As many tries as in earnest, without the time between them."""
    with stamina.set_testing(True, attempts=3):
        yield


@pytest.fixture
def server() -> Iterator[DemoKoppelpunt]:
    with DemoKoppelpunt(records=RECORDS, seed=2) as running:
        yield running


@pytest.fixture
def source(server: DemoKoppelpunt) -> Source:
    return register_source(code="demo", url=server.url)


@pytest.mark.parametrize("fault", ["error", "html", "cut", "torn"])
def test_a_page_that_cannot_be_read_costs_the_one_record_that_spoils_it(server, source, fault):
    server.misbehave(bad_records={117: fault})
    one_pass = harvest(source)
    (found,) = one_pass.faults.all()
    assert (found.lost, found.first) == (1, found.last)
    assert found.message
    assert (one_pass.state, one_pass.received) == (HarvestState.PARTIAL, RECORDS - 1)
    assert "1 records waren niet te lezen" in one_pass.message
    missing = server.catalogue.identifiers() - set(Record.objects.values_list("identifier", flat=True))
    assert missing == {server.catalogue.entry(117).identifier}

    server.misbehave()
    mended = harvest(source)
    assert (mended.state, mended.received, mended.created) == (HarvestState.COMPLETE, RECORDS, 1)


@pytest.mark.parametrize("fault", ["not_utf8", "huge"])
def test_a_record_that_cannot_be_read_is_kept_with_its_reason(server, source, fault):
    server.misbehave(bad_records={117: fault}, huge_megabytes=11)
    one_pass = harvest(source)
    assert adds_up(one_pass)
    assert (one_pass.received, one_pass.refused) == (RECORDS, 1)
    record = Record.objects.get(state=RecordState.QUARANTINED)
    assert record.identifier == server.catalogue.entry(117).identifier
    assert record.issues[0]["code"] == "not_well_formed"
    assert one_pass.state == HarvestState.COMPLETE


def test_an_answer_larger_than_any_page_is_told_and_passed_by(server, source):
    server.misbehave(bad_records={30: "huge"}, huge_megabytes=60)
    one_pass = harvest(source)
    assert (one_pass.state, one_pass.received) == (HarvestState.PARTIAL, RECORDS - 1)
    (found,) = one_pass.faults.all()
    assert "bytes" in found.message


def test_nothing_is_lost_of_a_record_that_becomes_unreadable(server, source):
    harvest(source)
    identifier = server.catalogue.entry(117).identifier
    title = Product.objects.get(records__identifier=identifier).title
    server.misbehave(bad_records={117: "not_utf8"})
    harvest(source)
    product = Product.objects.get(records__identifier=identifier)
    assert (product.title, product.withdrawn_at) == (title, None)
    assert Record.objects.get(identifier=identifier).refused_payload is not None


def test_a_wrong_content_type_is_told_and_costs_nothing(server, source):
    server.misbehave(mistyped_every=1)
    one_pass = harvest(source)
    assert (one_pass.state, one_pass.received) == (HarvestState.COMPLETE, RECORDS)
    assert [fault.lost for fault in one_pass.faults.all()] == [0]


def test_a_page_repeated_for_ever_ends(server, source):
    server.misbehave(repeat_every=1)
    one_pass = harvest(source)
    assert one_pass.state == HarvestState.PARTIAL
    assert one_pass.received == 100
    (found,) = one_pass.faults.all()
    assert (found.first, found.last, found.lost) == (101, RECORDS, RECORDS - 100)
    assert "steeds dezelfde" in found.message


@pytest.mark.parametrize("by", [1000, -100])
def test_a_count_that_lies_does_not_decide_where_the_end_is(server, source, by):
    server.misbehave(lie_every=1, lie_by=by)
    one_pass = harvest(source)
    assert one_pass.received == RECORDS
    assert one_pass.state == HarvestState.PARTIAL
    assert str(RECORDS) in one_pass.message


def test_nothing_but_html_ends_the_pass_and_keeps_what_was_there(server, source):
    harvest(source)
    server.misbehave(html_every=1)
    with pytest.raises(SourceError):
        harvest(source)
    assert Record.objects.exclude(state=RecordState.ACCEPTED).count() == 0
    interrupted = source.harvests.first()
    assert interrupted is not None
    assert (interrupted.state, interrupted.message != "") == (HarvestState.INTERRUPTED, True)


def test_a_source_that_breaks_down_halfway_is_gone_on_with_where_it_was(server, source):
    server.misbehave(bad_records=dict.fromkeys(range(RECORDS), "error"))
    with pytest.raises(SourceError):
        harvest(source)
    server.misbehave()
    one_pass = harvest(source)
    assert (one_pass.state, one_pass.received) == (HarvestState.PARTIAL, RECORDS - 4), (
        "four were lost before it gave up"
    )
    assert one_pass.faults.count() == 4


def test_twice_the_same_identifier_on_a_page_counts_once(server, source):
    server.misbehave(duplicate_every=1)
    one_pass = harvest(source)
    assert adds_up(one_pass)
    assert one_pass.repeated > 0
    assert Record.objects.count() == one_pass.received


def test_a_feed_that_changes_while_it_is_read(source):
    with DemoKoppelpunt(records=600, seed=2, ceiling=200, step=2) as server:
        moving = register_source(code="beweegt", url=server.url)
        one_pass = harvest(moving)
        assert adds_up(one_pass)
        assert one_pass.state in {HarvestState.COMPLETE, HarvestState.PARTIAL}
        server.misbehave()
        settled = server.catalogue
        assert settled.revision > 0


HOSTILE = [
    ("dates of year 0", {"FirstPublishedDate": "0000-00-00"}, "bad_date"),
    ("dates of year 9999", {"LastModifiedDate": "9999-12-31T23:59:59Z"}, "bad_date"),
    ("a price of a billion", {"Prices": {"Consumerprice": "1000000000000"}}, "bad_number"),
    ("a negative price", {"Prices": {"Consumerprice": "-5"}}, "bad_number"),
    ("a title of 100,000 signs", {"Title": "Vuurtoren " * 10_000}, "too_long"),
    ("a successor that is itself", {"ProductId": "v-1", "FollowupProduct": "v-1"}, "successor_is_itself"),
]


@pytest.mark.parametrize(("elements", "code"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_a_bad_value_is_told_and_the_rest_of_the_record_stands(serve_answers, elements, code):
    body = answer_xml([record_xml("b:1", entry_xml(elements)), record_xml("b:2", entry_xml())])
    source = register_source(code="vijandig", url=serve_answers(lambda _query: (200, body)))
    one_pass = harvest(source)
    assert (one_pass.state, one_pass.created) == (HarvestState.COMPLETE, 2)
    assert code in [issue["code"] for issue in Record.objects.get(identifier="b:1").issues]


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY file SYSTEM "file:///etc/passwd">]>'
)
SPOILED = [
    ("an entity bomb", BOMB, "<Title>&b;</Title>"),
    ("an external entity", BOMB, "<Title>&file;</Title>"),
    ("a NUL", "", "<Title>Vuur\x00toren</Title>"),
    ("a reference to NUL", "", "<Title>Vuur&#0;toren</Title>"),
    ("a lone surrogate", "", "<Title>Vuur&#xD800;toren</Title>"),
]


@pytest.mark.parametrize(("doctype", "title"), [row[1:] for row in SPOILED], ids=[row[0] for row in SPOILED])
def test_what_no_xml_may_hold_costs_its_record_alone(serve_answers, doctype, title):
    spoiled = entry_xml().replace("<Title>Vuurtoren rekenen leerboek 1</Title>", title)
    assert title in spoiled
    body = answer_xml([record_xml("b:1", spoiled), record_xml("b:2", entry_xml())])
    body = body.replace(b"?>", b"?>" + doctype.encode(), 1)
    source = register_source(code="vijandig", url=serve_answers(lambda _query: (200, body)))
    one_pass = harvest(source)
    assert (one_pass.received, one_pass.created, one_pass.refused) == (2, 1, 1), one_pass.message
    refused = Record.objects.get(state=RecordState.QUARANTINED)
    assert (refused.identifier, refused.issues[0]["code"]) == ("b:1", "not_well_formed")
    assert not Product.objects.filter(title__contains="root:").exists()
