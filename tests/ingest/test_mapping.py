"""What an entry means: each fault seen in real data by a small record of our own."""

from decimal import Decimal

import pytest

from catalogus.product_data import Classification
from catalogus.vocabulary import Vocabulary
from ingest.exceptions import RecordRejected
from ingest.issues import IssueCode
from ingest.koppelpunt.eck import Entry
from ingest.mapping import Mapped, map_entry
from tests.ingest.entries import NOT_STATED, entry_element

pytestmark = pytest.mark.django_db

VO_HAVO_3 = {
    "Sector": "VO",
    "Courses": {"Course": "WISKUNDE"},
    "Levels": {"Level": "HAVO"},
    "Years": {"Year": "jaar 3"},
}


def mapped(elements: dict[str, object] | None = None, **options) -> Mapped:
    return map_entry(Entry(entry_element(elements, **options)), Vocabulary.load())


def codes(found: Mapped) -> list[tuple[str, str]]:
    return [(issue.code.value, issue.field) for issue in found.issues if issue.code.value not in NOT_STATED]


@pytest.mark.parametrize(
    ("elements", "code"),
    [
        ({"Title": " \n "}, IssueCode.NO_TITLE),
        ({"Title": "—"}, IssueCode.NO_TITLE),
        ({"Publisher": ""}, IssueCode.NO_PUBLISHER),
    ],
)
def test_without_title_or_publisher_a_record_is_rejected(elements, code):
    with pytest.raises(RecordRejected) as rejected:
        mapped(elements)
    assert rejected.value.issue.code == code
    assert rejected.value.issue.field in str(rejected.value)


@pytest.mark.parametrize(
    ("sector", "year", "years"),
    [
        ("PO", "jaar 3", ("groep-3",)),
        ("VO", "jaar 3", ("leerjaar-3",)),
        ("MBO", "jaar 1", ("leerjaar-1",)),
        ("PO, VO", "jaar 3", ("groep-3", "leerjaar-3")),
        ("VO", "jaar 8", ()),
        ("VO", "leerjaar 2", ("leerjaar-2",)),
        ("PO", "groep 5", ("groep-5",)),
        ("VO", "nvt", ()),
    ],
)
def test_a_year_is_read_with_its_sector(sector, year, years):
    found = mapped({"CurriculumInfo": VO_HAVO_3 | {"Sector": sector, "Years": {"Year": year}}})
    assert found.data.classification[0].years == years


def test_groups_are_kept_apart():
    second = {"Sector": "VO", "Levels": {"Level": "VWO"}, "Years": {"Year": ["jaar 4", "jaar 5"]}}
    found = mapped({"CurriculumInfo": [VO_HAVO_3, second]})
    assert found.data.classification == (
        Classification(("vo",), ("havo",), ("leerjaar-3",), ("wiskunde",)),
        Classification(("vo",), ("vwo",), ("leerjaar-4", "leerjaar-5"), ()),
    )


@pytest.mark.parametrize(
    "elements",
    [
        {"DEPSectors": {"DEPSector": "VO"}, "DEPLevels": {"DEPLevel": "HAVO"}, "DEPYears": {"DEPYear": "jaar 3"}},
        {"Sectors": {"Sector": "VO"}, "Levels": {"Level": "HAVO"}, "Years": {"Year": "jaar 3"}},
        {"CurriculumInfo": {"Subjects": {"Subject": "LEEG"}}, "DEPSectors": {"DEPSector": "VO"},
         "DEPLevels": {"DEPLevel": "HAVO"}, "DEPYears": {"DEPYear": "jaar 3"}},
    ],
)  # fmt: skip
def test_older_elements_are_read_where_the_newest_says_nothing(elements):
    (group,) = mapped(elements).data.classification
    assert (group.sectors, group.levels, group.years) == (("vo",), ("havo",), ("leerjaar-3",))


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        ({"Consumerprice": "3050", "Price": {"Amount": "2798", "VAT": "9.0"}}, (3050, 2798, Decimal("9.0"))),
        ({"Consumerprice": "0", "Price": {"Amount": "0", "VAT": "0.0"}}, (None, None, None)),
        ({"Price": {"Amount": "913", "VAT": "9"}}, (995, 913, Decimal("9.0"))),
        ({"Consumerprice": "1000"}, (1000, None, None)),
    ],
)
def test_prices(prices, expected):
    data = mapped({"Prices": {"Currency": "EUR"} | prices}).data
    assert (data.price_cents, data.price_excl_cents, data.vat_rate) == expected
    assert data.currency == ("EUR" if data.price_cents else "")


