"""The document of the API about reviews: whole, with examples that work, and true of the answers."""

from collections.abc import Mapping
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from accounts.models import PublisherRole
from reviews.api.bodies import CONTENT
from reviews.api.documentation import CONTENT_EXAMPLE
from reviews.api.filters import PARAMETERS
from reviews.models import ReviewState
from tests.accounts.places import make_person, speak_for
from tests.factories import make_method, make_product, valid_ean
from tests.review_support import make_teacher
from tests.reviews.api.support import OWN, REVIEWS, SUMMARIES, by_token, by_visit, post, put, said, set_state

pytestmark = pytest.mark.django_db

ONE = f"{REVIEWS}{{public_id}}/"
WRITES = {"post", "put", "delete"}


@pytest.fixture
def document(client):
    return client.get("/api/v1/openapi.json").json()


def operations(document) -> dict[tuple[str, str], Mapping[str, Any]]:
    begin = ("/api/v1/review", "/api/v1/rubrics/", "/api/v1/me/reviews/")
    return {
        (verb, path): operation
        for path, verbs in document["paths"].items()
        if path.startswith(begin)
        for verb, operation in verbs.items()
    }


def hold(document, verb: str, path: str, answer) -> None:
    """The answer has the shape that the document tells: all of it, and nothing besides."""
    responses = document["paths"][path][verb]["responses"]
    schema = responses[str(answer.status_code)]["content"]["application/json"]["schema"]
    schemas = {
        name: {**one, "additionalProperties": False, "required": list(one.get("properties", {}))}
        if "properties" in one
        else one
        for name, one in document["components"]["schemas"].items()
    }
    jsonschema.validate(answer.json(), {"components": {"schemas": schemas}, **schema})


def test_every_operation_is_described(document):
    found = operations(document)
    assert set(found) == {
        ("get", REVIEWS),
        ("post", REVIEWS),
        ("get", ONE),
        ("put", ONE),
        ("post", f"{ONE}withdraw/"),
        ("post", f"{ONE}flags/"),
        ("put", f"{ONE}helpful/"),
        ("delete", f"{ONE}helpful/"),
        ("put", f"{ONE}reply/"),
        ("delete", f"{ONE}reply/"),
        ("post", f"{ONE}appeals/"),
        ("get", OWN),
        ("get", SUMMARIES),
        ("get", "/api/v1/rubrics/"),
        ("get", "/api/v1/rubrics/current/"),
    }
    for (verb, path), operation in found.items():
        assert operation["summary"], path
        assert operation["description"], path
        assert all(parameter["description"] for parameter in operation.get("parameters", [])), path
        if verb in WRITES:
            assert operation["security"] == [{"personalToken": []}, {"session": []}], path
            assert {"401", "403"} <= set(operation["responses"]), path
        if "requestBody" in operation:
            assert operation["requestBody"]["content"]["application/json"]["examples"], path
    assert {one["name"] for one in found["get", REVIEWS]["parameters"]} == set(PARAMETERS)


def test_the_body_is_what_is_read(document):
    schemas = document["components"]["schemas"]
    assert set(schemas["NewReviewBody"]["properties"]) == {"method", *CONTENT, "acknowledged"}
    assert set(schemas["ChangedReviewBody"]["properties"]) == {*CONTENT, "acknowledged", "version"}


def test_the_example_of_a_review_is_one_that_is_taken(document):
    method = make_method()
    example = CONTENT_EXAMPLE | {name: said(method)[name] for name in ("method", "edition")}
    assert post(by_token(make_teacher()), REVIEWS, example).status_code == 201


def test_answers_are_as_described(client, document):
    product = make_product(ean=valid_ean(8))
    method, author = product.method, make_teacher()
    program = by_token(author)
    made = post(program, REVIEWS, said(method, product=product.public_id, subject="wiskunde", pupils="under-30"))
    hold(document, "post", REVIEWS, made)
    own = made.json()["url"].removeprefix("http://testserver")
    hold(document, "put", ONE, put(program, own, {k: v for k, v in said(method, version=1).items() if k != "method"}))
    editor = make_person()
    speak_for(editor, method.publisher, PublisherRole.EDITOR)
    hold(document, "put", f"{ONE}reply/", put(by_visit(editor), f"{own}reply/", {"text": "Dank u."}))
    reader = by_token(make_teacher())
    hold(document, "post", f"{ONE}flags/", post(reader, f"{own}flags/", {"reason": "abuse"}))
    hold(document, "put", f"{ONE}helpful/", put(reader, f"{own}helpful/"))
    hold(document, "delete", f"{ONE}helpful/", reader.delete(f"{own}helpful/"))
    hold(document, "get", ONE, client.get(own))
    hold(document, "get", REVIEWS, client.get(f"{REVIEWS}?page_size=1"))
    hold(document, "get", SUMMARIES, client.get(f"{SUMMARIES}?ean={product.ean}"))
    hold(document, "get", "/api/v1/rubrics/", client.get("/api/v1/rubrics/"))
    hold(document, "get", "/api/v1/rubrics/current/", client.get("/api/v1/rubrics/current/"))
    review = set_state(author.reviews.get(), ReviewState.REMOVED)
    appeal = post(program, f"{own}appeals/", {"text": "Er staat geen naam in.", "version": review.version})
    hold(document, "post", f"{ONE}appeals/", appeal)
    hold(document, "get", OWN, program.get(OWN))
    set_state(review, ReviewState.PUBLISHED)
    hold(document, "post", f"{ONE}withdraw/", post(program, f"{own}withdraw/"))
    assert by_visit(editor).delete(f"{own}reply/").status_code == 404


def test_a_problem_is_as_described(client, document):
    answer = post(by_token(make_teacher()), REVIEWS, {})
    schema = document["paths"][REVIEWS]["post"]["responses"]["422"]["content"]["application/problem+json"]["schema"]
    jsonschema.validate(answer.json(), {"components": document["components"], **schema})
    assert answer.status_code == 422
