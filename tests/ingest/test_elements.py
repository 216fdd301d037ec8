"""Every element of an Entry: the table in the code, the table in docs/data.md and what the mapping does are one."""

import json
from dataclasses import asdict, fields
from decimal import Decimal

import pytest

from catalogus.product_data import ProductData
from catalogus.vocabulary import Vocabulary
from ingest.issues import Issue, IssueCode
from ingest.koppelpunt.eck import Entry
from ingest.mapping import map_entry
from ingest.mapping.elements import ELEMENTS, destination_of
from tests.conftest import REPOSITORY
from tests.factories import valid_ean
from tests.ingest.entries import entry_element

pytestmark = pytest.mark.django_db

DERIVED = {"method", "edition", "sectors", "levels", "years", "subjects", "combined", "successor"}
"""Named in the table and made later, of what the record says."""

SAMPLES: dict[str, tuple[str, set[str]]] = {
    "ProductId": (valid_ean(1), {"identifier", "ean"}),
    "Publisher": ("De Wilg", {"publisher_name"}),
    "PublisherThumbnailLocation": ("https://wilg.example/logo.svg", {"publisher_logo_url"}),
    "ProductThumbnailLocation": ("https://wilg.example/1.png", {"cover_url"}),
    "ProductFamilyName": ("Vuurtoren 2e druk", {"family_name"}),
    "Title": ("Vuurtoren, engelstalige licentie CC BY-SA", {"title", "form", "language", "is_open", "open_license"}),
    "Authors/Author": ("A. de Boer", {"authors"}),
    "Description": ("Franstalige uitgave; open leermateriaal", {"description", "language", "is_open"}),
    "Environments/Platform": ("HTML5", {"platforms"}),
    "Environments/Device": ("pc ready", {"devices"}),
    "Environments/Browser": ("Firefox", {"browsers"}),
    "ContentLocation": ("https://wilg.example/inhoud", {"content_url"}),
    "AccessLocation": ("https://wilg.example/toegang", {"access_url"}),
    "InformationLocation": ("https://wilg.example/meer", {"information_url"}),
    "SubProducts/ProductId": ("9789000000028", {"part_identifiers"}),
    "AggregationLevel": ("Course", {"aggregation_level"}),
    "IsSeparatelyAvailable": ("false", {"is_separately_available"}),
    "FirstPublishedDate": ("2024-08-01", {"first_published_on"}),
    "LastRevisionDate": ("2025-01-31", {"last_revised_on"}),
    "DeprecationDate": ("2026-01-31", {"deprecated_on"}),
    "SupportedUntilDate": ("2027-01-31", {"supported_until"}),
    "EndOfLifeDate": ("2028-01-31", {"end_of_life_on"}),
    "FollowupProduct": ("9789000000035", {"successor_identifier"}),
    "Edition": ("2Druk", {"edition_text"}),
    "Version": ("3", {"version_text"}),
    "ProductState": ("Leverbaar", {"state"}),
    "IntendedEndUserRole": ("Onderwijsgever", {"role"}),
    "Medium": ("Web browser", {"medium", "form"}),
    "IsConsumptionProduct": ("true", {"is_consumable"}),
    "ProductUsages/ProductUsage": ("Oefenmateriaal", {"usages"}),
    "CurriculumInfo/Sector": ("VO", {"classification"}),
    "CurriculumInfo/Sectors/Sector": ("VO", {"classification"}),
    "CurriculumInfo/Courses/Course": ("DUITS", {"classification"}),
    "CurriculumInfo/Levels/Level": ("HAVO", {"classification"}),
    "CurriculumInfo/Years/Year": ("leerjaar 3", {"classification"}),
    "DEPSectors/DEPSector": ("VO", {"classification"}),
    "DEPCourses/DEPCourse": ("DUITS", {"classification"}),
    "DEPLevels/DEPLevel": ("HAVO", {"classification"}),
    "DEPYears/DEPYear": ("leerjaar 3", {"classification"}),
    "DEPSubjects/DEPSubject": ("WERKPLEZIER", {"rubrics"}),
    "Sectors/Sector": ("VO", {"classification"}),
    "Courses/Course": ("DUITS", {"classification"}),
    "Levels/Level": ("HAVO", {"classification"}),
    "Years/Year": ("leerjaar 3", {"classification"}),
    "Subjects/Subject": ("WERKPLEZIER", {"rubrics"}),
    "SaleUnitSize": ("5", {"sale_unit_size"}),
    "Prices/Consumerprice": ("1995", {"price_cents", "currency"}),
    "Prices/Price/Amount": ("1830", {"price_excl_cents", "currency"}),
    "PriceVATLow": ("1995", {"price_cents", "price_excl_cents", "vat_rate", "currency"}),
    "PriceVATHigh": ("1995", {"price_cents", "price_excl_cents", "vat_rate", "currency"}),
    "PriceIsIndicative": ("true", {"is_price_indicative"}),
    "IsLicensed": ("true", {"is_licensed"}),
    "ActivationBefore/ActivationBeforeDays": ("1095", {"activation_days"}),
    "ActivationBefore/ActivationBeforeDate": ("2026-07-20T23:59:59+01:00", {"activation_until"}),
    "LicenseAvailabilityOptions": ("Fixed start and end", {"license_availability"}),
    "LicenseAvailablityOptions": ("Fixed start and end", {"license_availability"}),
    "LicenseStartDate": ("2026-08-01", {"license_starts_on"}),
    "LicenseEndDate": ("2027-07-31", {"license_ends_on"}),
    "LicenseDuration": ("P1Y", {"license_days"}),
    "LicenseCount": ("30", {"license_count"}),
    "AdditionalLicenseOptions/AdditionalLicenseOption": ("Proefexemplaar", {"license_options"}),
    "IsCatalogItem": ("true", {"is_catalog_item"}),
    "Copyright": ("no", {"is_copyrighted", "is_open"}),
    "LastModifiedDate": ("2026-11-01T09:00:00Z", {"source_modified_at"}),
}
"""A text for each element, and the fields of ProductData that say something else with it than without."""

