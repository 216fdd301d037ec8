"""One meaning: without a text the engine and the database answer every search alike, to the last hit and count."""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from catalogus import labels, memory
from catalogus.facets import FACETS
from catalogus.models import Product
from catalogus.search import SearchCriteria, SearchPage, View
from catalogus.search.backend import Hit, SearchBackend
from catalogus.search.criteria import CLOSED_LISTS, Sort
from catalogus.search.elasticsearch import ElasticsearchBackend
from catalogus.search.postgres.backend import PostgresBackend
from tests.catalogus.search.invented import CHOICES, invent
from tests.factories import make_edition, make_method, make_product, make_publisher
from tests.search_support import SearchIndex

pytestmark = [pytest.mark.search, pytest.mark.django_db, pytest.mark.xdist_group("one-meaning")]

ENGINE, DATABASE = ElasticsearchBackend(), PostgresBackend()
PRODUCTS = 150
TITLES = ("Atlas", "atlas", "Átlas 2", "Atlas 10", "Zee", "Één & ander", "", "Werkboek havo/vwo 1-2")
"""As they sort: alike, by accents and signs, by figures; the empty one stands for a title of its own."""

# Each example is a few calls; the catalogue is fixed, so that these explore searches alone.
bounded = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[int]]:
    """The ids of all products, in the database (a transaction that is never committed) and in indexes of its own."""
    with (
        django_db_blocker.unblock(),
        override_settings(ELASTICSEARCH_PREFIX=f"meaning-{django_settings.ELASTICSEARCH_PREFIX}"),
        transaction.atomic(),
    ):
        index = SearchIndex()
        index.create()
        try:
            _fill(random.Random(11))
            connection.check_constraints()
            index.rebuild()
            # As autovacuum does where rows are committed: without it the database plans for empty tables.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            yield list(Product.objects.values_list("pk", flat=True))
        finally:
            index.drop()
            transaction.set_rollback(True)
            labels.clear()
            memory.forget_all()


def _fill(dice: random.Random) -> None:
    """Products of every kind: also merged ones, several publishers in one method, and a method of merged ones alone."""
    items = invent(dice, PRODUCTS)
    other = make_publisher(slug="oost")
    for item in items:
        title = dice.choice(TITLES)
        if title:
            Product.objects.filter(pk=item.product.pk).update(title=title)
    for item in dice.sample(items, 12):
        Product.objects.filter(pk=item.product.pk).update(publisher=other)
    for gone, kept in zip(items[:8], items[8:16], strict=True):
        Product.objects.filter(pk=gone.product.pk).update(merged_into=kept.product)
    empty = make_edition(method=make_method(name="Leeg"))
    make_product(edition=empty, merged_into=items[20].product)
    # Older than any other of its method, and the only one for higher education alone.
    make_product(sectors=["hbo"], subjects=["biologie"], levels=["vwo"])


def _codes(facet: str) -> st.SearchStrategy[str]:
    """What products have, what a product does not state, and for an open list what nothing has."""
    known = [*CHOICES[facet], *CLOSED_LISTS.get(facet, ("bestaat-niet", "oost"))]
    return st.sampled_from(sorted(set(known)))


@st.composite
def searches(draw: st.DrawFn) -> SearchCriteria:
    facets = draw(st.sets(st.sampled_from(sorted(CHOICES)), max_size=4))
    facets |= draw(st.sampled_from([frozenset[str](), frozenset({"levels", "years"})]))
    chosen: dict[str, Any] = {
        facet: tuple(sorted(draw(st.sets(_codes(facet), min_size=1, max_size=3)))) for facet in sorted(facets)
    }
    return SearchCriteria(
        view=draw(st.sampled_from(View)),
        include_all=draw(st.booleans()),
        sort=draw(st.sampled_from(Sort)),
        page=draw(st.sampled_from((1, 1, 2, 5))),
        page_size=draw(st.sampled_from((1, 3, 20, 100))),
        **chosen,
    )


def search(backend: SearchBackend, criteria: SearchCriteria, **options: bool) -> SearchPage:
    """A page without what tells the backends apart: how long it took, and that the database says that it is one."""
    return replace(backend.search(criteria, **options), took_ms=0, is_basic=False)


def test_a_page_is_the_same(catalogue):
    told = {"hits": 0, "relaxations": 0}

    @bounded
    @given(searches())
    def check(criteria):
        engine, database = search(ENGINE, criteria), search(DATABASE, criteria)
        for facet, other in zip(engine.facets, database.facets, strict=True):
            assert other == facet
        assert database == engine
        assert search(DATABASE, criteria, with_facets=False) == search(ENGINE, criteria, with_facets=False)
        told["hits"] += len(engine.product_hits) + len(engine.method_hits)
        told["relaxations"] += len(engine.relaxations)

    check()
    assert min(told.values()) > 10, f"too little was found to tell anything: {told}"


def test_a_list_goes_on_in_the_other_one(catalogue):
    """By cursors, from one backend to the other after each page; the walks through both give the same."""

    @settings(bounded, max_examples=12)
    @given(searches(), st.sampled_from((13, 40)))
    def check(criteria, size):
        first = replace(criteria, page=1, page_size=size)
        whole = [_walk(backend, first) for backend in (ENGINE, DATABASE)]
        assert whole[0] == whole[1]
        seen: list[str] = []
        turn, cursor = 0, ""
        while True:
            page = (ENGINE, DATABASE)[turn % 2].search(replace(first, cursor=cursor), with_facets=False)
            hits: tuple[Hit, ...] = (*page.product_hits, *page.method_hits)
            seen += [hit.public_id for hit in hits]
            turn, cursor = turn + 1, page.next_cursor
            if not cursor:
                break
        assert seen == [hit.public_id for hit in whole[0]]
        assert page.total == len(seen)

    check()


def _walk(backend: SearchBackend, criteria: SearchCriteria) -> list[Hit]:
    with backend.walk(criteria) as walk:
        found = [hit for chunk in walk.chunks() for hit in chunk]
        assert walk.total == len(found)
    return found


def test_a_whole_facet_is_the_same(catalogue):
    @settings(bounded, max_examples=20)
    @given(searches(), st.sampled_from(sorted(FACETS)))
    def check(criteria, facet):
        assert DATABASE.whole_facet(criteria, facet) == ENGINE.whole_facet(criteria, facet)

    check()


def test_the_same_products_fit(catalogue):
    @bounded
    @given(searches(), st.sets(st.sampled_from(catalogue), max_size=60))
    def check(criteria, ids):
        assert DATABASE.fitting(criteria, ids) == ENGINE.fitting(criteria, ids)

    check()
