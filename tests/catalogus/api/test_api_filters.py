"""The filters find in the database what the engine finds in its index."""

import pytest
from django.http import QueryDict
from django.utils import timezone

from catalogus.api.filters import ProductFilter
from catalogus.exceptions import InvalidCriteria
from catalogus.search import SearchCriteria, View, get_backend
from catalogus.search.criteria import Sort
from tests.factories import make_method, make_product, make_publisher, review_fields

QUERIES = (
    "",
    "all=1",
    "sector=vo",
    "sector=hbo",
    "sector=unknown",
    "sector=vo&sector=unknown",
    "sector=po,mbo",
    "level=havo",
    "level=havo&year=leerjaar-3",
    "level=havo&level=unknown&year=leerjaar-3",
    "level=vwo&year=leerjaar-3&year=unknown",
    "level=unknown&year=unknown",
    "year=groep-3",
    "level=havo&year=groep-3",
    "subject=wiskunde",
    "publisher=noord",
    "publisher=noord&publisher=zuid",
    "publisher=geen",
    "medium=web",
    "medium=web&medium=unknown",
    "state=no_longer_available",
    "state=no_longer_available&all=1",
    "state=available&sector=hbo",
    "role=teacher&sector=vo",
)


@pytest.fixture
def shelf(search_index):
    """One product for each thing that a filter may take for another."""
    north, south = make_publisher(slug="noord"), make_publisher(slug="zuid")
    havo3 = {"sectors": ["vo"], "levels": ["havo"], "years": ["leerjaar-3"], "combined": ["havo-3"]}
    mixed = {
        "sectors": ["po", "vo"],
        "levels": ["havo", "vwo"],
        "years": ["groep-3", "leerjaar-4"],
        "combined": ["havo-4"],
    }
    make_product(publisher=north, **havo3)
    make_product(publisher=south, medium="web", role="teacher", **havo3)
    make_product(**mixed)
    make_product(sectors=["po"], years=["groep-3"])
    make_product(sectors=["vo"], levels=["vwo"], subjects=["wiskunde", "wiskunde-b"])
    make_product(sectors=["vo"], years=["leerjaar-3"])
    make_product(sectors=["hbo"])
    make_product(sectors=["hbo", "mbo"])
    make_product(sectors=["hbo"], state="no_longer_available")
    make_product(medium="unknown")
    make_product(state="no_longer_available", **havo3)
    make_product(state="unknown", **havo3)
    make_product(withdrawn_at=timezone.now(), **havo3)
    make_product(withdrawn_at=timezone.now(), state="no_longer_available")
    make_product(merged_into=make_product(**havo3), **havo3)
    search_index.rebuild()


@pytest.mark.search
def test_database_and_engine_want_the_same_products(shelf):
    for query in QUERIES:
        data = QueryDict(query)
        criteria = SearchCriteria.from_query(dict(data.lists()), view=View.PRODUCTS)
        engine = {hit.public_id for hit in get_backend().search(criteria, with_facets=False).product_hits}
        database = set(ProductFilter(data).qs.values_list("public_id", flat=True))
        assert database == engine, query


def test_words_are_those_of_the_text_search(db):
    make_product(title="Getijden", search_text="Getijdenboek aardrijkskunde Noordzee")
    make_product(title="Kompas", search_text="Kompas aardrijkskunde")
    assert [product.title for product in ProductFilter(QueryDict("q=aardrijkskunde noordzee")).qs] == ["Getijden"]


def test_order(db):
    for title in ("b", "c", "a"):
        make_product(title=title)
    assert [product.title for product in ProductFilter(QueryDict("sort=title")).qs] == ["a", "b", "c"]
    assert [product.title for product in ProductFilter(QueryDict("sort=newest")).qs] == ["b", "c", "a"]


@pytest.mark.parametrize("sort", ["price", "rating", "reviews"])
@pytest.mark.search
def test_database_and_engine_sort_alike(search_index, sort):
    shelf = ((1995, 3, "3.40"), (None, 0, None), (500, 4, "4.00"), (2500, 40, "1.10"))
    for cents, count, mean in shelf:
        method = make_method(**review_fields(count, mean))
        make_product(method=method, price_cents=cents, currency="EUR" if cents else "")
    search_index.rebuild()
    engine = get_backend().search(SearchCriteria(view=View.PRODUCTS, sort=Sort(sort)), with_facets=False)
    database = ProductFilter(QueryDict(f"sort={sort}")).qs
    assert [hit.public_id for hit in engine.product_hits] == [product.public_id for product in database]


def test_what_is_invalid_is_no_search(db):
    with pytest.raises(InvalidCriteria) as caught:
        ProductFilter.read(QueryDict("medium=steen&xyz=1"), View.PRODUCTS)
    assert set(caught.value.errors) == {"medium", "xyz"}


def test_a_search_reads_as_criteria_do():
    data = QueryDict("q=kompas&level=vwo,havo&facets=1&page_size=5")
    criteria, wants_facets = ProductFilter.read(data, View.METHODS)
    assert criteria == SearchCriteria(text="kompas", levels=("havo", "vwo"), page_size=5)
    assert wants_facets
