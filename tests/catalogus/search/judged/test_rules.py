"""What ranking must never do, each rule by itself, over the judged catalogue.

The numbers of the lessons are those of the list of what users of like systems complained of.
"""

import pytest

from catalogus.models import Method, Product
from tests.catalogus.search.judged.facts import shown_products
from tests.catalogus.search.judged.shelf import KRIJTBERG, ROZENLAAN, TOPPERLEER

pytestmark = [pytest.mark.search, pytest.mark.django_db, pytest.mark.xdist_group("judged")]


def names(page):
    return [hit.name for hit in page.method_hits]


def titles(page):
    return [hit.title for hit in page.product_hits]


class TestExactNames:
    """Lessons 11 and 12: the exact title is first, whatever else is better reviewed, newer or longer."""

    def test_every_name_of_a_method_finds_it_first(self, methods):
        rows = Method.objects.filter(pk__in={candidate.product.method_id for candidate in shown_products()})
        every_sixth = rows.order_by("public_id").values_list("name", flat=True)[::6]
        assert len(every_sixth) > 100
        wrong = {name: names(methods(name))[:1] for name in every_sixth}
        assert {name: found for name, found in wrong.items() if found != [name]} == {}

    def test_every_title_of_a_product_finds_it_first(self, products):
        every_thirtieth = [candidate.product.title for candidate in shown_products()][::30]
        assert len(every_thirtieth) > 100
        wrong = {title: titles(products(title))[:1] for title in every_thirtieth}
        assert {title: found for title, found in wrong.items() if found != [title]} == {}

    @pytest.mark.parametrize("name", ["Samen", "Toets", "Wegwijs in cijfers", "De engel van de school", "Kiezelbrug"])
    @pytest.mark.parametrize("write", [str, str.lower, str.upper])
    def test_also_where_it_is_a_common_word_or_the_beginning_of_a_reviewed_one(self, methods, name, write):
        assert names(methods(write(name)))[0] == name

    def test_what_was_withdrawn_is_first_where_its_exact_title_is_asked(self, products):
        assert titles(products("Wegwijs in cijfers oud", include_all=True))[0] == "Wegwijs in cijfers oud"

    def test_accents_and_signs_make_no_difference(self, methods):
        for text in ("creme de la cour", "Crème de la Cour", "VER WEG EN DICHTBIJ", "tel & meet", "Tel en Meet"):
            assert names(methods(text))[0] in {"Crème de la Cour", "Vér weg en dichtbij", "Tel & Meet"}, text


class TestNoFalseFriends:
    """Lesson 5: an exact word stands above a near one, and short and curriculum words have no near ones."""

    @pytest.mark.parametrize(
        ("text", "subject"),
        [
            ("lo", "lo"),
            ("bsm", "bsm"),
            ("ak", "aardrijkskunde"),
            ("nt2", "nt2"),
        ],
    )
    def test_an_abbreviation_finds_its_own_subject_and_no_neighbour(self, products, text, subject):
        page = products(text)
        assert page.total
        assert {
            hit.title for hit in page.product_hits if subject not in hit.subjects and text.upper() not in hit.title
        } == set()

    @pytest.mark.parametrize(
        "text",
        ["engels", "duits", "frans", "spaans", "latijn", "grieks"],
    )
    def test_the_name_of_a_subject_finds_nothing_that_is_spelt_nearly_so(self, products, text):
        page = products(text, page_size=100)
        assert page.total
        strangers = [
            hit.title for hit in page.product_hits if text not in hit.subjects and text not in hit.title.lower()
        ]
        assert strangers == []

    def test_engel_is_not_engels(self, methods):
        assert names(methods("engel"))[0] == "De engel van de school"

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("eikenplein", "Eikenplein"), ("uilenplein", "Uilenplein Frans"), ("wierdijk", "Wierdijk"),
            ("wierwijk", "Wierwijk zorg en welzijn"), ("zeehondtij", "Zeehondtij"), ("zeehondwijk", "Zeehondwijk"),
            ("heideboog", "Heideboog"), ("heidebrug", "Heidebrug"), ("tulpenboog", "Tulpenboog"),
            ("tulpenbrug", "Tulpenbrug geschiedenis"), ("mosterdlaan", "Mosterdlaan"), ("mosterdraam", "Mosterdraam"),
            ("spreekdrempel", "Spreekdrempel"), ("spreeuwdrempel", "Spreeuwdrempel nask MAX"),
            ("papaverwijk", "Papaverwijk"), ("papaverdijk", "Papaverdijk dierverzorging"),
        ],
    )  # fmt: skip
    def test_a_right_name_is_not_taken_for_a_near_one(self, methods, text, name):
        assert names(methods(text)) == [name]

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("uilenplien", "Uilenplein Frans"),
            ("mosterdlan", "Mosterdlaan"),
            ("zeehondveldt", "Zeehondveld"),
        ],
    )
    def test_a_mistyped_name_finds_the_nearest(self, methods, text, name):
        assert names(methods(text))[0] == name

    @pytest.mark.parametrize("text", ["havo 3", "havo 4", "vwo 6", "groep 5", "groep 6"])
    def test_a_number_has_no_neighbours(self, products, text):
        """Level and year: what is found says this number somewhere."""
        number = text[-1]
        for hit in products(text, page_size=50).product_hits:
            assert number in f"{hit.title} {hit.edition} {hit.years} {hit.ean}", hit.title


