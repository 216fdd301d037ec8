"""How compounds fall apart: known right and wrong splits, with the shipped words and a catalogue made to mislead."""

import json
from pathlib import Path

import pytest

from catalogus import memory
from catalogus.models import SearchWord
from catalogus.search.words import word_list
from catalogus.search.words.splitting import Splitter
from catalogus.services.compounds import remove_compound, set_compound

SPLITS = json.loads((Path(__file__).parent / "splits.json").read_text(encoding="utf-8"))


@pytest.fixture
def catalogue(db):
    """Words of many methods, of which some are no parts of anything."""
    SearchWord.objects.bulk_create(SearchWord(word=word, method_count=9) for word in SPLITS["catalogue"])
    memory.forget_all()


@pytest.mark.usefixtures("catalogue")
def test_known_splits():
    found = {word: list(word_list().parts_of(word)) for word in SPLITS["apart"]}
    assert found == SPLITS["apart"]


@pytest.mark.usefixtures("catalogue")
def test_known_wrong_splits():
    found = {word: word_list().parts_of(word) for word in SPLITS["whole"]}
    assert {word: parts for word, parts in found.items() if parts} == {}


@pytest.mark.usefixtures("catalogue")
def test_editors_extend_the_list():
    assert word_list().parts_of("zeehondschuur") == ("zeehond", "schuur")
    whole = set_compound(word="Zeehondschuur")
    apart = set_compound(word="minister", parts=["mini", "ster"])
    memory.forget_all()
    assert word_list().parts_of("zeehondschuur") == ()
    assert word_list().parts_of("zeehondschuren") == (), "and so are its forms"
    assert word_list().parts_of("minister") == ("mini", "ster")
    for compound in (whole, apart):
        remove_compound(compound=compound)
    memory.forget_all()
    assert word_list().parts_of("zeehondschuur") == ("zeehond", "schuur")


def test_the_whole_word_is_covered_by_the_fewest_and_longest_parts():
    splitter = Splitter(anywhere={"werk", "boek", "werkboek", "rekenwerk", "kaart", "kaa"}, first={"reken"})
    assert splitter.split("rekenwerkboek") == ("reken", "werkboek")
    assert splitter.split("boekreken") == (), "a first part ends nothing"
    assert splitter.split("werkboekx") == splitter.split("xwerkboek") == splitter.split("werkxboek") == ()
    assert splitter.split("werkboek") == ("werk", "boek"), "a word is no part of itself"


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("groepsboek", ("groep", "boek")),
        ("groepenboek", ("groep", "boek")),
        ("kinderboek", ("kind", "boek")),
        ("zonneboek", ("zon", "boek")),
        ("opgavenboek", ("opgave", "boek")),
        ("groepxboek", ()),
    ],
)
def test_letters_between_parts(word, parts):
    splitter = Splitter(anywhere={"groep", "kind", "zon", "opgave", "boek"})
    assert splitter.split(word) == parts


@pytest.mark.parametrize("word", ["", "a", "boek", "boek" * 30, "werk" * 10 + "x", "123456", "é" * 20, "a" * 100_000])
def test_odd_words(word):
    assert Splitter(anywhere={"werk", "boek"}).split(word) == ()


@pytest.mark.usefixtures("db")
def test_parts_of_parts_are_for_documents():
    assert word_list().parts_of("rekenwerkboek") == ("reken", "werkboek")
    assert word_list().all_parts_of("rekenwerkboek") == ["reken", "werkboek", "werk", "boek"]
