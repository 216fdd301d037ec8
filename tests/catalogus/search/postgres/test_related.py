"""Methods like another one, from the database."""

import pytest

from catalogus.models import Product
from catalogus.search.postgres.related import related_methods
from catalogus.selectors import method_offer
from catalogus.services.search_rows import refresh_search_rows
from tests.catalogus.search.test_related import make
from tests.factories import make_method

pytestmark = pytest.mark.django_db


def names(method):
    refresh_search_rows(Product.objects.values_list("pk", flat=True))
    return [one.name for one in related_methods(method.pk, method_offer(method))]


def test_the_most_alike_stand_first_and_tell_their_codes():
    kompas = make("Kompas")
    make("Andere klas", class_="vwo-6")
    make("Zelfde klas")
    make("Zelfde niveau", class_="havo-4")
    make("Ander vak", subjects=["wiskunde"])
    make("Andere sector", sectors=["mbo"])
    assert names(kompas) == ["Zelfde klas", "Zelfde niveau", "Andere klas"]
    first = related_methods(kompas.pk, method_offer(kompas))[0]
    assert (first.subjects, first.levels, first.years) == (("aardrijkskunde",), ("havo",), ("leerjaar-3",))


def test_what_is_for_everything_is_like_nothing():
    kompas = make("Kompas")
    make(
        "Alles in een",
        subjects=["aardrijkskunde", "biologie", "engels", "frans", "geschiedenis", "muziek"],
        class_="havo-4",
    )
    make("Zelfde niveau", class_="havo-4")
    assert names(kompas) == ["Zelfde niveau", "Alles in een"]


def test_methods_of_several_products_stand_before_products_that_are_one_by_themselves():
    kompas = make("Kompas")
    make("Los boek")
    landscape = make("Landschap")
    make("Landschap werkboek", method=landscape)
    assert names(kompas) == [landscape.name, "Los boek"]


def test_itself_and_what_cannot_be_ordered_are_not_among_them():
    kompas = make("Kompas")
    make("Weg", state="no_longer_available")
    make("Hoger", sectors=["hbo"])
    assert names(kompas) == []


def test_a_method_without_a_subject_is_like_none():
    make("Kompas")
    bare = make_method(name="Zonder vak")
    make("Zonder vak", subjects=[], method=bare)
    assert names(bare) == []
