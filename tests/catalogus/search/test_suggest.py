"""Suggestions: what is found by which letters, in which order, and what is left when the engine is away."""

import logging

import pytest
from django.utils import timezone, translation

from catalogus.models import Concept, ConceptAlias
from catalogus.search import named
from catalogus.search.suggest import MOST, Kind, suggest
from tests.factories import make_method, make_product, make_publisher, valid_ean

pytestmark = pytest.mark.search


def names(text, kind=None):
    """The names that are suggested, of one kind or of all."""
    return [one.name for one in suggest(text).found if kind in (None, one.kind)]


@pytest.fixture
def shelf(search_index):
    """Four methods with a product each, of two publishers; another product makes Kompas the larger one."""
    north, south = make_publisher(name="Uitgeverij Noorderlicht B.V."), make_publisher(name="Édition Zuid")
    made = {}
    for name, publisher, subject in (
        ("Kompas", north, "aardrijkskunde"),
        ("Kompasroos", south, "aardrijkskunde"),
        ("Tel & Meet", south, "wiskunde"),
        ("Nu Nederlands", north, "nederlands"),
    ):
        made[name] = make_method(name=name, publisher=publisher)
        make_product(method=made[name], title=f"{name} havo 3 leerboek", subjects=[subject], sectors=["vo"])
    make_product(method=made["Kompasroos"], title="Kompasroos havo 4 werkboek", ean=valid_ean(7))
    search_index.rebuild()
    return made


def test_methods_by_beginnings_in_any_spelling(shelf):
    for typed, method in [
        ("tel", "Tel & Meet"),
        ("Tel & M", "Tel & Meet"),
        ("tel en meet", "Tel & Meet"),
        ("telenmeet", "Tel & Meet"),
        ("telenm", "Tel & Meet"),
        ("tel&meet", "Tel & Meet"),
        ("meet", "Tel & Meet"),
        ("NUNED", "Nu Nederlands"),
        ("nederl nu", "Nu Nederlands"),
        ("nu-nederlands", "Nu Nederlands"),
        ("kompás", "Kompas"),
    ]:
        assert method in names(typed, Kind.METHODS), typed


def test_slips_of_the_finger_are_forgiven(shelf):
    for typed, method in [
        ("komaps", "Kompas"),
        ("kompazr", "Kompasroos"),
        ("nederlnads", "Nu Nederlands"),
        ("neederlnad", "Nu Nederlands"),
    ]:
        assert method in names(typed, Kind.METHODS), typed


def test_no_slip_in_the_first_letter_in_short_words_or_in_those_with_figures(shelf):
    for typed in ["komp4s", "lompas", "tle", "mtee", "ompas", "kmpsas"]:
        assert not names(typed), typed


def test_a_name_that_begins_so_leaves_out_those_that_are_only_like_it(shelf, search_index):
    make_product(method=make_method(name="Kompan"), title="Ander boek")
    search_index.rebuild()
    assert names("kompas", Kind.METHODS) == ["Kompas", "Kompasroos"]
    assert names("kompan", Kind.METHODS) == ["Kompan"]


def test_the_whole_name_stands_first_then_the_larger_method(shelf, search_index):
    assert names("kompas", Kind.METHODS) == ["Kompas", "Kompasroos"]
    assert names("kom", Kind.METHODS) == ["Kompasroos", "Kompas"]
    make_product(method=make_method(name="Het grote Kompas"), title="Ander boek")
    make_product(method=make_method(name="Kompashuis van de wereld"), title="Nog een boek")
    search_index.rebuild()
    assert names("kompas", Kind.METHODS) == ["Kompas", "Kompasroos", "Kompashuis van de wereld", "Het grote Kompas"]


def test_titles_tell_their_method_and_methods_their_publisher(shelf):
    about = {one.name: one.about for one in suggest("kompasroos").found}
    assert about == {
        "Kompasroos": "Édition Zuid",
        "Kompasroos havo 3 leerboek": "Kompasroos",
        "Kompasroos havo 4 werkboek": "Kompasroos",
    }


def test_titles_by_words_of_title_and_method_in_any_order(shelf):
    assert names("leerboek kompas", Kind.TITLES) == ["Kompas havo 3 leerboek", "Kompasroos havo 3 leerboek"]
    assert set(names("kompas leerb", Kind.TITLES)) == {"Kompas havo 3 leerboek", "Kompasroos havo 3 leerboek"}
    assert names("werkboek 4", Kind.TITLES) == ["Kompasroos havo 4 werkboek"]
    assert not names("werkboek 5")


def test_a_title_stands_once_and_not_beside_a_method_of_that_name(shelf, search_index):
    make_product(method=shelf["Kompas"], title="Kompas")
    for _ in range(3):
        make_product(method=shelf["Kompas"], title="Kompas atlas")
    search_index.rebuild()
    assert names("kompas", Kind.TITLES).count("Kompas atlas") == 1
    assert "Kompas" not in names("kompas", Kind.TITLES)


def test_an_article_number_leads_to_its_product(shelf):
    assert names(valid_ean(7)) == ["Kompasroos havo 4 werkboek"]


