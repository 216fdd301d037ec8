"""Where the facts of a product come from: said to who may see its records, and to nobody else at no cost."""

import zlib

import pytest
from django.utils import timezone

from catalogus.models import Correction, Product
from ingest.models import Record, Source
from ingest.services.sources import register_source
from tests.catalogus.web.page import Page
from tests.factories import make_product, make_publisher
from tests.ingest.entries import raw_record
from tests.ingest.web.conftest import EAN, bring_in, make_pass

SECTION = "//section[@aria-labelledby='herkomst']"


def rows(client, product):
    """Label -> (value, according to whom)."""
    page = Page(client.get(product.get_absolute_url()))
    body = f"{SECTION}//tbody/tr"
    return dict(
        zip(
            page.texts(f"{body}/th"),
            zip(page.texts(f"{body}/td[1]"), page.texts(f"{body}/td[2]"), strict=True),
            strict=True,
        )
    )


@pytest.fixture
def product(world):
    """Two records of two sources that agree on little; the second is believed more."""
    believed = register_source(code="hoog", name="Hoge bron", url="https://hoog.example/sru")
    Source.objects.filter(pk=believed.pk).update(precedence=10)
    believed.refresh_from_db()
    bring_in(
        world.source,
        make_pass(world.source),
        raw_record("b:1", {"ProductId": EAN, "Medium": "Boek", "Prices": {"Consumerprice": "1250"}}),
    )
    bring_in(
        believed,
        make_pass(believed),
        raw_record("h:1", {"ProductId": EAN, "Title": "Titel van hoog", "Prices": {"Consumerprice": "1995"}}),
    )
    return Product.objects.get(pk=world.product.pk)


def test_each_field_names_the_record_that_said_it_and_those_that_differ(editor, product):
    found = rows(editor, product)
    assert found["titel"] == ("Titel van hoog", "record 1 record 2 zegt “Vuurtoren rekenen leerboek 1”")
    assert found["prijs met btw"] == ("€ 19,95", "record 1 record 2 zegt “€ 12,50”")
    assert found["medium"] == ("Boek", "record 2")
    assert found["uitgever"] == ("Uitgeverij De Linde", "record 1")
    assert "omschrijving" not in found, "what nobody states"
    page = Page(editor.get(product.get_absolute_url()))
    assert page.texts(f"{SECTION}/ol/li") == ["Hoge bron: h:1", "Een bron: b:1"]
    assert page.href("h:1") == f"/records/{Record.objects.get(identifier='h:1').pk}/ruw/"
    assert page.href("Zoals aangeleverd") == f"/product/{product.public_id}/ruw/"


def test_a_correction_says_who_why_and_what_the_records_say(editor, product):
    Product.objects.filter(pk=product.pk).update(title="Juiste titel")
    Correction.objects.create(
        product=product,
        field="title",
        value="Juiste titel",
        source_value="Titel van hoog",
        reason="Zo staat het op het omslag.",
        actor="Sanne de Wit",
        at=timezone.now(),
    )
    product.refresh_from_db()
    value, said = rows(editor, product)["titel"]
    assert value == "Juiste titel"
    assert said.startswith("redactie Sanne de Wit, ")
    assert "Zo staat het op het omslag. record 1 zegt “Titel van hoog” record 2 zegt “Vuurtoren" in said


def test_what_no_record_says_now_is_told_apart(editor, product):
    Product.objects.filter(pk=product.pk).update(description="Van vroeger.")
    assert rows(editor, product)["omschrijving"] == ("Van vroeger.", "geen record zegt het nu")


def test_a_record_that_can_no_longer_be_read_is_named(editor, product):
    Record.objects.filter(identifier="b:1").update(payload=zlib.compress(b"<Entry>"))
    page = Page(editor.get(product.get_absolute_url()))
    assert page.texts(f"{SECTION}/ol/li")[1] == "Een bron: b:1 Met de regels van nu is dit record niet te lezen."
    assert rows(editor, product)["titel"][1] == "record 1"


def test_a_product_without_records_has_a_place_to_look_all_the_same(editor, db):
    product = make_product()
    page = Page(editor.get(product.get_absolute_url()))
    assert "Gemaakt van 0 records" in page.text(SECTION)


@pytest.mark.parametrize(
    ("who", "is_shown"), [("nobody", False), ("teacher", False), ("other", False), ("member", True), ("editor", True)]
)
def test_who_sees_it(client, sign_in, product, who, is_shown):
    people = {
        "nobody": lambda: client,
        "teacher": lambda: sign_in("docent"),
        "other": lambda: sign_in("ander", publisher=make_publisher()),
        "member": lambda: sign_in("lid", publisher=product.publisher),
        "editor": lambda: sign_in("redacteur", is_staff=True),
    }
    response = people[who]().get(product.get_absolute_url())
    assert bool(Page(response).all(SECTION)) == is_shown
    assert ("log.css" in response.content.decode()) == is_shown


def test_a_visitor_pays_nothing_for_it(client, product, django_assert_num_queries):
    """The product, the packages that it may be part of, and its predecessors; nothing of who asks."""
    client.get(product.get_absolute_url())
    with django_assert_num_queries(3):
        client.get(product.get_absolute_url())


def test_it_costs_the_same_however_many_records_there_are(editor, product, world, django_assert_max_num_queries):
    editor.get(product.get_absolute_url())
    bring_in(world.source, make_pass(world.source), *(raw_record(f"b:1{n}", {"ProductId": EAN}) for n in range(9)))
    with django_assert_max_num_queries(10):
        editor.get(product.get_absolute_url())
