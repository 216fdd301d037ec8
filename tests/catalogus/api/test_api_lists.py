import logging

import pytest

from tests.factories import make_edition, make_method, make_product, make_publisher, valid_ean

PRODUCTS = "/api/v1/products/"
METHODS = "/api/v1/methods/"

pytestmark = pytest.mark.search


@pytest.fixture
def shelf(search_index):
    method = make_method(name="Kompas", publisher=make_publisher(name="Uitgeverij Noord", slug="noord"))
    edition = make_edition(method=method, label="5e druk", key="5", ordinal=5)
    havo = {"sectors": ["vo"], "levels": ["havo"], "years": ["leerjaar-3"], "combined": ["havo-3"]}
    product = make_product(
        edition=edition,
        title="Kompas havo 3",
        ean=valid_ean(1),
        authors=["J. de Vries"],
        price_cents=1995,
        currency="EUR",
        subjects=["aardrijkskunde"],
        **havo,
    )
    make_product(edition=edition, title="Kompas handleiding", role="teacher")
    make_product(title="Getijden", sectors=["po"])
    search_index.rebuild()
    return product


def get(client, path, **query):
    response = client.get(path, query)
    assert response.status_code == 200, response.content
    return response.json()


def test_a_list_says_total_limit_and_neighbours(client, shelf):
    answer = get(client, PRODUCTS, q="kompas", level="havo")
    took = answer.pop("took_ms")
    assert took >= 0
    method = shelf.method.public_id
    assert answer == {
        "total": 1,
        "page_size": 20,
        "next": None,
        "previous": None,
        "mode": "full",
        "is_loosened": False,
        "complete_total": None,
        "replacements": [],
        "understood": [],
        "words": ["kompas"],
        "phrases": [],
        "excluded": [],
        "ean": None,
        "facets": None,
        "relaxations": None,
        "results": [
            {
                "public_id": shelf.public_id,
                "url": f"http://testserver{PRODUCTS}{shelf.public_id}/",
                "ean": valid_ean(1),
                "title": "Kompas havo 3",
                "authors": ["J. de Vries"],
                "method": {
                    "public_id": method,
                    "url": f"http://testserver{METHODS}{method}/",
                    "name": "Kompas",
                },
                "edition": "5e druk",
                "publisher": {"slug": "noord", "name": "Uitgeverij Noord"},
                "state": {"code": "available", "label": "Leverbaar"},
                "medium": {"code": "book", "label": "Boek"},
                "form": {"code": "folio", "label": "Folio"},
                "role": {"code": "learner", "label": "Leerling of student"},
                "sectors": [{"code": "vo", "label": "Voortgezet onderwijs"}],
                "levels": [{"code": "havo", "label": "Havo"}],
                "years": [{"code": "leerjaar-3", "label": "Leerjaar 3"}],
                "subjects": [{"code": "aardrijkskunde", "label": "Aardrijkskunde"}],
                "price_cents": 1995,
                "is_withdrawn": False,
                "review_count": 0,
                "older_review_count": 0,
                "review_mean": None,
                "review_low": None,
                "review_high": None,
                "review_rank": None,
            }
        ],
    }


def test_methods_show_the_products_that_fit(client, shelf):
    answer = get(client, METHODS, q="kompas", role="teacher")
    (method,) = answer["results"]
    assert (answer["total"], method["name"], method["matching_products"]) == (1, "Kompas", 1)
    assert [product["title"] for product in method["products"]] == ["Kompas handleiding"]
    assert method["url"] == f"http://testserver{METHODS}{shelf.method.public_id}/"


def test_facets_come_only_when_asked(client, shelf):
    assert get(client, PRODUCTS, facets="0")["facets"] is None
    facets = {facet["name"]: facet for facet in get(client, PRODUCTS, facets="1", sector="vo")["facets"]}
    assert facets["sectors"]["label"] == "Onderwijssector"
    chosen = {"code": "vo", "label": "Voortgezet onderwijs", "count": 1, "is_selected": True, "broader": None}
    assert chosen in facets["sectors"]["values"]
    assert facets["sectors"]["total_values"] == facets["sectors"]["shown_values"] == len(facets["sectors"]["values"])


def test_neighbours_are_whole_addresses_that_lead_through_the_list(client, search_index):
    for number in range(5):
        make_product(title=f"Reeks {number}")
    search_index.rebuild()
    titles, url, pages = [], f"{PRODUCTS}?q=reeks&sort=title&page_size=2&facets=1", []
    while url:
        answer = client.get(url).json()
        titles += [product["title"] for product in answer["results"]]
        pages.append((answer["previous"], answer["next"]))
        url = answer["next"]
    base = f"http://testserver{PRODUCTS}?q=reeks&sort=title&page_size=2"
    assert titles == [f"Reeks {number}" for number in range(5)]
    assert pages == [
        (None, f"{base}&page=2&facets=1"),
        (f"{base}&facets=1", f"{base}&page=3&facets=1"),
        (f"{base}&page=2&facets=1", None),
    ]


def test_beyond_the_numbered_pages_next_is_a_cursor(client, search_index, monkeypatch):
    for number in range(7):
        make_product(title=f"Reeks {number}")
    search_index.rebuild()
    # The engine's own window is too large to fill here; the numbers that lead up to it are our own.
    monkeypatch.setattr("catalogus.api.views.MAX_REACHABLE", 4)
    titles, url = [], f"{PRODUCTS}?q=reeks&sort=title&page_size=2&page=2"
    while url:
        answer = client.get(url).json()
        titles += [product["title"] for product in answer["results"]]
        url = answer["next"]
        assert not url or "cursor=" in url
    assert titles == [f"Reeks {number}" for number in range(2, 7)]
    assert answer["total"] == 7


def test_a_page_past_the_end_is_empty_and_leads_back(client, shelf):
    for page in ("2", "40"):
        answer = get(client, PRODUCTS, page=page)
        assert answer["results"] == []
        assert answer["next"] is None
        assert answer["previous"] == f"http://testserver{PRODUCTS}"


def test_a_list_makes_one_call_of_the_engine_and_no_query(client, shelf, caplog, django_assert_num_queries):
    get(client, PRODUCTS, q="kompas", facets="1")  # The names are read by now.
    with caplog.at_level(logging.INFO, logger="elastic_transport.transport"), django_assert_num_queries(0):
        get(client, PRODUCTS, q="kompas", facets="1")
        get(client, METHODS, q="kompas")
    assert len([record for record in caplog.records if "_search" in record.getMessage()]) == 2


def test_answers_may_be_kept_for_a_minute_by_language(client, shelf):
    response = client.get(PRODUCTS)
    assert response["Cache-Control"] == "public, max-age=60"
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in response["Vary"].split(",")}
    assert not response.cookies
    english = client.get(PRODUCTS, {"level": "havo"}, headers={"Accept-Language": "en"}).json()
    assert english["results"][0]["sectors"] == [{"code": "vo", "label": "Secondary education"}]