ONLY_BESIDE = {
    "CurriculumInfo/Subjects/Subject": "a group with a sector",
    "Prices/Currency": "an amount",
    "Prices/Price/VAT": "an amount",
    "Currency": "an amount",
}
"""Elements that mean nothing by themselves; test_mapping.py shows what they do beside others."""


def data_of(elements: dict[str, object] | None = None, **options) -> ProductData:
    return map_entry(Entry(entry_element(elements, **options)), Vocabulary.load()).data


def told(elements: dict[str, object] | None) -> list[str]:
    found = map_entry(Entry(entry_element(elements)), Vocabulary.load())
    return [issue.code.value for issue in found.issues]


def nested(path: str, text: str) -> dict[str, object]:
    first, _, rest = path.partition("/")
    below: object = nested(rest, text) if rest else text
    return {first: below}


def test_every_element_of_the_table_has_a_sample():
    only_kept = {path for path, destination in ELEMENTS.items() if not destination.fields}
    assert SAMPLES.keys() | ONLY_BESIDE.keys() | only_kept == ELEMENTS.keys()


@pytest.mark.parametrize("path", SAMPLES)
def test_an_element_goes_where_the_table_says(path):
    text, expected = SAMPLES[path]
    plain, said = asdict(data_of()), asdict(data_of(nested(path, text)))
    differing = {name for name in plain if plain[name] != said[name]} - {"form_confidence"}
    assert differing == expected
    destination = destination_of(path)
    assert destination is not None
    told = set(destination.fields)
    assert told - DERIVED <= {field.name for field in fields(ProductData)}, "a field that does not exist"
    beside = {"open_license", "currency", "price_excl_cents", "vat_rate"}
    assert differing - beside <= told, "the table tells of fewer fields"


