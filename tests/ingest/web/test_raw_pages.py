"""Records as they were sent: whole, in words, beside what was refused later, and without doing anything."""

import zlib
from html import unescape

import pytest
from django.utils import timezone

from catalogus.models import Product
from ingest.demo.server import DemoKoppelpunt
from ingest.koppelpunt.sru import RawRecord
from ingest.koppelpunt.xml import parse
from ingest.models import Record, RecordState
from ingest.services.harvest import harvest
from ingest.services.sources import register_source
from tests.catalogus.web.page import Page
from tests.factories import make_product
from tests.ingest.entries import raw_record
from tests.ingest.web.conftest import EAN, bring_in, make_pass

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;</code></pre></td>"


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return Page(response)


def test_every_text_of_real_records_stands_on_their_page(editor, db):
    with DemoKoppelpunt(records=60, seed=5) as server:
        harvest(register_source(code="demo", url=server.url))
    records = list(Record.objects.all())
    assert len(records) == 60
    for record in records:
        told = Page(editor.get(f"/records/{record.pk}/ruw/")).tree.text_content()
        root = parse(zlib.decompress(bytes(record.payload)))
        missing = [text for text in root.itertext() if text.strip() not in told]
        assert not missing, record.identifier


def test_a_product_shows_every_record_the_most_believed_first(editor, world):
    other = register_source(code="ander", name="Andere bron", url="https://ander.example/sru")
    type(other).objects.filter(pk=other.pk).update(precedence=10)
    bring_in(other, make_pass(other), raw_record("a:1", {"ProductId": EAN, "Title": "Titel van de ander"}))
    page = read(editor, f"/product/{world.product.public_id}/ruw/")
    assert page.texts("//section[@class='record']/h2") == ["a:1", "b:1"]
    assert "2 records beschrijven dit product." in page.text()
    assert "Titel van de ander" in page.text()


def test_the_facts_of_a_record_are_said_in_words(editor, world):
    page = read(editor, f"/records/{world.refused.pk}/ruw/")
    facts = dict(zip(page.texts("//dl//dt"), page.texts("//dl//dd"), strict=True))
    assert facts["Bron"] == "Een bron"
    assert facts["Recordkenmerk"] == "b:2"
    assert facts["Schema"] == "eckcs2.5.2"
    assert facts["Uitgever"] == "Uitgeverij De Linde"
    assert {"Voor het eerst gezien", "Voor het laatst gezien", "Gelezen met versie"} <= set(facts)
    assert "In quarantaine. De inhoud is geweigerd; er is geen product van gemaakt." in page.text()
    issues = page.texts("//ul[@class='issues']/li")
    assert issues[0].startswith(f"ProductId {EAN} hoort al bij een ander product")
    assert any("Medium heeft de waarde “perkament”" in text for text in issues)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "Opgenomen. Het product is hiervan gemaakt."),
        ({"missing_since": timezone.now()}, "Niet aangetroffen sinds"),
        ({"missing_since": timezone.now(), "state": RecordState.ABSENT}, "De bron geeft dit record niet meer door."),
        ({"mapping_version": 0}, "0 (de regels van nu zijn versie"),
    ],
)
def test_states_of_a_record(editor, world, fields, text):
    Record.objects.filter(pk=world.record.pk).update(**fields)
    assert text in read(editor, f"/records/{world.record.pk}/ruw/").text()


def test_a_refused_newer_content_stands_beside_the_accepted_one(editor, world):
    bring_in(world.source, make_pass(world.source), raw_record("b:1", {"ProductId": EAN}, without=("Title",)))
    page = read(editor, f"/product/{world.product.public_id}/ruw/")
    assert "het product is nog gemaakt van wat eerder is opgenomen" in page.text()
    rows = page.texts("//table[contains(@class, 'compared')]//tbody/tr")
    assert "Title anders Vuurtoren rekenen leerboek 1 ontbreekt titel, vorm, taal, open leermateriaal" in rows
    assert any(row.startswith(f"ProductId {EAN} {EAN} ") for row in rows)
    downloads = page.all("//a[normalize-space()='Alles als bestand']/@href")
    assert downloads == [f"/records/{world.record.pk}/ruw/{which}/" for which in ("inhoud", "geweigerd")]
    contents = [editor.get(path).content for path in downloads]
    assert [b"<Title>" in content for content in contents] == [True, False]


