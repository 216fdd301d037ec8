"""A list as an order list: what it costs as far as anybody knows, and nothing that a spreadsheet would run."""

import csv
import io

import openpyxl
import pytest

from tests.accounts.places import make_person
from tests.factories import make_edition, make_method, make_product, make_publisher, valid_ean
from tests.people import sign_in
from tests.selection.lists import make_list, wanted

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(client):
    els = make_person("els")
    sign_in(client, els, second_factor=False)
    method = make_method(name="Kompas", publisher=make_publisher(name="De Linde"))
    edition = make_edition(method=method, label="2e editie", key="2")
    known = make_product(
        title="=HYPERLINK(1)", ean=valid_ean(1), edition=edition, price_cents=1995, currency="EUR", sale_unit_size=5
    )
    indicative = make_product(
        title="Kompas 2", edition=edition, price_cents=1000, currency="EUR", is_price_indicative=True
    )
    return make_list(
        els,
        wanted(known, "+31 20 123", 3),
        wanted(indicative, quantity=2),
        wanted(make_product(title="Duister", edition=edition), quantity=7),
        wanted(make_product(title="Dollars", edition=edition, price_cents=100, currency="USD"), quantity=1),
        wanted(make_product(title="Zonder aantal", edition=edition, price_cents=100, currency="EUR")),
        method,
    )


def address(made, ending: str) -> str:
    return f"/lijsten/{made.public_id}/bestellijst.{ending}"


def test_the_csv_is_what_a_dutch_spreadsheet_reads(client, made):
    response = client.get(address(made, "csv"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="bestellijst-')
    assert "no-store" in response["Cache-Control"]
    text = response.content.decode()
    assert text.startswith("\ufeffEAN;Titel;Uitgever;Uitgave;Aantal;")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[1][:8] == ["9789000000012", "'=HYPERLINK(1)", "De Linde", "2e editie", "3", "5", "19,95", "59,85"]
    assert rows[1][-1] == "'+31 20 123"
    assert rows[1][-2].startswith("http://testserver/product/")
    assert rows[2][4:10] == ["2", "", "10,00", "20,00", "Leverbaar", "De prijs is een richtprijs."]
    assert rows[3][4:8] == ["7", "", "prijs onbekend", "prijs onbekend"]
    assert rows[4][6:8] == ["USD\u00a01,00", "prijs onbekend"]
    assert rows[5][4:8] == ["", "", "1,00", ""]
    assert rows[6][1:8] == ["Kompas", "De Linde", "", "", "", "", ""]
    assert "kies de delen" in rows[6][9]
    assert [(row[1], row[7]) for row in rows[7:]] == [
        ("Totaal van 2 regels met aantal en prijs", "79,85"),
        ("2 regels met prijs onbekend, niet in het totaal", ""),
        ("1 regel zonder aantal, niet in het totaal", ""),
    ]
    assert {len(row) for row in rows} == {12}


def test_the_workbook_holds_numbers_as_numbers_and_texts_as_texts(client, made):
    response = client.get(address(made, "xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert rows[0][:8] == ("9789000000012", "=HYPERLINK(1)", "De Linde", "2e editie", 3, 5, 19.95, 59.85)
    assert sheet["B2"].data_type == "s", "a text, and no formula"
    assert rows[2][6:8] == ("prijs onbekend", "prijs onbekend")
    assert rows[6][7] == pytest.approx(79.85)


def test_an_empty_list_costs_nothing_that_is_known(client, made):
    made.items.all().delete()
    text = client.get(address(made, "csv")).content.decode()
    assert "Totaal van 0 regels met aantal en prijs" in text


def test_another_ending_is_no_order_list(client, made):
    assert client.get(address(made, "pdf")).status_code == 404


def test_in_english_the_words_are_english(client, made):
    client.cookies["django_language"] = "en"
    assert client.get(address(made, "csv")).status_code == 200
