"""Facets on small shelves: what is counted, what is listed, under which names and in which order."""

from datetime import date

import pytest
from django.utils import timezone
from django.utils.translation import override

from catalogus.models import Concept, Scheme
from tests.factories import make_method, make_product, make_publisher

pytestmark = pytest.mark.search


def counts(page, facet):
    """The values of a facet in their order, with their counts."""
    return {value.code: value.count for value in _facet(page, facet).values}


def _facet(page, name):
    return next(facet for facet in page.facets if facet.name == name)


def test_a_choice_keeps_the_other_values_of_its_facet_and_narrows_the_other_facets(products, search_index):
    make_product(levels=["havo"], medium="book")
    make_product(levels=["vwo"], medium="book")
    make_product(levels=["vwo"], medium="web")
    search_index.rebuild()
    page = products(levels=("havo",))
    assert page.total == 1
    assert counts(page, "levels") == {"havo": 1, "vwo": 2}
    assert counts(page, "media") == {"book": 1}
    assert [value.code for value in _facet(page, "levels").values if value.is_selected] == ["havo"]


def test_choices_in_one_facet_are_alternatives_and_facets_narrow_each_other(products, search_index):
    make_product(title="a", levels=["havo"], medium="book")
    make_product(title="b", levels=["vwo"], medium="book")
    make_product(title="c", levels=["vmbo-tl"], medium="book")
    make_product(title="d", levels=["vwo"], medium="web")
    search_index.rebuild()
    assert {hit.title for hit in products(levels=("havo", "vwo"), media=("book",)).product_hits} == {"a", "b"}


def test_methods_are_counted_once_however_many_products_they_have(methods, search_index):
    big, small = make_method(), make_method()
    for level in (["havo"], ["havo"], ["vwo"]):
        make_product(method=big, levels=level)
    make_product(method=small, levels=["vwo"])
    search_index.rebuild()
    page = methods()
    assert page.total == 2
    assert counts(page, "levels") == {"havo": 1, "vwo": 2}
    assert {hit.public_id: hit.matching_products for hit in page.method_hits} == {big.public_id: 3, small.public_id: 1}


def test_filters_hold_within_one_product_of_a_method(methods, search_index):
    method = make_method()
    make_product(method=method, levels=["havo"], medium="book")
    make_product(method=method, levels=["vwo"], medium="web")
    search_index.rebuild()
    assert methods(levels=("havo",), media=("web",)).total == 0
    assert counts(methods(levels=("havo",)), "media") == {"book": 1}
    assert methods(levels=("havo",)).method_hits[0].matching_products == 1


def test_a_level_and_a_year_hold_within_one_group(products, methods, search_index):
    # Read as two groups: havo in year 3, vwo in year 4.
    make_product(levels=["havo", "vwo"], years=["leerjaar-3", "leerjaar-4"], combined=["havo-3", "vwo-4"])
    search_index.rebuild()
    for ask in (products, methods):
        assert ask(levels=("havo",), years=("leerjaar-3",)).total == 1
        assert ask(levels=("havo",), years=("leerjaar-4",)).total == 0
        assert ask(levels=("havo", "vwo"), years=("leerjaar-4",)).total == 1
        assert counts(ask(levels=("havo",)), "years") == {"leerjaar-3": 1}
        assert counts(ask(levels=("havo", "vwo")), "years") == {"leerjaar-3": 1, "leerjaar-4": 1}
        assert counts(ask(years=("leerjaar-4",)), "levels") == {"vwo": 1}
        assert counts(ask(), "levels") == {"havo": 1, "vwo": 1}


def test_groep_3_is_not_leerjaar_3(products, search_index):
    make_product(levels=["bao"], years=["groep-3"], combined=["bao-groep-3"])
    # Read as two groups: havo in leerjaar 3, basisonderwijs in groep 3.
    both = {"levels": ["bao", "havo"], "years": ["groep-3", "leerjaar-3"], "combined": ["bao-groep-3", "havo-3"]}
    make_product(**both)
    search_index.rebuild()
    assert products(levels=("bao",), years=("groep-3",)).total == 2
    assert products(levels=("bao",), years=("leerjaar-3",)).total == 0
    assert products(levels=("havo",), years=("groep-3",)).total == 0
    assert counts(products(levels=("bao",)), "years") == {"groep-3": 2}


