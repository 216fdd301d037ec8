from datetime import UTC, datetime, timedelta

import pytest

from catalogus.models import Cause, ProductVersion, VersionKind
from catalogus.services.editing import merge_methods
from catalogus.web.views.product_history import ENTRIES_PER_PAGE
from tests.catalogus.web.page import Page
from tests.factories import make_method, make_product, make_publisher

ACTOR, REASON = "S. Bakker (redacteur 12)", "Volgens J. Smit van de uitgeverij."
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def add(product, *, kind="changed", cause="harvest", at=AT, **changes):
    return ProductVersion.objects.create(
        product=product, kind=kind, cause=cause, actor=ACTOR, reason=REASON, changes=changes, at=at
    )


def history(client, product, query=""):
    response = client.get(f"{product.get_absolute_url()}geschiedenis/{query}")
    assert response.status_code == 200
    return Page(response)


@pytest.fixture
def product(db):
    return make_product(title="Kompas", currency="EUR")


def test_the_newest_stands_first_with_old_and_new_of_each_field(client, product):
    add(product, kind="created")
    add(product, at=AT + timedelta(days=1), price_cents=[1995, 2095], title=["Kompas oud", "Kompas"])
    add(product, at=AT + timedelta(days=2), cause="editor", description=["", "Een boek. <b>"])
    page = history(client, product)
    assert page.texts("//ol[@class='history']/li/h2") == [
        "3 maart 2026, 13:00", "2 maart 2026, 13:00", "1 maart 2026, 13:00"
    ]  # fmt: skip
    assert page.texts("//ol[@class='history']/li/p") == [
        "gewijzigd door de redactie van de catalogus",
        "gewijzigd overgenomen van de bron",
        "toegevoegd overgenomen van de bron",
    ]
    assert page.texts("//ol[@class='history']//dl/div") == [
        "omschrijving was leeg → is nu Een boek. <b>",
        "titel was Kompas oud → is nu Kompas",
        "prijs met btw was € 19,95 → is nu € 20,95",
    ]


@pytest.mark.parametrize("cause", Cause.values)
def test_nobody_is_named_whatever_the_cause(client, product, cause):
    add(product, cause=cause, title=["a", "b"])
    content = client.get(f"{product.get_absolute_url()}geschiedenis/").content.decode()
    assert "Bakker" not in content
    assert "Smit" not in content
    assert cause not in Page(client.get(f"{product.get_absolute_url()}geschiedenis/")).texts("//span[@class='meta']")


def test_an_editor_that_merged_methods_is_not_named(client, db):
    """Through the service that editors use, whatever it writes into the history."""
    publisher = make_publisher()
    source, target = make_method(name="Oud", publisher=publisher), make_method(name="Nieuw", publisher=publisher)
    product = make_product(method=source)
    merge_methods(source=source, target=target, actor=ACTOR, reason=REASON)
    product.refresh_from_db()
    page = history(client, product)
    assert "methode was Oud → is nu Nieuw" in page.texts("//ol[@class='history']//dl/div")
    assert "Bakker" not in page.text()
    assert "Smit" not in page.text()


def test_what_is_our_own_affair_is_not_told(client, product):
    add(product, form_confidence=[60, 90], origin_method_id=[1, 2], form=["unknown", "folio"])
    add(product, kind=VersionKind.WITHDRAWN, withdrawn_at=[None, AT.isoformat()])
    page = history(client, product)
    assert page.texts("//ol[@class='history']//dl/div") == ["vorm was Onbekend → is nu Folio"]
    assert page.texts("//span[@class='badge']")[-2:] == ["teruggetrokken", "gewijzigd"]


def test_long_histories_are_paged_and_none_is_left_out(client, product):
    for number in range(2 * ENTRIES_PER_PAGE + 3):
        add(product, version_text=[str(number), str(number + 1)])
    add(make_product(), version_text=["a", "b"])
    path, seen = f"{product.get_absolute_url()}geschiedenis/", []
    while path:
        page = Page(client.get(path))
        seen += page.texts("//ol[@class='history']//ins")
        path = next(iter(page.all("//main//a[@rel='next']/@href")), "")
    assert seen == [f"is nu {number}" for number in range(2 * ENTRIES_PER_PAGE + 3, 0, -1)]
    assert client.get(f"{product.get_absolute_url()}geschiedenis/?na=x").status_code == 404


def test_a_product_without_a_history_says_so(client, product):
    assert "nog niets veranderd" in history(client, product).text()


def test_the_page_takes_a_known_number_of_queries(client, product, django_assert_num_queries):
    other = make_product()
    for _number in range(3):
        add(product, kind="moved", method_id=[product.method_id, other.method_id], edition_id=[1, product.edition_id])
    with django_assert_num_queries(4):
        history(client, product)
    plain = make_product()
    add(plain, title=["a", "b"])
    with django_assert_num_queries(2):
        history(client, plain)


def test_the_page_of_the_product_leads_there_and_says_when_it_last_changed(client, product):
    product.updated_at = AT
    product.save()
    page = Page(client.get(product.get_absolute_url()))
    assert page.href("Wat er veranderde") == f"{product.get_absolute_url()}geschiedenis/"
    assert "bijgewerkt op 1 maart 2026" in page.text("//section[@aria-labelledby='gegevens']")


def test_texts_of_a_publisher_are_text(client, product):
    add(product, title=["<script>alert(1)</script>", "b"])
    content = client.get(f"{product.get_absolute_url()}geschiedenis/").content.decode()
    assert "<script>alert" not in content
    assert "&lt;script&gt;alert" in content