class TestAllWords:
    """Lesson 6: every word counts, and another word never makes more of it."""

    @pytest.mark.parametrize(
        "texts",
        [
            ("nask", "nask vmbo-gt", "nask vmbo-gt 1"),
            ("wiskunde", "wiskunde vwo", "wiskunde vwo 4"),
            ("zorg", "zorg en welzijn", "zorg en welzijn licentie"),
            ("niveau 3", "niveau 3 licentie", "niveau 3 licentie techniek"),
        ],
    )
    def test_another_word_narrows(self, products, texts):
        totals = [products(text).total for text in texts]
        assert totals == sorted(totals, reverse=True)
        assert totals[-1] > 0

    @pytest.mark.parametrize(
        ("text", "subject", "level"),
        [
            ("wiskunde vwo 4", "wiskunde", "vwo"),
            ("duits vmbo", "duits", "vmbo"),
            ("nask kader", "nask", "vmbo-kb"),
        ],
    )
    def test_where_enough_fits_nothing_else_is_shown(self, products, text, subject, level):
        page = products(text, page_size=50)
        assert page.total >= 15
        assert [
            hit.title
            for hit in page.product_hits
            if (subject not in hit.subjects or level not in hit.levels) and hit.publisher_name != TOPPERLEER
        ] == []


class TestJoinedAndSplit:
    """Lesson 7: a name is found in one word, in two, and with a sign between."""

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("tel & meet", "Tel & Meet"),
            ("tel&meet", "Tel & Meet"),
            ("tel en meet", "Tel & Meet"),
            ("telenmeet", "Tel & Meet"),
            ("nieuw taalplein", "Nieuw Taalplein"),
            ("nieuwtaalplein", "Nieuw Taalplein"),
            ("nieuw taal plein", "Nieuw Taalplein"),
            ("getalenruimtelijk", "GetalEnRuimtelijk"),
            ("getal en ruimtelijk", "GetalEnRuimtelijk"),
            ("getal & ruimtelijk", "GetalEnRuimtelijk"),
            ("nu & straks", "Nu & Straks"),
            ("nuenstraks", "Nu & Straks"),
            ("letter sluis", "Lettersluis"),
            ("kiezel brug", "Kiezelbrug"),
            ("lanternhollow", "Lantern Hollow Engels"),
        ],
    )
    def test_found_first(self, methods, text, name):
        assert names(methods(text))[:1] == [name]


class TestStuffedTitles:
    """Lesson 9: what a publisher repeats in a title buys no place above what is for whom it says."""

    @pytest.mark.parametrize(
        ("text", "subject", "pair"),
        [
            ("wiskunde havo 3", "wiskunde", "havo-3"),
            ("wiskunde vwo 4", "wiskunde", "vwo-4"),
            ("biologie havo", "biologie", "havo-3"),
            ("engels vwo", "engels", "vwo-2"),
        ],
    )
    def test_below_everything_that_fits(self, products, text, subject, pair):
        hits = products(text, page_size=100).product_hits
        fitting = set(
            Product.objects.filter(combined__contains=[pair], subjects__contains=[subject]).values_list(
                "public_id", flat=True
            )
        )
        places = [place for place, hit in enumerate(hits) if hit.public_id in fitting]
        stuffed = [place for place, hit in enumerate(hits) if hit.publisher_name == TOPPERLEER]
        assert places
        assert not stuffed or min(stuffed) > max(places)

    @pytest.mark.parametrize("text", ["wiskunde", "wiskunde wiskunde wiskunde", "wiskunde licentie"])
    def test_never_first_for_a_word_that_it_repeats(self, methods, text):
        assert methods(text).method_hits[0].publisher_name != TOPPERLEER

    def test_a_word_typed_often_finds_what_it_finds_once(self, products):
        assert titles(products("biologie biologie biologie")) == titles(products("biologie"))


