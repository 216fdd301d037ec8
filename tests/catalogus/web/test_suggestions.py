"""The suggestions as the search field of a page reads them."""

import pytest

from tests.catalogus.web.page import Page
from tests.factories import make_method, make_product, make_publisher

pytestmark = pytest.mark.search

PATH = "/zoeken/suggesties/"


@pytest.fixture
def method(search_index):
    publisher = make_publisher(name="Kompasdrukkers", slug="kompasdrukkers")
    method = make_method(name="Kompas <3", publisher=publisher)
    make_product(method=method, title="Kompas havo 3 leerboek", subjects=["aardrijkskunde"])
    search_index.rebuild()
    return method


def test_groups_with_addresses(client, method):
    answer = client.get(PATH, {"q": "kompas"})
    (product,) = method.products.all()
    assert answer.json() == {
        "groups": [
            {
                "label": "Methodes",
                "items": [
                    {
                        "name": "Kompas <3",
                        "about": "Kompasdrukkers",
                        "kind": "methode",
                        "url": method.get_absolute_url(),
                    }
                ],
            },
            {
                "label": "Uitgevers",
                "items": [
                    {
                        "name": "Kompasdrukkers",
                        "about": "",
                        "kind": "uitgever",
                        "url": "/zoeken/?publisher=kompasdrukkers",
                    }
                ],
            },
            {
                "label": "Titels",
                "items": [
                    {
                        "name": "Kompas havo 3 leerboek",
                        "about": "Kompas <3",
                        "kind": "titel",
                        "url": product.get_absolute_url(),
                    }
                ],
            },
        ],
        "message": "3 suggesties. Kies met de pijltjestoetsen.",
    }
    assert len(answer.content) < 2_000


def test_a_subject_leads_to_a_search_that_finds_its_products(client, method):
    (group,) = client.get(PATH, {"q": "aardr"}).json()["groups"]
    (item,) = group["items"]
    assert item["url"] == "/zoeken/?subject=aardrijkskunde"
    assert Page(client.get(item["url"])).texts("//article//h3") == ["Kompas <3"]


def test_it_may_be_kept_for_a_minute_in_each_language(client, method):
    answer = client.get(PATH, {"q": "kompas"})
    assert set(answer["Cache-Control"].split(", ")) == {"public", "max-age=60"}
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}
    assert client.get(PATH, {"q": "kompas"}, headers={"Accept-Language": "en"})["Content-Language"] == "en"


def test_without_the_engine_it_answers_and_is_not_kept(client, method, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"  # Nobody listens there.
    answer = client.get(PATH, {"q": "kompas"})
    assert answer.status_code == 200
    assert [group["label"] for group in answer.json()["groups"]] == ["Uitgevers", "Titels"]
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("text", ["", "k", "\x00", "😀", "x" * 301, "x" * 10_000, "-" * 300])
def test_what_cannot_be_suggested_for_is_an_empty_list(client, method, text):
    answer = client.get(PATH, {"q": text})
    assert answer.status_code == 200
    assert answer.json() == {"groups": [], "message": "Geen suggesties."}


def test_no_text_and_many_texts(client, method):
    assert client.get(PATH).json()["groups"] == []
    many = "&".join(["q=x"] * 999)
    assert client.get(f"{PATH}?{many}&q=kompas").json()["groups"]


def test_it_is_only_read(client, method):
    assert client.post(PATH, {"q": "kompas"}).status_code == 405


@pytest.mark.parametrize("path", ["/", "/zoeken/", "/privacy/"])
def test_the_search_field_of_every_page_knows_where_to_ask(client, method, path):
    page = Page(client.get(path))
    (field,) = page.all("//input[@name='q']")
    assert field.get("data-suggest") == PATH
    assert field.get("data-suggest-label") == "Suggesties"
    assert "role" not in field.attrib, "without the script it is an ordinary field"
