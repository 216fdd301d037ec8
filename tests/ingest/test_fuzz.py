"""Whatever bytes or entries come in: an answer is read or refused, a record is stored or quarantined, nothing else."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from catalogus.models import Product
from catalogus.vocabulary import Vocabulary
from ingest.exceptions import RecordRejected, SourceError
from ingest.koppelpunt.eck import Entry
from ingest.koppelpunt.sru import SruAnswer, read_answer
from ingest.koppelpunt.xml import parse
from ingest.mapping import map_entry
from ingest.mapping.elements import ELEMENTS
from ingest.models import Record, RecordState
from ingest.services.sources import register_source
from ingest.services.store import store_records
from tests.ingest.entries import answer_xml, entry_xml, record_xml

BODY = answer_xml([record_xml(f"b:{number}", entry_xml({"ProductId": f"v-{number}"})) for number in range(3)])

# What no XML may hold is tried over bytes; here is all that may come out of a parser.
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40),
    st.sampled_from(
        ["0", "-1", "1e9", "999999999999999999", "nvt", "jaar 3", "jaar 9", "VO, MBO", "0000-00-00", "9999-12-31",
         "2051-11-11T00:00:00.000Z", "true", "maybe", "https://", "http://[", "javascript:alert(1)", "9789000000015",
         "urn:x:9789000000015", "٣", "½", "P1Y", "PT0S", "EUR", "JPY", " \n ", "<b>", "&amp;"]
    ),
)  # fmt: skip


@st.composite
def entries(draw: st.DrawFn) -> dict[str, object]:
    """An entry with some of the elements of every schema, in their places, with any texts, some of them repeated."""
    found: dict[str, Any] = {}
    for path in draw(st.lists(st.sampled_from(sorted(ELEMENTS)), max_size=25)):
        *parents, name = path.split("/")
        below = found
        for parent in parents:
            below = below.setdefault(parent, {})
        texts = draw(st.lists(TEXTS, min_size=1, max_size=3))
        below[name] = texts if len(texts) > 1 else texts[0]
    return found


def read(body: bytes) -> SruAnswer | None:
    """The answer; None where it was refused, which any other error is not."""
    try:
        return read_answer(body)
    except SourceError:
        return None


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(body):
    answer = read(body)
    assert answer is None or isinstance(answer, SruAnswer)


@given(st.integers(0, len(BODY) - 1), st.binary(max_size=8), st.integers(0, 40))
def test_a_right_answer_with_some_bytes_changed_is_read_or_refused(place, replacement, removed):
    spoiled = BODY[:place] + replacement + BODY[place + removed :]
    answer = read(spoiled)
    for record in answer.records if answer else ():
        assert record.payload
        assert (record.entry is None) == bool(record.fault), "a record that is neither read nor told of"


@given(st.integers(0, len(BODY)))
def test_an_answer_cut_off_anywhere_gives_whole_records_or_none(end):
    whole = {record.identifier: record.payload for record in read_answer(BODY).records}
    answer = read(BODY[:end])
    records = answer.records if answer else ()
    assert all(whole[record.identifier] == record.payload for record in records if not record.fault)


@pytest.mark.django_db
class TestEntries(TestCase):
    """Each example in a transaction of its own."""

    @given(entries())
    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_any_entry_is_mapped_or_rejected_with_a_reason(self, elements):
        vocabulary = Vocabulary.load()
        try:
            found = map_entry(Entry(parse(entry_xml(elements).encode())), vocabulary)
        except RecordRejected:
            return
        assert found.data.title.strip()
        for issue in found.issues:
            # No placeholder is left; what the source itself sent may look like one.
            assert "%(" not in str(issue) or any("%(" in text for text in elements.values())
            json.dumps(issue.as_json())

    @given(st.lists(entries(), min_size=1, max_size=4))
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_any_entries_are_stored_and_the_second_time_they_are_the_same(self, found):
        source = register_source(code="fuzz", url="http://127.0.0.1:9/sru")
        records = [record_xml(f"f:{number}", entry_xml(elements)) for number, elements in enumerate(found)]
        raws = read_answer(answer_xml(records)).records
        vocabulary = Vocabulary.load()
        first = store_records(source=source, harvest=None, raws=raws, vocabulary=vocabulary)
        assert first.received == len(found)
        assert first.received == first.created + first.merged + first.refused
        quarantined = Record.objects.filter(state=RecordState.QUARANTINED)
        assert quarantined.count() == first.refused
        assert not [row for row in quarantined if row.issues[0]["code"] == "not_stored"], (
            "the database had to refuse it"
        )
        products = list(Product.objects.order_by("pk").values())
        again = store_records(source=source, harvest=None, raws=raws, vocabulary=vocabulary)
        assert again.unchanged + again.refused == len(found)
        assert list(Product.objects.order_by("pk").values()) == products
