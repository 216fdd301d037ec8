import logging
from typing import Any

import pytest
from django.urls import reverse

from catalogus.models import Scheme
from catalogus.search import criteria as search_criteria
from tests.catalogus.web.page import Page
from tests.factories import make_method, make_product, make_publisher, valid_ean

SEARCH = "/zoeken/"


@pytest.fixture
def shelf(search_index):
    """Two methods of three products, and one product that is no longer to be had."""
    north = make_publisher(name="Uitgeverij Noord", slug="noord")
    compass = make_method(name="Kompas", key="kompas", publisher=north)
    havo = {"sectors": ["vo"], "levels": ["havo"], "years": ["leerjaar-3"], "combined": ["havo-3"]}
    vwo = {"sectors": ["vo"], "levels": ["vwo"], "years": ["leerjaar-4"], "combined": ["vwo-4"]}
    make_product(method=compass, title="Kompas havo 3", ean=valid_ean(1), price_cents=1995, currency="EUR", **havo)
    make_product(method=compass, title="Kompas vwo 4", **vwo)
    make_product(title="Getijden", sectors=["po"])
    make_product(title="Verdwenen kompas", state="no_longer_available", sectors=["vo"])
    search_index.rebuild()


def get(client, query="", status=200):
    response = client.get(f"{SEARCH}?{query}")
    assert response.status_code == status
    return Page(response)


@pytest.mark.search
def test_methods_come_first_with_the_products_that_fit(client, shelf):
    page = get(client, "q=kompas&level=havo")
    assert page.text("//main//h2") == "1 methode"
    assert page.texts("//article//h3") == ["Kompas"]
    assert page.texts("//article//ul//a") == ["Kompas havo 3"]
    assert "€\u00a019,95" in page.all("//article")[0].text_content()


@pytest.mark.search
def test_products_view_and_sort_keep_the_search(client, shelf):
    page = get(client, "q=kompas&view=products&sort=title")
    assert page.text("//main//h2") == "2 producten"
    assert page.texts("//article//h3") == ["Kompas havo 3", "Kompas vwo 4"]
    assert page.href("Methodes") == f"{SEARCH}?q=kompas&sort=title"
    assert page.href("Relevantie") == f"{SEARCH}?q=kompas&view=products"
    assert page.texts("//*[@aria-current]") == ["NL", "Zoeken", "Losse producten", "Titel", "Lijst"]
    # The form itself keeps them too.
    assert page.all("//form[@id='zoekformulier']//input[@type='hidden']/@name") == ["view", "sort"]


@pytest.mark.search
def test_facets_are_checkboxes_with_counts_and_the_first_ones_are_open(client, shelf):
    page = get(client, "level=havo")
    boxes = {
        (box.get("name"), box.get("value")): box.get("checked") is not None
        for box in page.all("//form[@id='zoekformulier']//input[@type='checkbox']")
    }
    assert boxes["level", "havo"]
    assert not boxes["level", "vwo"]
    assert ("sector", "po") not in boxes
    facets = {" ".join(facet.xpath("summary/span/text()")): facet for facet in page.all("//details[@class='facet']")}
    assert [name for name, facet in facets.items() if facet.get("open") is not None] == [
        "Niveau 1 gekozen",
    ]
    # All that is found has one sector and year and no subject: there is nothing to choose.
    assert not {"Onderwijssector", "Leerjaar of groep", "Vak"} & facets.keys()
    assert page.texts("//label[input/@value='vwo']") == ["Vwo 1"]
    assert len(page.all("//fieldset/legend")) == len(page.all("//fieldset"))


@pytest.mark.search
def test_what_is_chosen_can_be_taken_away(client, shelf):
    page = get(client, "q=kompas&level=havo&level=vwo&page=1")
    assert page.href("Verwijder filter Niveau: Havo ×") == f"{SEARCH}?q=kompas&level=vwo"
    assert page.href("Wis alle filters") == f"{SEARCH}?q=kompas"


@pytest.mark.search
def test_a_chosen_value_without_results_stays(client, shelf):
    page = get(client, "q=kompas&level=gymnasium")
    assert page.texts("//label[input[@value='gymnasium' and @checked]]") == ["Gymnasium 0"]