@pytest.mark.parametrize("path", [path for path, destination in ELEMENTS.items() if not destination.fields])
def test_what_is_only_kept_changes_nothing_and_is_no_finding(path):
    found = map_entry(Entry(entry_element(nested(path, "https://wilg.example/x"))), Vocabulary.load())
    assert found.data == data_of()
    assert IssueCode.UNKNOWN_ELEMENT not in [issue.code for issue in found.issues]


def test_an_element_that_no_schema_knows_is_told_with_its_text():
    elements: dict[str, object] = {"Remark": {"Line": "alleen op bestelling"}}
    elements["Prices"] = {"Consumerprice": "1995", "Discount": "5"}
    found = map_entry(Entry(entry_element(elements)), Vocabulary.load())
    told = {(one.field, one.value) for one in found.issues if one.code == IssueCode.UNKNOWN_ELEMENT}
    assert told == {("Remark", "alleen op bestelling"), ("Prices/Discount", "5")}
    assert found.data.price_cents == 1995


def table() -> str:
    """The table of docs/data.md as the code has it."""
    rows = [
        f"| {path} | {', '.join(f'`{name}`' for name in destination.fields) or '—'} | {destination.note} |"
        for path, destination in ELEMENTS.items()
    ]
    return "\n".join(["| element | where | how |", "| --- | --- | --- |", *rows])


def test_the_table_of_the_docs_is_the_table_of_the_code():
    text = (REPOSITORY / "docs" / "data.md").read_text(encoding="utf-8")
    assert table() in text, f"docs/data.md must hold this table:\n{table()}"


def test_every_element_of_the_real_records_is_in_the_table(shared_data):
    profile = json.loads((shared_data / "koppelpunt" / "element_profile.json").read_text(encoding="utf-8"))
    with_text = {path for path, found in profile["elements"].items() if found["sample"]}
    assert with_text <= ELEMENTS.keys()


def test_two_rates_are_two_parts_and_no_single_rate():
    prices = {
        "Consumerprice": "3210",
        "Price": [{"Amount": "1835", "VAT": "9.0"}, {"Amount": "1000", "VAT": "21"}],
    }
    data = data_of({"Prices": prices})
    assert (data.price_cents, data.price_excl_cents, data.vat_rate) == (3210, 2835, None)
    assert [part.as_json() for part in data.price_parts] == [
        {"excl_cents": 1835, "vat_rate": "9.0"},
        {"excl_cents": 1000, "vat_rate": "21.0"},
    ]


def test_two_parts_at_one_rate_are_one_price():
    data = data_of({"Prices": {"Price": [{"Amount": "1000", "VAT": "9"}, {"Amount": "500", "VAT": "9.0"}]}})
    assert (data.price_cents, data.price_excl_cents, data.vat_rate) == (1635, 1500, Decimal("9.0"))
    assert data.price_parts == ()


def test_old_prices_at_both_rates_are_two_parts():
    data = data_of({"PriceVATLow": "1090", "PriceVATHigh": "1210"})
    assert (data.price_cents, data.price_excl_cents, data.vat_rate) == (2300, 2000, None)
    assert [(part.excl_cents, str(part.vat_rate)) for part in data.price_parts] == [(1000, "9.0"), (1000, "21.0")]


