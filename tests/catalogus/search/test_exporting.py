"""A search walked to its end: every hit once, in the order of the page, while others write."""

from itertools import product

import elastic_transport
import pytest

from catalogus.exceptions import SearchUnavailable
from catalogus.models import OutboxKind
from catalogus.search import SearchCriteria, View, exporting, get_backend
from catalogus.search.backend import MethodHit
from catalogus.search.criteria import Sort
from catalogus.search.exporting import Walk
from catalogus.search.indices import live_alias
from tests.catalogus.search.deep import fill_index, public_ids
from tests.catalogus.search.test_paging import ids
from tests.factories import make_method, make_product

pytestmark = pytest.mark.search


def walked(criteria) -> list[str]:
    with Walk(criteria) as walk:
        found = [hit.public_id for chunk in walk.chunks() for hit in chunk]
        assert len(found) == walk.total
    return found


def open_contexts(search_index) -> int:
    """How many points in time, and searches on their way, the indexes of this worker hold open."""
    names = [live_alias(kind) for kind in OutboxKind]
    stats = search_index.client.indices.stats(index=names, metric="search").body
    return int(stats["_all"]["total"]["search"]["open_contexts"])


@pytest.fixture
def _chunks_of_four(monkeypatch):
    monkeypatch.setattr(exporting, "HITS_PER_CHUNK", 4)


@pytest.mark.usefixtures("_chunks_of_four")
@pytest.mark.parametrize("count", [3, 4, 9, 12])
def test_a_walk_gives_what_the_pages_give(search_index, count):
    # Of a kind, so that the last sort value alone decides; and a full last chunk as well as a short one.
    for number in range(count):
        make_product(
            method=make_method(name=f"Kompas {number % 2}"),
            title="Deel Deel" if number % 3 else "Deel",
            first_published_on="2026-01-01" if number % 3 else None,
        )
    make_product(title="Deel", state="no_longer_available")
    search_index.rebuild()
    for view, sort, text in product(View, Sort, ["", "deel"]):
        criteria = SearchCriteria(text=text, view=view, sort=sort, page_size=100)
        page = get_backend().search(criteria, with_facets=False)
        assert walked(criteria) == ids(page), criteria
        assert page.total == count, criteria


@pytest.mark.parametrize("changes", [{"page": 3, "page_size": 2}, {"cursor": "zomaar iets", "page_size": 2}])
def test_pages_make_no_difference(search_index, changes):
    for _ in range(7):
        make_product()
    search_index.rebuild()
    whole = walked(SearchCriteria(view=View.PRODUCTS))
    assert len(whole) == 7
    assert walked(SearchCriteria(view=View.PRODUCTS, **changes)) == whole


def test_a_method_says_how_many_of_its_products_fit_and_gives_none(search_index):
    method = make_method(name="Kompas")
    for number in range(5):
        make_product(method=method, title="Atlas" if number else "Schrift")
    search_index.rebuild()
    with Walk(SearchCriteria(text="atlas")) as walk:
        ((hit,),) = walk.chunks()
    assert isinstance(hit, MethodHit)
    assert (hit.name, hit.matching_products, hit.products) == ("Kompas", 4, ())


@pytest.mark.usefixtures("_chunks_of_four")
@pytest.mark.parametrize("sort", Sort)
def test_what_is_written_meanwhile_neither_doubles_nor_hides(search_index, sort):
    products = [make_product(title=f"Deel {number:02}") for number in range(10)]
    search_index.rebuild()
    before = walked(SearchCriteria(view=View.PRODUCTS, sort=sort))
    with Walk(SearchCriteria(view=View.PRODUCTS, sort=sort)) as walk:
        chunks = walk.chunks()
        found = [hit.public_id for hit in next(chunks)]
        make_product(title="Aaa")
        for product in products[5:]:
            product.delete()
        search_index.rebuild()
        found += [hit.public_id for chunk in chunks for hit in chunk]
    assert found == before
    assert walk.total == 10
    assert len(walked(SearchCriteria(view=View.PRODUCTS, sort=sort))) == 6


@pytest.mark.usefixtures("_chunks_of_four")
def test_the_index_is_let_go_however_a_walk_ends(search_index, monkeypatch):
    for _ in range(9):
        make_product()
    search_index.rebuild()
    walked(SearchCriteria(view=View.PRODUCTS))
    with Walk(SearchCriteria(view=View.PRODUCTS)) as walk:
        next(walk.chunks())
        assert open_contexts(search_index) == 1
    assert open_contexts(search_index) == 0
    # A first chunk that the engine refuses: a sort that the mapping does not have.
    monkeypatch.setattr(exporting, "_body", lambda _criteria: {"sort": [{"nergens": "asc"}]})
    with pytest.raises(Exception, match="nergens"):
        Walk(SearchCriteria(view=View.PRODUCTS))
    assert open_contexts(search_index) == 0


@pytest.mark.usefixtures("_chunks_of_four")
def test_an_engine_that_goes_away_on_the_way_is_told(search_index, monkeypatch):
    for _ in range(9):
        make_product()
    search_index.rebuild()
    with Walk(SearchCriteria(view=View.PRODUCTS)) as walk:
        chunks = walk.chunks()
        assert len(next(chunks)) == 4
        # The engine forgets what it held still, as one that was started anew.
        search_index.client.close_point_in_time(id=walk._point)
        with pytest.raises(SearchUnavailable):
            list(chunks)


def test_an_engine_that_is_away_is_told_before_the_first_hit(db, settings, unused_tcp_port):
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{unused_tcp_port}"
    with pytest.raises(SearchUnavailable):
        Walk(SearchCriteria())


def test_an_index_that_is_not_there_is_told_with_the_remedy(search_index):
    search_index.drop()
    with pytest.raises(SearchUnavailable, match=r"manage\.py search rebuild"):
        Walk(SearchCriteria())


@pytest.mark.slow
@pytest.mark.parametrize("view", View)
def test_twelve_thousand_hits_are_walked_in_as_many_calls_as_there_are_chunks(search_index, monkeypatch, view):
    kind = OutboxKind.METHOD if view == View.METHODS else OutboxKind.PRODUCT
    fill_index(search_index, kind, 12_000)
    calls = []
    perform = elastic_transport.Transport.perform_request

    def counted(self, method, target, **options):
        calls.append(target.partition("?")[0].rpartition("/")[2])
        return perform(self, method, target, **options)

    monkeypatch.setattr(elastic_transport.Transport, "perform_request", counted)
    assert walked(SearchCriteria(view=view, text="kompas")) == public_ids(12_000)
    assert calls.count("_pit") == 2
    # A full twelfth chunk does not know that it is the last one.
    assert calls.count("_search") == 13
