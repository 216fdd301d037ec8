"""The real responses of the Koppelpunt, served over HTTP as received, become the products that they describe."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

from catalogus.models import OutboxEntry, Product, ProductVersion
from ingest.models import HarvestState, Record, Source
from ingest.services.harvest import harvest
from ingest.services.sources import register_source

pytestmark = pytest.mark.django_db


def response(path: Path, served: int = 10) -> Callable[[dict[str, str]], tuple[int, bytes]]:
    """The file as the answer to every question; the sample holds the first ten, so the whole counts ten."""
    body = re.sub(rb"(numberOfRecords>)\d+(<)", rb"\g<1>%d\g<2>" % served, path.read_bytes())
    return lambda _query: (200, body)


@pytest.fixture
def file_2024(shared_data: Path) -> Path:
    return shared_data / "koppelpunt/phpECKCS/eckResponse-2024-09-04-v2.5.2.xml"


@pytest.fixture
def file_2021(shared_data: Path) -> Path:
    return shared_data / "koppelpunt/phpECKCS/eckResponse-2021-03-11.xml"


@pytest.fixture
def source_2024(file_2024: Path, serve_answers) -> Source:
    return register_source(code="koppelpunt", url=serve_answers(response(file_2024)))


@pytest.fixture
def source_2021(file_2021: Path, serve_answers) -> Source:
    return register_source(code="koppelpunt", url=serve_answers(response(file_2021)))


@dataclass(frozen=True)
class Sent:
    """What the file says, read by another parser than ours, straight from its elements."""

    identifier: str
    texts: dict[str, str]

    def text(self, path: str) -> str:
        return self.texts.get(path, "")


def sent_records(path: Path) -> list[Sent]:
    root = ElementTree.parse(path).getroot()
    found = []
    for record in root.iterfind(".//{*}record"):
        (entry,) = record.iterfind("{*}recordData/*")
        texts = {}
        for name in ("Title", "Publisher", "ProductId", "ProductFamilyName", "Prices/Consumerprice"):
            element = entry.find("/".join(f"{{*}}{part}" for part in name.split("/")))
            texts[name] = (element.text or "").strip() if element is not None else ""
        found.append(Sent(record.findtext("{*}recordIdentifier", ""), texts))
    return found


def product_of(sent: Sent) -> Product:
    return Product.objects.get(records__identifier=sent.identifier)


HAVO_VWO = ["atheneum", "gymnasium", "havo", "vwo"]
# The first eight digits of the record's UUID -> what leaves its family name, and what the rest of it means.
READ_2024 = {
    "0c1b8824": ("", "onbekend", "no_longer_available", "book", ["mbo"], [], []),
    "0c2a2c55": ("", "onbekend", "available", "book", ["vo"], ["havo"], ["leerjaar-4", "leerjaar-5"]),
    "0c3f6dcf": (" 3e druk", "3e druk", "available", "book", ["vo"], HAVO_VWO, ["leerjaar-3"]),
    "0c5f73d4": ("", "onbekend", "no_longer_available", "book", ["po"], ["bao", "sbo"], ["groep-7"]),
    "0c77aa86": (" niveau 3", "onbekend", "available", "book", ["mbo"], ["mbo-3"], ["leerjaar-1", "leerjaar-2"]),
    "0c7c96ad": (
        " niveau 4", "onbekend", "no_longer_available", "book", ["mbo"], ["mbo-4"], ["leerjaar-3", "leerjaar-4"],
    ),
    "0ca66b4b": (
        "", "onbekend", "available", "book", ["hbo"], [], ["leerjaar-1", "leerjaar-2", "leerjaar-3", "leerjaar-4"],
    ),
    "0cb46a9c": ("", "onbekend", "available", "book", ["po"], ["bao"], ["groep-6"]),
    "0cd30b0d": (
        " havo 2023/2024", "2023/2024", "available", "other", ["vo"], ["havo"], ["leerjaar-4", "leerjaar-5"],
    ),
    "0ce4b42f": ("", "onbekend", "available", "other", ["po"], ["bao"], []),
}  # fmt: skip


def test_the_ten_records_of_2024_become_products(source_2024, file_2024):
    one_pass = harvest(source_2024)
    assert (one_pass.state, one_pass.received, one_pass.created) == (HarvestState.COMPLETE, 10, 10), one_pass.message
    sent_2024 = sent_records(file_2024)
    assert len(sent_2024) == len(READ_2024) == Product.objects.count()
    for sent in sent_2024:
        product = product_of(sent)
        split_off, edition, state, medium, sectors, levels, years = READ_2024[sent.identifier.partition(":")[2][:8]]
        assert product.title == sent.text("Title")
        assert product.publisher.name == sent.text("Publisher")
        assert product.ean == sent.text("ProductId")
        assert product.price_cents == (int(sent.text("Prices/Consumerprice")) or None)
        assert product.method.name == sent.text("ProductFamilyName").removesuffix(split_off)
        assert product.edition.label == edition
        assert (product.state, product.medium, product.sectors) == (state, medium, sectors)
        assert (product.levels, product.years) == (levels, years)


def test_a_course_becomes_a_subject_with_those_above_it(source_2024):
    harvest(source_2024)
    assert the_record("0c2a2c55").subjects == ["natuurkunde"]
    assert the_record("0c5f73d4").subjects == ["nederlands", "taal"]
    assert the_record("0cd30b0d").subjects == ["duits", "moderne-vreemde-talen"]


def the_record(digits: str) -> Product:
    """The product of the record whose UUID begins so."""
    return Product.objects.get(records__identifier__contains=f":{digits}")


def test_a_level_and_a_year_of_one_group_are_combined(source_2024):
    harvest(source_2024)
    assert the_record("0c3f6dcf").combined == ["atheneum-3", "gymnasium-3", "havo-3", "vwo-3"]


def test_a_far_end_a_repeated_description_and_a_publisher_as_author_state_nothing(source_2024):
    harvest(source_2024)
    product = the_record("0c2a2c55")
    assert (product.end_of_life_on, product.description, product.authors) == (None, "", [])
    assert len(the_record("0c7c96ad").authors) == 3


def test_a_price_keeps_its_vat(source_2024):
    harvest(source_2024)
    product = the_record("0c3f6dcf")
    assert (product.price_excl_cents, product.vat_rate, product.currency) == (2798, Decimal("9.0"), "EUR")


def test_the_ten_records_of_2021_become_products(source_2021, file_2021):
    one_pass = harvest(source_2021)
    assert (one_pass.state, one_pass.received, one_pass.created) == (HarvestState.COMPLETE, 10, 10), one_pass.message
    years, subjects = {}, {}
    for sent in sent_records(file_2021):
        product = product_of(sent)
        assert product.title == product.method.name == sent.text("Title"), "without a family: a method of its own"
        assert product.publisher.name == sent.text("Publisher")
        assert product.edition.label == "onbekend"
        assert (product.state, product.medium, product.sectors) == ("available", "book", ["po"])
        digits = sent.identifier.partition(":")[2][:8]
        years[digits], subjects[digits] = product.years, product.subjects
    assert years["07168b06"] == ["groep-3"]
    assert years["25015962"] == ["groep-1", "groep-2"]
    assert subjects["4297665a"] == ["aardrijkskunde"]
    assert subjects["07168b06"] == [], "“Extra” is a shelf of the publisher's, no subject"


def test_a_price_without_vat_gives_the_price_with_it(source_2021):
    harvest(source_2021)
    product = the_record("07168b06")
    assert (product.price_excl_cents, product.vat_rate, product.price_cents) == (913, Decimal("9.0"), 995)


def test_an_ean_inside_another_code_is_for_search_and_merges_nothing(source_2021):
    harvest(source_2021)
    single, five = the_record("25015962"), the_record("80e61bab")
    assert single.ean is not None
    assert (five.ean, five.contained_ean, five.sale_unit_size) == (None, single.ean, 5)
    assert single.contained_ean == ""


def test_links_lose_their_line_ends(source_2021):
    harvest(source_2021)
    links = Product.objects.exclude(information_url="").values_list("information_url", flat=True)
    assert len(links) >= 9
    assert all(re.fullmatch(r"https://\S+", link) for link in links)


@pytest.mark.parametrize("fixture", ["source_2024", "source_2021"])
def test_reading_them_again_changes_nothing(request, fixture):
    source = request.getfixturevalue(fixture)
    harvest(source)
    before = list(Product.objects.order_by("id").values())
    payloads = list(Record.objects.order_by("id").values_list("payload", "issues"))
    OutboxEntry.objects.all().delete()
    again = harvest(source)
    assert (again.received, again.unchanged, again.created, again.changed) == (10, 10, 0, 0)
    assert list(Product.objects.order_by("id").values()) == before
    assert list(Record.objects.order_by("id").values_list("payload", "issues")) == payloads
    assert ProductVersion.objects.count() == 10
    assert not OutboxEntry.objects.exists()


def test_the_test_record_of_an_old_schema_is_read(shared_data, serve_answers):
    path = shared_data / "koppelpunt/phpEdurepSearch/eckResponse-v2.1.1.xml"
    harvest(register_source(code="koppelpunt", url=serve_answers(response(path, served=1))))
    product = Product.objects.get()
    assert (product.identifier, product.ean) == ("license-01", None)
    assert (product.role, product.price_cents, product.currency) == ("manager", 1, "EUR")
    assert product.sectors == ["ho", "mbo", "po", "vo", "wo"]
