from datetime import timedelta

import pytest
from django.utils import timezone

from catalogus.models import Product
from ingest.quality.checks import CHECKS
from ingest.quality.completeness import PARTS
from ingest.quality.snapshots import take_snapshots
from ingest.web import quality, quality_overview
from tests.catalogus.web.page import Page
from tests.factories import make_method, make_product, make_publisher, valid_ean
from tests.ingest.quality.objects import make_harvest, make_record, make_source
from tests.ingest.web.people import make_member, make_staff
from tests.people import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    sign_in(client, make_staff())
    return client


@pytest.fixture
def noord():
    return make_publisher(name="Noord", slug="noord")


@pytest.fixture
def harvest(noord):
    """Three records of Noord, one of them refused, and one of somebody else."""
    harvest = make_harvest(source=make_source(code="demo", name="Demonstratie"))
    method = make_method(publisher=noord)
    whole = {"ean": valid_ean(1), "title": "Kompas 3", "identifier": valid_ean(1)}
    make_record(harvest.source, make_product(method=method, **whole))
    flagged = make_product(method=method, title="Kompas 4")
    make_record(harvest.source, flagged, ("bad_url", "AccessLocation", "a"), ("bad_url", "ContentLocation", "b"))
    make_record(harvest.source, None, ("no_title", "Title", ""), publisher=noord, identifier="noord:3")
    other = make_product(method=make_method(publisher=make_publisher(name="Zuid")))
    make_record(harvest.source, other, ("no_state", "ProductState", ""))
    take_snapshots(harvest)
    return harvest


def read(client, path, **options):
    response = client.get(path, **options)
    assert response.status_code == 200, path
    return Page(response)


def test_the_scores_are_explained_with_the_numbers_of_who_reads(staff, harvest):
    page = read(staff, "/kwaliteit/uitgever/noord/")
    assert page.texts("//h1") == ["Noord"]
    # A book that is available, for learners and of a named method: state 3, medium 2, family 2, role 1; one has an EAN.
    assert page.text("//section[@aria-labelledby='score-volledigheid']") == (
        "Volledigheid 31,7% Een record kan 30 punten halen, een tot drie voor elk veld dat is ingevuld."
        " De records in de catalogus (2) haalden samen 19 van de 60 punten: 31,7%."
    )
    assert page.text("//section[@aria-labelledby='score-juistheid']") == (
        "Juistheid 50,0% Van de records (3) hebben er 1 geen bevindingen; die tellen heel. Er hebben er 1 een"
        " waarschuwing; die tellen half. In quarantaine staan er 1; die tellen niet. (1 + ½ × 1) / 3 = 50,0%."
    )


def test_errors_come_before_warnings_and_each_says_why_what_to_do_and_where(staff, harvest):
    page = read(staff, "/kwaliteit/uitgever/noord/")
    assert page.texts("//article/h3") == ["Titel ontbreekt", "Adres dat niet te gebruiken is"]
    error, warning = page.texts("//article")
    for text in ("1 record, 33,3%", str(CHECKS["no_title"].why), str(CHECKS["no_title"].remedy), "noord:3", "Title"):
        assert text in error
    assert "1 record, 33,3% (2 keer in totaal)" in warning
    assert page.href("Kompas 4") == Product.objects.get(title="Kompas 4").get_absolute_url()
    assert page.texts("(//article)[2]//q") == ["a", "b"]


def test_every_field_has_a_bar_and_numbers_that_belong_together(staff, harvest):
    page = read(staff, "/kwaliteit/uitgever/noord/")
    rows = [
        page.texts(f"//table[contains(@class, 'parts')]/tbody/tr[{row}]/*[position() < 5]")
        for row in range(1, len(PARTS) + 1)
    ]
    widths = page.all("//table[contains(@class, 'parts')]//rect[@class='part']/@width")
    assert len(rows) == len(widths) == len(PARTS)
    lost = []
    for (_name, share, missing, points), width in zip(rows, widths, strict=True):
        assert int(width) == round(1000 * (2 - int(missing)) / 2)
        assert share == f"{int(width) // 10},{int(width) % 10}%"
        lost.append(int(missing) * int(points))
    assert lost == sorted(lost, reverse=True)
    assert 60 - sum(lost) == 19


