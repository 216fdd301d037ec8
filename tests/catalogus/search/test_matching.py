"""Which products and methods a text finds, and which of them first."""

import pytest

from tests.factories import make_method, make_product, make_publisher, valid_ean

pytestmark = pytest.mark.search


def complete(page):
    """The hits with all the words; where these are few, others follow them."""
    hits = (*page.product_hits, *page.method_hits)
    return hits[: page.complete_total] if page.is_loosened else hits


@pytest.fixture
def shelf(search_index):
    """A small shelf, indexed: two methods of two publishers and a book by itself."""
    noord = make_publisher(slug="noord", name="Uitgeverij Noord")
    zuid = make_publisher(slug="zuid", name="Uitgeverij Zuid")
    kompas = make_method(name="Kompas", publisher=noord)
    tel = make_method(name="Tel & Meet", publisher=zuid)
    make_product(method=kompas, title="Kompas havo 3 werkboek", ean=valid_ean(1), subjects=["aardrijkskunde"])
    make_product(method=kompas, title="Kompas havo 3 leerboek", contained_ean=valid_ean(2), identifier="urn:noord:77-b")
    make_product(method=kompas, title="Atlas bij de methode", authors=["Wil Vos"])
    make_product(method=tel, title="Tel&Meet groep 4", ean=valid_ean(3))
    make_product(method=tel, title="Tel en Meet")
    make_product(title="Eén café aan zee, fietsen in de klas")
    make_product(title=f"Antwoorden bij {valid_ean(1)} en bij Kompas havo 3 werkboek en leerboek")
    search_index.rebuild()


def test_found(shelf, products, methods):
    for text, titles in [
        (
            "werkboek kompas",
            {"Kompas havo 3 werkboek", "Antwoorden bij 9789000000012 en bij Kompas havo 3 werkboek en leerboek"},
        ),
        ("kompas werkboek vwo", set()),
        ("noord werkboek", {"Kompas havo 3 werkboek"}),
        ("aardrijkskunde", {"Kompas havo 3 werkboek"}),
        ("vos", {"Atlas bij de methode"}),
        ("kompas atlas", {"Atlas bij de methode"}),
        ("ATLAS", {"Atlas bij de methode"}),
        ("een cafe", {"Eén café aan zee, fietsen in de klas"}),
        ("fiets", {"Eén café aan zee, fietsen in de klas"}),
        ("tel&meet groep", {"Tel&Meet groep 4"}),
        ("tel & meet groep", {"Tel&Meet groep 4"}),
        ("tel en meet groep", {"Tel&Meet groep 4"}),
        ("kompas - atlas", {"Atlas bij de methode"}),
        # The last word may be unfinished; two letters, or a word before it, may not.
        ("atl", {"Atlas bij de methode"}),
        ("at", set()),
        ("atl kompas", set()),
        (valid_ean(2), {"Kompas havo 3 leerboek"}),
        ("978-90-00-00002-9", {"Kompas havo 3 leerboek"}),
        ("urn:noord:77-b", {"Kompas havo 3 leerboek"}),
        ("---", set()),
    ]:
        assert {hit.title for hit in complete(products(text))} == titles, text
        assert {product.title for hit in complete(methods(text)) for product in hit.products} >= titles, text


def test_first(shelf, products, methods):
    for text, first in [
        (valid_ean(1), "Kompas havo 3 werkboek"),
        ("tel en meet", "Tel en Meet"),
        ("TEL & MEET", "Tel en Meet"),
        ("kompas havo 3 werkboek", "Kompas havo 3 werkboek"),
        ("kompas havo 3 leerboek", "Kompas havo 3 leerboek"),
    ]:
        assert products(text).product_hits[0].title == first, text
        assert methods(text).method_hits[0].products[0].title == first, text


def test_the_method_by_its_whole_name_comes_before_one_that_mentions_it(products, methods, search_index):
    make_product(method=make_method(name="Spoor"), title="Werkboek deel 1")
    make_product(method=make_method(name="Overal"), title="Spoor spoor spoor, langs het spoor")
    search_index.rebuild()
    assert [hit.name for hit in methods("spoor").method_hits] == ["Spoor", "Overal"]


def test_the_words_of_a_text_must_meet_in_one_product(methods, search_index):
    method = make_method(name="Kompas")
    make_product(method=method, title="Havo leerboek")
    make_product(method=method, title="Vwo werkboek")
    search_index.rebuild()
    assert len(complete(methods("kompas havo leerboek"))) == 1
    assert not complete(methods("havo werkboek"))


def test_what_a_product_is_for_can_be_typed(search_index, products, methods):
    class_ = {"sectors": ["vo"], "levels": ["havo"], "years": ["leerjaar-3"], "combined": ["havo-3"]}
    make_product(title="Kompas deel B", subjects=["wiskunde"], **class_)
    search_index.rebuild()
    for text, is_found in [
        ("wiskunde havo leerjaar 3", True),
        ("leerjaar 3", True),
        ("voortgezet onderwijs wiskunde", True),
        ("wiskunde groep 3", False),
        ("wiskunde vwo", False),
    ]:
        assert bool(complete(products(text))) is bool(complete(methods(text))) is is_found, text


def test_an_ean_finds_its_method_with_that_product_alone(shelf, methods):
    page = methods(valid_ean(3))
    assert [(hit.name, hit.matching_products) for hit in page.method_hits] == [("Tel & Meet", 1)]
    assert page.method_hits[0].products[0].ean == valid_ean(3)


def test_a_long_text_is_answered(shelf, products):
    assert products(" ".join(["kompas"] * 42)).total == 4


def test_no_text_is_a_command(shelf, products, methods):
    for text in ['"', "\\", "a AND (b", "title:x", "*", "[1 TO 2]", "😀", "é" * 300]:
        assert products(text).total == methods(text).total == 0, text
