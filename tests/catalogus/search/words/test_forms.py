"""What a document holds of its words: parts of compounds, and neighbours written as one; and what is found by them."""

import pytest

from catalogus.search.words import word_forms, word_list
from catalogus.search.words.forms import MOST_JOINED, MOST_PARTS
from tests.factories import make_method, make_product

pytestmark = pytest.mark.django_db


def forms(*names, others=()):
    return word_forms(names, others, word_list())


def test_parts_of_names_and_others():
    found = forms("Kompas wiskundeboek", "Kompas", others=["Rekenwerkboeken", "Leerjaar 3"])
    assert found.parts == ["boek", "reken", "werk", "werkboek", "wiskunde"]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("GetalEnRuimte", ["en", "getal", "ruimte"]),
        ("NuNederlands havo", ["nederlands", "nu"]),
        ("LeesboekPlus", ["boek", "lees", "leesboek", "plus"]),
        ("HAVO vwo Kompas 3VWO", []),
        ("Lees- en werkboek", ["boek", "lees", "leesboek", "werk"]),
        ("Natuur- en scheikunde", []),
        ("Leesboek’s", ["boek", "lees"]),
        ("", []),
    ],
)
def test_parts_of_a_name(name, parts):
    assert forms(name).parts == parts


@pytest.mark.parametrize(
    ("name", "joined"),
    [
        ("Tel & Meet", {"telenmeet", "telen", "enmeet", "telmeet"}),
        ("Tel&Meet", {"telenmeet", "telen", "enmeet", "telmeet"}),
        ("Nu Nederlands", {"nunederlands"}),
        ("Getal en Ruimte havo 3", {"getalenruimte", "getalruimte", "ruimtehavo", "getalenruimtehavo3"}),
        ("Kiezel", {"kiezel"}),
        ("Één Thema's", {"eenthemas"}),
    ],
)
def test_neighbours_of_a_name_are_joined(name, joined):
    found = set(forms(name).joined)
    assert joined <= found
    if len(joined) < 5 and "havo" not in name:
        assert joined == found


def test_others_are_not_joined_and_numbers_only_in_the_whole():
    assert forms(others=["Nederlandse taal"]).joined == []
    assert forms("deel 2 havo").joined == ["deel2havo"]
    assert forms("…").joined == []


def test_a_stuffed_title_is_bounded():
    stuffed = " ".join(f"{word}boek" for word in ("lees", "werk", "reken", "kleuter", "atlas", "docent", "klas") * 20)
    found = forms(stuffed, stuffed.upper(), others=[f"{stuffed} {stuffed}"])
    assert len(found.joined) <= MOST_JOINED
    assert len(found.parts) <= MOST_PARTS
    assert max(map(len, found.joined)) <= 100


@pytest.mark.search
def test_documents_hold_them(search_index):
    from catalogus.models import OutboxKind
    from catalogus.search.loading import load_documents

    product = make_product(title="Rekenwerkboek", method=make_method(name="Tel & Meet"), subjects=["rekenen"])
    search_index.rebuild()
    document = load_documents(OutboxKind.PRODUCT, [product.pk])[product.pk]
    assert {"reken", "werkboek", "werk", "boek"} <= set(document["parts"])
    assert {"telenmeet", "telmeet", "rekenwerkboek"} <= set(document["joined"])
    stored = search_index.client.get(index=search_index_name(), id=str(product.pk)).body["_source"]
    assert stored["parts"] == document["parts"]


def search_index_name():
    from catalogus.models import OutboxKind
    from catalogus.search.indices import live_alias

    return live_alias(OutboxKind.PRODUCT)
