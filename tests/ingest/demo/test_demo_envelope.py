"""Answers have the shape of the real service's, as its saved responses show it."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from ingest.demo.eck import write
from ingest.demo.server import DemoKoppelpunt
from tests.ingest.demo.asking import NAMESPACES, Answer, ask

DRILLDOWN = "Publisher:50,ProductState,IntendedEndUserRole,Medium,IsConsumptionProduct,Sectors.Sector"
# What the standard knows of and the samples of one schema or of both have not.
BY_THE_STANDARD = {
    "Edition", "Environments/Platform", "Environments/Device", "Environments/Browser", "SubProducts",
    "SubProducts/ProductId", "FollowupProduct", "LastRevisionDate", "DeprecationDate", "SupportedUntilDate",
    "LicenseAvailabilityOptions", "LicenseDuration", "LicenseStartDate", "LicenseEndDate", "LicenseCount",
    "ActivationBefore", "ActivationBefore/ActivationBeforeDays", "ActivationBefore/ActivationBeforeDate",
    "AdditionalLicenseOptions", "AdditionalLicenseOptions/AdditionalLicenseOption",
}  # fmt: skip
SAMPLES = {
    "eckcs2.5.2": "koppelpunt/phpECKCS/eckResponse-2024-09-04-v2.5.2.xml",
    "eckcs2.3": "koppelpunt/phpECKCS/eckResponse-2021-03-22c.xml",
}


@pytest.fixture(params=SAMPLES)
def schema(request) -> str:
    return str(request.param)


@pytest.fixture
def real(schema: str, shared_data: Path) -> Answer:
    return Answer((shared_data / SAMPLES[schema]).read_bytes())


@pytest.fixture
def ours(schema: str, small: DemoKoppelpunt) -> Answer:
    return ask(small.url, recordSchema=schema, x_term_drilldown=DRILLDOWN)


def names(element: etree._Element) -> list[str]:
    return [etree.QName(child).text for child in element]


@pytest.mark.parametrize(
    "path",
    [
        ".",
        "srw:records/srw:record",
        "srw:records/srw:record/srw:recordData",
        "srw:echoedSearchRetrieveRequest",
        "srw:echoedSearchRetrieveRequest/srw:extraRequestData",
        "srw:extraResponseData",
        "srw:extraResponseData/dd:drilldown",
        "srw:extraResponseData/dd:drilldown/dd:term-drilldown",
        "srw:extraResponseData/*[2]",
    ],
)
def test_elements_stand_in_the_order_of_the_real_answer(ours: Answer, real: Answer, path: str) -> None:
    found, expected = (answer.element(path) for answer in (ours, real))
    assert names(found) == names(expected)
    assert found.items() == expected.items()


def test_declared_prefixes_are_those_of_the_real_answer(ours: Answer, real: Answer) -> None:
    assert ours.root.tag == real.root.tag
    assert ours.root.nsmap == real.root.nsmap
    entry = "srw:records/srw:record/srw:recordData/*"
    assert ours.element(entry).nsmap == real.element(entry).nsmap


def test_navigators_are_named_as_asked(ours: Answer, real: Answer) -> None:
    def navigators(answer: Answer) -> list[str]:
        return [found.get("name", "") for found in answer.root.iterfind(".//dd:navigator", NAMESPACES)]

    assert navigators(ours) == navigators(real)


def _entries(answer: Answer) -> list[etree._Element]:
    return [data[0] for data in answer.root.iterfind(".//srw:recordData", NAMESPACES)]


def _local(element: etree._Element) -> list[str]:
    return [etree.QName(child).localname for child in element]


def test_elements_of_a_record_stand_in_the_real_order(real: Answer, schema: str, small: DemoKoppelpunt) -> None:
    after = {pair for entry in _entries(real) for pair in _ordered_pairs(_local(entry))}
    for entry in _entries(ask(small.url, recordSchema=schema, maximumRecords=100)):
        for first, second in _ordered_pairs(_local(entry)):
            assert (second, first) not in after, f"{second} stands before {first} in the real record"


def _ordered_pairs(found: list[str]) -> Iterator[tuple[str, str]]:
    unique = list(dict.fromkeys(found))
    return ((first, second) for place, first in enumerate(unique) for second in unique[place + 1 :])


def _paths(element: etree._Element, prefix: str = "") -> Iterator[str]:
    for child in element:
        path = f"{prefix}{etree.QName(child).localname}"
        yield path
        yield from _paths(child, f"{path}/")


def test_no_element_is_unknown_to_the_real_feed(schema: str, shared_data: Path, small: DemoKoppelpunt) -> None:
    known = json.loads((shared_data / "koppelpunt/element_profile.json").read_text())["elements"]
    allowed = {path for path, profile in known.items() if schema in profile["schemas"]} | BY_THE_STANDARD
    used = {
        path for entry in _entries(ask(small.url, recordSchema=schema, maximumRecords=100)) for path in _paths(entry)
    }
    assert used <= allowed


def test_records_of_2_1_1_look_like_the_real_one(shared_data: Path, small: DemoKoppelpunt) -> None:
    sample = Answer((shared_data / "koppelpunt/phpEdurepSearch/eckResponse-v2.1.1.xml").read_bytes())
    (real,) = _entries(sample)
    order = list(_ordered_pairs(_local(real)))
    ours = [etree.fromstring(write(found, "eckcs2.1.1")) for found in small.catalogue]
    assert {entry.tag for entry in ours} == {real.tag}
    for entry in ours:
        assert {entry.findtext("{*}Currency")} == {"EURO"}
        assert not set(_ordered_pairs(_local(entry))) & {(second, first) for first, second in order}
    seen = {name for entry in ours for name in _local(entry)}
    assert set(_local(real)) <= seen
    assert not seen & {"Prices", "CurriculumInfo", "DEPSectors", "LicenseAvailabilityOptions", "Copyright"}


def test_a_count_without_records_looks_like_the_real_one(shared_data: Path, small: DemoKoppelpunt) -> None:
    real = Answer((shared_data / "koppelpunt/phpEdurepSearch/drilldown.xml").read_bytes())
    assert names(ask(small.url, maximumRecords=0, x_term_drilldown="Medium").root) == names(real.root)


def test_extra_records_look_like_the_real_ones(shared_data: Path, small: DemoKoppelpunt) -> None:
    real = Answer((shared_data / "koppelpunt/phpEdurepSearch/lomResponse-2020-10-28.xml").read_bytes())
    ours = ask(small.url, x_recordSchema="meta")
    path = ".//srw:extraRecordData/*"
    assert ours.element(path).tag == real.element(path).tag
    assert ours.element(path).get("recordSchema") == "meta"
    assert ours.texts("srw:x-recordSchema") == ["meta"]
    assert ours.texts("meta:upload/meta:id") == ours.identifiers


def test_meta_can_be_the_record_itself(small: DemoKoppelpunt) -> None:
    answer = ask(small.url, recordSchema="meta")
    assert answer.texts("srw:recordData/meta:meta/meta:upload/meta:id") == answer.identifiers


def test_explain_names_indexes_and_schemas(small: DemoKoppelpunt) -> None:
    answer = ask(small.url, operation="explain")
    assert {"Publisher", "LastModifiedDate", "meta.upload.id"} <= set(answer.texts("zeerex:map/zeerex:name"))
    assert answer.texts("zeerex:setting") == ["100"]


def test_records_come_in_the_order_of_their_identifiers(small: DemoKoppelpunt) -> None:
    found = ask(small.url, maximumRecords=100).identifiers
    assert all(first < second for first, second in pairwise(found))