@pytest.mark.search
def test_unknown_values_are_a_choice(client, shelf):
    page = get(client, "level=unknown")
    assert page.texts("//article//h3")
    assert page.texts("//label[input[@value='unknown' and @name='level']]") == ["Onbekend 1"]


@pytest.mark.search
def test_nothing_found_shows_the_filters_and_what_to_relax(client, shelf):
    page = get(client, "q=kompas&sector=po")
    assert page.text("//main//h2") == "Geen methodes gevonden"
    assert page.href("Zonder Onderwijssector: Primair onderwijs") == f"{SEARCH}?q=kompas"
    assert "Zonder Onderwijssector: Primair onderwijs — 1 methode" in page.texts("//li")
    assert page.href("Toon ook wat niet meer leverbaar is") == f"{SEARCH}?q=kompas&sector=po&all=1"


@pytest.mark.search
def test_what_is_gone_shows_when_asked(client, shelf):
    assert get(client, "q=verdwenen").text("//main//h2") == "Geen methodes gevonden"
    page = get(client, "q=verdwenen&all=1&view=products")
    assert page.text("//main//h2") == "1 product"
    assert "Niet meer leverbaar" in page.text("//article")
    assert page.all("//input[@name='all']/@checked")


@pytest.mark.search
def test_pages_are_links_with_the_total_stated(client, search_index):
    for number in range(45):
        make_product(title=f"Reeks {number:02}")
    search_index.rebuild()
    page = get(client, "q=reeks&view=products&page=2")
    assert page.text("//main//h2") == "45 producten pagina 2 van 3"
    assert page.all("//link[@rel='prev']/@href") == [f"{SEARCH}?q=reeks&view=products"]
    assert page.all("//link[@rel='next']/@href") == page.all("//a[@rel='next']/@href")
    assert page.all("//a[@rel='next']/@href") == [f"{SEARCH}?q=reeks&view=products&page=3"]
    assert page.texts("//nav[@class='pagination']//*[@aria-current='page']") == ["Pagina 2"]
    assert not get(client, "q=reeks&view=products&page=3").all("//*[@rel='next']")
    past = get(client, "q=reeks&view=products&page=4", status=404)
    assert past.href("Naar de laatste pagina, 3") == f"{SEARCH}?q=reeks&view=products&page=3"


@pytest.mark.search
def test_beyond_the_numbered_pages_a_cursor_goes_on(client, search_index, monkeypatch):
    for number in range(7):
        make_product(title=f"Reeks {number}")
    search_index.rebuild()
    # The engine's own window is too large to fill here; the numbers that lead up to it are our own.
    monkeypatch.setattr("catalogus.web.pagination.MAX_REACHABLE", 4)
    page = get(client, "q=reeks&view=products&page_size=2&sort=title&page=2")
    (beyond,) = page.all("//a[@rel='next']/@href")
    assert "cursor=" in beyond
    following = Page(client.get(beyond))
    assert following.texts("//article//h3") == ["Reeks 4", "Reeks 5"]
    assert following.href("Naar het begin") == f"{SEARCH}?q=reeks&view=products&sort=title&page_size=2"


@pytest.mark.search
def test_long_facets_say_how_many_values_there_are(client, search_index):
    for number in range(150):
        make_product(title="Atlas", publisher=None or make_publisher(slug=f"u-{number}", name=f"Uitgever {number:03}"))
    search_index.rebuild()
    page = get(client, "view=products")
    (note,) = page.texts("//p[@class='note']")
    shown = len(page.all("//input[@name='publisher']"))
    assert note == f"{shown} van 150 waarden getoond, die met de meeste resultaten. Alle 150 uitgevers"
    assert page.href("Alle 150 uitgevers") == "/zoeken/facet/publisher/?view=products"


@pytest.mark.search
def test_one_call_of_the_engine_makes_a_page(client, shelf, caplog):
    get(client, "q=kompas")  # The names are read by now.
    with caplog.at_level(logging.INFO, logger="elastic_transport.transport"):
        get(client, "q=kompas")
    assert len([record for record in caplog.records if "_search" in record.getMessage()]) == 1


