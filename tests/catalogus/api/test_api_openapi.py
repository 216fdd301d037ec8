"""The OpenAPI document is valid, whole, and true: answers are held against it."""

import json
from io import StringIO

import jsonschema  # type: ignore[import-untyped]
import pytest
from django.core.management import call_command

from catalogus.api.filters import ProductFilter
from tests.factories import make_method, make_product, valid_ean

OPENAPI = "/api/v1/openapi.json"


@pytest.fixture
def document(client, db):
    return client.get(OPENAPI).json()


def hold(document, path, answer):
    """The answer has the shape that the document tells for this path: all of it, and nothing besides."""
    schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.validate(answer, {"components": strict(document["components"]), **schema})


def strict(components):
    schemas = {
        name: {**schema, "additionalProperties": False, "required": list(schema.get("properties", {}))}
        for name, schema in components["schemas"].items()
    }
    return {**components, "schemas": schemas}


def test_the_document_is_valid_and_without_warnings(db, tmp_path):
    file = tmp_path / "openapi.json"
    call_command(
        "spectacular", validate=True, fail_on_warn=True, format="openapi-json", file=str(file), stderr=StringIO()
    )
    assert json.loads(file.read_text())["openapi"] == "3.1.0"


def test_the_address_of_the_document_gives_json(client, db):
    response = client.get(OPENAPI)
    assert response["Content-Type"].startswith("application/vnd.oai.openapi+json")
    assert response.json()["openapi"] == "3.1.0"


def test_every_operation_and_parameter_is_described(document):
    # Of reviews: tests/reviews/api/test_openapi.py.
    of_reviews = ("/api/v1/review", "/api/v1/rubrics/", "/api/v1/me/reviews/")
    paths = {path: methods for path, methods in document["paths"].items() if not path.startswith(of_reviews)}
    operations = {path: methods["get"] for path, methods in paths.items()}
    assert set(operations) == {
        "/api/v1/",
        "/api/v1/products/",
        "/api/v1/products/{public_id}/",
        "/api/v1/products/ean/{ean}/",
        "/api/v1/products/facets/{parameter}/",
        "/api/v1/methods/",
        "/api/v1/methods/{public_id}/",
        "/api/v1/methods/facets/{parameter}/",
        "/api/v1/methods/{public_id}/related/",
        "/api/v1/suggest/",
    }
    for operation in operations.values():
        assert operation["summary"]
        assert operation["description"]
        assert all(parameter["description"] for parameter in operation.get("parameters", []))
    for path in ("/api/v1/products/", "/api/v1/methods/"):
        assert {parameter["name"] for parameter in operations[path]["parameters"]} == set(ProductFilter.base_filters)
        assert set(operations[path]["responses"]) == {"200", "400", "503"}


@pytest.mark.search
def test_answers_are_as_described(client, document, search_index):
    method = make_method(name="Kompas")
    group = {"sectors": ["vo"], "levels": ["havo"], "years": ["leerjaar-3"], "subjects": ["aardrijkskunde"]}
    first = make_product(method=method, title="Kompas 1", ean=valid_ean(1), classification=[group], **group)
    parts = {"part_identifiers": [valid_ean(1), "los"], "price_parts": [{"excl_cents": 1835, "vat_rate": "9.0"}]}
    make_product(method=method, title="Kompas 2", successor=first, **parts)
    other = make_product(title="Landschap", **group).method
    search_index.rebuild()
    root = "/api/v1/"
    hold(document, root, client.get(root).json())
    for path in ("products/", "methods/"):
        for query in ("", "?facets=1", "?page_size=1&page=2", "?q=niets", "?q=havo+3+tot+30+euro"):
            hold(document, f"{root}{path}", client.get(f"{root}{path}{query}").json())
    for product in method.products.all():
        hold(document, f"{root}products/{{public_id}}/", client.get(f"{root}products/{product.public_id}/").json())
    hold(document, f"{root}products/ean/{{ean}}/", client.get(f"{root}products/ean/{valid_ean(1)}/").json())
    hold(document, f"{root}methods/{{public_id}}/", client.get(f"{root}methods/{method.public_id}/").json())
    related = client.get(f"{root}methods/{other.public_id}/related/").json()
    assert related["results"]
    hold(document, f"{root}methods/{{public_id}}/related/", related)
    suggested = client.get(f"{root}suggest/?q=kompas").json()
    assert suggested["suggestions"]
    hold(document, f"{root}suggest/", suggested)


def test_a_problem_is_as_described(client, document):
    operation = document["paths"]["/api/v1/products/"]["get"]["responses"]["400"]
    schema = operation["content"]["application/problem+json"]["schema"]
    answer = client.get("/api/v1/products/?page=0").json()
    jsonschema.validate(answer, {"components": document["components"], **schema})
