"""Pages and cursors, each in one call."""

from itertools import product
from math import ceil

import elastic_transport
import pytest
from django.utils import timezone

from catalogus.exceptions import InvalidCriteria
from catalogus.facets import FACETS
from catalogus.models import OutboxKind
from catalogus.search import SearchCriteria, View, get_backend
from catalogus.search.criteria import Sort
from catalogus.search.indexing.bulk import Write, write
from catalogus.search.loading import load_documents
from catalogus.search.queries import Request, search_body
from tests.factories import make_method, make_product, review_fields

pytestmark = pytest.mark.search


def ids(page):
    return [hit.public_id for hit in (*page.product_hits, *page.method_hits)]


def walk(criteria):
    """All hits from a first page on, by cursors."""
    backend = get_backend()
    page = backend.search(criteria, with_facets=False)
    seen = ids(page)
    while page.next_cursor:
        assert len(seen) <= page.total
        page = backend.search(SearchCriteria(**_fields(criteria), cursor=page.next_cursor), with_facets=False)
        assert ids(page), "a cursor leads to at least one hit"
        seen += ids(page)
    return seen


def _fields(criteria):
    return {name: getattr(criteria, name) for name in ("text", "view", "sort", "page_size", "levels", "include_all")}


def test_cursors_give_every_hit_once_in_the_order_of_pages(search_index):
    # Twelve of a kind, a third without: what is sorted by is equal or missing, so that the last sort value decides.
    known = {"first_published_on": timezone.localdate(), "price_cents": 1995, "currency": "EUR"}
    reviews = review_fields(3, "3.25")
    for number in range(12):
        method = make_method(name="Kompas", **(reviews if number % 3 else {}))
        make_product(method=method, title="Deel", **(known if number % 3 else {}))
    search_index.rebuild()
    for view, sort, text, size in product(View, Sort, ["", "deel"], [1, 4, 6, 100]):
        criteria = SearchCriteria(text=text, view=view, sort=sort, page_size=size)
        walked = walk(criteria)
        assert len(walked) == len(set(walked)) == 12, criteria
        pages = [criteria.with_page(page) for page in range(1, 1 + ceil(12 / size))]
        paged = [found for page in pages for found in ids(get_backend().search(page, with_facets=False))]
        assert walked == paged, criteria


def test_the_last_page_has_no_cursor(products, search_index):
    for _ in range(4):
        make_product()
    search_index.rebuild()
    assert products(page_size=2).next_cursor
    assert products(page_size=2, page=2).next_cursor == ""
    assert products(page_size=2, page=3).next_cursor == ""
    assert products(page_size=5).next_cursor == ""


@pytest.mark.parametrize(
    "cursor",
    ["x", "!!", "é", "bnVsbA", "W10", "WzEsMl0", "e30", "x" * 3000, "WyIxOnByb2R1Y3RzOnJlbGV2YW5jZSIsdHJ1ZV0"],
)
def test_a_cursor_that_is_none_of_ours_is_refused_by_name(products, cursor):
    with pytest.raises(InvalidCriteria) as refusal:
        products(cursor=cursor)
    assert refusal.value.errors.keys() == {"cursor"}


def test_a_cursor_of_another_list_is_refused(products, methods, search_index):
    for _ in range(3):
        make_product()
    search_index.rebuild()
    cursor = products(page_size=1).next_cursor
    for ask in (
        lambda: methods(page_size=1, cursor=cursor),
        lambda: products(page_size=1, sort=Sort.TITLE, cursor=cursor),
        lambda: products("product", page_size=1, cursor=cursor),
    ):
        with pytest.raises(InvalidCriteria):
            ask()


def test_titles_are_sorted_as_people_read_them(products, search_index):
    for title in ("zon", "Één", "’s Avonds", "Eend", "de Tuin"):
        make_product(title=title)
    search_index.rebuild()
    assert [hit.title for hit in products(sort=Sort.TITLE).product_hits] == [
        "de Tuin",
        "Één",
        "Eend",
        "’s Avonds",
        "zon",
    ]


def test_newest_first_and_what_has_no_date_last(products, search_index):
    for title, date in (("oud", "2001-01-01"), ("zonder", None), ("nieuw", "2026-02-01")):
        make_product(title=title, first_published_on=date)
    search_index.rebuild()
    assert [hit.title for hit in products(sort=Sort.NEWEST).product_hits] == ["nieuw", "oud", "zonder"]


def names(page):
    return [hit.title for hit in page.product_hits] + [hit.name for hit in page.method_hits]


