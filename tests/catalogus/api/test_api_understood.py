"""What was understood of q, in the answers of both lists."""

import pytest

from tests.factories import valid_ean

LISTS = ["/api/v1/products/", "/api/v1/methods/"]

pytestmark = [pytest.mark.search, pytest.mark.parametrize("path", LISTS)]


def get(client, path, **query):
    response = client.get(path, query)
    assert response.status_code == 200, response.content
    return response.json()


def test_what_was_understood_is_told(client, path, search_index):
    answer = get(client, path, q='atlas havo/vwo onder 30 euro "de wereld" -werkboek 9789095053078')
    levels, price = answer["understood"]
    bounds = {"least_cents": None, "most_cents": None}
    assert levels == bounds | {
        "facet": "levels",
        "label": "Niveau",
        "text": "havo/vwo",
        "codes": ["havo", "vwo"],
        "values": ["Havo", "Vwo"],
        "is_filter": False,
    }
    assert price == {
        "facet": "price",
        "label": "Prijs",
        "text": "onder 30 euro",
        "codes": [],
        "values": ["onder €\u00a030"],
        "least_cents": None,
        "most_cents": 2999,
        "is_filter": True,
    }
    assert answer["words"] == ["atlas"]
    assert answer["phrases"] == ["de wereld"]
    assert answer["excluded"] == ["werkboek"]
    assert answer["ean"] == "9789095053078"


def test_literally_nothing_is_understood(client, path, search_index):
    answer = get(client, path, q="wiskunde havo 3", literal="1")
    assert answer["understood"] == []
    assert answer["words"] == ["wiskunde", "havo", "3"]


def test_without_a_text_there_is_nothing_to_understand(client, path, search_index):
    answer = get(client, path)
    assert [answer[name] for name in ("understood", "words", "phrases", "excluded", "ean")] == [[], [], [], [], None]


def test_the_next_page_reads_the_text_alike(client, path, search_index):
    answer = get(client, path, q="havo", literal="1", page=2)
    assert "literal=1" in answer["previous"]


def test_an_ean_is_a_list_all_the_same(client, path, search_index):
    assert get(client, path, q=valid_ean(1))["ean"] == valid_ean(1)


def test_a_flag_that_is_none_is_refused(client, path, db):
    response = client.get(path, {"q": "havo", "literal": "ja"})
    assert response.status_code == 400
    assert "literal" in response.content.decode()
