"""Texts asked of the database: what is found, in what order, and that nothing that is typed does harm."""

from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from catalogus.models import Product, Synonym
from catalogus.models.provenance import Provenance
from catalogus.naming import normal_form
from catalogus.search import SearchCriteria, View
from catalogus.search.postgres.backend import PostgresBackend
from catalogus.search.postgres.tsquery import STOP_WORDS, word_itself
from catalogus.services.search_rows import refresh_search_rows
from catalogus.services.search_words import refresh_search_words
from tests.factories import make_edition, make_method, make_product, make_publisher, valid_ean

pytestmark = pytest.mark.django_db


def product(title: str, family: str = "", **fields: Any) -> Product:
    family = family or title
    return make_product(
        method=fields.pop("method", None) or make_method(name=family, key=normal_form(family)),
        title=title,
        search_text="\n".join((title, family, *fields.pop("said", ()))),
        **fields,
    )


def found(text: str, view: View = View.PRODUCTS, **fields: Any) -> list[str]:
    page = PostgresBackend().search(SearchCriteria(text=text, view=view, **fields), with_facets=False)
    return [hit.title for hit in page.product_hits] or [hit.name for hit in page.method_hits]


@pytest.fixture
def shelf(request):
    """request.param, or these: title -> what else is said."""
    product("Fietsen en lopen", said=("Janssen, P.",))
    product("Kompas havo/vwo 3", "Kompas", levels=["havo", "vwo"], years=["leerjaar-3"], combined=["havo-3", "vwo-3"])
    product("Kompas groep 7-8 werkboek", "Kompas op weg", ean=valid_ean(3), identifier="KOM-7b", price_cents=1500,
            currency="EUR")  # fmt: skip
    product("Tel & Meet groep 5", "Tel & Meet", price_cents=2500, currency="USD")
    product("Doen!", "Doen en laten")
    refresh_search_rows(Product.objects.values_list("pk", flat=True))
    refresh_search_words()


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("fiets", ["Fietsen en lopen"]),
        ("FIÉTSEN", ["Fietsen en lopen"]),
        ("janssen lopen", ["Fietsen en lopen"]),
        ("lop", ["Fietsen en lopen"]),
        ("vwo kompas", ["Kompas havo/vwo 3"]),
        ("kompas groep 8", ["Kompas groep 7-8 werkboek"]),
        ("tel en meet", ["Tel & Meet groep 5"]),
        ("telenmeet", ["Tel & Meet groep 5"]),
        ('"meet groep"', ["Tel & Meet groep 5"]),
        ('"groep meet"', []),
        ("doen", ["Doen!"]),
        ("kompas -werkboek", ["Kompas havo/vwo 3"]),
        ("kompas zonder groep", ["Kompas havo/vwo 3"]),
        (valid_ean(3), ["Kompas groep 7-8 werkboek"]),
        ("KOM-7b", ["Kompas groep 7-8 werkboek"]),
        ("groep onder 20 euro", ["Kompas groep 7-8 werkboek"]),
        ("kompsa havo", ["Kompas havo/vwo 3"]),
        ("?!", []),
        ("kompas en", ["Kompas havo/vwo 3"]),
        ("zebra", []),
    ],
)
def test_what_is_found(shelf, text, titles):
    """Where next to nothing has all the words, what has some of them comes behind."""
    assert found(text)[:1] == titles


def test_a_word_is_found_by_its_synonyms_and_parts(shelf):
    Synonym.objects.create(
        text="rijwiel", key="rijwiel", other="fiets", other_key="fiets", provenance=Provenance.EDITOR
    )
    assert found("rijwiel") == ["Fietsen en lopen"]


def test_a_level_and_a_year_are_one_class():
    three = product("Kompas drie", levels=["havo"], years=["leerjaar-3"], combined=["havo-3"])
    product("Twee groepen", levels=["havo", "vwo"], years=["leerjaar-1", "leerjaar-3"], combined=["havo-1", "vwo-3"])
    product("Alleen havo", levels=["havo"])
    product("Havo 3 in de titel")
    refresh_search_rows(Product.objects.values_list("pk", flat=True))
    assert found("havo 3") == [three.title, "Havo 3 in de titel", "Alleen havo"]


def test_the_whole_name_stands_first_then_the_name_of_the_method_then_the_title(shelf):
    product("Alles over het kompas", "Wegwijzer")
    product("Kompas", "Kaarten")
    refresh_search_rows(Product.objects.values_list("pk", flat=True))
    assert found("kompas")[0] == "Kompas"
    assert found("kompas")[-1] == "Alles over het kompas"
    assert found("kompas", View.METHODS) == ["Kompas", "Kaarten", "Kompas op weg", "Wegwijzer"]


def test_where_next_to_nothing_has_all_words_some_may_be_missing(shelf):
    page = PostgresBackend().search(SearchCriteria(text="kompas groep zebra", view=View.PRODUCTS))
    assert page.is_loosened
    assert page.complete_total == 0
    assert page.product_hits[0].title == "Kompas groep 7-8 werkboek"
    assert page.total == len(page.product_hits) == 3


def test_editions_and_publishers_that_are_named():
    house = make_publisher(slug="zandloper", name="Uitgeverij Zandloper")
    method = make_method(name="Kompas", key="kompas", publisher=house)
    for label in ("1e editie", "2e editie MAX"):
        edition = make_edition(method=method, label=label, key=normal_form(label))
        make_product(edition=edition, title=f"Kompas {label[0]}", search_text="Kompas")
    product("Kompas van een ander", "Kompas")
    refresh_search_rows(Product.objects.values_list("pk", flat=True))
    assert found("kompas 2e editie")[0] == "Kompas 2"
    assert set(found("kompas uitgeverij zandloper")[:2]) == {"Kompas 1", "Kompas 2"}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example("'")
@example("') || true; --")
@example("a & | ! ( :* <-> 'b")
@example("%s %(x)s %% _ \\ \\' {}")
@example("kompas:AB* -'; \"drop")
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60))
def test_no_text_is_an_error(shelf, text):
    for view in View:
        page = PostgresBackend().search(SearchCriteria(text=text, view=view), with_facets=False)
        assert page.total >= len(page.product_hits) + len(page.method_hits)


def test_the_words_that_the_database_leaves_out_are_known():
    with connection.cursor() as cursor:
        statement = "SELECT word FROM unnest(%s::text[]) AS word WHERE to_tsvector('keuzecatalogus', word) <> ''"
        cursor.execute(statement, [sorted(STOP_WORDS)])
        assert cursor.fetchall() == []


def test_a_word_in_quotes_holds_letters_and_figures_alone():
    assert word_itself("o'n\\d:A*") == "('o' & 'n' & 'd' & 'a')"
