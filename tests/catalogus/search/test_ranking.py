"""In what order a text's hits come, and why; what happens where not all words can be found."""

from dataclasses import replace

import elastic_transport
import pytest

from accounts.models import User
from catalogus.models import SearchWord
from catalogus.search import SearchCriteria, View, get_backend
from tests.factories import make_edition, make_method, make_product, make_publisher, review_fields
from tests.people import sign_in

pytestmark = pytest.mark.search


@pytest.fixture
def engine_calls(monkeypatch):
    """The calls that were made of the engine."""
    calls = []
    perform = elastic_transport.Transport.perform_request

    def counted(self, method, target, **options):
        calls.append((method, target))
        return perform(self, method, target, **options)

    monkeypatch.setattr(elastic_transport.Transport, "perform_request", counted)
    return calls


def titles(page):
    return [hit.title for hit in page.product_hits]


def names(page):
    return [hit.name for hit in page.method_hits]


def test_an_exact_title_is_first_whatever_else_speaks_for_the_others(search_index, products):
    old = make_edition(method=make_method(name="Oud"), label="1e druk", key="1e druk", ordinal=1)
    make_product(edition=old, title="Kompas", state="no_longer_available")
    method = make_method(name="Kompas Kompas", **review_fields(20, "4.00"))
    make_product(method=method, title="Kompas voor iedereen", subjects=["aardrijkskunde"])
    search_index.rebuild()
    assert titles(products("kompas", include_all=True))[0] == "Kompas"
    assert titles(products("KOMPAS", include_all=True))[0] == "Kompas"


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"method": "Kompas", "title": "Deel A"}, {"method": "Anders", "title": "Werk met een kompas"}),
        ({"title": "Werk met een kompas"}, {"title": "Werk", "authors": ["Kompas"]}),
        ({"title": "Werk", "authors": ["Kompas"]}, {"title": "Kompasnaald leren lezen"}),
        ({"title": "Over een kompas"}, {"title": "Over een kompas", "state": "no_longer_available"}),
        ({"title": "Over een kompas", "ordinal": 2}, {"title": "Over een kompas", "ordinal": 1}),
        (
            {"title": "Over een kompas", "method_fields": review_fields(1)},
            {"title": "Over een kompas"},
        ),
        # What the text says comes first: neither reviews nor a newer edition lift a poorer match.
        (
            {"title": "Een kompas", "state": "no_longer_available"},
            {"title": "Werk", "authors": ["Kompas"], "method_fields": review_fields(99, "4.00")},
        ),
        # A title in which the word stands often is no better than one in which it stands.
        ({"title": "Een kompas"}, {"title": "Kompas kompas kompas kompas kompas kompas en een kompas"}),
    ],
)
def test_of_two_products_the_first_is_higher(search_index, products, better, worse):
    for fields, number in ((worse, 1), (better, 2)):
        shelf(number=number, **fields)
    search_index.rebuild()
    found = [hit.publisher_slug for hit in products("kompas", include_all=True).product_hits]
    assert found == ["nummer-2", "nummer-1"]


def shelf(*, number, title, method="", ordinal=None, method_fields=None, **fields):
    """A product of a publisher of its own; with an ordinal, beside a newer edition that can be ordered."""
    publisher = make_publisher(slug=f"nummer-{number}", name=f"Uitgever nummer {number}")
    made = make_method(name=method or f"Reeks {number}", publisher=publisher, **(method_fields or {}))
    edition = make_edition(method=made, label=f"{ordinal}e druk", key=f"{ordinal}", ordinal=ordinal)
    make_product(edition=edition, title=title, **fields)
    if ordinal is not None:
        newest = make_edition(method=made, label="2e druk", key="2e", ordinal=2)
        make_product(edition=newest, title="Nieuw")


def test_the_score_is_that_of_the_products_that_fit_the_filters(search_index, methods):
    gone = make_method(name="Reeks")
    make_product(method=gone, title="Kompas", state="no_longer_available")
    make_product(method=gone, title="Werk", authors=["Kompas"])
    make_product(method=make_method(name="Anders"), title="Met een kompas")
    search_index.rebuild()
    assert names(methods("kompas")) == ["Anders", "Reeks"], "the exact title is not among what is shown"
    assert names(methods("kompas", include_all=True)) == ["Reeks", "Anders"]


def test_small_words_may_be_missing_and_a_text_of_small_words_is_searched(search_index, products):
    make_product(title="Kompas")
    make_product(title="Het kompas van de klas")
    make_product(title="De wereld")
    search_index.rebuild()
    page = products("een methode met het kompas")
    assert set(titles(page)) == {"Kompas", "Het kompas van de klas"}
    assert not page.is_loosened
    assert titles(products("van de"))[0] == "Het kompas van de klas"


