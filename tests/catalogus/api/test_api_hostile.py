"""What nobody who means well sends: an answer of ours all the same, never a fault of the server."""

import base64
import json

import pytest

from tests.catalogus.api.test_api_problems import problem

pytestmark = pytest.mark.search


@pytest.mark.parametrize(
    "path",
    ["/api/v1/products/%00/", "/api/v1/methods/%00/", "/product/%00/", "/methode/%00/", "/methode/%00/naam/"],
)
def test_a_sign_that_no_row_can_hold_is_not_found(client, db, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("sort", "after"),
    [
        ("", "[NaN,"),
        ("", "[Infinity,"),
        ("", "[-Infinity,"),
        ("", "[1e400,"),
        ("", f"[{'9' * 60},"),
        ("newest", f"[{10**20},"),
        ("newest", f"[{-(10**20)},"),
        ("newest", f"[{'9' * 5000},"),
    ],
)
@pytest.mark.parametrize("path", ["/api/v1/products/", "/api/v1/methods/"])
def test_a_forged_cursor_is_a_wrong_parameter(client, search_index, path, sort, after):
    view = path.split("/")[3]
    shape = json.dumps(f"1:{view}:{sort or 'score'}")
    text = f'[{shape},{after[1:]}"x"]'
    cursor = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    query = {"cursor": cursor} | ({"sort": sort} if sort else {"q": "wiskunde"})
    document = problem(client.get(path, query), 400)
    assert [error["field"] for error in document["errors"]] == ["cursor"]


def test_many_strangers_get_a_short_answer(client, db):
    response = client.get("/api/v1/products/?" + "&".join(f"naam{number}=1" for number in range(600)))
    assert len(problem(response, 400)["errors"]) == 10
    assert len(response.content) < 10_000


def test_the_problem_of_a_path_names_its_value(client, db):
    document = problem(client.get("/api/v1/products/ean/<x>/"), 400)
    assert document["errors"][0]["value"] == "<x>"
    assert document["instance"] == "/api/v1/products/ean/%3Cx%3E/"


def test_what_depends_on_accept_says_so(client, search_index):
    assert "Accept" in {name.strip() for name in client.get("/api/v1/products/")["Vary"].split(",")}


def test_many_unknown_publishers_read_the_table_once(client, search_index, django_assert_max_num_queries):
    client.get("/api/v1/products/", {"facets": 1})
    with django_assert_max_num_queries(3):
        client.get("/api/v1/products/", {"facets": 1, "publisher": [f"niemand-{number}" for number in range(90)]})
