"""The invented catalogue: the same every time, spread as the real feed is, as dirty, and nobody's."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from stdnum import ean as stdnum_ean

from ingest.demo.eck import SCHEMAS, write
from ingest.demo.entries import NO_END, Entry, entry
from ingest.demo.plan import block_of
from ingest.demo.publishers import SHELF, SUPPLIERS
from ingest.demo.revisions import Catalogue
from ingest.demo.server import DemoKoppelpunt
from tests.ingest.demo.asking import Answer, ask

DRILLDOWN = "Publisher:60,ProductState,IntendedEndUserRole,Medium,IsConsumptionProduct,Sectors.Sector:20"


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return list(Catalogue(SHELF, seed=1))


# --- The same every time ----------------------------------------------------------------------------------------------


def test_a_record_is_the_same_however_it_is_reached() -> None:
    alone = [write(entry(7, number), "eckcs2.5.2") for number in (0, 41, 999, 25_000)]
    among = {found.number: found for found in Catalogue(1_000, seed=7)}
    assert [write(among[number], "eckcs2.5.2") for number in (0, 41, 999)] == alone[:3]
    assert write(Catalogue(30_000, seed=7).entry(25_000), "eckcs2.5.2") == alone[3]


def test_bytes_do_not_change_from_one_version_of_python_to_the_next() -> None:
    """Written down once: who changes what is thrown changes every demonstration, and should know."""
    found = entry(1, 12)
    assert (found.identifier, found.product_id, found.title) == (
        "methodenet:ae94526c-cacd-583c-8576-858a1807af97",
        "9789095193804",
        "Zeehondtij economie 3 vmbo-kgt luister-cd",
    )


def test_another_seed_is_another_catalogue() -> None:
    one, two = (Catalogue(300, seed=seed) for seed in (1, 2))
    assert not one.identifiers() & two.identifiers()
    assert [found.title for found in one] != [found.title for found in two]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_record_is_well_formed(schema: str) -> None:
    for found in Catalogue(600, seed=3):
        etree.fromstring(write(found, schema))


# --- Spread as the real feed -----------------------------------------------------------------------------------------

REAL = {
    "ProductState": {
        "Leverbaar": 10981,
        "Niet meer leverbaar": 7030,
        "Beperkt leverbaar": 344,
        "Nog niet leverbaar": 176,
        "Tijdelijk niet leverbaar": 29,
        "Zal niet verschijnen": 1,
    },
    "IntendedEndUserRole": {"Onderwijsvolger": 19759, "Onderwijsgever": 1070, "Beheerder": 1},
    "Medium": {
        "Web browser": 14098,
        "Boek": 3984,
        "Anders": 2689,
        "CD-ROM": 30,
        "DVD": 27,
        "Downloadable installer": 2,
    },
    "IsConsumptionProduct": {"true": 12914, "false": 7916},
    "Sectors.Sector": {
        "VO": 12899,
        "MBO": 8718,
        "PO": 1623,
        "HBO": 379,
        "WO": 56,
        "VO, MBO, HBO": 21,
        "MBO, HBO": 20,
        "PO, VO, MBO, HBO, WO": 9,
        "VO, MBO": 7,
        "MBO, WO, VO": 6,
    },
}
PUBLISHER_SIZES = [5599, 5392, 2137, 2090, 909, 869, 449, 257, 231, 215]


@pytest.fixture(scope="module")
def overview(full: DemoKoppelpunt) -> Answer:
    return ask(full.url, maximumRecords=0, x_term_drilldown=DRILLDOWN)


@pytest.mark.parametrize("name", REAL)
def test_values_are_as_frequent_as_in_the_real_feed(overview: Answer, name: str) -> None:
    counts = overview.counts(name)
    assert counts.keys() == REAL[name].keys()
    for value, count in REAL[name].items():
        # One in a hundred of the feed; of what is rare, a third and a handful.
        assert abs(counts[value] - count) <= min(0.02 * SHELF, 0.33 * count + 8), value


def test_publishers_are_as_large_as_in_the_real_feed(overview: Answer) -> None:
    sizes = list(overview.counts("Publisher").values())
    assert sizes[:10] == PUBLISHER_SIZES
    assert sum(sizes) == overview.total == SHELF
    assert len(sizes) == 60


def test_one_publisher_has_two_spellings(overview: Answer) -> None:
    spellings = Counter(name.replace(" ", "") for name in overview.counts("Publisher"))
    assert [name for name, count in spellings.items() if count > 1] == ["Eikendalberoepsonderwijs"]


def test_a_ninth_of_the_records_has_no_state(overview: Answer) -> None:
    assert 0.10 <= 1 - sum(overview.counts("ProductState").values()) / SHELF <= 0.12


def test_there_are_many_methods(entries: list[Entry]) -> None:
    assert len({found.family for found in entries}) >= 1_200
    assert 0.04 <= sum(not found.family for found in entries) / SHELF <= 0.10


def test_a_larger_catalogue_keeps_the_proportions() -> None:
    later = Counter(block_of(1, number).publisher.name for number in range(3 * SHELF, 4 * SHELF))
    assert [size for _, size in later.most_common(10)] == PUBLISHER_SIZES


# --- As dirty --------------------------------------------------------------------------------------------------------


def test_identifiers_are_unique_and_name_their_source(entries: list[Entry]) -> None:
    assert len({found.identifier for found in entries}) == SHELF
    assert {found.identifier.partition(":")[0] for found in entries} == {supplier.name for supplier in SUPPLIERS}


def test_article_numbers_are_mostly_clean(entries: list[Entry]) -> None:
    numbers = [found.product_id for found in entries]
    digits = [number for number in numbers if re.fullmatch(r"\d{13}", number)]
    wrong = [number for number in digits if not stdnum_ean.is_valid(number)]
    assert 0 < len(wrong) < 60
    assert all(number.startswith(("97890", "97894")) for number in digits)
    others = [number for number in numbers if not number.isdigit()]
    assert all(re.fullmatch(r"license-\d\d|urn:[a-z]+:\d{13}", number) for number in others)
    assert any(number.startswith("license-") for number in others)
    assert any(number.startswith("urn:") for number in others)


def test_sets_of_five_stand_beside_the_single_copy(entries: list[Entry]) -> None:
    sets = [found for found in entries if found.product_id.startswith("urn:")]
    numbers = {found.product_id for found in entries}
    assert {found.unit_size for found in sets} == {5}
    assert sum(found.product_id.rpartition(":")[2] in numbers for found in sets) > len(sets) / 2


def _same_number(entries: list[Entry]) -> list[list[Entry]]:
    groups: dict[str, list[Entry]] = {}
    for found in entries:
        if re.fullmatch(r"\d{13}", found.product_id):
            groups.setdefault(found.product_id, []).append(found)
    return [group for group in groups.values() if len(group) > 1]


def test_some_products_come_from_two_sources(entries: list[Entry]) -> None:
    own = [group for group in _same_number(entries) if len({found.publisher for found in group}) == 1]
    assert 0.002 <= len(own) / SHELF <= 0.005
    for group in own:
        assert len({found.supplier.name for found in group}) == len(group)
        assert len({found.unit_size for found in group}) == 1


def test_a_few_numbers_are_used_by_rivals(entries: list[Entry]) -> None:
    rivals = [group for group in _same_number(entries) if len({found.publisher for found in group}) > 1]
    assert 1 <= len(rivals) <= 20


def test_prices(entries: list[Entry]) -> None:
    priced = [found.price for found in entries if found.price.cents]
    assert 0.38 <= 1 - len(priced) / SHELF <= 0.42
    assert {found.price.vat for found in entries if not found.price.cents} == {"0.0"}
    assert Counter(price.vat for price in priced).keys() == {"9.0", "21.0"}
    for price in priced:
        rate = int(price.vat.removesuffix(".0"))
        assert 0 <= price.cents * 100 - price.excl_cents * (100 + rate) < 100 + rate


def test_moments_are_written_in_every_way(entries: list[Entry]) -> None:
    shapes = Counter(re.sub(r"\d", "0", found.modified) for found in entries)
    assert shapes.keys() == {
        "",
        "0000-00-00",
        "0000-00-00T00:00:00",
        "0000-00-00T00:00:00.000Z",
        "0000-00-00T00:00:00+00:00",
    }
    assert 0.02 <= shapes[""] / SHELF <= 0.06
    assert sum(found.end_of_life == NO_END for found in entries) > SHELF / 2


def test_texts_are_as_careless_as_the_real_ones(entries: list[Entry]) -> None:
    assert any(found.cover.startswith("\n ") for found in entries)
    assert any("\n  " in found.description for found in entries)
    assert 0.5 <= sum(found.description == found.title for found in entries) / SHELF <= 0.8
    assert 0.3 <= sum(found.authors[0].lower() in found.publisher.lower() for found in entries) / SHELF <= 0.7


def test_classification_is_as_uneven_as_the_real_one(entries: list[Entry]) -> None:
    assert any(not found.has_groups for found in entries)
    assert any(len(found.groups) > 1 for found in entries)
    assert any("nvt" in group.levels for found in entries for group in found.groups)
    years = {year for found in entries for group in found.groups for year in group.years}
    assert years == {f"jaar {number}" for number in range(1, 9)}


@pytest.mark.parametrize(
    "words", [r"\d+e druk$", r"\d+e ed$", r"20\d\d/20\d\d$", r"niveau \d", r"\bMAX$", r"vernieuwd$"]
)
def test_family_names_say_edition_or_level(entries: list[Entry], words: str) -> None:
    assert sum(bool(re.search(words, found.family)) for found in entries) > 50


# --- Nobody's --------------------------------------------------------------------------------------------------------


def _real_names(shared_data: Path) -> set[str]:
    """Publishers and families that the samples name."""
    profile = json.loads((shared_data / "koppelpunt/element_profile.json").read_text())["elements"]
    sample = Answer((shared_data / "koppelpunt/phpECKCS/eckResponse-2024-09-04-v2.5.2.xml").read_bytes())
    names = {*profile["ProductFamilyName"]["sample"], *profile["Publisher"]["sample"], *sample.counts("Publisher")}
    return {" ".join(name.split()) for name in names}


def test_no_name_is_a_real_one(entries: list[Entry], shared_data: Path) -> None:
    real = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in _real_names(shared_data)), re.IGNORECASE)
    ours = {text for found in entries for text in (found.publisher, found.family, found.title, *found.authors)}
    assert not [text for text in ours if real.search(text)]


def test_every_address_is_on_a_reserved_host(entries: list[Entry]) -> None:
    for found in entries:
        for address in (found.thumbnail, found.cover, found.information, found.access):
            assert not address or re.match(r"\s*https://[\w.-]+\.example/", address)
