"""Pages and cursors, each in one call."""

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
from tests.factories import make_method, make_product

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


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("text", ["", "deel"])
@pytest.mark.parametrize("size", [1, 4, 6, 100])
def test_cursors_give_every_hit_once_in_the_order_of_pages(search_index, view, sort, text, size):
    # Twelve of a kind: scores, titles and days are equal, so that the last sort value alone decides.
    today = timezone.localdate()
    for number in range(12):
        make_product(method=make_method(name="Kompas"), title="Deel", first_published_on=today if number % 3 else None)
    search_index.rebuild()
    criteria = SearchCriteria(text=text, view=view, sort=sort, page_size=size)
    walked = walk(criteria)
    assert len(walked) == len(set(walked)) == 12
    assert (
        walked == [found for page in range(1, 13) for found in ids(get_backend().search(criteria.with_page(page)))][:12]
    )


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


def test_facets_are_computed_only_when_asked():
    for view in View:
        criteria = SearchCriteria(text="kompas", view=view, media=("book",))
        assert "aggs" in search_body(Request.of(criteria), timeout_seconds=1)
        assert "aggs" not in search_body(Request.of(criteria, with_facets=False), timeout_seconds=1)