def test_what_is_not_stated_is_a_value(products, methods, search_index):
    make_product(title="kaal", medium="unknown", role="unknown", state="unknown")
    make_product(
        title="vol", levels=["havo"], years=["leerjaar-3"], combined=["havo-3"], sectors=["vo"], subjects=["taal"]
    )
    search_index.rebuild()
    for facet in ("sectors", "levels", "years", "subjects", "media", "states", "roles"):
        assert counts(products(), facet)["unknown"] == 1
        assert [hit.title for hit in products(**{facet: ("unknown",)}).product_hits] == ["kaal"]
        assert methods(**{facet: ("unknown",)}).total == 1


def test_an_unstated_year_stands_with_a_stated_level(products, search_index):
    make_product(title="zonder jaar", levels=["havo"])
    make_product(title="zonder niveau", years=["leerjaar-3"])
    search_index.rebuild()
    assert products(levels=("havo",), years=("unknown",)).total == 1
    assert products(levels=("unknown",), years=("leerjaar-3",)).total == 1
    assert products(levels=("unknown",), years=("unknown",)).total == 0
    assert products(levels=("havo", "unknown"), years=("leerjaar-3", "unknown")).total == 2
    assert counts(products(levels=("havo",)), "years") == {"unknown": 1}


def test_without_choices_what_is_gone_and_what_is_for_higher_education_alone_stay_out(products, methods, search_index):
    make_product(title="leverbaar")
    make_product(title="onbekend", state="unknown")
    make_product(title="weg", state="no_longer_available")
    make_product(title="teruggetrokken", withdrawn_at="2026-01-01T00:00Z")
    make_product(title="hoger", sectors=["hbo", "wo"])
    make_product(title="mbo en hoger", sectors=["hbo", "mbo"])
    search_index.rebuild()

    def titles(**chosen):
        assert products(**chosen).total == methods(**chosen).total
        return {hit.title for hit in products(**chosen).product_hits}

    assert titles() == {"leverbaar", "onbekend", "mbo en hoger"}
    assert titles(states=("no_longer_available",)) == {"weg"}
    assert titles(sectors=("wo",)) == {"hoger"}
    # What was withdrawn has a last known state; choosing that state does not ask for it.
    assert titles(states=("available",)) == {"leverbaar", "mbo en hoger"}
    assert len(titles(include_all=True)) == 6
    assert counts(products(), "states") == {"available": 2, "no_longer_available": 1, "unknown": 1}
    assert counts(products(), "sectors") == {"mbo": 1, "hbo": 2, "wo": 1, "unknown": 2}
    assert next(hit for hit in products("teruggetrokken", include_all=True).product_hits).is_withdrawn


def test_merged_rows_have_no_document(products, methods, search_index):
    kept = make_product()
    make_product(method=kept.method, merged_into=kept)
    make_method(merged_into=kept.method)
    search_index.rebuild()
    assert products(include_all=True).total == 1
    assert [hit.matching_products for hit in methods(include_all=True).method_hits] == [1]


def test_a_chosen_value_that_finds_nothing_stays_in_the_list(products, search_index):
    make_product(levels=["havo"])
    search_index.rebuild()
    page = products(levels=("vwo",), years=("leerjaar-6",), publishers=("niemand",))
    assert page.total == 0
    assert counts(page, "levels") == {"vwo": 0}
    assert counts(page, "years") == {"leerjaar-6": 0}
    assert counts(page, "publishers") == {"niemand": 0}


@pytest.mark.parametrize("view", ["products", "methods"])
def test_every_publisher_is_counted_and_the_list_says_so(request, search_index, view):
    for number in range(70):
        make_product(method=make_method(publisher=make_publisher(slug=f"klein-{number:02}", name=f"Klein {number:02}")))
    big = make_publisher(slug="groot", name="Groot")
    for _ in range(2):
        make_product(method=make_method(publisher=big))
    search_index.rebuild()
    facet = _facet(request.getfixturevalue(view)(publishers=("klein-69",)), "publishers")
    assert facet.total_values == 71
    assert len(facet.values) == 61
    assert facet.values[0].count == 2
    assert facet.values[-1].code == "klein-69"