class TestLoosening:
    @pytest.fixture(autouse=True)
    def _shelf(self, search_index):
        make_product(title="Kompas werkboek zeil", subjects=["biologie"])
        for number in range(6):
            make_product(title=f"Kompas werkboek {number}")
        for number in range(6):
            make_product(title=f"Kompas atlas {number}", subjects=["biologie"])
        search_index.rebuild()

    def test_where_enough_has_all_words_all_words_count(self, products):
        page = products("kompas werkboek")
        assert page.total == 7
        assert not page.is_loosened
        assert page.complete_total is None

    def test_where_next_to_nothing_has_all_words_some_may_be_missing_and_the_complete_come_first(self, products):
        page = products("kompas werkboek zeil")
        assert (page.is_loosened, page.complete_total, page.total) == (True, 1, 13)
        assert titles(page)[0] == "Kompas werkboek zeil"

    def test_a_filter_never_changes_which_words_may_be_missing(self, products):
        page = products("kompas werkboek", subjects=("biologie",))
        assert (page.total, page.is_loosened) == (1, False)
        page = products("kompas werkboek zeil", subjects=("biologie",))
        assert (page.total, page.is_loosened, page.complete_total) == (7, True, 1)

    def test_a_cursor_goes_on_in_the_list_that_it_began(self):
        criteria = SearchCriteria(text="kompas werkboek zeil", view=View.PRODUCTS, page_size=3)
        seen, cursor = [], ""
        for _ in range(6):
            page = get_backend().search(replace(criteria, cursor=cursor), with_facets=False)
            assert page.is_loosened
            seen += titles(page)
            cursor = page.next_cursor
            if not cursor:
                break
        assert len(seen) == len(set(seen)) == 13

    def test_one_word_that_is_nowhere_finds_nothing(self, products, methods):
        assert products("zebra").total == methods("zebra").total == 0
        assert not products("zebra").is_loosened

    def test_the_page_says_so(self, client):
        text = client.get("/zoeken/", {"q": "kompas werkboek zeil", "view": "products"}).content.decode()
        assert "Alleen het eerste resultaat past bij alles wat u typte" in text
        text = client.get("/zoeken/", {"q": "kompas werkboek zebra"}).content.decode()
        assert "Niets past bij alles wat u typte" in text
        assert "past bij alles" not in client.get("/zoeken/", {"q": "kompas werkboek"}).content.decode()

    def test_the_api_says_so(self, client):
        answer = client.get("/api/v1/products/", {"q": "kompas werkboek zeil"}).json()
        assert (answer["is_loosened"], answer["complete_total"], answer["total"]) == (True, 1, 13)
        answer = client.get("/api/v1/products/", {"q": "kompas werkboek"}).json()
        assert (answer["is_loosened"], answer["complete_total"], answer["total"]) == (False, None, 7)


def test_one_call_of_the_engine_a_page_and_a_second_only_where_words_are_left_out(search_index, products, engine_calls):
    for number in range(5):
        make_product(title=f"Kompas werkboek {number}")
    search_index.rebuild()
    for text, calls in (("", 1), ("kompas", 1), ("kompas werkboek", 1), ("zebra", 1), ("kompas zebra", 2)):
        engine_calls.clear()
        products(text)
        assert len(engine_calls) == calls, text


@pytest.mark.parametrize("word", ["kompaz", "kompsa", "kopmas", "kmpas"])
def test_a_mistyped_word_is_taken_for_one_that_the_catalogue_has(search_index, products, word):
    make_product(title="Kompas deel een")
    make_product(title="Atlas")
    SearchWord.objects.create(word="kompas", method_count=1)
    search_index.rebuild()
    page = products(f"{word} deel")
    assert titles(page)[:1] == ["Kompas deel een"]
    assert [(found.typed, found.taken_for, found.text) for found in page.replacements] == [
        (word, "kompas", "kompas deel")
    ]


class TestExplaining:
    def test_every_hit_says_what_its_score_is_made_of(self, search_index):
        make_product(title="Kompas havo", method=make_method(name="Reeks"))
        search_index.rebuild()
        for view in View:
            criteria = SearchCriteria(text="kompas", view=view)
            page = get_backend().search(criteria, is_explained=True)
            (hit,) = page.product_hits or page.method_hits[0].products
            assert hit.explanation is not None
            assert {"title:kompas", "text:kompas", "orderable", "current"} <= {
                name for name, _ in hit.explanation.lines
            }
            assert hit.explanation.score > 120
            plain = get_backend().search(criteria)
            (hit,) = plain.product_hits or plain.method_hits[0].products
            assert hit.explanation is None

    def test_only_staff_sees_it(self, search_index, client):
        make_product(title="Kompas havo")
        search_index.rebuild()
        address = "/zoeken/?q=kompas&explain=1"
        assert "“kompas”: in de titel" not in client.get(address).content.decode()
        sign_in(client, User.objects.create_user(display_name="Teun"), second_factor=True)
        assert "“kompas”: in de titel" not in client.get(address).content.decode()
        sign_in(client, User.objects.create_user(display_name="Fien", is_staff=True), second_factor=True)
        assert "“kompas”: in de titel" in client.get(address).content.decode()
        assert "“kompas”: in de titel" not in client.get("/zoeken/?q=kompas").content.decode()