def test_with_one_pass_there_is_no_line_and_with_two_the_chart_and_its_table_agree(staff, harvest, noord):
    assert not read(staff, "/kwaliteit/uitgever/noord/").all("//figure")
    again = make_harvest(source=harvest.source, finished_at=timezone.now() + timedelta(days=1))
    for _number in range(5):
        make_record(again.source, make_product(method=make_method(publisher=noord)))
    take_snapshots(again)
    page = read(staff, "/kwaliteit/uitgever/noord/")
    rows = [page.texts(f"//table[contains(@class, 'moments')]/tbody/tr[{row}]/td") for row in (1, 2)]
    assert [row[0] for row in rows] == ["8", "3"], "the newest first"
    for name, column in (("completeness", 3), ("correctness", 4)):
        (points,) = page.all(f"//figure/svg/polyline[@class='{name}']/@points")
        heights = [float(point.split(",")[1]) for point in points.split()]
        said = [float(row[column].rstrip("%").replace(",", ".")) for row in reversed(rows)]
        assert [round(100 - height / 2, 1) for height in heights] == pytest.approx(said, abs=0.06)


def test_a_publisher_without_any_snapshot_says_so(staff, noord):
    assert "Hier is nog niets geteld" in read(staff, "/kwaliteit/uitgever/noord/").text()
    assert "Er is nog niets geteld" in read(staff, "/kwaliteit/").text()


def test_a_merged_publisher_leads_to_what_it_became(staff, noord):
    make_publisher(slug="oud", merged_into=noord)
    for path in ("", "csv/", "bad_url/"):
        response = staff.get(f"/kwaliteit/uitgever/oud/{path}")
        assert (response.status_code, response["Location"]) == (302, "/kwaliteit/uitgever/noord/")


@pytest.mark.parametrize(
    "path",
    [
        "/kwaliteit/uitgever/nergens/",
        "/kwaliteit/bron/nergens/",
        "/kwaliteit/bron/demo/geen_controle/",
        "/kwaliteit/bron/demo/csv/?check=geen_controle",
        "/kwaliteit/bron/demo/bad_url/?na=x",
        "/kwaliteit/bron/demo/bad_url/?na=9999999999999999999",
        "/kwaliteit/?blad=2",
        "/kwaliteit/?blad=-1",
    ],
)
def test_what_is_not_there_is_404(staff, harvest, path):
    assert staff.get(path).status_code == 404


def test_all_stand_side_by_side_in_the_order_asked_for(staff, harvest):
    other = make_publisher(name="Aan Zee")
    for _number in range(4):
        make_record(harvest.source, make_product(method=make_method(publisher=other)))
    take_snapshots(harvest)

    def names(query=""):
        return read(staff, f"/kwaliteit/{query}").texts("//section[@aria-labelledby='uitgevers']//tbody/tr/th")

    assert names() == ["Aan Zee", "Noord", "Zuid"]
    assert names("?sort=records") == ["Zuid", "Noord", "Aan Zee"]
    assert names("?sort=-name") == ["Zuid", "Noord", "Aan Zee"]
    assert names("?sort=-quarantined") == ["Noord", "Aan Zee", "Zuid"]
    assert names("?sort=-correctness") == ["Aan Zee", "Noord", "Zuid"]
    assert names("?sort=onzin") == names()
    page = read(staff, "/kwaliteit/?sort=correctness")
    assert page.texts("//th[@aria-sort='ascending']") == ["Juistheid"]
    assert page.href("juistheid ↑ (oplopend; kies om te keren)") == "?sort=-correctness"
    assert page.href("records") == "./"
    assert page.texts("//section[@aria-labelledby='bronnen']//tbody/tr/th") == ["Demonstratie"]


def test_many_publishers_are_cut_into_pages(staff, harvest, monkeypatch):
    monkeypatch.setattr(quality_overview, "PUBLISHERS_PER_PAGE", 1)
    first = read(staff, "/kwaliteit/?sort=name")
    assert "Pagina 1 van 2" in first.text()
    second = read(staff, f"/kwaliteit/{first.href('Volgende')}")
    assert "Pagina 2 van 2" in second.text()
    names = [page.texts("//section[@aria-labelledby='uitgevers']//tbody/tr/th")[0] for page in (first, second)]
    assert names == sorted(names)


def test_a_member_sees_the_own_publishers_alone_also_those_not_yet_counted(client, harvest):
    sign_in(client, make_member("noord", make_publisher(name="Nieuw").slug))
    page = read(client, "/kwaliteit/")
    assert page.texts("//tbody/tr/th") == ["Noord"]
    assert "Nog niet geteld: Nieuw." in page.text()
    assert page.href("Noord") == "/kwaliteit/uitgever/noord/"


