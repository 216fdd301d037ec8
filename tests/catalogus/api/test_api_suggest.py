"""Suggestions for other programs."""

import pytest

from tests.catalogus.api.test_api_problems import problem
from tests.factories import make_method, make_product, make_publisher

pytestmark = pytest.mark.search

PATH = "/api/v1/suggest/"


@pytest.fixture
def method(search_index):
    publisher = make_publisher(name="Kompasdrukkers", slug="kompasdrukkers")
    method = make_method(name="Kompas", publisher=publisher)
    make_product(method=method, title="Kompas havo 3 leerboek", subjects=["aardrijkskunde"])
    search_index.rebuild()
    return method


def test_each_with_its_addresses(client, method):
    answer = client.get(PATH, {"q": "kompas"}).json()
    (product,) = method.products.all()
    root = "http://testserver"
    assert answer["is_complete"] is True
    assert answer["suggestions"] == [
        {
            "kind": "methods",
            "code": method.public_id,
            "name": "Kompas",
            "about": "Kompasdrukkers",
            "url": f"{root}/api/v1/methods/{method.public_id}/",
            "page_url": f"{root}{method.get_absolute_url()}",
        },
        {
            "kind": "publishers",
            "code": "kompasdrukkers",
            "name": "Kompasdrukkers",
            "about": "",
            "url": f"{root}/api/v1/methods/?publisher=kompasdrukkers",
            "page_url": f"{root}/zoeken/?publisher=kompasdrukkers",
        },
        {
            "kind": "titles",
            "code": product.public_id,
            "name": "Kompas havo 3 leerboek",
            "about": "Kompas",
            "url": f"{root}/api/v1/products/{product.public_id}/",
            "page_url": f"{root}{product.get_absolute_url()}",
        },
    ]


def test_every_address_answers(client, method):
    for text in ("kompas", "aardr"):
        for one in client.get(PATH, {"q": text}).json()["suggestions"]:
            assert client.get(one["url"]).status_code == 200
            assert client.get(one["page_url"]).status_code == 200


@pytest.mark.parametrize("text", ["", "k", "\x00", "😀"])
def test_too_little_is_an_empty_list(client, method, text):
    assert client.get(PATH, {"q": text}).json() == {"suggestions": [], "is_complete": True}


@pytest.mark.parametrize(("query", "field"), [({"q": "x" * 301}, "q"), ({"q": "kompas", "zoek": "x"}, "zoek")])
def test_what_cannot_be_read_is_named(client, method, query, field):
    document = problem(client.get(PATH, query), 400)
    assert [error["field"] for error in document["errors"]] == [field]


def test_without_the_engine_it_says_that_something_is_missing(client, method, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"  # Nobody listens there.
    response = client.get(PATH, {"q": "kompas"})
    answer = response.json()
    assert [one["kind"] for one in answer["suggestions"]] == ["publishers", "titles"]
    assert answer["is_complete"] is False
    assert response["Cache-Control"] == "no-store"


def test_it_is_found_from_the_front_door_and_may_be_kept(client, method):
    address = client.get("/api/v1/").json()["suggest"]
    response = client.get(address.replace("{q}", "kompas"))
    assert response.json()["suggestions"]
    assert set(response["Cache-Control"].split(", ")) == {"public", "max-age=60"}