class TestOrderOfEquals:
    """Orderable above not orderable, current above old, reviewed above not; and none of it lifts a poor match."""

    def test_current_above_old_above_gone(self, products):
        page = products("nieuw taalplein groep 6 werkboek taal", include_all=True)
        assert [hit.edition for hit in page.product_hits[:3]] == ["4e editie", "3e editie", "2e editie"]

    def test_orderable_above_gone(self, products):
        page = products("getalenruimtelijk havo 3 leerboek deel 1", include_all=True)
        assert [hit.edition for hit in page.product_hits[:3]] == ["12e editie", "11e editie", "10e editie"]

    def test_reviewed_above_not(self, methods, products):
        assert [hit.publisher_name for hit in methods("bloemkroon").method_hits] == [KRIJTBERG, ROZENLAAN]
        found = [hit.publisher_name for hit in products("bloemkroon duits havo 2").product_hits]
        assert found[:2] == [KRIJTBERG, ROZENLAAN]

    def test_the_old_edition_is_first_where_it_is_asked(self, products):
        page = products("getalenruimtelijk 11e editie havo 3 leerboek deel 1")
        assert page.product_hits[0].edition == "11e editie"

    def test_reviews_do_not_lift_a_poor_match(self, methods):
        """Harbour Talk has reviews and is for vmbo-tl 4; so has Wegwijs in cijfers plus, which is only nearly it."""
        assert names(methods("engels vwo 2"))[0] == "Lantern Crossing Engels"
        assert names(methods("wegwijs in cijfers"))[0] == "Wegwijs in cijfers"


class TestLevelAndYear:
    """Level and year hold within one group of one product: vmbo 3 and havo 1 make no havo 3."""

    def test_chosen(self, methods):
        assert "Hoekpunt" not in names(methods("wiskunde", levels=("havo",), years=("leerjaar-3",)))
        assert "Hoekpunt" in names(methods("wiskunde", levels=("havo",), years=("leerjaar-1",)))

    def test_typed(self, methods):
        found = names(methods("wiskunde havo 3"))
        assert "Hoekpunt" not in found or found.index("Hoekpunt") >= 5

    @pytest.mark.parametrize(
        "text",
        [
            "wiskunde havo 1",
            "wiskunde vmbo-tl 3",
            "hoekpunt havo 1",
        ],
    )
    def test_typed_and_right(self, methods, text):
        assert "Hoekpunt" in names(methods(text))


class TestArticleNumbers:
    """A number off the back cover goes to its product, however it is written."""

    @pytest.mark.parametrize(
        "text",
        [
            "9789095069567",
            "978-90-95-06956-7",
            "978 90 9506 956 7",
            " 9789095069567 ",
            "ISBN 9789095069567",
            "isbn: 978-90-95-06956-7",
            "kiezelbrug 9789095069567",
            "90-9506956-7",
        ],
    )
    def test_found_first(self, products, methods, text):
        assert titles(products(text))[:1] == ["Kiezelbrug 3 havo licentie 1 jaar"]
        assert names(methods(text))[:1] == ["Kiezelbrug"]


class TestPhrasesAndExclusions:
    """What stands between quotation marks stands together; what has a minus is not there."""

    @pytest.mark.parametrize(
        ("text", "excluded"),
        [
            ("nieuw taalplein -woordenschattoetsen", "woordenschattoetsen"),
            ("economie havo 3 -leerboek", "leerboek"),
            ("rekenen groep 5 zonder werkboek", "werkboek"),
        ],
    )
    def test_excluded(self, products, text, excluded):
        page = products(text)
        assert page.total
        assert [hit.title for hit in page.product_hits if excluded in hit.title.lower().split()] == []

    def test_phrase(self, products):
        found = titles(products('"tweede wereldoorlog"'))
        assert found == ["De Tweede Wereldoorlog in bronnen"]
        assert titles(products('"leerboek deel 2"'))[:1] == ["GetalEnRuimtelijk havo 3 leerboek deel 2"]
