"""Methods like another one, and products that belong together."""

import logging

import pytest

from catalogus.exceptions import SearchUnavailable
from catalogus.related_products import companions, counterparts
from catalogus.search.related import MOST, related_methods
from catalogus.selectors import product_with_relations
from tests.factories import make_edition, make_method, make_product, make_publisher

LEVELS_AND_YEARS = {
    "havo-3": {"levels": ["havo"], "years": ["leerjaar-3"], "combined": ["havo-3"]},
    "havo-4": {"levels": ["havo"], "years": ["leerjaar-4"], "combined": ["havo-4"]},
    "vwo-6": {"levels": ["vwo"], "years": ["leerjaar-6"], "combined": ["vwo-6"]},
}


def make(name, subjects=("aardrijkskunde",), class_="havo-3", sectors=("vo",), **fields):
    """A method with one product."""
    method = fields.pop("method", None) or make_method(name=name)
    make_product(
        method=method, title=name, subjects=list(subjects), sectors=list(sectors), **LEVELS_AND_YEARS[class_], **fields
    )
    return method


def names(method):
    return [one.name for one in related_methods(method)]


@pytest.mark.search
class TestMethods:
    def test_the_most_alike_stand_first_whoever_finds_them(self, search_index, settings):
        kompas = make("Kompas")
        make("Andere klas", class_="vwo-6")
        make("Zelfde klas")
        make("Zelfde niveau", class_="havo-4")
        make("Ander vak", subjects=["wiskunde"])
        make("Andere sector", sectors=["mbo"])
        search_index.rebuild()
        assert names(kompas) == ["Zelfde klas", "Zelfde niveau", "Andere klas"]
        settings.ELASTICSEARCH_URL = ""
        of_database = related_methods(kompas)
        assert [one.name for one in of_database] == ["Zelfde klas", "Zelfde niveau", "Andere klas"]
        assert (of_database[0].levels, of_database[0].subjects) == (("havo",), ("aardrijkskunde",))

    def test_what_is_for_everything_is_like_nothing(self, search_index):
        # How rare a code is counts documents that were deleted as well, and other tests had theirs.
        search_index.create()
        kompas = make("Kompas")
        many = ["aardrijkskunde", "biologie", "engels", "frans", "geschiedenis", "muziek", "nederlands", "wiskunde"]
        same_level = make("Zelfde niveau", class_="havo-4")
        everything = make("Alles in een", subjects=many)
        for class_ in ("havo-4", "vwo-6"):
            make("Alles in een", subjects=many, class_=class_, method=everything)
        make("Zelfde niveau", class_="havo-4", method=same_level)
        for number in range(20):  # What is in every method tells nothing: a catalogue of one subject is none.
            make(f"Ander vak {number}", subjects=["latijn"], class_="vwo-6")
        search_index.rebuild()
        assert names(kompas) == ["Zelfde niveau", "Alles in een"]

    def test_a_subject_is_the_one_that_was_read_not_a_broader_one(self, search_index):
        languages = [{"subjects": ["frans"]}]
        french = make("Kompas", subjects=["frans", "moderne-vreemde-talen"], classification=languages)
        make("Frans", subjects=["frans", "moderne-vreemde-talen"])
        make("Duits", subjects=["duits", "moderne-vreemde-talen"])
        search_index.rebuild()
        assert names(french) == ["Frans"]

    def test_methods_of_several_products_stand_before_products_that_are_one_by_themselves(self, search_index):
        kompas = make("Kompas")
        make("Los boek")
        landscape = make("Landschap")
        make("Landschap werkboek", method=landscape)
        search_index.rebuild()
        assert names(kompas) == ["Landschap", "Los boek"]

    def test_itself_and_what_cannot_be_ordered_are_not_among_them(self, search_index):
        kompas = make("Kompas")
        make("Weg", state="no_longer_available")
        make("Samengevoegd", method=make_method(name="Samengevoegd", merged_into=kompas))
        make("Hoger", sectors=["hbo"])
        search_index.rebuild()
        assert names(kompas) == []

    def test_what_can_be_ordered_of_each_counts(self, search_index):
        kompas = make("Kompas")
        make("Kompas", subjects=["wiskunde"], method=kompas, state="no_longer_available")
        make("Rekenwerk", subjects=["wiskunde"])
        make("Landschap")
        search_index.rebuild()
        assert names(kompas) == ["Landschap"]

    def test_a_method_that_is_gone_still_leads_to_others(self, search_index):
        gone = make("Kompas", state="no_longer_available")
        make("Landschap")
        search_index.rebuild()
        assert names(gone) == ["Landschap"]

    def test_the_publisher_makes_no_difference_and_the_newest_of_equals_stands_first(self, search_index):
        own = make_publisher()
        kompas = make("Kompas", method=make_method(name="Kompas", publisher=own))
        make("Ouder", method=make_method(name="Ouder", publisher=own), first_published_on="2020-01-01")
        make("Nieuwer", first_published_on="2024-01-01")
        search_index.rebuild()
        assert names(kompas) == ["Nieuwer", "Ouder"]

    def test_no_more_than_a_few_in_one_query_and_one_call(self, search_index, django_assert_num_queries, caplog):
        kompas = make("Kompas")
        for number in range(MOST + 3):
            make(f"Landschap {number}")
        search_index.rebuild()
        with caplog.at_level(logging.INFO, logger="elastic_transport.transport"), django_assert_num_queries(1):
            assert len(related_methods(kompas)) == MOST
        assert len(caplog.records) == 1

    @pytest.mark.usefixtures("db")
    def test_without_a_subject_nobody_is_asked(self, settings):
        settings.ELASTICSEARCH_URL = ""
        assert names(make("Kompas", subjects=[])) == []

    @pytest.mark.usefixtures("no_search")
    def test_where_nobody_can_answer_it_says_so(self):
        with pytest.raises(SearchUnavailable):
            related_methods(make("Kompas"))


