"""The words of a search: compounds, synonyms, and what a mistyped word may have meant, at the price of few queries."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogus import memory
from catalogus.models import SearchWord
from catalogus.search.words import Word, read_words
from catalogus.services.synonyms import add_synonym, remove_synonym
from tests.factories import make_method, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    rows = {
        "wiskunde": 40,
        "wiskundig": 2,
        "kiezel": 9,
        "kiezels": 3,
        "kievit": 5,
        "wereldreis": 4,
        "vlinder": 1,
        "taken": 6,
    }
    SearchWord.objects.bulk_create(SearchWord(word=word, method_count=count) for word, count in rows.items())


def one(text):
    (word,) = read_words([text])
    return word


def test_words_come_in_their_order_as_typed():
    assert [word.text for word in read_words(["Kompas", "WISKUNDE", "&", "…", "3", ""])] == [
        "Kompas", "WISKUNDE", "&", "…", "3", ""
    ]  # fmt: skip
    assert read_words([]) == ()


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("wiskundeboek", ("wiskunde", "boek")),
        ("Wiskundeboeken", ("wiskunde", "boek")),
        ("NuNederlands", ("nu", "nederlands")),
        ("metaaltechniek", ()),  # The name of a subject is found as that.
        ("bloemlezing", ()),
        ("rekenen-wiskunde", ()),
        ("rekenboek-wiskundeboek", ()),
    ],
)
def test_compounds(typed, parts):
    assert one(typed).parts == parts


def test_synonyms_both_ways_or_one():
    add_synonym(text="kiezelboek", other="steentjesboek")
    add_synonym(text="kiezelkaart", other="kaart van kiezels", is_two_way=False)
    memory.forget_all()
    assert one("Kiezelboek").others == ("steentjesboek",)
    assert one("steentjesboek").others == ("kiezelboek",)
    assert one("kiezelboeken").others == ("steentjesboek",), "in the plural too"
    assert one("kiezelkaart").others == ("kaart van kiezels",)
    assert read_words(["kaart", "van", "kiezels"])[0].others == ()


def test_a_term_of_several_words_is_one():
    add_synonym(text="digitaal kiezelbord", other="kiezeldigi")
    add_synonym(text="bord", other="paneel")
    memory.forget_all()
    found = read_words(["Kompas", "Digitaal", "kiezelborden", "bord"])
    assert [(word.text, word.others) for word in found] == [
        ("Kompas", ()),
        ("Digitaal kiezelborden", ("kiezeldigi",)),
        ("bord", ("paneel",)),
    ]
    assert one("digitaal-kiezelbord").others == ("kiezeldigi",)
    assert one("kiezeldigi").others == ("digitaal kiezelbord",)


def test_a_new_synonym_is_known_within_half_a_minute(monkeypatch):
    assert one("kiezelboek").others == ()
    synonym = add_synonym(text="kiezelboek", other="steentjesboek")
    assert one("kiezelboek").others == ()
    monkeypatch.setattr(memory, "KEPT_SECONDS", -1.0)
    assert one("kiezelboek").others == ("steentjesboek",)
    remove_synonym(synonym=synonym)
    assert one("kiezelboek").others == ()


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("wiskudne", ("wiskunde",)),  # Two letters changed round are one slip.
        ("wiskune", ("wiskunde",)),
        ("wisskundde", ("wiskunde",)),
        ("kizel", ("kiezel",)),
        ("kiezzel", ("kiezel",)),
        ("jiezel", ("kiezel",)),
        ("kiezle", ("kiezel",)),
        ("wereldries", ("wereldreis",)),
        # One slip in seven letters, not two.
        ("kizzals", ()),
        # Of four letters nearly everything is near to something.
        ("kize", ()),
        # Known as they are, in the plural, as a compound, or as a word of the curriculum.
        ("kiezel", ()), ("kiezels", ()), ("kievits", ()), ("wiskundeboek", ()), ("duits", ()), ("economie", ()),
        # With a digit, and nothing like a word.
        ("kize1", ()), ("9789000000012", ()), ("xxxxxxxx", ()), ("kiezle-wiskudne", ()), ("a" * 10_000, ()),
    ],
)  # fmt: skip
def test_near_words(typed, near):
    assert one(typed).near == near


def test_near_words_best_first_and_three_at_most():
    rows = {"baker": 1, "bakken": 2, "maken": 50, "baten": 3, "balen": 9, "baken": 4}
    SearchWord.objects.bulk_create(SearchWord(word=word, method_count=count) for word, count in rows.items())
    assert one("bauen").near == ("balen", "baken", "baten")
    assert one("qaken").near == ("maken", "baken")


@pytest.mark.usefixtures("known")
def test_a_usual_search_costs_no_query_and_an_unknown_word_few():
    typed = ["wiskundeboek", "havo", "3", "werkboek", "leerling"]
    read_words(typed)
    with CaptureQueriesContext(connection) as queries:
        read_words(typed)
    assert len(queries) == 0
    with CaptureQueriesContext(connection) as queries:
        read_words(["vlinder", "kiezel", *typed])
    assert len(queries) == 1, "whether the catalogue has them"
    with CaptureQueriesContext(connection) as queries:
        read_words(["kizel", "wereldries", *typed])
    asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) == 3, "whether they are known, how alike they must be, and which are near: for all words at once"
    with CaptureQueriesContext(connection) as queries:
        assert read_words(["kizel"])[0].near == ("kiezel",)
    assert len(queries) == 0


@pytest.mark.usefixtures("known")
def test_of_many_unknown_words_the_first_are_looked_up():
    typed = ["kizel", *(f"qxz{letter * 6}" for letter in "abcdefghij"), "wiskudne"]
    read_words(["boek"])
    with CaptureQueriesContext(connection) as queries:
        found = read_words(typed)
    assert found[0].near == ("kiezel",)
    assert found[-1].near == ()
    assert len(queries) < 6
    assert one("wiskudne").near == ("wiskunde",), "which is not remembered for those that were passed over"


def test_what_was_near_is_forgotten_with_time(monkeypatch):
    assert one("kizel").near == ()
    SearchWord.objects.create(word="kiezel", method_count=1)
    assert one("kizel").near == ()
    monkeypatch.setattr(memory, "KEPT_SECONDS", -1.0)
    assert one("kizel").near == ("kiezel",)


@pytest.mark.usefixtures("known")
def test_reading_words_is_quick():
    typed = ["wiskundeboek", "havo", "3", "werkboek", "leerling", "docentenhandleiding", "economie", "toetsen"]
    read_words(typed)
    started = time.perf_counter()
    for _ in range(20):
        read_words(typed)
    assert (time.perf_counter() - started) / 20 < 0.003


@pytest.mark.search
def test_words_of_titles_names_and_labels_are_known(search_index):
    make_product(title="Vlinderpracht deel 1", method=make_method(name="Zilverdraad"))
    search_index.rebuild()
    for text, near in {
        "zilverdraat": "zilverdraad",
        "vlinderprcht": "vlinderpracht",
        "aardrijskunde": "aardrijkskunde",
    }.items():
        assert one(text) == Word(text, near=(near,))