def test_the_change_since_the_pass_before(staff, harvest):
    again = make_harvest(source=harvest.source, finished_at=timezone.now() + timedelta(days=1))
    harvest.source.records.filter(state="quarantined").update(state="absent", missing_since=timezone.now())
    take_snapshots(again)
    page = read(staff, "/kwaliteit/?sort=name")
    assert "75,0% verschil met de oogst ervoor: +25,0" in page.text("//tr[th='Noord']/td[last()]")
    assert page.text("//tr[th='Noord']/td[last() - 1]") == "31,7%"
    assert len(page.all("//tr[th='Noord']//polyline")) == 2


def test_the_list_of_a_finding_goes_on_page_by_page(staff, harvest, noord, monkeypatch):
    monkeypatch.setattr(quality, "RECORDS_PER_PAGE", 2)
    for number in range(4):
        product = make_product(method=make_method(publisher=noord), title=f"Atlas {number}")
        make_record(harvest.source, product, ("bad_url", "AccessLocation", "x"))
    path, seen, pages = "/kwaliteit/uitgever/noord/bad_url/", [], 0
    while path:
        page = read(staff, path)
        seen += page.texts("//table[contains(@class, 'found')]/tbody/tr/th/a")
        assert "bij 5 records (6 keer in totaal)" in page.text()
        assert page.texts("//table[@class='values']//td") == ["AccessLocation", "x", "4"]
        links = page.all("//nav[@class='pagination']/a[@rel='next']/@href")
        path, pages = (links[0] if links else ""), pages + 1
    assert seen == ["Kompas 4", *(f"Atlas {number}" for number in range(4))]
    assert pages == 3
    assert page.href("Naar het begin") == "/kwaliteit/uitgever/noord/bad_url/"


def test_a_record_that_is_no_product_yet_is_named_by_itself(staff, harvest):
    page = read(staff, "/kwaliteit/bron/demo/no_title/")
    (row,) = page.texts("//table[contains(@class, 'found')]/tbody/tr")
    assert row == "nog geen product Record noord:3 Title ontbreekt geen Noord"


def test_a_finding_that_nothing_has_says_so(staff, harvest):
    page = read(staff, "/kwaliteit/uitgever/noord/successor_cycle/")
    assert "Geen enkel record heeft deze bevinding nu." in page.text()


def test_what_was_sent_is_shown_as_text(staff, harvest, noord):
    evil = "<script>alert(1)</script>"
    make_record(harvest.source, make_product(method=make_method(publisher=noord), title=evil), ("bad_url", evil, evil))
    take_snapshots(harvest)
    for path in ("/kwaliteit/uitgever/noord/", "/kwaliteit/uitgever/noord/bad_url/"):
        body = staff.get(path).content.decode()
        assert "<script>" not in body
        assert "&lt;script&gt;" in body
        assert "style=" not in body


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/kwaliteit/", "Quality of what is delivered"),
        ("/kwaliteit/uitgever/noord/", "Noord"),
        ("/kwaliteit/uitgever/noord/bad_url/", "Address that cannot be used"),
    ],
)
def test_in_english(staff, harvest, path, heading):
    page = read(staff, path, headers={"Accept-Language": "en"})
    assert page.texts("//h1") == [heading]
    for dutch in ("Volledigheid", "Juistheid", "quarantaine", "Oplossing", "Voorbeelden", "Uitgever", "Bron", "keer"):
        assert dutch not in page.text()


@pytest.mark.parametrize(
    "path",
    [
        "/kwaliteit/",
        "/kwaliteit/uitgever/noord/",
        "/kwaliteit/bron/demo/",
        "/kwaliteit/uitgever/noord/bad_url/",
        "/kwaliteit/bron/demo/twin/",
    ],
)
def test_as_many_queries_for_much_as_for_little(staff, harvest, noord, path, django_assert_max_num_queries):
    staff.get(path)
    with django_assert_max_num_queries(8) as few:
        staff.get(path)
    for number in range(30):
        product = make_product(method=make_method(publisher=make_publisher() if number % 2 else noord))
        make_record(harvest.source, product, ("bad_url", "A", "x"), ("no_state", "B", ""), ("bad_date", "C", "y"))
    take_snapshots(harvest)
    with django_assert_max_num_queries(len(few)):
        staff.get(path)


def test_nobody_keeps_a_page_for_another(staff, harvest):
    for path in ("/kwaliteit/", "/kwaliteit/uitgever/noord/", "/kwaliteit/bron/demo/csv/"):
        assert "no-store" in staff.get(path)["Cache-Control"]