@pytest.mark.search
def test_a_page_takes_a_fixed_number_of_queries_when_names_are_known(client, shelf, django_assert_num_queries):
    client.get(f"{SEARCH}?q=kompas")
    for query, number in {
        "view=products&sector=vo": 0,
        "sector=vo": 1,  # What can be ordered of the methods of the page, all at once.
        "sector=vo&layout=table": 1,
        "q=kompas&sector=po": 0,  # Nothing found.
        f"q={valid_ean(1)}": 1,
        f"q=kompas+{valid_ean(1)}&view=products": 1,
    }.items():
        with django_assert_num_queries(number):
            client.get(f"{SEARCH}?{query}")


@pytest.mark.search
def test_filters_come_before_results_and_links_skip_them(client, shelf):
    page = get(client)
    ids = page.all("//*[@id='q' or @id='zoekformulier' or @id='resultaten']/@id")
    assert ids == ["q", "zoekformulier", "resultaten"]
    assert page.href("Naar de resultaten") == "#resultaten"
    assert page.all("//link[@rel='canonical']/@href") == ["http://testserver/zoeken/"]


@pytest.mark.search
def test_text_is_shown_as_text(client, shelf):
    response = client.get(SEARCH, {"q": "<script>x</script>\x00"})
    assert b"<script>x" not in response.content


def test_what_cannot_be_read_is_named_and_the_rest_kept(client, db):
    page = get(client, "q=kompas&sector=vo&medium=steen&page=9x", status=400)
    errors = page.texts("//*[@role='alert']//li")
    assert errors[0].startswith("Pagina: “9x” kan niet")
    assert errors[1].startswith("Medium: “steen” bestaat niet; kies uit")
    assert page.all("//input[@id='q']/@value") == ["kompas"]
    assert page.all("//input[@type='checkbox' and @checked]/@value") == ["vo"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("q=" + "a" * 301, "Zoektekst"),
        ("view=lijst", "Weergave"),
        ("sort=prijs", "Volgorde"),
        ("layout=raster", "Lijst of tabel"),
        ("all=ja", "Ook wat niet meer leverbaar is"),
        ("literal=ja", "Letterlijk zoeken"),
        ("page_size=101", "Resultaten per pagina"),
        ("page=501", "Pagina"),
        ("level=HAVO!", "Niveau"),
        ("&".join(f"subject=vak-{number}" for number in range(101)), "Vak"),
    ],
)
def test_every_field_has_a_name_in_its_error(client, db, query, field):
    page = get(client, query, status=400)
    assert page.texts("//*[@role='alert']//li")[0].startswith(f"{field}: ")


@pytest.mark.search
def test_a_cursor_of_another_search_is_an_error(client, shelf):
    assert get(client, "cursor=onzin", status=400).text("//*[@role='alert']//li").startswith("Plaats in de lijst: ")


def test_where_nobody_can_answer_the_page_says_so_and_keeps_the_form(client, no_search):
    response = client.get(f"{SEARCH}?q=kompas&sector=vo")
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    page = Page(response)
    assert page.text("//*[@role='alert']").startswith("Zoeken is even niet mogelijk.")
    assert "127.0.0.1" not in page.text()
    assert page.all("//input[@id='q']/@value") == ["kompas"]
    assert page.all("//input[@type='checkbox' and @checked]/@value") == ["vo"]


@pytest.mark.search
def test_in_english_the_page_and_its_facets_are_english(client, shelf):
    response = client.get(SEARCH, {"all": "1"}, headers={"Accept-Language": "en"})
    page = Page(response)
    assert page.all("/html/@lang") == ["en"]
    assert "Secondary education" in " ".join(page.texts("//label"))


def test_addresses_of_pages(db):
    assert reverse("catalogus:search") == SEARCH
    assert Scheme.SECTOR.value in search_criteria.FACET_PARAMETERS.values()