@pytest.fixture
def editions(db):
    """The fourth edition is the current one of two."""
    method = make_method(name="Kompas")
    old, new = (make_edition(method=method, label=f"{n}e druk", key=str(n), ordinal=n) for n in (3, 4))
    method.current_ordinal = new.ordinal
    method.save()
    return old, new


def titles(products):
    return [one.title for one in products]


def test_companions_are_of_the_same_edition_level_and_year_the_nearest_first(editions):
    old, new = editions
    here = {"edition": new, **LEVELS_AND_YEARS["havo-3"]}
    book = make_product(title="Kompas leerboek", **here)
    make_product(title="Kompas werkboek", **here)
    make_product(title="Kompas antwoorden", role="teacher", **here)
    make_product(title="Kompas alles", edition=new, levels=["havo"], combined=["havo-3", "havo-4"])
    make_product(title="Kompas weg", state="no_longer_available", **here)
    make_product(title="Kompas dubbel", merged_into=book, **here)
    make_product(title="Kompas 4", edition=new, **LEVELS_AND_YEARS["havo-4"])
    make_product(title="Kompas oud", **{**here, "edition": old})
    make_product(title="Ander boek", **LEVELS_AND_YEARS["havo-3"])
    assert titles(companions(book)) == ["Kompas werkboek", "Kompas antwoorden", "Kompas alles"]


@pytest.mark.parametrize("stated", [{"levels": ["havo"]}, {"years": ["leerjaar-3"]}])
def test_where_a_level_or_a_year_is_all_that_is_stated_that_is_shared(editions, stated):
    _old, new = editions
    book = make_product(title="Boek", edition=new, **stated)
    make_product(title="Werkboek", edition=new, **stated)
    make_product(title="Zonder", edition=new)
    assert titles(companions(book)) == ["Werkboek"]


def test_where_nothing_is_stated_nothing_belongs_together(editions, django_assert_num_queries):
    _old, new = editions
    book = make_product(title="Boek", edition=new)
    make_product(title="Werkboek", edition=new)
    with django_assert_num_queries(0):
        assert companions(book) == []


def test_the_counterpart_has_the_role_form_and_class_and_the_title_most_alike(editions):
    old, new = editions
    class_ = LEVELS_AND_YEARS["havo-3"]
    book = make_product(title="Kompas havo 3 leerboek 3e druk", edition=old, **class_)
    make_product(title="Kompas havo 3 leerboek 4e druk", edition=new, **class_)
    make_product(title="Kompas havo 3 werkboek 4e druk", edition=new, **class_)
    make_product(title="Kompas havo 3 leerboek 3e druk", edition=new, form="digital", **class_)
    make_product(title="Kompas havo 3 leerboek 3e druk", edition=new, role="teacher", **class_)
    make_product(title="Kompas havo 3 leerboek 3e druk", edition=new, state="no_longer_available", **class_)
    make_product(title="Kompas havo 4 leerboek 3e druk", edition=new, **LEVELS_AND_YEARS["havo-4"])
    assert titles(counterparts(book)) == ["Kompas havo 3 leerboek 4e druk"]


def test_of_equals_all_are_given(editions):
    old, new = editions
    book = make_product(title="Kompas", edition=old, **LEVELS_AND_YEARS["havo-3"])
    for part in ("a", "b"):
        make_product(title=f"Kompas {part}", edition=new, **LEVELS_AND_YEARS["havo-3"])
    assert titles(counterparts(book)) == ["Kompas a", "Kompas b"]


def test_no_counterpart_of_the_current_edition_an_unknown_one_or_with_a_successor(editions, django_assert_num_queries):
    old, new = editions
    class_ = LEVELS_AND_YEARS["havo-3"]
    current = make_product(title="Kompas", edition=new, **class_)
    unnumbered = make_product(title="Kompas", method=new.method, **class_)
    succeeded = make_product(title="Kompas", edition=old, successor=current, **class_)
    for product in (current, unnumbered, succeeded):
        found = product_with_relations(product.public_id)
        with django_assert_num_queries(0):
            assert counterparts(found) == []


def test_a_newer_edition_than_the_current_one_has_no_counterpart_in_the_older(editions):
    _old, new = editions
    announced = make_edition(method=new.method, label="5e druk", key="5", ordinal=5)
    make_product(title="Kompas", edition=new, **LEVELS_AND_YEARS["havo-3"])
    assert counterparts(make_product(title="Kompas", edition=announced, **LEVELS_AND_YEARS["havo-3"])) == []


def test_without_a_class_the_counterpart_has_none_either(editions):
    old, new = editions
    book = make_product(title="Kompas site", edition=old)
    make_product(title="Kompas site", edition=new)
    make_product(title="Kompas site", edition=new, **LEVELS_AND_YEARS["havo-3"])
    (found,) = counterparts(book)
    assert not found.combined