def test_values_stand_in_the_order_in_which_people_know_them(products, search_index):
    for level in ("vwo", "vwo", "havo", "vmbo-bb"):
        make_product(levels=[level], subjects=["biologie"])
    make_product(subjects=["biologie", "aardrijkskunde"], years=["leerjaar-1"], state="not_yet_available")
    make_product(subjects=["nederlands"], years=["groep-8"])
    search_index.rebuild()
    page = products()
    assert list(counts(page, "levels")) == ["vmbo-bb", "havo", "vwo", "unknown"]
    assert list(counts(page, "years")) == ["groep-8", "leerjaar-1", "unknown"]
    assert list(counts(page, "subjects")) == ["biologie", "aardrijkskunde", "nederlands"]
    assert list(counts(page, "states")) == ["available", "not_yet_available"]


def test_labels_are_in_the_language_of_the_reader(products, search_index):
    make_product(sectors=["vo"], method=make_method(publisher=make_publisher(slug="noord", name="Uitgeverij Noord")))
    search_index.rebuild()
    assert _facet(products(), "sectors").values[0].label == "Voortgezet onderwijs"
    assert _facet(products(), "publishers").values[0].label == "Uitgeverij Noord"
    assert _facet(products(), "levels").values[0].label == "Onbekend"
    assert _facet(products(), "media").values[0].label == "Boek"
    with override("en"):
        assert _facet(products(), "sectors").values[0].label == "Secondary education"


def tree(page, facet):
    return [(value.code, value.depth, value.broader) for value in _facet(page, facet).values]


def test_narrower_values_stand_below_the_broader_one(products, search_index):
    make_product(levels=["vmbo", "vmbo-tl"])
    make_product(levels=["havo"])
    make_product(levels=["vmbo", "vmbo-bb"])
    make_product(subjects=["wiskunde", "wiskunde-a"])
    make_product(subjects=["wiskunde", "wiskunde-b"])
    make_product(subjects=["wiskunde", "wiskunde-b"])
    for _ in range(4):
        make_product(subjects=["biologie"])
    search_index.rebuild()
    page = products()
    assert tree(page, "levels")[:4] == [
        ("vmbo", 0, ""),
        ("vmbo-bb", 1, "vmbo"),
        ("vmbo-tl", 1, "vmbo"),
        ("havo", 0, ""),
    ]
    assert [entry for entry in tree(page, "subjects") if entry[0] != "unknown"] == [
        ("biologie", 0, ""),
        ("wiskunde", 0, ""),
        ("wiskunde-b", 1, "wiskunde"),
        ("wiskunde-a", 1, "wiskunde"),
    ]
    assert counts(page, "subjects")["wiskunde"] == 3


def test_a_value_without_its_broader_one_stands_by_itself_and_circles_lose_nothing(products, search_index):
    make_product(levels=["vmbo-tl"], subjects=["kring-a", "kring-b"])
    first = Concept.objects.create(scheme=Scheme.SUBJECT, code="kring-a", label_nl="Kring A")
    second = Concept.objects.create(scheme=Scheme.SUBJECT, code="kring-b", label_nl="Kring B", broader=first)
    Concept.objects.filter(pk=first.pk).update(broader=second)
    search_index.rebuild()
    page = products()
    assert tree(page, "levels") == [("vmbo-tl", 0, "")]
    assert {code for code, _, _ in tree(page, "subjects")} == {"kring-a", "kring-b"}


def test_what_is_new_follows_the_calendar(products, methods, search_index):
    year = timezone.localdate().year
    make_product(title="oud", first_published_on=date(year - 1, 12, 31))
    make_product(title="nieuw", first_published_on=date(year, 1, 1))
    make_product(title="aangekondigd", first_published_on=date(year + 2, 1, 1))
    make_product(title="zonder")
    search_index.rebuild()
    assert {hit.title for hit in products(news=("this-year",)).product_hits} == {"nieuw", "aangekondigd"}
    for ask in (products, methods):
        assert counts(ask(), "news") == {"this-year": 2}
