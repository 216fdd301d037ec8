from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.factories import make_edition, make_method, make_product, make_publisher, valid_ean

ROOT = "/api/v1/"


@pytest.fixture
def product(db):
    method = make_method(name="Kompas", publisher=make_publisher(name="Uitgeverij Noord", slug="noord"))
    edition = make_edition(method=method, label="5e druk", key="5", ordinal=5)
    group = {"sectors": ["vo"], "levels": ["havo"], "years": [], "subjects": ["aardrijkskunde"]}
    return make_product(
        edition=edition,
        title="Kompas havo 3",
        ean=valid_ean(1),
        classification=[group],
        sectors=["vo"],
        levels=["havo"],
        subjects=["aardrijkskunde"],
        price_cents=1995,
        price_excl_cents=1830,
        vat_rate=Decimal("9.0"),
        currency="EUR",
        first_published_on=date(2024, 8, 1),
        successor=make_product(title="Kompas 6", edition=edition),
    )


def test_a_product_with_all_that_is_known(client, product):
    answer = client.get(f"{ROOT}products/{product.public_id}/").json()
    assert answer["title"] == "Kompas havo 3"
    assert answer["page_url"] == f"http://testserver{product.get_absolute_url()}"
    assert answer["classification"] == product.classification
    assert (answer["price_cents"], answer["price_excl_cents"], answer["vat_rate"]) == (1995, 1830, "9.0")
    assert answer["first_published_on"] == "2024-08-01"
    assert answer["levels"] == [{"code": "havo", "label": "Havo"}]
    assert answer["successor"]["title"] == "Kompas 6"
    assert answer["withdrawn_at"] is None


def test_what_few_products_have(client, product):
    said = {
        "language": "nl",
        "is_open": True,
        "open_license": "cc-by-4.0",
        "price_parts": [{"excl_cents": 1835, "vat_rate": "9.0"}],
        "license_days": 365,
        "license_options": ["2 jaar"],
        "activation_until": date(2027, 7, 31),
        "platforms": ["Windows"],
        "usages": ["Oefenen"],
        "accessibility_url": "https://uitgever.example/toegankelijk",
        "version_text": "2.1",
        "supported_until": date(2028, 8, 1),
    }
    package = make_product(part_identifiers=[product.ean, "onbekend"], successor=product, **said)
    answer = client.get(f"{ROOT}products/{package.public_id}/").json()
    days = {"activation_until": "2027-07-31", "supported_until": "2028-08-01"}
    assert {name: answer[name] for name in said} == said | days
    url = f"http://testserver{ROOT}products/{product.public_id}/"
    reference = {"public_id": product.public_id, "url": url, "title": product.title}
    assert answer["parts"] == [
        {"identifier": product.ean, "product": reference},
        {"identifier": "onbekend", "product": None},
    ]
    part = client.get(f"{ROOT}products/{product.public_id}/").json()
    assert [one["public_id"] for one in part["part_of"]] == [package.public_id]
    assert [one["public_id"] for one in part["predecessors"]] == [package.public_id]


def test_a_product_by_its_ean_is_the_same_answer(client, product):
    own = client.get(f"{ROOT}products/{product.public_id}/").json()
    assert client.get(f"{ROOT}products/ean/{valid_ean(1)}/").json() == own
    assert client.get(f"{ROOT}products/ean/{valid_ean(2)}/").status_code == 404


def test_a_withdrawn_product_is_still_there(client, product):
    product.withdrawn_at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    product.save()
    answer = client.get(f"{ROOT}products/{product.public_id}/")
    assert answer.status_code == 200
    assert answer.json()["withdrawn_at"] == "2026-03-01T12:00:00Z"


def test_a_method_with_its_editions(client, product):
    make_product(method=product.method, title="Kompas los")
    answer = client.get(f"{ROOT}methods/{product.method.public_id}/").json()
    assert answer["name"] == "Kompas"
    assert answer["editions"] == [
        {"label": "5e druk", "ordinal": 5, "is_current": True, "product_count": 2},
        {"label": "onbekend", "ordinal": None, "is_current": False, "product_count": 1},
    ]
    assert answer["product_count"] == 3
    assert answer["subjects"] == [{"code": "aardrijkskunde", "label": "Aardrijkskunde"}]
    assert (answer["review_count"], answer["review_mean"]) == (0, None)


