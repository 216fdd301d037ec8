"""Suggestions from the database: methods and titles by beginnings of their words, those alone that can be ordered."""

import pytest

from catalogus.models import Product
from catalogus.naming import normal_form
from catalogus.search.postgres.suggesting import suggested
from catalogus.services.search_rows import refresh_search_rows
from tests.factories import make_method, make_product, make_publisher, valid_ean

pytestmark = pytest.mark.django_db


def method(name, **fields):
    return make_method(name=name, key=normal_form(name), **fields)


def refresh():
    refresh_search_rows(Product.objects.values_list("pk", flat=True))


def methods(typed):
    return [one.name for one in suggested(typed)[0]]


def titles(typed):
    return [one.title for one in suggested(typed)[1]]


@pytest.fixture
def shelf():
    north = make_publisher(name="Noorderlicht")
    for name in ("Kompas", "Kompasroos", "Tel & Meet", "Nu Nederlands"):
        make_product(method=method(name, publisher=north), title=f"{name} havo 3 leerboek", sectors=["vo"])
    larger = Product.objects.get(title__startswith="Kompasroos").method
    make_product(method=larger, title="Kompasroos wiskunde werkboek", ean=valid_ean(7))
    make_product(method=method("Kompasnaald"), title="Kompasnaald", state="no_longer_available")
    make_product(method=method("Kompas hoger onderwijs"), title="Kompas hoger onderwijs", sectors=["hbo"])
    refresh()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("kompas", ["Kompas", "Kompasroos"]),
        ("kom", ["Kompasroos", "Kompas"]),
        ("Tel & M", ["Tel & Meet"]),
        ("telenm", ["Tel & Meet"]),
        ("meet", ["Tel & Meet"]),
        ("nederl nu", ["Nu Nederlands"]),
        ("KOMPÁSR", ["Kompasroos"]),
        ("komaps", []),
        ("%", []),
        ("_ompas", []),
        ("'; --", []),
    ],
)
def test_methods_the_whole_name_first_then_the_larger(shelf, typed, found):
    assert methods(typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("kompasroos h", ["Kompasroos havo 3 leerboek"]),
        ("leerboek kompasr", ["Kompasroos havo 3 leerboek"]),
        ("wiskunde", ["Kompasroos wiskunde werkboek"]),
        ("werkb", ["Kompasroos wiskunde werkboek"]),
        (valid_ean(7), ["Kompasroos wiskunde werkboek"]),
        ("kompasnaald", []),
        ("leerboek 4", []),
    ],
)
def test_titles_by_words_of_title_and_method(shelf, typed, found):
    assert titles(typed) == found


def test_a_title_tells_its_method_and_a_method_its_publisher(shelf):
    found_methods, found_titles = suggested("kompasroos havo")
    assert found_methods == []
    assert [(one.method_name, one.publisher_name) for one in found_titles] == [("Kompasroos", "Noorderlicht")]
    assert suggested("kompasroos")[0][0].publisher_name == "Noorderlicht"
