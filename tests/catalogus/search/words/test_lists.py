"""The word list: what is in it, and when a change of the words is seen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogus import memory
from catalogus.models import SearchWord
from catalogus.search.words import lists, word_list, word_list_for_documents
from catalogus.services.compounds import set_compound

pytestmark = pytest.mark.django_db


def may_be_part(word):
    return word in word_list().splitter.anywhere


def test_words_of_two_methods_and_five_letters_may_be_parts():
    rows = {"kiezel": 2, "eenling": 1, "mini": 9, "tussen": 50, "leer": 50}
    SearchWord.objects.bulk_create(SearchWord(word=word, method_count=count) for word, count in rows.items())
    assert {word for word in rows if may_be_part(word)} == {"kiezel"}
    assert may_be_part("boek"), "shipped"
    assert may_be_part("wiskunde"), "the name of a subject"
    assert not may_be_part("wisk"), "a mere spelling of one"


def test_at_most_so_many_words_of_most_methods(monkeypatch):
    monkeypatch.setattr(lists, "MOST_PARTS", 2)
    SearchWord.objects.bulk_create(
        SearchWord(word=word, method_count=count) for word, count in {"eerste": 2, "zweden": 9, "kiezel": 5}.items()
    )
    assert [may_be_part(word) for word in ("zweden", "kiezel", "eerste")] == [True, True, False]


def test_searches_know_a_change_after_a_while_and_documents_at_once(monkeypatch):
    assert word_list().parts_of("kiezelboek") == ()
    SearchWord.objects.create(word="kiezel", method_count=3)
    assert word_list().parts_of("kiezelboek") == ()
    assert word_list_for_documents().parts_of("kiezelboek") == ("kiezel", "boek")
    assert word_list().parts_of("kiezelboek") == ("kiezel", "boek"), "one list for both"
    set_compound(word="kiezelboek")
    assert word_list_for_documents().parts_of("kiezelboek") == ()
    set_compound(word="kiezelboek", parts=["kie", "zelboek"])
    monkeypatch.setattr(memory, "KEPT_SECONDS", -1.0)
    assert word_list().parts_of("kiezelboek") == ("kie", "zelboek")


def test_what_is_remembered_costs_no_query_and_one_for_documents():
    word_list()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        word_list()
    assert len(queries) == 0
    with CaptureQueriesContext(connection) as queries:
        word_list_for_documents()
    assert len(queries) == 1


def test_the_list_stays_the_same_object_of_splits_where_nothing_changed(monkeypatch):
    before = word_list()
    before.parts_of("wiskundeboek")
    monkeypatch.setattr(memory, "KEPT_SECONDS", -1.0)
    after = word_list()
    assert after is not before
    assert after.splitter is before.splitter
    assert after._splits is before._splits


def test_forgetting():
    SearchWord.objects.create(word="kiezel", method_count=3)
    assert word_list().parts_of("kiezelboek")
    SearchWord.objects.all().delete()
    memory.forget_all()
    assert not word_list().parts_of("kiezelboek")