FINDINGS: list[tuple[dict[str, object], str, str]] = [
    ({"ProductId": f"urn:wilg:{valid_ean(1)}"}, "ean_inside_code", "ProductId"),
    ({"ProductId": f"{valid_ean(1)[:-1]}{(int(valid_ean(1)[-1]) + 1) % 10}"}, "ean_check_digit", "ProductId"),
    ({"Description": "VUURTOREN rekenen, leerboek 1"}, "description_is_title", "Description"),
    ({"Authors": {"Author": "uitgeverij DE LINDE"}}, "author_is_publisher", "Authors/Author"),
    ({"Description": "Met <b>veel</b> oefeningen"}, "markup_in_text", "Description"),
    ({"Title": "Vuurtoren &amp; baken"}, "markup_in_text", "Title"),
    ({"Title": "VUURTOREN REKENEN LEERBOEK"}, "title_in_capitals", "Title"),
    ({"Sectors": {"Sector": "VO, MBO"}}, "sectors_in_one_element", "Sector"),
    ({"Sectors": {"Sector": "VO"}, "Years": {"Year": "jaar 8"}}, "year_out_of_range", "Year"),
    ({"Prices": {"Consumerprice": "0"}}, "price_zero", "Prices/Consumerprice"),
    (
        {"Prices": {"Consumerprice": "5000", "Price": {"Amount": "1830", "VAT": "9"}}},
        "prices_disagree",
        "Prices/Consumerprice",
    ),
    ({"Prices": {"Price": {"Amount": "1830", "VAT": "19"}}}, "unusual_vat", "Prices/Price/VAT"),
    ({"InformationLocation": "https://wilg.example/a b"}, "url_with_spaces", "InformationLocation"),
    ({"InformationLocation": "http://wilg.example/"}, "url_not_secure", "InformationLocation"),
    (
        {"FirstPublishedDate": "2024-01-01", "EndOfLifeDate": "2020-01-01"},
        "dates_out_of_order",
        "FirstPublishedDate, EndOfLifeDate",
    ),
    (
        {"LicenseStartDate": "2024-08-01", "LicenseEndDate": "2023-07-31"},
        "dates_out_of_order",
        "LicenseStartDate, LicenseEndDate",
    ),
    ({"ProductId": "wilg-1", "FollowupProduct": "wilg-1"}, "successor_is_itself", "FollowupProduct"),
    ({"ProductId": "wilg-1", "SubProducts": {"ProductId": "wilg-1"}}, "part_is_itself", "SubProducts/ProductId"),
    ({"LicenseAvailablityOptions": "0"}, "misspelled_element", "LicenseAvailablityOptions"),
    ({"PriceVATLow": "1995"}, "old_price_field", "PriceVATLow"),
    ({"FirstPublishedDate": "0000-01-01"}, "bad_date", "FirstPublishedDate"),
    ({"FirstPublishedDate": "9999-12-31"}, "bad_date", "FirstPublishedDate"),
    ({"LastModifiedDate": "9999-12-31T23:59:59Z"}, "bad_date", "LastModifiedDate"),
    ({"LicenseDuration": "een tijdje"}, "bad_number", "LicenseDuration"),
]
MISSING = [
    ("no_product_id", "ProductId", "wilg-1"),
    ("no_state", "ProductState", "Leverbaar"),
    ("no_medium", "Medium", "Boek"),
    ("no_modified_date", "LastModifiedDate", "2026-11-01"),
]


@pytest.mark.parametrize(("elements", "code", "field"), FINDINGS)
def test_a_finding_is_told_and_the_record_kept(elements, code, field):
    found = map_entry(Entry(entry_element(elements)), Vocabulary.load())
    assert (code, field) in [(issue.code.value, issue.field) for issue in found.issues]
    plain = map_entry(Entry(entry_element()), Vocabulary.load())
    assert code not in [issue.code.value for issue in plain.issues], "it is told of every record"


@pytest.mark.parametrize(("code", "field", "text"), MISSING)
def test_what_is_missing_is_told_until_it_is_there(code, field, text):
    without, filled = (
        map_entry(Entry(entry_element(elements)), Vocabulary.load()) for elements in (None, {field: text})
    )
    assert code in [issue.code.value for issue in without.issues]
    assert code not in [issue.code.value for issue in filled.issues]


def test_no_end_is_no_finding():
    found = map_entry(
        Entry(entry_element({"EndOfLifeDate": "9999-12-31", "LicenseEndDate": "2051-11-11"})), Vocabulary.load()
    )
    assert (found.data.end_of_life_on, found.data.license_ends_on) == (None, None)
    assert "bad_date" not in [issue.code.value for issue in found.issues]


@pytest.mark.parametrize("code", IssueCode)
def test_every_finding_has_words(code):
    assert "%(" not in str(Issue(code, "Title", "x"))
