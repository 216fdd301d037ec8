"""What only few records say: licenses, environments, packages, successors, prices at two rates, rare dates."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from lxml import etree
from stdnum import ean as stdnum_ean

from ingest.demo.eck import write
from ingest.demo.entries import Entry, product_id_of
from ingest.demo.extras import Extras, extras_of
from ingest.demo.licenses import FIXED, FIXED_DURATION, FIXED_END
from ingest.demo.plan import block_of
from ingest.demo.publishers import SHELF, VAKBANK
from ingest.demo.revisions import Catalogue
from ingest.demo.server import DemoKoppelpunt
from tests.ingest.demo.asking import Answer, ask

RECORDS = 5_000
Pair = tuple[Entry, Extras]


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return [(found, extras_of(found)) for found in Catalogue(RECORDS, seed=2)]


@pytest.fixture(scope="module")
def by_product_id(pairs: list[Pair]) -> dict[str, Entry]:
    return {found.product_id: found for found, _extras in pairs}


def element(found: Entry, schema: str = "eckcs2.5.2") -> etree._Element:
    return etree.fromstring(write(found, schema))


def texts(entry: etree._Element, path: str) -> list[str]:
    return [child.text or "" for child in entry.iterfind("/".join(f"{{*}}{name}" for name in path.split("/")))]


def share(pairs: list[Pair], field: str) -> float:
    return sum(bool(getattr(extras, field)) for _found, extras in pairs) / len(pairs)


# --- Licenses ---------------------------------------------------------------------------------------------------------


def licensed(pairs: list[Pair]) -> Iterator[Pair]:
    return ((found, extras) for found, extras in pairs if extras.license.availability)


def test_a_part_of_the_digital_products_tells_of_its_license(pairs: list[Pair]) -> None:
    some = list(licensed(pairs))
    assert 0.10 <= len(some) / RECORDS <= 0.20
    assert all(found.is_digital for found, _extras in some)
    kinds = Counter(extras.license.availability for _found, extras in some)
    assert kinds.keys() == {FIXED_DURATION, FIXED_END, FIXED}
    assert min(kinds.values()) > 50


def test_a_license_says_what_its_kind_calls_for(pairs: list[Pair]) -> None:
    for _found, extras in licensed(pairs):
        terms = extras.license
        assert (bool(terms.duration), bool(terms.starts), bool(terms.ends)) == (
            terms.availability == FIXED_DURATION,
            terms.availability == FIXED,
            terms.availability != FIXED_DURATION,
        )
        assert not terms.starts or terms.starts[:10] < terms.ends[:10]


def test_one_supplier_writes_durations_as_iso_8601(pairs: list[Pair]) -> None:
    durations = {(found.supplier is VAKBANK, extras.license.duration) for found, extras in licensed(pairs)}
    assert {(True, "P365D"), (False, "365")} <= durations
    assert all(re.fullmatch(r"P\d+D" if is_iso else r"\d+", text) for is_iso, text in durations if text)


def test_a_license_is_as_long_as_its_title_says(pairs: list[Pair]) -> None:
    terms = [(found.title, extras.license.duration) for found, extras in licensed(pairs) if extras.license.duration]
    assert {days.strip("PD") for title, days in terms if re.search(r"\b4 jaar\b", title)} == {"1460"}
    assert {days.strip("PD") for title, days in terms if "halfjaar" in title} <= {"183"}


@pytest.mark.parametrize("schema", ["eckcs2.5.2", "eckcs2.3"])
def test_records_say_their_license(pairs: list[Pair], schema: str) -> None:
    found, extras = next(pair for pair in licensed(pairs) if pair[1].license.starts and pair[1].license.activation_days)
    entry, terms = element(found, schema), extras.license
    assert texts(entry, "LicenseAvailabilityOptions") == ["Fixed start and end"]
    assert texts(entry, "LicenseStartDate") == [terms.starts]
    assert texts(entry, "LicenseEndDate") == [terms.ends]
    assert texts(entry, "ActivationBefore/ActivationBeforeDays") == [terms.activation_days]


def test_what_licenses_say_now_and_then(pairs: list[Pair]) -> None:
    terms = [extras.license for _found, extras in licensed(pairs)]
    assert {option for each in terms for option in each.options} == {
        "Proefexemplaar",
        "Inkijkexemplaar",
        "Demo-exemplaar",
    }
    assert {"1", "30"} <= {each.count for each in terms}
    assert sum(bool(each.activation_days) for each in terms) > sum(bool(each.activation_date) for each in terms) > 0
    assert any(each.activation_days and each.activation_date for each in terms)
    found, extras = next(pair for pair in licensed(pairs) if len(pair[1].license.options) == 2)
    options = texts(element(found), "AdditionalLicenseOptions/AdditionalLicenseOption")
    assert options == list(extras.license.options) == ["Inkijkexemplaar", "Demo-exemplaar"]


def test_a_few_records_of_2_3_misspell_an_element(pairs: list[Pair]) -> None:
    wrong = [found for found, extras in licensed(pairs) if extras.license.is_misspelled]
    assert 0 < len(wrong) < 0.1 * sum(1 for _ in licensed(pairs))
    right, misspelled = "LicenseAvailabilityOptions", "LicenseAvailablityOptions"
    for schema, names in {
        "eckcs2.3": (False, True),
        "eckcs2.5.2": (True, False),
        "eckcs2.1.1": (False, True),
    }.items():
        entry = element(wrong[0], schema)
        assert (bool(texts(entry, right)), bool(texts(entry, misspelled))) == names


# --- Environments -----------------------------------------------------------------------------------------------------


def test_environments_are_mostly_empty(pairs: list[Pair]) -> None:
    some = [(found, extras.environment) for found, extras in pairs if extras.environment.platforms]
    assert 0.02 <= len(some) / RECORDS <= 0.10
    assert {name for _found, each in some for name in each.platforms} == {"HTML5", "iOS", "Windows"}
    assert {name for _found, each in some for name in each.devices} == {"pc ready"}
    assert {name for _found, each in some for name in each.browsers} == {"Chrome", "Safari", "Edge"}
    found, environment = next(pair for pair in some if pair[1].devices and pair[1].browsers)
    for schema in ("eckcs2.5.2", "eckcs2.3"):
        entry = element(found, schema)
        assert texts(entry, "Environments/Platform") == list(environment.platforms)
        assert texts(entry, "Environments/Device") == ["pc ready"]
        assert texts(entry, "Environments/Browser") == list(environment.browsers)


# --- Packages and successors ------------------------------------------------------------------------------------------


def test_packages_name_products_of_their_own_edition(pairs: list[Pair], by_product_id: dict[str, Entry]) -> None:
    packages = [(found, extras.parts) for found, extras in pairs if extras.parts]
    assert 0.02 <= len(packages) / RECORDS <= 0.08
    assert {len(parts) for _found, parts in packages} == {2, 3, 4}
    dead = 0
    for found, parts in packages:
        assert "pakket" in found.title
        assert found.product_id not in parts
        block = block_of(2, found.number)
        if block.first_number + block.size > RECORDS:
            continue
        numbers = range(block.first_number, block.first_number + block.size)
        own = {product_id_of(2, number) for number in numbers}
        unknown = [part for part in parts if part not in own]
        assert not set(unknown) & by_product_id.keys()
        dead += len(unknown)
    assert 0 < dead < len(packages) / 10
    assert texts(element(packages[0][0]), "SubProducts/ProductId") == list(packages[0][1])


def test_successors_are_products_of_the_next_edition(pairs: list[Pair], by_product_id: dict[str, Entry]) -> None:
    older = [(found, extras.successor) for found, extras in pairs if not block_of(2, found.number).is_current]
    followed = [(found, successor) for found, successor in older if successor]
    assert 0.015 <= len(followed) / len(older) <= 0.05
    for found, successor in followed[3:]:
        follower = by_product_id.get(successor)
        if follower is None:
            continue
        block, next_block = block_of(2, found.number), block_of(2, follower.number)
        assert (next_block.family, next_block.rank) == (block.family, block.rank + 1)
        assert texts(element(found), "FollowupProduct") == [successor]


def test_a_few_successors_and_parts_do_not_exist(pairs: list[Pair]) -> None:
    named = {name for _found, extras in pairs for name in (*extras.parts, extras.successor) if name}
    dead = named - {product_id_of(2, number) for number in range(SHELF)}
    assert 3 <= len(dead) < 0.1 * len(named)
    assert all(name.startswith("9789093") and stdnum_ean.is_valid(name) for name in dead)


def test_one_product_follows_itself_and_two_follow_each_other() -> None:
    found = list(Catalogue(100))
    successors = {each.product_id: extras_of(each).successor for each in found if extras_of(each).successor}
    assert successors[found[0].product_id] == found[0].product_id
    turned = [name for name, successor in successors.items() if successors.get(successor) == name != successor]
    assert len(turned) == 2


# --- Prices, dates, and what nobody knows -----------------------------------------------------------------------------


def test_two_rates_make_one_price(pairs: list[Pair]) -> None:
    mixed = [(found, extras.price_parts) for found, extras in pairs if extras.price_parts]
    assert 0.005 <= len(mixed) / RECORDS <= 0.03
    for found, parts in mixed:
        assert [part.vat for part in parts] == ["9.0", "21.0"]
        assert min(part.excl_cents for part in parts) > 0
        assert sum(part.excl_cents * (100 + int(float(part.vat))) for part in parts) == found.price.cents * 100


def test_records_say_both_rates(pairs: list[Pair]) -> None:
    found, parts = next((found, extras.price_parts) for found, extras in pairs if extras.price_parts)
    amounts = [str(part.excl_cents) for part in parts]
    entry = element(found)
    assert texts(entry, "Prices/Consumerprice") == [str(found.price.cents)]
    assert texts(entry, "Prices/Price/Amount") == amounts
    assert texts(entry, "Prices/Price/VAT") == ["9.0", "21.0"]
    entry = element(found, "eckcs2.3")
    assert texts(entry, "Prices/Price/Amount") == amounts
    assert texts(entry, "Prices/Price/VAT") == ["9", "21"]
    entry = element(found, "eckcs2.1.1")
    assert int(texts(entry, "PriceVATLow")[0]) + int(texts(entry, "PriceVATHigh")[0]) == found.price.cents


def test_prices_of_2_1_1_are_with_vat(pairs: list[Pair]) -> None:
    for found, extras in pairs[:400]:
        if extras.price_parts:
            continue
        entry = element(found, "eckcs2.1.1")
        told = {name: texts(entry, name) for name in ("PriceVATLow", "PriceVATHigh") if texts(entry, name)}
        name = "PriceVATHigh" if found.price.vat == "21.0" else "PriceVATLow"
        assert told == ({name: [str(found.price.cents)]} if found.price.cents else {})


def test_rare_dates(pairs: list[Pair]) -> None:
    assert 0.03 <= share(pairs, "revised") <= 0.09
    assert 0.002 <= share(pairs, "deprecated") <= 0.03
    assert 0 < share(pairs, "supported") < share(pairs, "deprecated")
    assert all(extras.deprecated[:10] < extras.supported[:10] for _found, extras in pairs if extras.supported)
    assert {found.state for found, extras in pairs if extras.deprecated} == {"Niet meer leverbaar"}
    found, extras = next(pair for pair in pairs if pair[1].supported)
    entry = element(found)
    assert texts(entry, "DeprecationDate") + texts(entry, "SupportedUntilDate") == [
        extras.deprecated,
        extras.supported,
    ]


@pytest.mark.parametrize("schema", ["eckcs2.5.2", "eckcs2.3"])
@pytest.mark.parametrize(("number", "name"), [(33, "Remark"), (8_033, "Depot"), (16_033, "Audiences")])
def test_three_records_of_a_shelf_have_an_element_that_no_schema_knows(schema: str, number: int, name: str) -> None:
    entry = element(Catalogue(20_830, seed=4).entry(number), schema)
    assert etree.QName(entry[-1]).localname == name
    assert "/common/" in (etree.QName(entry[-1]).namespace or "")


# --- The same every time ----------------------------------------------------------------------------------------------


# With the one price of a record, for two of them take its place.
RARE = re.compile(
    r"<Environments>.*?</Environments>|<Environments/>|<SubProducts>.*?</SubProducts>|<Price>.*</Price>"
    r"|<ActivationBefore>.*?</ActivationBefore>|<AdditionalLicenseOptions>.*?</AdditionalLicenseOptions>"
    r"|<(FollowupProduct|LastRevisionDate|DeprecationDate|SupportedUntilDate|License\w+)>.*?</\1>|<ct:.*(?=</Entry>)",
    re.DOTALL,
)


@pytest.mark.parametrize(
    ("schema", "digest"),
    [("eckcs2.5.2", "a59a7b5ec04f359f"), ("eckcs2.3", "cdd64446af5ca997"), ("meta", "43d2be4886ba3484")],
)
def test_the_rest_of_a_record_does_not_change(schema: str, digest: str) -> None:
    """Written down once: who adds an element that few records have must leave all others as they are."""
    rest = "".join(RARE.sub("", write(found, schema)) for found in Catalogue(500))
    assert hashlib.sha256(rest.encode()).hexdigest()[:16] == digest


def test_a_revision_changes_none_of_it_but_parts_of_a_price() -> None:
    before, after = Catalogue(3_000), Catalogue(3_000, revision=2)
    for number in after.numbers():
        if number < 3_000:
            old, new = extras_of(before.entry(number)), extras_of(after.entry(number))
            assert (old.license, old.environment, old.parts, old.successor) == (
                new.license,
                new.environment,
                new.parts,
                new.successor,
            )
            assert bool(old.price_parts) == bool(new.price_parts)


def test_a_server_says_the_same_in_all_schemas(small: DemoKoppelpunt) -> None:
    for schema in ("eckcs2.5.2", "eckcs2.3", "eckcs2.1.1"):
        answer: Answer = ask(small.url, recordSchema=schema, maximumRecords=5)
        assert len(answer.identifiers) == 5
        assert answer.texts("srw:record/srw:recordSchema") == [schema] * 5
