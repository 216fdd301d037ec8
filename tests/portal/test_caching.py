"""Who may keep which answer: page by page and visitor by visitor, and that nobody gets what was made for another."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from catalogus.models import Product
from catalogus.services.search_rows import refresh_search_rows
from tests.accounts.local import make_account
from tests.factories import make_product, valid_ean
from tests.people import sign_in
from tests.review_support import make_review

pytestmark = pytest.mark.django_db

NOBODY = "nobody"
READER, READER_A_MINUTE = "the reader, asking again", "the reader, for a minute"
ANYBODY, ANYBODY_A_MINUTE = "anybody, asking again", "anybody, for a minute"


def who_may_keep(response: HttpResponse) -> str:
    said = {part.strip() for part in response["Cache-Control"].split(",")}
    if "no-store" in said:
        return NOBODY
    who = "the reader" if "private" in said else "anybody"
    assert ("no-cache" in said) != ("max-age=60" in said), said
    return f"{who}, asking again" if "no-cache" in said else f"{who}, for a minute"


def visitor() -> Client:
    return Client()


def english() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def signed_in() -> Client:
    user = User.objects.filter(email="a@school.example").first() or make_account(email="a@school.example")
    return sign_in(Client(), user)


def signed_off() -> Client:
    """Somebody with the cookie of a visit that has ended: what they get is a visitor's page, but who knows in time?"""
    client = Client()
    client.cookies["sessionid"] = "x" * 32
    return client


def warned() -> Client:
    """Whom the next page tells what the last one did."""
    client = Client()
    client.cookies["messages"] = "x"
    return client


@pytest.fixture
def paths(settings) -> dict[str, str]:
    settings.ELASTICSEARCH_URL = ""
    product = make_product(ean=valid_ean(7), sectors=["vo"])
    refresh_search_rows([product.pk])
    return {
        "product": product.get_absolute_url(),
        "method": product.method.get_absolute_url(),
        "old": f"/product/{product.public_id}/",
        "home": "/",
        "results": "/zoeken/?q=niets",
        "facet": "/zoeken/facet/publisher/",
        "unreadable": "/zoeken/?page=x",
        "missing": "/nergens/",
        "privacy": "/privacy/",
        "help": "/uitleg/zoeken/",
        "comparison": f"/vergelijken/?product={product.public_id}",
        "history": f"{product.get_absolute_url()}geschiedenis/",
        "reviews": f"/beoordelingen/methode/{product.method.public_id}/",
        "review": f"/beoordelingen/{make_review(product.method).public_id}/",
        "citation": f"{product.get_absolute_url()}citaat.ris",
        "lists": "/lijsten/",
        "local list": "/lijst/",
        "report": f"/melden/?product={product.public_id}",
        "flag": f"/beoordelingen/{make_review(product.method).public_id}/melden/",
        "status": "/status/",
        "suggestions": f"/zoeken/suggesties/?q={'x' * 400}",
        "csv": "/zoeken/export.csv",
        "xlsx": "/zoeken/export.xlsx",
        "api": "/api/v1/",
        "api list": "/api/v1/products/",
        "api reviews": "/api/v1/reviews/",
        "api summary": f"/api/v1/review-summaries/?product={product.public_id}",
        "api rubric": "/api/v1/rubrics/current/",
        "api own reviews": "/api/v1/me/reviews/",
        "publisher reviews": f"/account/uitgever/{product.publisher.slug}/beoordelingen/",
        "api missing": "/api/v1/niets/",
        "openapi": "/api/v1/openapi.json",
        "health": "/healthz",
        "sign in": "/account/aanmelden/",
        "account": "/account/",
        "tokens": "/account/tokens/",
        "searches": "/account/zoekopdrachten/",
        "own reviews": "/account/beoordelingen/",
        "review form": f"/beoordelen/{product.method.public_id}/",
        "admin": "/beheer/",
        "language": "/taal/",
    }


def answer(client: Client, path: str, **headers: str) -> Any:
    """An answer that was read to its end: a download that nobody reads keeps its place."""
    response: Any = client.get(path, headers=headers)
    if response.streaming:
        list(response.streaming_content)
    return response


PAGES = (
    "product", "method", "home", "results", "facet", "unreadable", "missing", "privacy", "language", "help",
    "comparison", "history", "citation", "reviews", "review",
)  # fmt: skip
NEVER = (
    "csv", "xlsx", "api missing", "sign in", "health", "admin", "account", "tokens", "searches", "lists", "local list",
    "report", "status",
    "csv", "xlsx", "api missing", "sign in", "health", "admin", "account", "searches", "lists", "local list", "report",
    "status", "own reviews", "review form",
    "status", "api own reviews", "publisher reviews",
    "flag", "status",
)  # fmt: skip
API = ("api", "api list", "api reviews", "api summary", "api rubric")
TABLE: list[tuple[Callable[[], Client], dict[str, str]]] = [
    (
        visitor,
        dict.fromkeys((*PAGES, "openapi"), ANYBODY)
        | dict.fromkeys(("suggestions", "old", *API), ANYBODY_A_MINUTE)
        | dict.fromkeys(NEVER, NOBODY),
    ),
    (english, dict.fromkeys(PAGES, ANYBODY) | dict.fromkeys(API, ANYBODY_A_MINUTE)),
    (
        signed_in,
        dict.fromkeys(PAGES, READER)
        | dict.fromkeys(NEVER, NOBODY)
        | dict.fromkeys(("suggestions", "old"), READER_A_MINUTE)
        # What is the same for everybody, whoever asks.
        | dict.fromkeys(API, ANYBODY_A_MINUTE)
        | {"openapi": ANYBODY},
    ),
    # Their cookie is taken away by whatever they ask for first.
    (signed_off, dict.fromkeys(PAGES, READER) | dict.fromkeys(API, READER_A_MINUTE)),
    (warned, dict.fromkeys(PAGES, READER) | dict.fromkeys(API, ANYBODY_A_MINUTE)),
]


