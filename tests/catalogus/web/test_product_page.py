from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.catalogus.web.page import Page
from tests.factories import make_edition, make_method, make_product, make_publisher, valid_ean


def facts(page):
    return dict(
        zip(page.texts("//dl[@class='facts list']//dt"), page.texts("//dl[@class='facts list']//dd"), strict=True)
    )


@pytest.fixture
def product(db):
    """A product of which everything is stated."""
    publisher = make_publisher(name="Uitgeverij Noord", slug="noord")
    edition = make_edition(method=make_method(name="Kompas", publisher=publisher), label="5e druk", key="5", ordinal=5)
    group = {"sectors": ["vo"], "levels": ["havo", "vwo"], "years": ["leerjaar-3"], "subjects": ["aardrijkskunde"]}
    return make_product(
        edition=edition,
        title="Kompas 3 havo/vwo leerboek",
        ean=valid_ean(1),
        identifier="urn:noord:kompas-3",
        authors=["J. de Vries", "Uitgeverij Noord"],
        description="Een leerboek.\n\nMet <b>kaarten</b>.",
        price_cents=1995,
        price_excl_cents=1830,
        vat_rate=Decimal("9.0"),
        currency="EUR",
        is_price_indicative=True,
        sale_unit_size=5,
        is_licensed=False,
        information_url="https://www.noord.example/kompas?a=1&b=2",
        access_url="javascript:alert(1)",
        content_url="https://www.noord.example/kompas?a=1&b=2",
        first_published_on=date(2024, 8, 1),
        classification=[group, {"sectors": ["mbo"], "levels": [], "years": [], "subjects": []}],
        rubrics=["Aardrijkskunde"],
    )


def test_all_facts_stand_on_the_page(client, product):
    page = Page(client.get(product.get_absolute_url()))
    assert page.texts("//h1") == ["Kompas 3 havo/vwo leerboek"]
    assert facts(page) == {
        "EAN": valid_ean(1),
        "Leverbaarheid": "Leverbaar",
        "Prijs met btw": "€ 19,95 (richtprijs)",
        "Prijs zonder btw": "€ 18,30",
        "Btw-tarief": "9%",
        "Verkoopeenheid": "per 5 stuks",
        "Productcode van de uitgever": "urn:noord:kompas-3",
        "Verschenen op": "1 augustus 2024",
        "Uitgave": "5e druk",
        "Vorm": "Folio",
        "Medium": "Boek",
        "Voor wie": "Leerling of student",
        "Auteur": "J. de Vries",
        "Met licentie": "nee",
        "Rubriek van de uitgever": "Aardrijkskunde",
    }
    assert page.texts("//section[h2[@id='indeling']]/dl") == [
        "Sector Voortgezet onderwijs Niveau Havo, Vwo Leerjaar of groep Leerjaar 3 Vak Aardrijkskunde",
        "Sector Middelbaar beroepsonderwijs",
    ]
    assert "Met <b>kaarten</b>." in page.text("//div[@lang='nl']")
    assert page.href("Kompas") == product.method.get_absolute_url()
    assert not page.all("//img")


def test_links_out_are_safe_and_stand_once(client, product):
    page = Page(client.get(product.get_absolute_url()))
    (link,) = page.all("//ul[@class='outside']//a")
    assert (link.get("href"), link.get("rel")) == ("https://www.noord.example/kompas?a=1&b=2", "noopener nofollow")
    assert page.texts("//ul[@class='outside']/li") == ["Meer informatie noord.example"]
    assert "javascript:" not in client.get(product.get_absolute_url()).content.decode()


def test_what_nobody_stated_is_called_unknown(client, db):
    bare = make_product(title="Kaal", form="unknown", medium="unknown", role="unknown", state="unknown")
    page = Page(client.get(bare.get_absolute_url()))
    assert facts(page) == {
        "EAN": "onbekend",
        "Leverbaarheid": "Leverbaarheid onbekend",
        "Prijs met btw": "prijs onbekend",
        "Uitgave": "onbekend",
        "Vorm": "Onbekend",
        "Medium": "Onbekend",
        "Voor wie": "Onbekend",
    }
    assert "Sector, niveau, leerjaar en vak zijn onbekend" in page.text()
    assert not page.all("//*[contains(@class, 'gone-banner')]")


def test_a_description_that_repeats_the_title_is_left_out(client, db):
    product = make_product(title="Kompas", description=" Kompas\n")
    assert not Page(client.get(product.get_absolute_url())).all("//*[@id='omschrijving']")


def test_a_withdrawn_product_says_so_and_names_its_successor(client, db):
    successor = make_product(title="Kompas 6e druk")
    gone = make_product(withdrawn_at=datetime(2026, 3, 1, 12, tzinfo=UTC), successor=successor)
    response = client.get(gone.get_absolute_url())
    page = Page(response)
    banner = page.text("//*[contains(@class, 'gone-banner')]")
    assert response.status_code == 200
    assert banner.startswith("Dit product is op 1 maart 2026 teruggetrokken")
    assert page.href("Kompas 6e druk") == successor.get_absolute_url()


def test_what_is_no_longer_available_says_so(client, db):
    gone = make_product(state="no_longer_available")
    page = Page(client.get(gone.get_absolute_url()))
    assert "niet te bestellen: Niet meer leverbaar." in page.text("//*[contains(@class, 'gone-banner')]")


def test_a_merged_product_and_an_old_slug_lead_to_the_right_page(client, product):
    merged = make_product(title="Dubbel", merged_into=product)
    for path in (merged.get_absolute_url(), f"/product/{product.public_id}/", f"/product/{product.public_id}/anders/"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, product.get_absolute_url())
    assert client.get("/product/0000000000000/kompas/").status_code == 404


def test_the_page_takes_one_query_when_names_are_known(client, product, django_assert_num_queries):
    client.get(product.get_absolute_url())
    with django_assert_num_queries(1):
        client.get(product.get_absolute_url())


def test_in_english_the_facts_are_english_and_the_description_is_marked_dutch(client, product):
    response = client.get(product.get_absolute_url(), headers={"Accept-Language": "en"})
    page = Page(response)
    assert facts(page)["Price including VAT"] == "€19.95 (indicative)"
    assert page.all("//div[@class='prose']/@lang") == ["nl"]
