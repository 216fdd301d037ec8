"""Properties over an invented catalogue: what is found, what is counted, and that both are one rule."""

import os
import random
from dataclasses import replace
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogus.api.filters import ProductFilter
from catalogus.facets import FACETS
from catalogus.search import SearchCriteria, View, get_backend
from tests.catalogus.search.invented import CHOICES, found, invent, methods_of

pytestmark = pytest.mark.search

EXAMPLES = int(os.environ.get("ENGINE_EXAMPLES", "20"))
"""Each is some engine calls, and each run tries others; ENGINE_EXAMPLES=500 asks for more, before a release say."""

# The seed of the catalogue is fixed, so that these explore searches alone.
bounded = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def searches(draw):
    facets = draw(st.sets(st.sampled_from(sorted(CHOICES)), max_size=4)) | draw(
        st.sampled_from([set(), {"levels", "years"}])
    )
    chosen: dict[str, Any] = {
        facet: tuple(sorted(draw(st.sets(st.sampled_from(CHOICES[facet]), min_size=1, max_size=3)))) for facet in facets
    }
    return SearchCriteria(
        text=draw(st.sampled_from(["", "", "kompas", "kompas 3", "kompas zebra 3"])),
        view=draw(st.sampled_from(View)),
        include_all=draw(st.booleans()),
        page_size=100,
        **chosen,
    )


def search(criteria):
    return get_backend().search(criteria)


def test_a_count_is_what_the_click_gives(search_index):
    invent(random.Random(1), 120)
    search_index.rebuild()

    @bounded
    @given(searches(), st.data())
    def check(criteria, data):
        for facet in search(criteria).facets:
            value = data.draw(st.sampled_from([*facet.values, None]))
            if value is not None:
                clicked = search(replace(criteria, **{facet.name: (value.code,)}))
                assert clicked.total == value.count, (facet.name, value)

    check()


def test_no_count_is_above_the_total_where_nothing_is_chosen_and_every_facet_is_there(search_index):
    invent(random.Random(6), 120)
    search_index.rebuild()

    @bounded
    @given(searches())
    def check(criteria):
        page = search(criteria)
        assert {facet.name for facet in page.facets} == set(FACETS) == set(CHOICES)
        # Without a choice of state or sector some values stay out of the total; a click on these brings them in.
        narrowed = set() if criteria.include_all else {"states", "sectors"}
        for facet in page.facets:
            if not criteria.selected(facet.name) and facet.name not in narrowed:
                assert all(value.count <= page.total for value in facet.values), facet.name

    check()


def test_what_fewer_filters_would_find_is_what_the_click_gives(search_index):
    invent(random.Random(7), 40)
    search_index.rebuild()
    told = 0

    # Less would not find nothing often enough; and the same ones each time, for the number told below is of these.
    @settings(bounded, max_examples=max(EXAMPLES, 100), derandomize=True)
    @given(searches())
    def check(criteria):
        nonlocal told
        page = search(criteria)
        totals = {facet: search(criteria.without(facet)).total for facet in FACETS if criteria.selected(facet)}
        wanted = {facet: total for facet, total in totals.items() if total} if not page.total else {}
        assert {one.facet: one.total for one in page.relaxations} == wanted
        assert [one.total for one in page.relaxations] == sorted(wanted.values(), reverse=True)
        told += len(wanted)

    check()
    assert told > 10, "too few searches found nothing to tell anything"


def test_the_whole_facet_is_the_listed_one(search_index):
    invent(random.Random(8), 120)
    search_index.rebuild()

    @bounded
    @given(searches(), st.sampled_from(sorted(CHOICES)))
    def check(criteria, name):
        facet = next(facet for facet in search(criteria).facets if facet.name == name)
        assert get_backend().whole_facet(criteria, name) == facet

    check()


def test_the_database_wants_the_products_that_the_engine_finds(search_index):
    items = invent(random.Random(9), 90)
    search_index.rebuild()

    @bounded
    @given(searches())
    def check(criteria):
        criteria = replace(criteria, text="", view=View.PRODUCTS)
        data = QueryDict(criteria.query_string().replace("view=products", ""))
        assert set(ProductFilter(data).qs.values_list("public_id", flat=True)) == found(items, criteria)

    check()


def test_values_that_are_not_listed_give_nothing(search_index):
    invent(random.Random(2), 60)
    search_index.rebuild()

    @bounded
    @given(searches(), st.sampled_from(sorted(CHOICES)), st.data())
    def check(criteria, name, data):
        facet = next(facet for facet in search(criteria).facets if facet.name == name)
        code = data.draw(st.sampled_from(CHOICES[name]))
        if code not in {value.code for value in facet.values}:
            assert search(replace(criteria, **{name: (code,)})).total == 0

    check()


def test_both_views_find_what_the_rule_says(search_index):
    items = invent(random.Random(3), 90)
    search_index.rebuild()

    @bounded
    @given(searches())
    def check(criteria):
        criteria = replace(criteria, text="")
        expected = found(items, criteria)
        products = search(replace(criteria, view=View.PRODUCTS))
        methods = search(replace(criteria, view=View.METHODS))
        assert {hit.public_id for hit in products.product_hits} == expected
        assert {hit.public_id for hit in methods.method_hits} == methods_of(expected)
        assert products.total == len(expected) == sum(hit.matching_products for hit in methods.method_hits)
        assert methods.total == len(methods_of(expected))
        assert all(product.public_id in expected for hit in methods.method_hits for product in hit.products)

    check()


def test_filters_never_touch_the_score(search_index):
    invent(random.Random(4), 60)
    search_index.rebuild()

    @bounded
    @given(searches())
    def check(criteria):
        criteria = replace(criteria, text="kompas 3", view=View.PRODUCTS)
        whole = search(SearchCriteria(text="kompas 3", view=View.PRODUCTS, include_all=True, page_size=100))
        narrowed = search(criteria)
        order = [hit.public_id for hit in whole.product_hits]
        kept = [hit.public_id for hit in narrowed.product_hits]
        assert kept == [public_id for public_id in order if public_id in kept]

    check()


def test_facets_or_not_the_hits_are_the_same(search_index):
    invent(random.Random(5), 60)
    search_index.rebuild()

    @bounded
    @given(searches())
    def check(criteria):
        page, bare = search(criteria), get_backend().search(criteria, with_facets=False)
        assert (page.total, page.product_hits, page.method_hits) == (bare.total, bare.product_hits, bare.method_hits)
        assert bare.facets == ()

    check()