def test_what_belongs_to_a_product_and_what_takes_its_place(client, product, django_assert_num_queries):
    class_ = {"levels": ["havo"], "years": ["leerjaar-3"], "combined": ["havo-3"]}
    old = make_edition(method=product.method, label="4e druk", key="4", ordinal=4)
    make_product(title="Kompas 3 leerboek 5e druk", edition=product.edition, **class_)
    book = make_product(title="Kompas 3 leerboek 4e druk", edition=old, **class_)
    make_product(title="Kompas 3 antwoorden 4e druk", edition=old, role="teacher", **class_)
    product.method.current_ordinal = product.edition.ordinal
    product.method.save()
    client.get(f"{ROOT}products/{book.public_id}/")  # The names are read by now.
    with django_assert_num_queries(4):
        answer = client.get(f"{ROOT}products/{book.public_id}/").json()
    assert [one["title"] for one in answer["companions"]] == ["Kompas 3 antwoorden 4e druk"]
    assert [one["title"] for one in answer["counterparts"]] == ["Kompas 3 leerboek 5e druk"]


@pytest.mark.search
def test_methods_like_a_method(client, product, search_index, settings):
    other = make_product(title="Landschap", sectors=["vo"], levels=["havo"], subjects=["aardrijkskunde"]).method
    merged = make_method(merged_into=product.method)
    search_index.rebuild()
    path = f"{ROOT}methods/{product.method.public_id}/related/"
    answer = client.get(path)
    assert [(one["public_id"], one["name"]) for one in answer.json()["results"]] == [(other.public_id, other.name)]
    assert answer["Cache-Control"] == "public, max-age=60"
    moved = client.get(f"{ROOT}methods/{merged.public_id}/related/")
    assert (moved.status_code, moved["Location"]) == (301, path)
    assert client.get(f"{ROOT}methods/0000000000000/related/").status_code == 404
    assert client.get(f"{ROOT}methods/%00/related/").status_code == 404
    settings.ELASTICSEARCH_URL = ""
    assert client.get(path).json()["results"] == answer.json()["results"], "the database finds it as well"


def test_details_take_a_known_number_of_queries(client, product, django_assert_num_queries):
    paths = {f"{ROOT}products/{product.public_id}/": 4, f"{ROOT}methods/{product.method.public_id}/": 3}
    for path, count in paths.items():
        client.get(path)  # The names are read by now.
        with django_assert_num_queries(count):
            client.get(path)


def test_what_was_merged_moved_for_good(client, product):
    merged = make_product(merged_into=product, ean=valid_ean(2))
    method = make_method(merged_into=product.method)
    moves = {
        f"products/{merged.public_id}/": f"products/{product.public_id}/",
        f"products/ean/{valid_ean(2)}/": f"products/{product.public_id}/",
        f"methods/{method.public_id}/": f"methods/{product.method.public_id}/",
    }
    for path, target in moves.items():
        response = client.get(f"{ROOT}{path}")
        assert (response.status_code, response["Location"]) == (301, f"{ROOT}{target}")


def test_the_index_leads_everywhere(client, db):
    answer = client.get(ROOT).json()
    assert answer == {
        "products": "http://testserver/api/v1/products/",
        "methods": "http://testserver/api/v1/methods/",
        "suggest": "http://testserver/api/v1/suggest/?q={q}",
        "product_by_ean": "http://testserver/api/v1/products/ean/{ean}/",
        "reviews": "http://testserver/api/v1/reviews/",
        "review_summaries": "http://testserver/api/v1/review-summaries/",
        "rubrics": "http://testserver/api/v1/rubrics/",
        "openapi": "http://testserver/api/v1/openapi.json",
    }
    assert client.get(ROOT)["Cache-Control"] == "public, max-age=60"
