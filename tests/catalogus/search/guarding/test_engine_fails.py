"""Pages and the API while the engine refuses, drops, freezes or dawdles: the database answers, soon, and says so."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from catalogus.exceptions import SearchUnavailable
from catalogus.models import Method
from catalogus.search import SearchCriteria, View, get_backend
from catalogus.search.criteria import Sort
from catalogus.search.guarding import asking, breaker
from catalogus.search.guarding.asking import engine_report
from catalogus.search.guarding.breaker import FAILURES_IN_A_ROW, FIRST_PAUSE_SECONDS, BreakerReport, State
from tests.catalogus.search.guarding.proxy import EngineProxy
from tests.catalogus.web.page import Page
from tests.factories import make_method, make_product

pytestmark = pytest.mark.search

TIMEOUT_SECONDS = 0.3
SOON_SECONDS = 4.0
"""The time-out and an answer of the database, on a machine that does other things as well: half of what waiting for the
slow engine would take, or for a silent one with the patience of the other tests."""

FAULTS: dict[str, Callable[[EngineProxy], None]] = {
    "refuses": EngineProxy.refuse,
    "drops": EngineProxy.drop,
    "freezes": EngineProxy.freeze,
    "is slow": lambda network: network.slow_down(8),
}

LISTS = ("/api/v1/products/?q=kompas", "/api/v1/methods/?facets=1", "/api/v1/methods/facets/sector/?q=kompas")
PAGES = ("/zoeken/?q=kompas", "/zoeken/facet/sector/?q=kompas")
DOWNLOADS = ("/zoeken/export.csv?q=kompas", "/zoeken/export.xlsx?view=products")
BESIDE = ("/zoeken/suggesties/?q=kom", "/api/v1/suggest/?q=kom")
"""What stands beside the search itself, and may have less to say without the engine."""

EVERYTHING = (*PAGES, *LISTS, *DOWNLOADS, *BESIDE)


@pytest.fixture
def method(search_index) -> Method:
    group = {"sectors": ["vo"], "levels": ["havo"], "subjects": ["aardrijkskunde"]}
    method = make_method(name="Kompas")
    for title, of in (("Kompas 1", {"method": method}), ("Kompas 2", {"method": method}), ("Landschap", {})):
        # What a service would write of it: the words by which the database finds it.
        make_product(title=title, search_text=title, classification=[group], **of, **group)
    search_index.rebuild()
    return method


def timed_get(client: Client, path: str):
    """The answer with all of its body, and the seconds that took."""
    started = time.monotonic()
    response = client.get(path)
    body = b"".join(response) if response.streaming else response.content
    return response, body.decode(errors="replace"), time.monotonic() - started


def report() -> BreakerReport:
    found = engine_report()
    assert found is not None
    return found


@pytest.mark.parametrize("fault", FAULTS)
def test_everything_answers_soon_and_nothing_is_503(client, method, network, settings, monkeypatch, fault):
    paths = (*EVERYTHING, method.get_absolute_url())
    for path in paths:
        assert timed_get(client, path)[0].status_code == 200
    assert report().state == State.CLOSED
    FAULTS[fault](network)
    settings.ELASTICSEARCH_TIMEOUT_SECONDS = TIMEOUT_SECONDS
    for path in paths:
        asking.forget()  # Each of them is the first that meets it.
        response, body, seconds = timed_get(client, path)
        assert response.status_code == 200, path
        assert seconds < SOON_SECONDS, path
        assert "Kompas" in body or path in DOWNLOADS[1:] + BESIDE + LISTS[2:] + PAGES[1:], path
        assert report().failures == 1, path
    asking.forget()
    monkeypatch.setattr(breaker, "FIRST_PAUSE_SECONDS", 600.0)  # None of what follows is the probe.
    while report().state != State.OPEN:
        client.get(LISTS[0])
    failures = report().failures
    for path in paths:
        assert timed_get(client, path)[0].status_code == 200, path
    assert report().failures == failures, "nobody asked the engine"


def test_pages_say_that_it_is_basic_mode_and_when_it_no_longer_is(client, method, network):
    for path in PAGES:
        assert not Page(client.get(path)).texts("//*[@role='status'][contains(., 'basismodus')]")
    network.refuse()
    for path in PAGES:
        notice = Page(client.get(path)).text("//*[@role='status'][contains(., 'basismodus')]")
        assert "Filters en aantallen kloppen" in notice
        assert not Page(client.get(path)).all("//*[@role='status']//a")
    network.heal()
    asking.forget()
    for path in PAGES:
        assert not Page(client.get(path)).texts("//*[@role='status'][contains(., 'basismodus')]")


def test_lists_of_the_api_say_so_and_are_kept_for_a_shorter_time(client, method, network):
    for path in LISTS:
        response = client.get(path)
        assert response.json()["mode"] == "full"
        assert "max-age=60" in response["Cache-Control"]
    network.refuse()
    for path in LISTS:
        response = client.get(path)
        assert response.json()["mode"] == "basic"
        assert sorted(response["Cache-Control"].split(", ")) == ["max-age=5", "public"]


def test_without_an_engine_basic_mode_is_the_usual_one(client, method, settings):
    settings.ELASTICSEARCH_URL = ""
    for path in (*EVERYTHING, method.get_absolute_url()):
        assert timed_get(client, path)[0].status_code == 200, path
    response = client.get(LISTS[0])
    assert response.json()["mode"] == "basic"
    assert "max-age=60" in response["Cache-Control"]
    assert engine_report() is None


def test_an_index_that_is_not_there_is_answered_for_as_well(client, method, search_index):
    search_index.drop()
    for path in (*EVERYTHING, method.get_absolute_url()):
        asking.forget()
        assert timed_get(client, path)[0].status_code == 200, path
        assert report().failures == 1, path


def test_an_engine_that_is_back_is_asked_again_within_the_pause(client, method, network, settings):
    patient_seconds = settings.ELASTICSEARCH_TIMEOUT_SECONDS
    settings.ELASTICSEARCH_TIMEOUT_SECONDS = TIMEOUT_SECONDS
    network.freeze()
    for _ in range(FAILURES_IN_A_ROW):
        assert client.get(LISTS[0]).json()["mode"] == "basic"
    assert report().state == State.OPEN
    network.heal()
    assert client.get(LISTS[0]).json()["mode"] == "basic", "it is left alone for a moment"
    settings.ELASTICSEARCH_TIMEOUT_SECONDS = patient_seconds
    time.sleep(FIRST_PAUSE_SECONDS)
    assert client.get(LISTS[0]).json()["mode"] == "full"
    assert report().state == State.CLOSED


def test_what_we_ask_wrongly_is_no_fault_of_the_engine(client, method, network, search_index):
    for _ in range(FAILURES_IN_A_ROW):
        assert client.get("/api/v1/products/?cursor=onzin").status_code == 400
    assert report().failures == 0


def test_a_download_goes_on_with_whom_it_began(client, method, network, monkeypatch):
    from catalogus.search import exporting

    monkeypatch.setattr(exporting, "HITS_PER_CHUNK", 1)
    monkeypatch.setattr(exporting, "CHUNK_TIMEOUT_SECONDS", TIMEOUT_SECONDS)
    response = client.get("/zoeken/export.csv?view=products")
    parts = iter(response)
    given = next(parts) + next(parts)
    network.refuse()
    with pytest.raises(Exception, match="antwoordt niet"):
        given += b"".join(parts)


def test_a_download_that_the_database_began_is_not_disturbed_by_an_engine_that_comes_back(client, method, network):
    network.refuse()
    response = client.get("/zoeken/export.csv?view=products")
    parts = iter(response)
    given = next(parts)
    network.heal()
    asking.forget()
    given += b"".join(parts)
    assert given.decode().count("\n") == 1 + 3


@pytest.mark.parametrize("view", View)
def test_a_list_by_relevance_goes_on_with_whom_it_began(method, network, view):
    criteria = SearchCriteria(text="aardrijkskunde", view=view, page_size=1)
    of_engine = get_backend().search(criteria)
    assert not of_engine.is_basic
    network.refuse()
    with pytest.raises(SearchUnavailable):
        get_backend().search(replace(criteria, cursor=of_engine.next_cursor))
    of_database = get_backend().search(criteria)
    assert of_database.is_basic
    network.heal()
    asking.forget()
    following = get_backend().search(replace(criteria, cursor=of_database.next_cursor))
    assert following.is_basic, "though the engine is back"
    assert ids(following).isdisjoint(ids(of_database))
    following = get_backend().search(replace(criteria, cursor=of_engine.next_cursor))
    assert not following.is_basic
    assert ids(following).isdisjoint(ids(of_engine))


@pytest.mark.parametrize(("text", "sort"), [("", Sort.RELEVANCE), ("", Sort.NEWEST), ("kompas", Sort.TITLE)])
def test_a_list_by_anything_else_goes_on_in_either(method, network, text, sort):
    criteria = SearchCriteria(text=text, view=View.PRODUCTS, sort=sort, page_size=1)
    first = get_backend().search(criteria)
    network.refuse()
    second = get_backend().search(replace(criteria, cursor=first.next_cursor))
    assert second.is_basic
    network.heal()
    asking.forget()
    seen = [*ids(first), *ids(second)]
    if second.next_cursor:
        third = get_backend().search(replace(criteria, cursor=second.next_cursor))
        assert not third.is_basic
        seen += ids(third)
    assert len(seen) == len(set(seen)) == first.total


def ids(page):
    return {hit.public_id for hit in page.product_hits or page.method_hits}


def test_the_page_and_the_api_tell_a_cursor_that_cannot_go_on_now(client, method, network):
    cursor = get_backend().search(SearchCriteria(text="kompas", view=View.PRODUCTS, page_size=1)).next_cursor
    network.refuse()
    for address in (f"/zoeken/?view=products&q=kompas&cursor={cursor}", f"/api/v1/products/?q=kompas&cursor={cursor}"):
        response = client.get(address)
        assert response.status_code == 503
        assert response["Retry-After"]
