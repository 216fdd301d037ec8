"""A cell of the matrix counts what the filter of its address leaves, whatever the products say."""

from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogus.models import Form, Product, ProductState
from catalogus.web.method_filter import FilterOffer, MethodFilter
from catalogus.web.method_matrix import classes_of, matrices, supply_picture
from catalogus.web.places import Place, Places

codes = {
    "sectors": ["po", "vo", "vso", "mbo", "elders"],
    "levels": ["bao", "vmbo", "vmbo-tl", "vmbo-kb", "havo", "vwo", "gymnasium", "mbo-2", "verzonnen"],
    "years": ["groep-8", "leerjaar-1", "leerjaar-2", "jaar-99"],
    "subjects": ["wiskunde"],
}
groups = st.fixed_dictionaries(
    {}, optional={name: st.lists(st.sampled_from(values), max_size=3) for name, values in codes.items()}
)
products = st.lists(
    st.builds(
        Product,
        classification=st.lists(groups, max_size=3),
        form=st.sampled_from(Form.values),
        state=st.sampled_from(ProductState.values),
        role=st.just("learner"),
    ),
    max_size=12,
)


@pytest.mark.django_db
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(products)
def test_a_cell_counts_what_its_filter_leaves(found):
    places = Places()
    own = [places.of(product.classification) for product in found]
    offer = FilterOffer.of(found, own, [])
    orderable = [(product, of) for product, of in zip(found, own, strict=True) if product.is_orderable]
    classes = classes_of(orderable, places)
    cells = [
        cell
        for matrix in matrices(classes, offer, "/methode/", [("q", "x")], orderable=True)
        for row in matrix.rows
        for cell in row.cells
    ]
    for cell in cells:
        chosen, refused = offer.read(QueryDict(urlsplit(cell.url).query))
        assert not refused
        left = [product for product, of in zip(found, own, strict=True) if chosen.fits(product, of, places)]
        assert len(left) == cell.count
        assert (cell.heat == 0) == (cell.count == 0)
    # Nothing that can be ordered is in no cell.
    assert all(any(classes.total(place) for place in of) for _product, of in orderable)
    chart = supply_picture(classes, offer, len(orderable))
    if chart is not None:
        assert all(int(row[-1]) == sum(map(int, row[1:-1])) for row in chart.rows)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([], {("unknown", "unknown", "unknown")}),
        ([{"sectors": ["vo"]}], {("vo", "unknown", "unknown")}),
        ([{"levels": ["havo"], "years": ["leerjaar-3"]}], {("unknown", "havo", "leerjaar-3")}),
        # A level is one of the sectors that know the word.
        ([{"sectors": ["vo", "mbo"], "levels": ["vmbo", "mbo-2"]}],
         {("vo", "vmbo", "unknown"), ("mbo", "mbo-2", "unknown")}),
        ([{"sectors": ["vo", "mbo"], "levels": ["mbo-2"]}],
         {("vo", "unknown", "unknown"), ("mbo", "mbo-2", "unknown")}),
        # A word that no sector of the group knows is kept all the same.
        ([{"sectors": ["po"], "levels": ["havo"]}], {("po", "havo", "unknown")}),
        # Groups are apart: it is not for havo 4.
        ([{"sectors": ["vo"], "levels": ["havo"], "years": ["leerjaar-3"]},
          {"sectors": ["vo"], "levels": ["vwo"], "years": ["leerjaar-4"]}],
         {("vo", "havo", "leerjaar-3"), ("vo", "vwo", "leerjaar-4")}),
    ],
)  # fmt: skip
def test_places(groups, expected):
    assert Places().of(groups) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("read", "asked", "is_for"),
    [("vmbo", "vmbo-tl", True), ("vmbo-tl", "vmbo", True), ("vmbo-tl", "vmbo-kb", False), ("havo", "vwo", False),
     ("unknown", "vmbo", False), ("unknown", "unknown", True)],
)  # fmt: skip
def test_what_is_for_all_tracks_is_for_each(read, asked, is_for):
    assert Places().is_for({Place("vo", read, "leerjaar-3")}, level=asked) is is_for


def test_a_filter_says_only_what_it_asks():
    assert MethodFilter().parameters() == {}
    assert MethodFilter(level="havo", orderable="ja").parameters() == {"niveau": "havo", "leverbaar": "ja"}
