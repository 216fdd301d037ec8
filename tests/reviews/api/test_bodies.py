"""Bodies that nobody who means well sends: an answer that says what is wrong, never a fault of the server."""

import json

import pytest

from catalogus.api.parsers import MOST_BYTES
from reviews.models import Review
from reviews.rubric import rubric
from tests.factories import make_method
from tests.review_support import make_teacher
from tests.reviews.api.support import REVIEWS, by_token, fields_of, post, problem, said

pytestmark = pytest.mark.django_db

JSON = "application/json"


@pytest.fixture
def method():
    return make_method()


@pytest.fixture
def client(method):
    return by_token(make_teacher())


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'{"method": "x", "edi', JSON, 400),
        (b"{'method': 'x'}", JSON, 400),
        (b"\xff\xfe{\x00}\x00", JSON, 400),
        ('{"body": "caf\u00e9"}'.encode("latin-1"), JSON, 400),
        ("{}".encode("utf-16"), f"{JSON}; charset=utf-16", 415),
        (b"{}", f"{JSON}; charset=latin-1", 415),
        (b"{}", f"{JSON}; charset=bestaatniet", 415),
        (b'{"version": NaN}', JSON, 400),
        (b'{"version": Infinity}', JSON, 400),
        (b'{"version": 1e999}', JSON, 400),
        (b'{"version": ' + b"9" * 6000 + b"}", JSON, 400),
        (b'{"method": "a", "method": "b"}', JSON, 400),
        (b'{"scores": {"a": 1, "a": 2}}', JSON, 400),
        (b'{"\\ud800": 1, "\\ud800": 2}', JSON, 400),
        (b'{"body": "\\ud800"}', JSON, 400),
        (b"[" * 100_000, JSON, 400),
        (b'{"a":' * 30_000 + b"1" + b"}" * 30_000, JSON, 400),
        (b'"' + b"x" * 1_000_000 + b'"', JSON, 413),
        (b" " * (MOST_BYTES + 1), JSON, 413),
        (b"[]", JSON, 400),
        (b"null", JSON, 400),
        (b"7", JSON, 400),
        (b'"tekst"', JSON, 400),
        (b"\xef\xbb\xbf{}", JSON, 400),
        (b"method=x", "application/x-www-form-urlencoded", 415),
        (b"--x\r\n", "multipart/form-data; boundary=x", 415),
        (b"<x/>", "application/xml", 415),
        (b"{}", "", 415),
        (b"{}", "x" * 500, 415),
        (b"", JSON, 422),
        (b"{}", JSON, 422),
    ],
)
def test_a_body_that_cannot_be_read(client, body, kind, status):
    assert problem(client.generic("POST", REVIEWS, body, content_type=kind), status)
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    "value", [["a"], {"a": 1}, 7, 1.5, True, "\x00", "x" * 20_000, "<script>alert(1)</script>", "\u202e"]
)
def test_each_field_with_what_does_not_belong_there(client, method, value):
    """Each field in turn: stored where it is a text after all, else an error that names that field."""
    for field in said(
        method, body="", weak_point="", interests_text="", pupils="", school="", product="", names_school=False
    ):
        answer = post(client, REVIEWS, said(method) | {field: value})
        if answer.status_code == 201:
            Review.objects.all().delete()
            continue
        named = fields_of(problem(answer, 422))
        assert any(name == field or field == "scores" for name in named), (field, named)


def test_texts_are_kept_as_plain_text(client, method):
    made = post(
        client, REVIEWS, said(method, body="<script>alert(1)</script> \u202eom\u0000 www.elders.example")
    ).json()
    assert made["body"] == "<script>alert(1)</script>  om  www.elders.example"


def test_names_that_nobody_knows_are_named(client, method):
    document = problem(post(client, REVIEWS, said(method) | {"bodie": "x", "author": 1, "state": "published"}), 422)
    assert fields_of(document) == ["bodie", "author", "state"]
    assert "body" in document["errors"][0]["message"]
    many = {f"naam{number}": 1 for number in range(500)}
    assert len(problem(post(client, REVIEWS, many), 422)["errors"]) == 10


@pytest.mark.parametrize(
    ("scores", "field"),
    [
        ([], "scores"),
        ("3", "scores"),
        ({}, "score-"),
        ({"verzonnen": {"answer": "3"}}, "scores"),
        ({code: [3] for code in rubric().codes}, "score-"),
        ({code: {"answer": {"x": 1}} for code in rubric().codes}, "score-"),
        ({code: {"answer": "2", "reason": ["x"]} for code in rubric().codes}, "reason-"),
        ({code: {"answer": "nb"} for code in rubric().codes}, "scores"),
    ],
)
def test_scores_that_are_none(client, method, scores, field):
    document = problem(post(client, REVIEWS, said(method, scores=scores)), 422)
    assert any(name.startswith(field) for name in fields_of(document))


@pytest.mark.parametrize("value", ["true", "ja", 1, 0, "", [], {}])
@pytest.mark.parametrize("field", ["names_school", "acknowledged"])
def test_a_truth_is_true_or_false(client, method, field, value):
    assert fields_of(problem(post(client, REVIEWS, said(method) | {field: value}), 422)) == [field]


def test_scores_may_be_numbers_too(client, method):
    scores = dict.fromkeys(rubric().codes, 4)
    assert post(client, REVIEWS, said(method, scores=scores)).json()["scores"][0]["score"] == 4


@pytest.mark.parametrize("path", ["withdraw/", "flags/", "appeals/", "helpful/", "reply/"])
def test_the_other_bodies_are_as_strict(client, path, method):
    made = post(client, REVIEWS, said(method)).json()
    verb = "PUT" if path in {"helpful/", "reply/"} else "POST"
    for body, status in ((b"[1]", 400), (b'{"naam": 1}', 422), (b"{", 400)):
        answer = client.generic(verb, f"{made['url']}{path}", body, content_type=JSON)
        # Whoever may not reply is told that first.
        assert problem(answer, 403 if path == "reply/" else status)


def test_the_longest_review_fits(client, method):
    sent = said(method, strong_point="\U0001d538" * 1000, weak_point="\U0001d538" * 1000, body="\U0001d538" * 5000)
    sent["scores"] = {code: {"answer": "2", "reason": "\U0001d538" * 500} for code in rubric().codes}
    assert len(json.dumps(sent)) < MOST_BYTES
    assert post(client, REVIEWS, sent).status_code == 201


@pytest.mark.parametrize("verb", ["PATCH", "DELETE", "PUT"])
def test_a_verb_that_the_list_does_not_know(client, verb):
    answer = client.generic(verb, REVIEWS, b"{}", content_type=JSON)
    assert problem(answer, 405)
