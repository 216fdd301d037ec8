"""The words of the catalogue: counted by method, kept in line, and when they ask for a rebuild."""

import pytest

from catalogus.models import Product, RebuildRequest, SearchWord
from catalogus.search.words.refreshing import refresh_words
from catalogus.services.search_words import refresh_search_words
from tests.factories import make_method, make_product, make_publisher

pytestmark = pytest.mark.django_db


def counts(*words):
    return {word: row.method_count if (row := SearchWord.objects.filter(word=word).first()) else None for word in words}


def test_words_are_counted_by_method():
    one, other = make_method(name="Kiezel & Co"), make_method(name="Zandbank")
    make_product(method=one, title="Kiezel thema's havo 3")
    make_product(method=one, title="Kiezel werkboek")
    make_product(method=other, title="Zandbank werkboek II", merged_into=None)
    make_method(name="Leegstand")
    refresh_search_words()
    assert counts("kiezel", "zandbank", "werkboek", "themas", "en", "havo") == {
        "kiezel": 1, "zandbank": 1, "werkboek": 2, "themas": 1, "en": 1, "havo": 1
    }  # fmt: skip
    assert counts("3", "s", "leegstand") == {"3": None, "s": None, "leegstand": None}


def test_names_of_concepts_and_publishers_are_known_without_a_method():
    make_publisher(name="Lindeboom Uitgevers")
    refresh_search_words()
    assert counts("lindeboom", "wiskunde", "mediawijsheid") == {"lindeboom": 0, "wiskunde": 0, "mediawijsheid": 0}


def test_merged_products_do_not_count_and_what_is_gone_goes():
    kept = make_product(title="Kiezel")
    gone = make_product(title="Grind")
    assert refresh_search_words() == SearchWord.objects.count()
    assert counts("kiezel", "grind") == {"kiezel": 1, "grind": 1}
    ids = dict(SearchWord.objects.values_list("word", "pk"))
    Product.objects.filter(pk=gone.pk).update(merged_into=kept)
    refresh_search_words()
    assert counts("kiezel", "grind") == {"kiezel": 1, "grind": None}
    assert dict(SearchWord.objects.values_list("word", "pk")).items() <= ids.items(), "what stays is not written again"


def test_words_too_long_for_a_word_are_none():
    make_product(title=f"{'x' * 81} {'y' * 80}")
    refresh_search_words()
    assert counts("x" * 81, "y" * 80) == {"x" * 81: None, "y" * 80: 1}


def test_a_rebuild_is_asked_for_only_where_a_word_falls_apart_otherwise():
    make_product(title="Kiezelboek")
    assert not refresh_words()
    make_product(title="Zandbank")
    make_product(title="Zandbank")
    assert not refresh_words(), "a new part that no word of the catalogue has"
    make_product(title="Kiezel")
    assert not refresh_words(), "in one method only"
    make_product(title="Kiezel")
    assert refresh_words()
    assert "kiezelboek" in RebuildRequest.objects.get().reason
    assert not refresh_words()