def test_subjects_by_name_and_abbreviation(shelf):
    for typed, subject in [
        ("aardr", "Aardrijkskunde"),
        ("ak", "Aardrijkskunde"),
        ("aardirjks", "Aardrijkskunde"),
        ("wisk", "Wiskunde"),
        ("geogra", "Aardrijkskunde"),
    ]:
        assert subject in names(typed, Kind.SUBJECTS), typed


def test_subjects_and_publishers_without_a_product_are_not_suggested(shelf):
    make_publisher(name="Noorderleeg")
    assert not names("scheik")
    assert names("noord") == ["Uitgeverij Noorderlicht B.V."]


def test_subjects_read_in_the_language_of_the_reader_and_are_found_in_both(shelf):
    with translation.override("en"):
        assert names("geogr", Kind.SUBJECTS) == names("aardr", Kind.SUBJECTS) == ["Geography"]


def test_spellings_of_records_alone_are_no_names(shelf):
    concept = Concept.objects.get(scheme="subject", code="aardrijkskunde")
    for provenance, key in (("feed", "wereldvak"), ("editor", "landenkunde")):
        ConceptAlias.objects.create(scheme="subject", concept=concept, text=key, key=key, provenance=provenance)
    named.forget()
    assert not names("wereldvak")
    assert names("landenk") == ["Aardrijkskunde"]


def test_publishers_by_any_word(shelf):
    for typed, publisher in [("edit", "Édition Zuid"), ("zui", "Édition Zuid"), ("éd", "Édition Zuid")]:
        assert names(typed, Kind.PUBLISHERS) == [publisher]


def test_what_cannot_be_ordered_or_is_for_others_is_not_suggested(search_index):
    book = {"title": "Verdwenen boek", "subjects": ["fries"]}
    make_product(method=make_method(name="Verdwenen 1"), state="no_longer_available", **book)
    make_product(method=make_method(name="Verdwenen 2"), withdrawn_at=timezone.now(), **book)
    make_product(method=make_method(name="Verdwenen 3"), sectors=["hbo"], **book)
    search_index.rebuild()
    assert not names("verdwenen")
    assert not names("fries")


def test_a_list_holds_a_few_of_each(search_index):
    for number in range(15):
        publisher = make_publisher(name=f"Wiskundehuis {number}")
        method = make_method(name=f"Wiskunde {number}", publisher=publisher)
        make_product(method=method, title=f"Wiskundeboek {number}", subjects=["wiskunde", "wiskunde-a", "wiskunde-b"])
    search_index.rebuild()
    kinds = [one.kind for one in suggest("wisk").found]
    assert kinds == [*[Kind.METHODS] * 3, *[Kind.SUBJECTS] * 2, *[Kind.PUBLISHERS] * 2, *[Kind.TITLES] * 3]
    assert len(kinds) == MOST


@pytest.mark.parametrize("text", ["", "k", "é", "  ", "!?", "\x00", "😀😀😀", "-", '"', "k\x00"])
def test_too_little_to_go_by_asks_nobody(search_index, text, django_assert_num_queries, caplog):
    caplog.clear()
    with caplog.at_level(logging.INFO, logger="elastic_transport.transport"), django_assert_num_queries(0):
        assert not suggest(text).found
    assert not caplog.records


def test_signs_of_query_languages_are_signs(shelf):
    for text in [
        "kompas AND (",
        'kompas~2^9 "',
        "'; DROP TABLE--",
        "../../etc",
        "😀 kompas",
        "kompas* OR *:*",
        "a " * 150,
        "x" * 300,
    ]:
        assert suggest(text).is_complete, text


def test_it_is_one_call_of_the_engine_and_no_query(shelf, caplog, django_assert_num_queries):
    names("kompas")  # What is remembered is read by now.
    with caplog.at_level(logging.INFO, logger="elastic_transport.transport"), django_assert_num_queries(0):
        assert names("kompas")
    (call,) = caplog.records
    assert "/_msearch" in call.getMessage()


def test_without_the_engine_subjects_and_publishers_are_left(shelf, settings, unused_tcp_port):
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{unused_tcp_port}"
    answer = suggest("aardr")
    assert [one.name for one in answer.found] == ["Aardrijkskunde"]
    assert not answer.is_complete
    settings.ELASTICSEARCH_URL = ""
    assert [one.name for one in suggest("zuid").found] == ["Édition Zuid"]


def test_without_an_index_as_well(shelf, search_index):
    search_index.drop()
    assert [one.name for one in suggest("aardr").found] == ["Aardrijkskunde"]


@pytest.mark.parametrize(
    ("typed", "word", "is_alike"),
    [
        ("wiskudne", "wiskunde", True),
        ("wiskuned", "wiskunde", True),
        ("wikun", "wiskunde", True),
        ("wiskkunde", "wiskunde", True),
        ("aardrijskund", "aardrijkskunde", True),
        ("aardijskunde", "aardrijkskunde", True),
        ("aardijskond", "aardrijkskunde", False),
        ("wisk", "wiskunde", True),
        ("wikn", "wiskunde", False),
        ("viskunde", "wiskunde", False),
        ("wiskxnxe", "wiskunde", False),
        ("downloader", "countdown", False),
        ("2024x", "2025x", False),
    ],
)
def test_begins_alike(typed, word, is_alike):
    assert named.begins_alike(typed, word) == is_alike
