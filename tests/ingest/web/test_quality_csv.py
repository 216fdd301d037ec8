import csv
import io
from collections import Counter, defaultdict

import pytest
from django.utils import timezone, translation

from catalogus.models import Product, Publisher
from catalogus.web.export.csv_table import without_formula
from ingest.demo.server import DemoKoppelpunt
from ingest.models import QualitySnapshot, Record, RecordState
from ingest.quality.checks import CHECKS
from ingest.quality.snapshots import take_snapshots
from ingest.services.harvest import harvest as run_harvest
from ingest.services.sources import register_source
from tests.catalogus.web.page import Page
from tests.factories import make_product
from tests.ingest.quality.objects import make_harvest, make_record
from tests.ingest.web.people import make_staff
from tests.people import sign_in

pytestmark = pytest.mark.django_db

HEADS = [
    "record", "productcode", "EAN", "titel", "uitgever", "bron", "ernst", "code", "bevinding", "veld", "waarde",
    "oplossing",
]  # fmt: skip


@pytest.fixture
def staff(client):
    sign_in(client, make_staff())
    return client


def table(response) -> list[dict[str, str]]:
    text = response.getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:]), delimiter=";"))


def test_a_row_says_all_that_is_needed_to_mend_it(staff):
    harvest = make_harvest()
    product = make_product(title="Kompas; „deel 3”", identifier="k-3")
    record = make_record(harvest.source, product, ("bad_url", "AccessLocation", "bij\nons"))
    response = staff.get(f"/kwaliteit/uitgever/{product.publisher.slug}/csv/")
    (row,) = table(response)
    assert list(row) == HEADS
    assert row == {
        "record": record.identifier,
        "productcode": "k-3",
        "EAN": "",
        "titel": "Kompas; „deel 3”",
        "uitgever": product.publisher.name,
        "bron": harvest.source.name,
        "ernst": "waarschuwing",
        "code": "bad_url",
        "bevinding": "Adres dat niet te gebruiken is",
        "veld": "AccessLocation",
        "waarde": "bij\nons",
        "oplossing": "Geef het hele adres op, beginnend met https://.",
    }
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    name = f"kwaliteit-{product.publisher.slug}-{timezone.localdate().isoformat()}.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.streaming


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(staff, sign):
    evil = f"{sign}1+1"
    harvest = make_harvest()
    make_record(harvest.source, make_product(title=evil, identifier=evil), ("bad_url", evil, evil), identifier=evil)
    (row,) = table(staff.get(f"/kwaliteit/bron/{harvest.source.code}/csv/"))
    assert {row[name] for name in ("record", "productcode", "titel", "veld", "waarde")} == {f"'{evil}"}


@pytest.mark.parametrize("text", ["", "9789060523070", "Kompas = goed", "a-b", " =1"])
def test_other_cells_stay_as_they_are(text):
    assert without_formula(text) == text


def test_in_english_all_words_are_english_though_rows_are_made_later(staff):
    harvest = make_harvest()
    make_record(harvest.source, make_product(), ("bad_url", "A", "x"))
    response = staff.get(f"/kwaliteit/bron/{harvest.source.code}/csv/", headers={"Accept-Language": "en"})
    with translation.override("nl"):
        (row,) = table(response)
    assert (row["severity"], row["finding"]) == ("warning", "Address that cannot be used")
    assert row["remedy"] == "Give the whole address, beginning with https://."


def spoil(records: list[Record]) -> None:
    """Findings of many kinds, as other versions of the mapping raise them, and products that disagree with others."""
    codes = [code for code, check in CHECKS.items() if check.products is None]
    for number, record in enumerate(records):
        chosen = [codes[(number * step) % len(codes)] for step in range(1, number % 4 + 1)]
        record.issues += [{"code": code, "field": f"Veld{place}", "value": code} for place, code in enumerate(chosen)]
        record.issues += [{"code": "bad_url", "field": field, "value": "x"} for field in ("A", "B") if number % 5 == 0]
        if number % 7 == 0:
            record.state = RecordState.QUARANTINED
    Record.objects.bulk_update(records, ["issues", "state"])
    products = list(Product.objects.order_by("pk"))
    for number, product in enumerate(products):
        product.title = f"Titel {number % 60}"
        product.successor_identifier = ["", "nergens", products[number - 1].identifier][number % 3]
        product.part_identifiers = ["nergens", product.identifier] if number % 11 == 0 else []
        product.end_of_life_on = "2020-01-01" if number % 4 == 0 else None
        product.activation_until = "2020-01-01" if number % 9 == 0 else None
    fields = ["title", "successor_identifier", "part_identifiers", "end_of_life_on", "activation_until"]
    Product.objects.bulk_update(products, fields)


def test_page_download_and_database_say_the_same(staff):
    """For each subject and check: the count on the page = the rows of the download = the rows of the list."""
    with DemoKoppelpunt(records=300, seed=5, broken_every=40) as server:
        one_pass = run_harvest(register_source(code="demo", url=server.url))
    spoil(list(Record.objects.order_by("pk")))
    take_snapshots(one_pass)
    paths = {"/kwaliteit/bron/demo/"} | {
        f"/kwaliteit/uitgever/{slug}/" for slug in Publisher.objects.values_list("slug", flat=True)
    }
    met = set()
    for path in sorted(paths):
        rows = table(staff.get(f"{path}csv/"))
        records = defaultdict(set)
        for row in rows:
            records[row["code"]].add(row["record"])
        times = Counter(row["code"] for row in rows)
        page = Page(staff.get(path))
        shown = {
            link.split("/")[-2]: " ".join(text.split())
            for link, text in zip(
                page.all("//article//p[@class='further']/a[1]/@href"), page.texts("//article/p[1]"), strict=True
            )
        }
        assert set(shown) == set(records)
        for code, text in shown.items():
            number = len(records[code])
            assert text.startswith(f"{number} record{'s' if number != 1 else ''}, "), (path, code, text)
            assert (f"{times[code]} keer" in text) == (times[code] != number), (path, code, text)
        met |= set(records)
    whole = QualitySnapshot.objects.get(publisher=None)
    assert whole.records == Record.objects.count()
    assert {code: numbers["times"] for code, numbers in whole.findings.items()} == Counter(
        row["code"] for row in table(staff.get("/kwaliteit/bron/demo/csv/"))
    )
    assert met >= set(CHECKS) - {"overdue", "successor_gone", "part_gone", "code_twice", "successor_cycle"}
    for code in sorted(met):
        rows = table(staff.get(f"/kwaliteit/bron/demo/csv/?check={code}"))
        assert {row["code"] for row in rows} == {code}
        page = Page(staff.get(f"/kwaliteit/bron/demo/{code}/"))
        number = len({row["record"] for row in rows})
        assert f"bij {number} record" in page.text("//p[@class='lead']")
        listed = page.texts("//table[contains(@class, 'found')]/tbody/tr")
        assert len(listed) == min(number, 50)
