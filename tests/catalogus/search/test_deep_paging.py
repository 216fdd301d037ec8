"""Far into a list of 12,000, on page and in API: by number as far as the engine reaches, by cursor to its end."""

from urllib.parse import urlsplit

import pytest

from catalogus.models import OutboxKind
from catalogus.search import SearchCriteria, View, get_backend
from catalogus.search import cursor as cursors
from tests.catalogus.api.test_api_problems import problem
from tests.catalogus.search import hostile
from tests.catalogus.search.deep import fill_index, public_ids
from tests.catalogus.search.test_hostile import LISTS, PAGES, Asker
from tests.catalogus.search.test_paging import ids
from tests.catalogus.web.page import Page

pytestmark = [pytest.mark.search, pytest.mark.slow]

COUNT = 12_000
ALL = public_ids(COUNT)
KINDS = {"products": OutboxKind.PRODUCT, "methods": OutboxKind.METHOD}


def own_path(address: str) -> str:
    """An address of ours as the client of the tests takes it."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def shown(response) -> list[str]:
    """The public ids of the hits on a page."""
    links = Page(response).all("//ol[@class='hits']/li//h3/a/@href")
    return [link.split("/")[2] for link in links]


@pytest.mark.parametrize("view", KINDS)
def test_the_page_reads_on_to_the_last_hit(client, search_index, view):
    fill_index(search_index, KINDS[view], COUNT)
    response = client.get(f"/zoeken/?q=kompas&view={view}&page=100&page_size=100")
    seen = shown(response)
    assert seen == ALL[9_900:10_000]
    pages = 0
    while following := Page(response).all("//link[@rel='next']/@href"):
        response = client.get(following[0])
        assert response.status_code == 200
        assert "12.000" in Page(response).text("//h2[@id='resultaten-kop']")
        seen += shown(response)
        pages += 1
    assert seen == ALL[9_900:]
    assert pages == 20


@pytest.mark.parametrize("view", KINDS)
@pytest.mark.parametrize("size", [20, 100])
def test_the_page_right_past_the_edge_says_how_to_go_on(client, search_index, view, size):
    fill_index(search_index, KINDS[view], COUNT)
    last = 10_000 // size
    edge = f"/zoeken/?view={view}&page_size={size}&page="
    assert shown(client.get(f"{edge}{last}")) == ALL[10_000 - size : 10_000]
    refused = client.get(f"{edge}{last + 1}")
    assert refused.status_code == 400
    told = Page(refused).text("//*[@role='alert']")
    assert f"Pagina {last + 1} ligt voorbij de eerste 10000 resultaten" in told
    assert "maak de vraag nauwer" in told


@pytest.mark.parametrize("view", KINDS)
def test_the_api_leads_a_machine_through_all_of_it(client, search_index, view):
    fill_index(search_index, KINDS[view], COUNT)
    address, seen, by_cursor = f"/api/v1/{view}/?page_size=100", [], 0
    while address:
        answer = client.get(own_path(address)).json()
        assert (answer["total"], answer["page_size"]) == (COUNT, 100)
        assert len(answer["results"]) == 100
        seen += [hit["public_id"] for hit in answer["results"]]
        by_cursor += "cursor=" in address
        address = answer["next"]
    assert seen == ALL
    assert by_cursor == 20
    document = problem(client.get(f"/api/v1/{view}/?page=501"), 400)
    assert [error["field"] for error in document["errors"]] == ["page"]
    assert "“next”" in document["detail"]


@pytest.mark.parametrize("view", View)
def test_the_last_page_of_twelve_thousand(search_index, view):
    """Pages of one: a cursor near the end leads to the very last one, and tells that it is the last."""
    fill_index(search_index, KINDS[view.value], COUNT)
    cursor = cursors.encode(SearchCriteria(view=view), [ALL[-4]])
    found = []
    while cursor:
        page = get_backend().search(SearchCriteria(view=view, page_size=1, cursor=cursor))
        assert page.total == COUNT
        found += ids(page)
        cursor = page.next_cursor
    assert found == ALL[-3:]


@pytest.mark.parametrize("total", [9_999, 10_000, 10_001])
def test_around_ten_thousand_the_last_page_is_the_right_one(client, search_index, total):
    fill_index(search_index, OutboxKind.PRODUCT, total)
    last = Page(client.get("/zoeken/?view=products&page_size=100&page=100"))
    assert bool(last.all("//link[@rel='next']")) == (total > 10_000)
    answer = client.get("/api/v1/products/?page_size=100&page=100").json()
    assert len(answer["results"]) == min(100, total - 9_900)
    assert bool(answer["next"]) == (total > 10_000)
    if total > 10_000:
        beyond = client.get(own_path(answer["next"])).json()
        assert ([hit["public_id"] for hit in beyond["results"]], beyond["next"]) == (public_ids(total)[10_000:], None)


@pytest.mark.parametrize("surface", [*PAGES, *LISTS])
def test_no_text_is_slow_among_many(client, search_index, surface):
    is_products = "products" in surface
    fill_index(search_index, OutboxKind.PRODUCT if is_products else OutboxKind.METHOD, COUNT)
    asker = Asker(client)
    asker.ask(surface, "q=kompas", "kompas", 200)
    for name, text in hostile.TEXTS.items():
        asker.ask(surface, hostile.question(q=f"kompas {text}"[:300]), name, 200)
    asker.done()
