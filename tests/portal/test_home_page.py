import pytest

from tests.catalogus.web.page import Page
from tests.factories import make_product


@pytest.mark.search
def test_ways_in_count_what_a_click_gives(client, search_index):
    make_product(sectors=["vo"])
    make_product(sectors=["vo", "mbo"])
    make_product(sectors=["vo"], state="no_longer_available")
    search_index.rebuild()
    page = Page(client.get("/"))
    assert page.texts("//ul[@class='ways-in']/li") == [
        "Voortgezet onderwijs 2 methodes",
        "Middelbaar beroepsonderwijs 1 methode",
    ]
    for link in page.all("//ul[@class='ways-in']/li/a"):
        count = " ".join(link.getnext().text_content().split())
        assert Page(client.get(link.get("href"))).text("//h2") == count
    assert page.texts("//dl/div") == ["methodes 2", "producten 2", "uitgevers 2"]


def test_home_stands_without_an_engine_and_without_products(client, db, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    page = Page(client.get("/"))
    assert "nog leeg" in page.text()
    assert page.all("//form[@role='search']/@action") == ["/zoeken/"]


def test_home_takes_two_queries_and_then_none(client, db, django_assert_num_queries):
    make_product(sectors=["vo"])
    with django_assert_num_queries(2):
        client.get("/")
    with django_assert_num_queries(0):
        client.get("/")


def test_the_language_is_chosen_by_a_form_and_kept(client, db):
    page = Page(client.get("/zoeken/?page=x"))
    assert page.all("//form[@class='language']//input[@name='next']/@value") == ["/zoeken/?page=x"]
    response = client.post("/taal/", {"language": "en", "next": "/"})
    assert (response.status_code, response["Location"]) == (302, "/")
    english = Page(client.get("/"))
    assert english.all("/html/@lang") == ["en"]
    assert english.texts("//h1") == ["All learning materials in one place"]


def test_healthz(client, db):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