def test_cheapest_first_and_what_has_no_price_in_euro_last(products, methods, search_index):
    for title, cents, currency in (("duur", 9000, "EUR"), ("zonder", None, ""), ("koop", 100, "EUR")):
        make_product(title=title, method=make_method(name=title), price_cents=cents, currency=currency)
    make_product(title="dollars", method=make_method(name="dollars"), price_cents=1, currency="USD")
    search_index.rebuild()
    for ask in (products, methods):
        found = names(ask(sort=Sort.PRICE))
        assert found[:2] == ["koop", "duur"]
        assert set(found[2:]) == {"zonder", "dollars"}


def test_of_a_method_the_cheapest_product_that_can_be_ordered_counts(methods, search_index):
    sold_out, on_offer = make_method(name="uitverkocht"), make_method(name="aanbod")
    make_product(method=sold_out, price_cents=10, currency="EUR", state="no_longer_available")
    make_product(method=sold_out, price_cents=2000, currency="EUR")
    make_product(method=on_offer, price_cents=1000, currency="EUR")
    make_product(method=on_offer, price_cents=5000, currency="EUR", levels=["havo"])
    search_index.rebuild()
    page = methods(sort=Sort.PRICE, include_all=True)
    assert [(hit.name, hit.price_from_cents) for hit in page.method_hits] == [("aanbod", 1000), ("uitverkocht", 2000)]


def test_by_the_stored_sort_value_and_what_has_no_total_last(products, methods, search_index):
    reviews = {
        "drie vieren": review_fields(3, "4.00", review_sort=3200),
        "tien goede": review_fields(10, "3.50", review_sort=3300, older=5),
        "geen": review_fields(0),
        "een vier": review_fields(1),
        "oude": review_fields(0, older=200),
        "honderd slechte": review_fields(100, "1.20", review_sort=1250),
    }
    for name, fields in reviews.items():
        make_product(title=name, method=make_method(name=name, **fields))
    search_index.rebuild()
    for ask in (products, methods):
        page = ask(sort=Sort.RATING)
        assert names(page)[:3] == ["tien goede", "drie vieren", "honderd slechte"]
        hits = page.product_hits or page.method_hits
        assert [hit.review_rank for hit in hits] == [3300, 3200, 1250, None, None, None]
        for hit, name in zip(hits, names(page), strict=True):
            wanted = reviews[name]
            assert (hit.review_count, hit.older_review_count) == (wanted["review_count"], wanted["older_review_count"])
            spread = [wanted.get(column) for column in ("review_mean", "review_low", "review_high")]
            assert [hit.review_mean, hit.review_low, hit.review_high] == spread
        assert names(ask(sort=Sort.REVIEWS))[:4] == ["honderd slechte", "tien goede", "drie vieren", "een vier"]


@pytest.mark.slow
def test_pages_reach_ten_thousand_hits_and_a_cursor_goes_on(products, search_index):
    model = make_product()
    documents = load_documents(OutboxKind.PRODUCT, [model.pk])
    version = search_index.next_version()
    many = [
        Write(
            OutboxKind.PRODUCT,
            model.pk + n,
            version,
            documents[model.pk] | {"id": model.pk + n, "public_id": f"{n:013}"},
        )
        for n in range(10_050)
    ]
    write(search_index.client, many)
    search_index.refresh()
    edge = products(page=100, page_size=100)
    assert edge.total == 10_050
    assert ids(edge)[-1] == f"{9_999:013}"
    beyond = products(page_size=100, cursor=edge.next_cursor)
    assert ids(beyond) == [f"{n:013}" for n in range(10_000, 10_050)]
    assert beyond.next_cursor == ""
    with pytest.raises(InvalidCriteria):
        SearchCriteria.from_query({"page": ["101"], "page_size": ["100"]})


@pytest.mark.parametrize("view", View)
def test_a_page_is_one_call_and_no_query(search_index, django_assert_num_queries, monkeypatch, view):
    make_product(levels=["havo"], subjects=["biologie"])
    search_index.rebuild()
    criteria = SearchCriteria(text="product", view=view, levels=("havo",), years=("unknown",))
    get_backend().search(criteria)
    calls = []
    perform = elastic_transport.Transport.perform_request

    def counted(self, method, target, **options):
        calls.append((method, target))
        return perform(self, method, target, **options)

    monkeypatch.setattr(elastic_transport.Transport, "perform_request", counted)
    with django_assert_num_queries(0):
        page = get_backend().search(criteria)
    assert page.total == 1
    assert len(page.facets) == len(FACETS)
    assert len(calls) == 1


@pytest.mark.usefixtures("db")
def test_facets_are_computed_only_when_asked():
    for view in View:
        criteria = SearchCriteria(text="kompas", view=view, media=("book",))
        assert "aggs" in search_body(Request.of(criteria), timeout_seconds=1)
        assert "aggs" not in search_body(Request.of(criteria, with_facets=False), timeout_seconds=1)