def test_an_amount_in_another_currency_is_no_price_in_euros():
    found = mapped({"Prices": {"Currency": "USD", "Consumerprice": "1000"}})
    assert (found.data.price_cents, found.data.currency) == (None, "")
    assert ("unknown_value", "Currency", "USD") in [(one.code, one.field, one.value) for one in found.issues]
    assert not codes(mapped({"Prices": {"Currency": "USD"}})), "without an amount nothing is wrong"


@pytest.mark.parametrize(
    ("elements", "cents", "vat"),
    [({"PriceVATLow": "1850"}, 1850, "9.0"), ({"PriceVATHigh": "100", "Currency": "EURO"}, 100, "21.0")],
)
def test_price_elements_of_old_schemas(elements, cents, vat):
    data = mapped(elements).data
    assert (data.price_cents, data.vat_rate, data.currency) == (cents, Decimal(vat), "EUR")


@pytest.mark.parametrize(
    ("elements", "issue"),
    [
        ({"ProductState": "Bijna leverbaar"}, ("unknown_value", "ProductState")),
        ({"Medium": "Telepathie"}, ("unknown_value", "Medium")),
        ({"Prices": {"Consumerprice": "19,95"}}, ("bad_number", "Prices/Consumerprice")),
        ({"FirstPublishedDate": "voorjaar"}, ("bad_date", "FirstPublishedDate")),
        ({"AccessLocation": "javascript:alert(1)"}, ("bad_url", "AccessLocation")),
        ({"ProductId": "9789000000017"}, ("ean_check_digit", "ProductId")),
        ({"CurriculumInfo": VO_HAVO_3 | {"Courses": {"Course": "TOVEREN"}}}, ("unknown_text", "Course")),
        ({"Title": "a" * 30_000}, ("too_long", "Title")),
    ],
)
def test_one_bad_value_is_named_and_costs_neither_the_record_nor_the_others(elements, issue):
    found = mapped({"Description": "Blijft staan."} | elements)
    assert codes(found) == [issue]
    assert found.data.description == "Blijft staan."
    assert all(str(one) and "%(" not in str(one) for one in found.issues)


@pytest.mark.parametrize("level", ["2F", "A2", "Voortgezet onderwijs", "nvt"])
def test_a_level_that_is_none_is_no_fault(level):
    found = mapped({"CurriculumInfo": VO_HAVO_3 | {"Levels": {"Level": level}}})
    assert (found.data.classification[0].levels, codes(found)) == ((), [])


def test_a_level_of_the_family_name_counts_where_the_group_names_none():
    group = {"Sector": "MBO", "Levels": {"Level": "nvt"}}
    found = mapped({"ProductFamilyName": "Spoor zorg niveau 3", "CurriculumInfo": group})
    assert found.data.classification[0].levels == ("mbo-3",)


def test_a_heading_of_the_publishers_is_a_subject_only_where_no_course_is_named():
    group = {"Sector": "VO", "Courses": {"Course": "nvt"}, "Subjects": {"Subject": ["DUITS", "UITVERKOOP"]}}
    found = mapped({"CurriculumInfo": group})
    assert found.data.classification[0].subjects == ("duits",)
    assert found.data.rubrics == ("DUITS", "UITVERKOOP")
    assert codes(found) == []


@pytest.mark.parametrize(
    ("medium", "title", "form"),
    [
        ("Boek", "Vuurtoren werkboek 1", "folio"),
        ("Web browser", "Vuurtoren licentie 1 jaar", "digital"),
        ("Boek", "Vuurtoren takenboek inclusief 1/2 jaar licentie", "combi"),
        ("Anders", "Vuurtoren LIFO havo 3", "lifo"),
        ("Anders", "Vuurtoren schoollicentie", "digital"),
        ("Anders", "Vuurtoren", "unknown"),
    ],
)
def test_form(medium, title, form):
    data = mapped({"Medium": medium, "Title": title}).data
    assert data.form == form
    assert (data.form_confidence > 0) == (form != "unknown")


def test_a_publisher_as_author_and_a_repeated_title_say_nothing():
    data = mapped(
        {"Authors": {"Author": ["Uitgeverij DE LINDE", "Jansen, A."]}, "Description": "vuurtoren Rekenen leerboek 1"}
    ).data
    assert (data.authors, data.description) == (("Jansen, A.",), "")
