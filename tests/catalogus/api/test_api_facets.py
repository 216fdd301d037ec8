import pytest

from tests.catalogus.api.test_api_openapi import document, hold
from tests.factories import make_method, make_product, make_publisher, review_fields

__all__ = ["document"]

pytestmark = pytest.mark.search

ROOT = "/api/v1/"


@pytest.fixture
def shelf(search_index):
    """130 publishers with a product each, one of which is for vmbo-tl."""
    for number in range(130):
        publisher = make_publisher(slug=f"u-{number:03}", name=f"Uitgever {number:03}")
        levels = ["vmbo", "vmbo-tl"] if number == 0 else []
        make_product(publisher=publisher, method=make_method(publisher=publisher), levels=levels)
    search_index.rebuild()


def get(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, response.content
    return response.json()


@pytest.mark.parametrize("list_name", ["products", "methods"])
def test_all_values_by_next(client, shelf, document, list_name):
    url, codes = f"{ROOT}{list_name}/facets/publisher/?level=unknown&contains=uitgever", []
    while url:
        answer = get(client, url)
        hold(document, f"{ROOT}{list_name}/facets/{{parameter}}/", answer)
        assert (answer["total_values"], answer["found_values"]) == (129, 129)
        assert answer["shown_values"] == len(answer["values"])
        codes += [value["code"] for value in answer["values"]]
        url = answer["next"]
    assert sorted(codes) == [f"u-{number:03}" for number in range(1, 130)]
    assert answer["previous"].startswith(f"http://testserver{ROOT}{list_name}/facets/publisher/?level=unknown&")
    assert get(client, answer["previous"])["previous"] is None


def test_values_tell_what_they_stand_below(client, shelf):
    answer = get(client, f"{ROOT}products/facets/level/")
    assert [(value["code"], value["broader"]) for value in answer["values"]] == [
        ("vmbo", None),
        ("vmbo-tl", "vmbo"),
        ("unknown", None),
    ]


def test_past_the_end_there_is_nothing_and_a_way_back(client, shelf):
    answer = get(client, f"{ROOT}products/facets/publisher/?page=50")
    assert (answer["values"], answer["total_values"], answer["next"]) == ([], 130, None)
    assert answer["previous"] == f"http://testserver{ROOT}products/facets/publisher/?page=2"


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("facets/uitgever/", 404, None),
        ("facets/publisher/?page=0", 400, "page"),
        ("facets/publisher/?contains=" + "x" * 101, 400, "contains"),
        ("facets/publisher/?medium=steen", 400, "medium"),
        ("facets/publisher/?sektor=vo", 400, "sektor"),
        ("?price=5-10", 400, "price"),
        ("?rating=4", 400, "rating"),
        ("?new=1", 400, "new"),
        ("?duration=levenslang", 400, "duration"),
        ("?sort=prijs", 400, "sort"),
    ],
)
@pytest.mark.parametrize("list_name", ["products", "methods"])
def test_what_is_wrong_is_named(client, db, list_name, path, status, field):
    answer = get(client, f"{ROOT}{list_name}/{path}", status)
    assert [error["field"] for error in answer["errors"]] == ([field] if field else [])


def test_where_nothing_is_found_it_tells_what_fewer_filters_would_find(client, shelf, document):
    answer = get(client, f"{ROOT}products/?level=havo&publisher=u-001&medium=book&facets=1")
    hold(document, f"{ROOT}products/", answer)
    assert answer["relaxations"] == [{"parameter": "level", "code": "havo", "label": "Niveau: Havo", "total": 1}]
    assert get(client, f"{ROOT}products/?medium=book&facets=1")["relaxations"] == []


def test_reviews_come_with_every_hit(client, search_index, document):
    method = make_method(**review_fields(3, "3.50", review_sort=3210, older=2))
    told = {
        "review_count": 3,
        "older_review_count": 2,
        "review_mean": "3.50",
        "review_low": "3.00",
        "review_high": "4.00",
        "review_rank": 3210,
    }
    product = make_product(method=method)
    search_index.rebuild()
    for list_name in ("products", "methods"):
        answer = get(client, f"{ROOT}{list_name}/?sort=rating&facets=1")
        hold(document, f"{ROOT}{list_name}/", answer)
        (hit,) = answer["results"]
        assert {name: hit[name] for name in told} == told
    for path in (f"products/{product.public_id}/", f"methods/{method.public_id}/"):
        answer = get(client, f"{ROOT}{path}")
        assert {name: answer[name] for name in told} == told