@pytest.mark.parametrize(("visit", "rows"), TABLE, ids=[visit.__name__ for visit, _ in TABLE])
def test_who_may_keep_what(visit, rows, paths):
    client = visit()
    responses = {name: answer(client, paths[name]) for name in rows}
    assert {name: who_may_keep(response) for name, response in responses.items()} == rows
    for name, response in responses.items():
        # Whoever keeps it keeps one for each language, and none for who brings a visit along.
        assert rows[name] == NOBODY or {"Accept-Language", "Cookie"} <= set(response["Vary"].split(", ")), name
        is_marked = response.status_code == 200 and rows[name] in {ANYBODY, ANYBODY_A_MINUTE}
        assert response.has_header("ETag") == is_marked, name


PUBLIC = ("home", "results", "facet", "product", "method", "reviews", "review", "privacy", "unreadable", "missing")


def test_a_page_is_the_same_for_every_visitor_and_sets_no_cookie(paths):
    for name in PUBLIC:
        first, second = Client().get(paths[name]), Client().get(paths[name])
        assert not first.cookies, name
        assert first.content == second.content, name


@pytest.mark.parametrize("name", ["home", "results", "product", "method", "privacy", "api"])
def test_who_holds_the_page_is_told_that_it_holds(paths, name):
    first = Client().get(paths[name])
    again = Client().get(paths[name], headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Cache-Control"]) == (first["ETag"], first["Cache-Control"])
    assert Client().head(paths[name], headers={"If-None-Match": f"W/{first['ETag']}"}).status_code == 304
    assert Client().get(paths[name], headers={"If-None-Match": '"iets anders"'}).status_code == 200


def test_what_changed_is_sent(paths):
    first = Client().get(paths["product"])
    Product.objects.update(description="Nu met een antwoordenboek.")
    second = Client().get(paths["product"], headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    assert "Nu met een antwoordenboek." in second.content.decode()


@pytest.mark.parametrize("name", ["home", "product", "results"])
def test_nobody_is_answered_with_a_page_of_another(paths, name):
    """A browser that two people share, and a visitor's copy: each asks with what the other was given."""
    one = sign_in(Client(), make_account(email="a@school.example", display_name="An Ander"))
    two = sign_in(Client(), make_account(email="b@school.example", display_name="Bo Tweede"))
    mark = Client().get(paths[name])["ETag"]
    mine = one.get(paths[name], headers={"If-None-Match": mark})
    assert mine.status_code == 200, "a visitor's page is not that of who is signed in"
    assert "An Ander" in mine.content.decode()
    assert not mine.has_header("ETag")
    yours = two.get(paths[name], headers={"If-None-Match": "*"})
    assert yours.status_code == 200
    assert "An Ander" not in yours.content.decode()
    after = Client().get(paths[name], headers={"If-None-Match": mark})
    assert after.status_code == 304, "nor has a visit changed what visitors get"


def test_another_language_is_another_page(paths):
    dutch = Client().get(paths["home"])
    other = english().get(paths["home"], headers={"If-None-Match": dutch["ETag"]})
    asked = Client().get(paths["home"], headers={"If-None-Match": dutch["ETag"], "Accept-Language": "en"})
    assert (other.status_code, asked.status_code) == (200, 200)
    assert other["ETag"] == asked["ETag"] != dutch["ETag"]


def test_pages_are_packed_and_what_is_packed_already_is_not(paths):
    def coding(path: str, **headers: str) -> str:
        return str(answer(Client(), path, **headers).get("Content-Encoding", ""))

    accepting = {"Accept-Encoding": "gzip"}
    assert coding(paths["home"], **accepting) == "gzip"
    assert coding(paths["api"], **accepting) == "gzip"
    assert coding(paths["home"]) == ""
    assert coding(paths["csv"], **accepting) == ""
    assert coding(paths["xlsx"], **accepting) == ""
    packed = Client().get(paths["home"], headers=accepting)
    assert "Accept-Encoding" in packed["Vary"]
    # The packed and the plain page are one page to who asks again.
    again = Client().get(paths["home"], headers=accepting | {"If-None-Match": packed["ETag"]})
    assert again.status_code == 304
