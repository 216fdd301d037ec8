"""Summaries by the API: by every id, never a mean of too few, and each number that of the rows."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogus.services.editing.methods import merge_methods
from reviews.school_years import current_school_year
from tests.factories import make_edition, make_method, make_product, make_school, valid_ean
from tests.review_support import make_review, make_teacher
from tests.reviews.api.support import SUMMARIES, fields_of, problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def method():
    return make_method(name="Kompas")


def asked(client: Client, query: str) -> Any:
    answer = client.get(f"{SUMMARIES}?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def numbers(found) -> tuple[object, ...]:
    return found["count"], found["mean"], found["low"], found["high"], found["no_mean_because"]


def test_without_reviews_there_is_no_number(client, method):
    edition = make_edition(method=method)
    found = asked(client, f"method={method.public_id}")
    assert numbers(found) == (0, None, None, None, "no-reviews")
    assert (found["sort_value"], found["last_reviewed_on"], found["older_count"]) == (None, None, 0)
    assert [(one["id"], *numbers(one)) for one in found["editions"]] == [
        (edition.pk, 0, None, None, None, "no-reviews")
    ]
    assert found["criteria"] == []


def test_a_mean_asks_for_three_reviewers_of_two_schools_and_one_word_tells_that_it_is_not_so(client, method):
    school = make_school("99AA", "De Esdoorn")
    seen: list[object] = []
    for teacher in (make_teacher(school), make_teacher(school), make_teacher(school), make_teacher()):
        make_review(method, author=teacher, score=4 if len(seen) == 3 else 3)
        seen.append(numbers(asked(client, f"method={method.public_id}")))
    assert seen == [
        (1, None, None, None, "too-few"),
        (2, None, None, None, "too-few"),
        (3, None, None, None, "too-few"),
        (4, "3.25", "3.00", "4.00", None),
    ]
    found = asked(client, f"method={method.public_id}")
    assert found["criteria"][0]["counts"] == {"1": 0, "2": 0, "3": 3, "4": 1, "nvt": 0, "nb": 0}
    method.refresh_from_db()
    assert found["sort_value"] == method.review_sort


def test_of_how_many_reviewers_a_mean_is_is_told(client, method):
    author = make_teacher()
    for back in range(2):
        make_review(method, author=author, school_year=current_school_year() - back)
    make_review(method)
    found = asked(client, f"method={method.public_id}")
    assert (found["count"], found["mean"], found["mean_of"]) == (3, None, None)
    make_review(method)
    found = asked(client, f"method={method.public_id}")
    assert (found["count"], found["mean"], found["mean_of"]) == (4, "3.00", 3)
    assert (found["editions"][0]["count"], found["editions"][0]["mean_of"]) == (4, 3)


@pytest.fixture
def editions(method):
    old, new = (
        make_edition(method=method, label=f"{number}e editie", key=str(number), ordinal=number) for number in (1, 2)
    )
    product = make_product(method=method, edition=new, ean=valid_ean(6))
    method.current_ordinal = 2
    method.save()
    for _number in range(3):
        make_review(method, edition=old.pk, score=1)
    for _number in range(3):
        make_review(method, product=product, score=4)
    return {"old": old, "new": new, "product": product}


def test_editions_are_counted_apart_and_older_ones_are_in_no_total(client, method, editions):
    found = asked(client, f"method={method.public_id}")
    assert (*numbers(found), found["older_count"]) == (3, "4.00", "4.00", "4.00", None, 3)
    assert [(one["label"], one["is_older"], one["count"], one["mean"]) for one in found["editions"]] == [
        ("2e editie", False, 3, "4.00"),
        ("1e editie", True, 3, "1.00"),
    ]
    assert {one["counts"]["1"] for one in found["criteria"]} == {0}
    assert {one["counts"]["4"] for one in found["criteria"]} == {3}


def test_every_id_leads_to_the_same(client, method, editions):
    product = editions["product"]
    whole = asked(client, f"method={method.public_id}")
    assert (whole["product"], whole["edition"]) == (None, None)
    by_product = asked(client, f"product={product.public_id}")
    hyphens = f"{product.ean[:3]}-{product.ean[3]}-{product.ean[4:8]}-{product.ean[8:12]}-{product.ean[12]}"
    for query in (f"ean={product.ean}", f"ean={hyphens}"):
        assert asked(client, query) == by_product
    assert (by_product["product"]["ean"], by_product["edition"]["id"]) == (product.ean, editions["new"].pk)
    by_edition = asked(client, f"edition={editions['old'].pk}")
    assert (by_edition["product"], by_edition["edition"]["label"]) == (None, "1e editie")
    same = set(whole) - {"product", "edition"}
    assert all(found[name] == whole[name] for found in (by_product, by_edition) for name in same)


def test_what_was_merged_answers_as_what_it_became(client, method, editions):
    into = make_method(name="Kompas en kaart", publisher=method.publisher)
    make_edition(method=into, label="1e editie", key="1", ordinal=1)
    old_product = make_product(ean=valid_ean(7))
    old_product.merged_into = editions["product"]
    old_product.save()
    merge_methods(source=method, target=into, actor="proef", reason="Dezelfde methode.")
    for query in (
        f"method={method.public_id}",
        f"method={into.public_id}",
        f"edition={editions['old'].pk}",
        f"edition={editions['new'].pk}",
        f"product={old_product.public_id}",
        f"ean={valid_ean(7)}",
    ):
        found = asked(client, query)
        assert (found["method"]["public_id"], found["count"] + found["older_count"]) == (into.public_id, 6), query
        assert found["edition"] is None or found["edition"]["id"] in {one["id"] for one in found["editions"]}, query


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("", ["method"]),
        ("method=", ["method"]),
        ("ean=123", ["ean"]),
        ("edition=een", ["edition"]),
        ("isbn=9789095053078", ["isbn"]),
        ("method=x&product=y", ["method", "product"]),
    ],
)
def test_what_cannot_be_read_is_an_error_that_names_it(client, query, fields):
    assert fields_of(problem(client.get(f"{SUMMARIES}?{query}"), 400)) == fields


@pytest.mark.parametrize("query", ["method=x", "product=%00", "edition=0", "ean=9789095053078"])
def test_what_is_not_there_is_not_found(client, query):
    assert problem(client.get(f"{SUMMARIES}?{query}"), 404)


def test_it_asks_no_more_often_for_more_reviews(client, method):
    def queries() -> int:
        asked(client, f"method={method.public_id}")
        with CaptureQueriesContext(connection) as captured:
            asked(client, f"method={method.public_id}")
        return len(captured)

    for _number in range(3):
        make_review(method)
    few = queries()
    for _number in range(5):
        make_review(method)
    assert queries() == few