def test_a_content_that_was_never_refused_has_none_to_download(editor, world):
    assert editor.get(f"/records/{world.record.pk}/ruw/geweigerd/").status_code == 404


def test_the_whole_content_is_a_file_that_no_browser_runs(editor, world):
    response = editor.get(f"/records/{world.record.pk}/ruw/inhoud/")
    assert response.content == zlib.decompress(bytes(world.record.payload))
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == f'attachment; filename="record-{world.record.pk}.txt"'


def test_hostile_content_is_text(editor, world):
    hostile: dict[str, object] = dict.fromkeys(("Title", "Description", "Onbekend"), HOSTILE)
    bring_in(world.source, make_pass(world.source), raw_record(f"b:{HOSTILE}", hostile))
    record = Record.objects.latest("id")
    product = Product.objects.get(records=record)
    for path in (
        f"/records/{record.pk}/ruw/",
        f"/product/{product.public_id}/ruw/",
        f"/oogsten/{record.last_harvest_id}/",
    ):
        content = editor.get(path).content.decode()
        assert "<script>alert" not in content
        assert "<img" not in content
    assert HOSTILE in unescape(editor.get(f"/records/{record.pk}/ruw/").content.decode())


def test_a_broken_record_is_shown_as_far_as_it_can_be(editor, world):
    content = b"<record><Title>Kap\x00ot & <script>alert(1)</script>"
    broken = RawRecord("b:kapot", "", content, fault="record 3: mismatch")
    bring_in(world.source, make_pass(world.source), broken)
    record = Record.objects.get(identifier="b:kapot")
    response = editor.get(f"/records/{record.pk}/ruw/")
    page = Page(response)
    assert "Dit is geen leesbare XML" in page.text()
    assert "Kap\ufffdot & <script>alert(1)</script>" in page.text("//pre")
    assert b"\x00" not in response.content
    assert b"<script>" not in response.content
    assert "record 3: mismatch" in page.text("//ul[@class='issues']")
    assert editor.get(f"/records/{record.pk}/ruw/inhoud/").content == broken.payload


def test_a_huge_record_gives_a_page_of_bounded_size(editor, world):
    huge = raw_record("b:groot", {"Description": "woord " * 500_000, "Author": [f"Auteur {n}" for n in range(5000)]})
    bring_in(world.source, make_pass(world.source), huge)
    record = Record.objects.get(identifier="b:groot")
    response = editor.get(f"/records/{record.pk}/ruw/")
    page = Page(response)
    assert "Alleen het begin staat hier" in page.text()
    assert "niet alle elementen hier staan" in page.text()
    assert len(response.content) < 2_000_000
    assert len(editor.get(f"/records/{record.pk}/ruw/inhoud/").content) > 3_000_000


def test_a_merged_product_leads_to_its_survivor(editor, world):
    merged = make_product(merged_into=world.product)
    response = editor.get(f"/product/{merged.public_id}/ruw/")
    assert (response.status_code, response["Location"]) == (302, f"/product/{world.product.public_id}/ruw/")


def test_a_product_called_raw_keeps_its_own_page(client, editor, db):
    product = make_product(title="Ruw")
    assert product.get_absolute_url() == f"/product/{product.public_id}/product/"
    assert client.get(product.get_absolute_url()).status_code == 200
    page = read(editor, f"/product/{product.public_id}/ruw/")
    assert "Geen enkel bewaard record beschrijft dit product." in page.text()


def test_the_number_of_queries_does_not_grow_with_the_records(editor, world, django_assert_max_num_queries):
    path = f"/product/{world.product.public_id}/ruw/"
    editor.get(path)
    with django_assert_max_num_queries(4):
        editor.get(path)
    bring_in(world.source, make_pass(world.source), *(raw_record(f"b:1{n}", {"ProductId": EAN}) for n in range(30)))
    with django_assert_max_num_queries(4):
        page = Page(editor.get(path))
    assert len(page.all("//section[@class='record']")) == 20
    assert "Er zijn er meer; de eerste 20 staan hier." in page.text()
