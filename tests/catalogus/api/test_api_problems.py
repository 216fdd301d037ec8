"""Every error of every endpoint is one kind of document."""

import pytest
from django.db import connection

from tests.factories import valid_ean

ROOT = "/api/v1/"
LISTS = ("products/", "methods/")
ALL_PATHS = (
    "",
    *LISTS,
    "products/0000000000000/",
    f"products/ean/{valid_ean(1)}/",
    "methods/0000000000000/",
)


def problem(response, status):
    """The document, held against RFC 9457."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    document = response.json()
    assert list(document) == ["type", "title", "status", "detail", "instance", "errors"]
    assert document["status"] == status
    assert document["title"]
    assert document["detail"]
    assert document["type"] == "about:blank" or document["type"].startswith("urn:open-keuzecatalogus:problem:")
    for error in document["errors"]:
        assert set(error) <= {"field", "value", "message"}
        assert error["field"]
        assert error["message"]
    return document


@pytest.mark.parametrize("path", ALL_PATHS)
def test_other_methods(client, db, path):
    response = client.post(f"{ROOT}{path}")
    document = problem(response, 405)
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert document["instance"] == f"{ROOT}{path}"


@pytest.mark.parametrize("path", ALL_PATHS)
def test_other_content_types(client, db, path):
    problem(client.get(f"{ROOT}{path}", headers={"Accept": "application/xml"}), 406)


@pytest.mark.parametrize("path", [path for path in ALL_PATHS if path not in {"", *LISTS}])
def test_what_is_not_there(client, db, path):
    document = problem(client.get(f"{ROOT}{path}"), 404)
    assert document["instance"] == f"{ROOT}{path}"
    assert "“0000000000000”" in document["detail"] or valid_ean(1) in document["detail"]


@pytest.mark.parametrize("path", ["/api/", "/api/v1/boeken/", "/api/v1/products/x/y/", "/api/v2/products/"])
def test_unknown_addresses(client, db, path):
    assert problem(client.get(path), 404)["instance"] == path


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    ("query", "field", "part"),
    [
        ("pagesize=10", "pagesize", "bedoelt u “page_size”?"),
        ("Level=havo", "Level", "bedoelt u “level”?"),
        ("view=methods", "view", "“view” bestaat niet"),
        ("xyzzy=1", "xyzzy", "kies uit q, sector"),
        ("medium=steen", "medium", "kies uit book"),
        ("level=HAVO!", "level", "kleine letters"),
        ("sort=prijs", "sort", "kies uit relevance"),
        ("page=0", "page", "geheel getal van 1"),
        ("page=101&page_size=100", "page", "next"),
        ("page_size=101", "page_size", "tot en met 100"),
        ("facets=ja", "facets", "gebruik 1 of 0"),
        ("all=ja", "all", "gebruik 1 of 0"),
        ("q=" + "a" * 301, "q", "hoogstens 300"),
    ],
)
def test_parameters_that_cannot_be_read(client, db, path, query, field, part):
    document = problem(client.get(f"{ROOT}{path}?{query}"), 400)
    assert document["type"] == "urn:open-keuzecatalogus:problem:invalid-parameters"
    (error,) = document["errors"]
    assert error["field"] == field
    assert part in error["message"]
    assert query.partition("=")[2][:80].startswith(error["value"].partition(",")[0])


def test_all_that_is_wrong_is_told_at_once(client, db):
    document = problem(client.get(f"{ROOT}products/?pagesize=1&medium=steen&page=0&facets=x"), 400)
    assert {error["field"] for error in document["errors"]} == {"pagesize", "medium", "page", "facets"}


@pytest.mark.search
@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_of_another_list(client, search_index, path):
    document = problem(client.get(f"{ROOT}{path}?cursor=onzin"), 400)
    assert document["errors"][0]["field"] == "cursor"


@pytest.mark.parametrize("ean", ["123", "9789000000000", "abc"])
def test_an_ean_that_is_none(client, db, ean):
    document = problem(client.get(f"{ROOT}products/ean/{ean}/"), 400)
    assert document["errors"][0]["field"] == "ean"
    assert f"“{ean}”" in document["detail"]


@pytest.mark.parametrize("path", LISTS)
def test_where_nobody_can_answer(client, no_search, path):
    response = client.get(f"{ROOT}{path}")
    document = problem(response, 503)
    assert document["type"] == "urn:open-keuzecatalogus:problem:search-unavailable"
    assert response["Retry-After"] == "30"
    assert "127.0.0.1" not in response.content.decode()


@pytest.mark.parametrize("path", [path for path in ALL_PATHS if path not in {"", *LISTS}])
def test_what_nobody_foresaw(client, db, path):
    client.raise_request_exception = False
    with connection.cursor() as cursor:  # A table that is gone is a fault that no view expects.
        cursor.execute("ALTER TABLE catalogus_publisher RENAME TO catalogus_publisher_gone")
    document = problem(client.get(f"{ROOT}{path}"), 500)
    assert "catalogus_publisher" not in document["detail"]


def test_messages_come_in_the_language_of_the_reader(client, db):
    response = client.get(f"{ROOT}products/?pagesize=10", headers={"Accept-Language": "en"})
    assert problem(response, 400)["errors"][0]["message"] == (
        "There is no parameter “pagesize”; do you mean “page_size”?"
    )