@pytest.fixture
def offers(search_index):
    """Methods with prices of every kind: several, one, none known, in other money, and nothing left to order."""
    facts: dict[str, list[dict[str, Any]]] = {
        "Bereik": [
            {"price_cents": 6480, "currency": "EUR", "form": "folio"},
            {"price_cents": 505, "currency": "EUR", "form": "lifo"},
            {"form": "digital"},
            {"price_cents": 99999, "currency": "EUR", "state": "no_longer_available"},
        ],
        "Enkel": [{"price_cents": 1995, "currency": "EUR"}, {"price_cents": 1995, "currency": "EUR"}],
        "Onbekend": [{}, {}],
        "Elders": [{"price_cents": 1000, "currency": "GBP"}, {}],
        "Voorbij": [{"price_cents": 1000, "currency": "EUR", "state": "no_longer_available"}],
    }
    for name, products in facts.items():
        method = make_method(name=name)
        for number, fields in enumerate(products):
            make_product(method=method, title=f"{name} deel {number}", **fields)
    search_index.rebuild()


@pytest.mark.search
def test_a_card_has_the_range_of_prices_and_says_what_nobody_knows(client, offers):
    page = get(client, "all=1")
    told = {
        card.xpath("string(.//h3)"): [
            " ".join(line.text_content().split()) for line in card.xpath(".//*[@class='offer']/p")
        ]
        for card in page.all("//article")
    }
    unrated = "Nog geen beoordelingen"
    assert told == {
        "Bereik": ["€ 5,05 – € 64,80", "1 product zonder prijs", unrated],
        "Enkel": ["€ 19,95", unrated],
        "Onbekend": ["prijs onbekend", unrated],
        "Elders": ["prijs onbekend", unrated],
        "Voorbij": ["niet te bestellen", unrated],
    }
    (card,) = [card for card in page.all("//article") if card.xpath("string(.//h3)") == "Bereik"]
    assert "Folio, Digitaal, LIFO" in " ".join(card.text_content().split())


@pytest.mark.search
def test_a_table_says_the_same_and_every_address_keeps_it(client, offers):
    page = get(client, "all=1&layout=table&page_size=2")
    assert not page.all("//article")
    heads = ["Methode", "Uitgever", "Niveau", "Leerjaar", "Vorm", "Prijs", "Beoordelingen"]
    assert page.texts("//table//thead//th") == heads
    assert len(page.all("//table//tbody/tr")) == 2
    # Presentation is no part of the search: neither for who counts pages nor for a download.
    assert page.all("//link[@rel='canonical']/@href") == ["http://testserver/zoeken/?all=1&page_size=2"]
    assert page.href("CSV") == "/zoeken/export.csv?all=1"
    assert page.all("//form[@id='zoekformulier']//input[@name='layout']/@value") == ["table"]
    for text in ("Losse producten", "Titel", "Volgende"):
        assert "layout=table" in page.href(text)
    assert page.href("Lijst") == f"{SEARCH}?all=1&page_size=2"
    (method_url,) = {row.get("href") for row in page.all("//tbody/tr[1]/th/a")}
    assert get_path(client, method_url).href("Zoekresultaten") == f"{SEARCH}?all=1&page_size=2&layout=table"
    products = get(client, "all=1&layout=table&view=products")
    assert "Leverbaarheid" in products.texts("//table//thead//th")


def get_path(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return Page(response)


@pytest.mark.search
def test_a_page_of_results_is_small(client, search_index):
    """What a card may cost, so that twenty of them with the filters stay below 70 kB."""
    subjects = ["aardrijkskunde", "biologie", "wiskunde-b"]
    for number in range(25):
        method = make_method(
            name=f"Methode met een wat langere naam {number}",
            publisher=make_publisher(slug=f"u-{number}", name=f"Uitgever {number}"),
        )
        for part in range(4):
            title = f"Methode met een wat langere naam {number} leeropdrachtenboek deel {part}"
            make_product(
                method=method, title=title, levels=["havo", "vwo"], subjects=subjects, publisher=method.publisher
            )
    search_index.rebuild()
    for query in ("", "view=products", "layout=table"):
        assert len(client.get(f"{SEARCH}?{query}").content) < 70_000, query
