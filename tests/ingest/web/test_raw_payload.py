"""Nothing of what was sent is lost on the way to the reader, and nothing of it does anything there."""

import zlib
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from ingest.koppelpunt.xml import canonical, parse
from ingest.web.raw_payload import MOST_ROWS, MOST_SIGNS, compared, read_payload
from tests.ingest.entries import entry_xml

# Signs that mean something to XML, HTML, Python or a page, and some that mean nothing.
SIGNS = st.sampled_from("ab1 <>&\"'=]/\t\n\u00a0\u00e9\u2028\u20ac\ufffd\U0001f600")
NAMES = st.sampled_from(["Title", "Prices", "Price", "Amount", "Levels", "Level", "Eigenaardigheid", "n:Vreemd"])
TEXTS = st.text(SIGNS, max_size=20)


@st.composite
def elements(draw, depth=2):
    """An element with attributes, text, children and text between them."""
    name = draw(NAMES)
    attributes = draw(st.dictionaries(st.sampled_from(["lang", "n:soort"]), TEXTS, max_size=2))
    inner = escape(draw(TEXTS))
    for child in draw(st.lists(elements(depth - 1), max_size=2)) if depth else []:
        inner += child + escape(draw(TEXTS))
    written = "".join(f' {key}="{escape(value, {chr(34): "&quot;"})}"' for key, value in attributes.items())
    return f"<{name}{written}>{inner}</{name}>"


def stored(xml):
    """As a harvest stores it."""
    return zlib.compress(canonical(parse(xml.encode())))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(elements(), max_size=3))
def test_every_text_and_attribute_of_a_record_has_a_row(children):
    xml = f'<Entry xmlns="urn:eck" xmlns:n="urn:anders">{"".join(children)}</Entry>'
    payload = read_payload(stored(xml))
    root = parse(zlib.decompress(stored(xml)))
    told = "\n".join(row.value for row in payload.rows)
    for text in root.itertext():
        assert str(text).strip() in told
    rows = [(row.path, row.value) for row in payload.rows]
    for element in root.iter():
        for name, value in element.attrib.items():
            local = etree.QName(name).localname
            assert any(path.endswith(f"@{local}") and shown == value for path, shown in rows)
        if not len(element) and element is not root:
            own = etree.QName(element).localname
            assert any(own in path for path, _value in rows)
    assert not payload.has_more_rows
    assert len({row.key for row in payload.rows}) == len(payload.rows)


@given(st.binary(max_size=200))
def test_any_bytes_can_be_shown(content):
    payload = read_payload(zlib.compress(content))
    assert payload.fault or payload.rows or content
    assert "\x00" not in payload.text + payload.fault


def test_rows_stand_in_the_order_of_the_document_and_say_which_of_several():
    xml = entry_xml(
        {
            "Authors": {"Author": ["A. Jansen", "B. de Boer"]},
            "CurriculumInfo": [{"Sector": "VO"}, {"Sector": "PO"}],
            "Prices": {"Consumerprice": "1995", "Price": {"Amount": "1830"}},
            "Leeg": "",
        }
    )
    rows = read_payload(stored(xml)).rows
    assert [(row.path, row.value, row.destination) for row in rows] == [
        ("Title", "Vuurtoren rekenen leerboek 1", "titel, vorm, taal, open leermateriaal"),
        ("Publisher", "Uitgeverij De Linde", "uitgever"),
        ("Authors/Author[1]", "A. Jansen", rows[2].destination),
        ("Authors/Author[2]", "B. de Boer", rows[3].destination),
        ("CurriculumInfo[1]/Sector", "VO", rows[4].destination),
        ("CurriculumInfo[2]/Sector", "PO", rows[5].destination),
        ("Prices/Consumerprice", "1995", "prijs met btw"),
        ("Prices/Price/Amount", "1830", "prijs zonder btw, prijs per btw-tarief"),
        ("Leeg", "", ""),
    ]


def test_mixed_content_and_instructions_are_kept():
    xml = '<Entry soort="x">voor<Title>T</Title>tussen<?doe iets?>na</Entry>'
    rows = {row.path: row.value for row in read_payload(stored(xml)).rows}
    assert rows == {"Entry/@soort": "x", "Entry": "voor\ntussen\nna", "Title": "T", "?doe": "iets"}


def test_a_huge_record_shows_its_beginning_and_says_so():
    many = entry_xml({"Author": [f"Auteur {n}" for n in range(MOST_ROWS + 5)]})
    payload = read_payload(stored(many))
    assert (len(payload.rows), payload.has_more_rows) == (MOST_ROWS, True)
    long = entry_xml({"Description": "x" * 3_000_000})
    payload = read_payload(stored(long))
    assert (len(payload.text), payload.is_cut, payload.has_more_rows) == (MOST_SIGNS, True, True)
    assert payload.text.startswith("<Entry")
    assert sum(len(row.value) for row in payload.rows) == MOST_SIGNS + 1


@pytest.mark.parametrize(
    "content",
    [b"", b"<Entry><Title>", b"<Entry>\xff\xfe</Entry>", b"<!DOCTYPE x [<!ENTITY a 'b'>]><Entry>&a;</Entry>", b"\x00"],
)
def test_what_is_no_xml_is_shown_as_it_is(content):
    payload = read_payload(zlib.compress(content))
    assert payload.fault
    assert payload.rows == ()
    assert payload.text == content.decode("utf-8", "replace").replace("\x00", "\ufffd")


def test_two_contents_stand_beside_each_other_by_place():
    old = read_payload(stored(entry_xml({"Level": ["havo", "vwo"], "Medium": "Boek"})))
    new = read_payload(stored(entry_xml({"Level": "havo", "Edition": "3e druk", "Medium": "Web"}, without=("Title",))))
    rows = compared(old, new)
    assert [(row.path, row.old, row.new) for row in rows if row.is_other] == [
        ("Title", "Vuurtoren rekenen leerboek 1", None),
        ("Edition", None, "3e druk"),
        ("Level[2]", "vwo", None),
        ("Medium", "Boek", "Web"),
    ]
    assert [(row.path, row.old) for row in rows if not row.is_other] == [
        ("Publisher", "Uitgeverij De Linde"),
        ("Level", "havo"),
    ]
    broken = read_payload(zlib.compress(b"<Entry>"))
    assert compared(old, broken) == ()
