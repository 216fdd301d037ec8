"""The downloads of a search: what stands in them, read back as their readers do, and how they end."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

import openpyxl
import pytest
from django.utils import timezone, translation

from catalogus.exceptions import ExportTooSlow, SearchUnavailable
from catalogus.models import OutboxKind
from catalogus.search import exporting
from catalogus.web.export import slots, spreadsheet
from catalogus.web.export.cells import Column
from catalogus.web.export.slots import EXPORTS, Slots
from catalogus.web.views import export as export_view
from tests.catalogus.search.deep import fill_index, public_ids
from tests.catalogus.web.page import Page
from tests.factories import make_edition, make_method, make_product, make_publisher, review_fields, valid_ean

pytestmark = pytest.mark.search

PRODUCT_HEADS = [
    "EAN", "Titel", "Methode", "Uitgave", "Uitgever", "Onderwijssector", "Niveau", "Leerjaar of groep", "Vak", "Vorm",
    "Medium", "Leverbaarheid", "Prijs in euro", "Auteurs", "Adres van de pagina", "Kenmerk",
]  # fmt: skip
METHOD_HEADS = [
    "Methode", "Uitgever", "Onderwijssector", "Niveau", "Leerjaar of groep", "Vak", "Passende producten",
    "Aantal beoordelingen", "Gemiddelde van 1 tot 4", "Middelste helft vanaf", "Middelste helft tot en met",
    "Beoordelingen van oudere uitgaven", "Adres van de pagina", "Kenmerk",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _no_place_is_left_held() -> Iterator[None]:
    """However an export ended, and each of these tests ends some, its place is free again."""
    yield
    taken = [EXPORTS.take() for _ in range(slots.MOST_AT_ONCE)]
    held = taken.count(None)
    EXPORTS.clear()
    assert not held, f"{held} places are still held"


def csv_rows(response) -> list[dict[str, str]]:
    text = response.getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:]), delimiter=";"))


def sheet(response):
    return openpyxl.load_workbook(io.BytesIO(response.getvalue())).active


def xlsx_rows(response) -> list[dict[str, object]]:
    heads, *rows = sheet(response).iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


@pytest.fixture
def compass(search_index):
    """One method with all that a column can show, and a product that states next to nothing."""
    method = make_method(
        name="Kompas; „nieuw”",
        publisher=make_publisher(name="Uitgeverij Noord", slug="noord"),
        **review_fields(3, "3.25", older=2),
    )
    edition = make_edition(method=method, label="3e druk", key="3", ordinal=3)
    full = make_product(
        edition=edition,
        title="Kompas havo 3",
        ean=valid_ean(1),
        sectors=["vo"],
        levels=["vwo", "havo"],
        years=["leerjaar-3", "leerjaar-2"],
        subjects=["aardrijkskunde"],
        price_cents=1995,
        currency="EUR",
        authors=["Jansen, A.", "P. de Vries"],
    )
    bare = make_product(title="Atlas", medium="unknown", form="unknown", state="unknown")
    search_index.rebuild()
    return full, bare


@pytest.mark.parametrize(("ending", "read", "price"), [("csv", csv_rows, "19,95"), ("xlsx", xlsx_rows, 19.95)])
def test_a_product_says_all_its_columns(client, compass, ending, read, price):
    full, _bare = compass
    (row,) = read(client.get(f"/zoeken/export.{ending}", {"view": "products", "level": "havo"}))
    assert list(row) == PRODUCT_HEADS
    assert row == {
        "EAN": valid_ean(1),
        "Titel": "Kompas havo 3",
        "Methode": "Kompas; „nieuw”",
        "Uitgave": "3e druk",
        "Uitgever": "Uitgeverij Noord",
        "Onderwijssector": "Voortgezet onderwijs",
        "Niveau": "Havo | Vwo",
        "Leerjaar of groep": "Leerjaar 2 | Leerjaar 3",
        "Vak": "Aardrijkskunde",
        "Vorm": "Folio",
        "Medium": "Boek",
        "Leverbaarheid": "Leverbaar",
        "Prijs in euro": price,
        "Auteurs": "Jansen, A. | P. de Vries",
        "Adres van de pagina": f"http://testserver{full.get_absolute_url()}",
        "Kenmerk": full.public_id,
    }


@pytest.mark.parametrize(
    ("ending", "read", "empty", "counts"),
    [
        ("csv", csv_rows, "", ("1", "3", "3,25", "2,75", "3,75", "2")),
        ("xlsx", xlsx_rows, None, (1, 3, 3.25, 2.75, 3.75, 2)),
    ],
)
def test_a_method_says_all_its_columns(client, compass, ending, read, empty, counts):
    rows = {row["Methode"]: row for row in read(client.get(f"/zoeken/export.{ending}"))}
    full, bare = compass
    row = rows[full.method.name]
    assert list(row) == METHOD_HEADS
    assert [row[head] for head in METHOD_HEADS[1:6]] == [
        "Uitgeverij Noord",
        "Voortgezet onderwijs",
        "Havo | Vwo",
        "Leerjaar 2 | Leerjaar 3",
        "Aardrijkskunde",
    ]
    assert [row[head] for head in METHOD_HEADS[6:]] == [
        *counts,
        f"http://testserver{full.method.get_absolute_url()}",
        full.method.public_id,
    ]
    # "No reviews yet" is no number.
    other = rows[bare.method.name]
    none = type(counts[0])(0)
    assert [other[head] for head in METHOD_HEADS[7:12]] == [none, empty, empty, empty, none]


def test_what_nobody_stated_is_empty_or_unknown(client, compass):
    _full, bare = compass
    (row,) = csv_rows(client.get("/zoeken/export.csv", {"view": "products", "q": "atlas"}))
    assert row["Kenmerk"] == bare.public_id
    for head in ("EAN", "Uitgave", "Onderwijssector", "Niveau", "Vak", "Prijs in euro", "Auteurs"):
        assert row[head] == ""
    assert (row["Vorm"], row["Medium"]) == ("Onbekend", "Onbekend")


def test_what_was_withdrawn_says_so(client, search_index):
    make_product(title="Oud", withdrawn_at=datetime(2026, 1, 1, tzinfo=UTC))
    search_index.rebuild()
    (row,) = csv_rows(client.get("/zoeken/export.csv", {"view": "products", "all": "1"}))
    assert row["Leverbaarheid"] == "Teruggetrokken"


@pytest.mark.parametrize(
    ("ending", "content_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
@pytest.mark.parametrize(("query", "name", "rows"), [({}, "methodes", 2), ({"view": "products"}, "producten", 2)])
def test_headers_say_what_it_is_and_how_many(client, compass, ending, content_type, query, name, rows):
    response = client.get(f"/zoeken/export.{ending}", query)
    day = timezone.localdate().isoformat()
    assert response.streaming
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'attachment; filename="{name}-{day}.{ending}"'
    assert response["X-Total-Count"] == str(rows)
    assert response["Cache-Control"] == "no-store"
    response.getvalue()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_page_size_page_and_cursor_make_no_difference(client, compass, ending):
    path = f"/zoeken/export.{ending}?view=products&sort=title"
    whole = client.get(path).getvalue()
    for more in ("&page=2&page_size=1", "&page_size=1&cursor=x", "&page=500"):
        assert client.get(path + more).getvalue() == whole


def test_a_reader_of_english_gets_english_words_though_rows_are_made_later(client, compass):
    response = client.get("/zoeken/export.csv", {"view": "products", "q": "kompas"}, headers={"Accept-Language": "en"})
    with translation.override("nl"):
        (row,) = csv_rows(response)
        assert translation.get_language() == "nl"
    # The vocabulary and the choices have English names of their own; columns follow the translations.
    assert "Secondary education" in row.values()
    assert row["Medium"] == "Book"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_of_csv_is_a_formula_and_one_of_a_workbook_is_text(client, search_index, sign):
    evil = f"{sign}1+1"
    make_product(method=make_method(name=evil), title=evil, authors=[evil])
    search_index.rebuild()
    (row,) = csv_rows(client.get("/zoeken/export.csv", {"view": "products"}))
    assert [row[head] for head in ("Titel", "Methode", "Auteurs")] == [f"'{evil}"] * 3
    cell = sheet(client.get("/zoeken/export.xlsx", {"view": "products"}))["B2"]
    assert cell.data_type != "f"
    # A carriage return is left out: XML gives it back as a line end.
    assert cell.value == evil.lstrip("\r")


def test_a_workbook_is_made_to_be_used(client, compass):
    found = sheet(client.get("/zoeken/export.xlsx", {"view": "products"}))
    assert found.title == "Producten"
    assert found.freeze_panes == "A2"
    assert found.auto_filter.ref == "A1:P3"
    assert found["A1"].font.bold
    assert found.column_dimensions["B"].width == 60
    row = next(number for number in (2, 3) if found[f"A{number}"].value)
    # A spreadsheet would make a number of an EAN, and show it as 9,79E+12.
    assert (found[f"A{row}"].value, found[f"A{row}"].number_format) == (valid_ean(1), "@")
    assert (found[f"M{row}"].data_type, found[f"M{row}"].number_format) == ("n", "#,##0.00")
    assert found[f"O{row}"].hyperlink is None


@pytest.mark.parametrize(
    "text", ["_x0041_", "a & b < c", "”\u200b😀", "tab\tin", " rand ", "x" * 40_000, "a\x0bb", "é" * 40]
)
def test_any_text_makes_a_whole_workbook(text):
    parts = spreadsheet.workbook_parts("Blad", [Column("Kop")], [[(text,)], [("na",)]])
    found = openpyxl.load_workbook(io.BytesIO(b"".join(parts))).active
    shown = found["A2"].value
    assert found["A3"].value == "na"
    if text == "_x0041_":
        # Excel reads _x005F_ as the underscore that it is; openpyxl gives back what stands there.
        assert shown in {text, "_x005F_x0041_"}
    elif len(text) > 32_767:
        assert (len(shown), shown[-1]) == (32_767, "…")
    else:
        assert shown == text.replace("\x0b", "")


def test_an_empty_answer_is_a_table_with_heads(client, search_index):
    assert csv_rows(client.get("/zoeken/export.csv", {"q": "zxzxzx"})) == []
    assert sheet(client.get("/zoeken/export.xlsx", {"q": "zxzxzx"})).dimensions == "A1:N1"


def test_head_gives_the_headers_and_asks_nothing(client, db, settings):
    settings.ELASTICSEARCH_URL = ""
    response = client.head("/zoeken/export.xlsx", {"q": "kompas"})
    assert response.status_code == 200
    assert response["Content-Disposition"].endswith('.xlsx"')
    assert "Content-Length" not in response
    assert client.post("/zoeken/export.xlsx").status_code == 405


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_cannot_be_read_is_a_page_that_names_it(client, db, ending):
    response = client.get(f"/zoeken/export.{ending}", {"q": "kompas", "medium": "steen"})
    assert response.status_code == 400
    page = Page(response)
    assert "“steen” bestaat niet" in " ".join(page.texts("//*[@role='alert']"))
    assert page.all("//input[@name='q']/@value") == ["kompas"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_where_nobody_can_answer_there_is_a_page_and_no_file(client, no_search, ending):
    for _ in range(slots.MOST_AT_ONCE + 1):  # None of the tries keeps its place.
        response = client.get(f"/zoeken/export.{ending}", {"q": "kompas"})
        assert response.status_code == 503
        assert response["Retry-After"] == "30"
        assert "Content-Disposition" not in response
        assert "Zoeken is even niet mogelijk" in response.content.decode()


def broken_off(client, search_index, monkeypatch, path):
    """What a reader has got when the engine forgets what it held after the first chunk of three."""
    monkeypatch.setattr(exporting, "HITS_PER_CHUNK", 2)
    walks = []

    class Noted(exporting.Walk):
        def __init__(self, criteria):
            super().__init__(criteria)
            walks.append(self)

    monkeypatch.setattr(exporting, "Walk", Noted)
    for number in range(5):
        make_product(title=f"Deel {number}")
    search_index.rebuild()
    response = client.get(path, {"view": "products"})
    parts = iter(response)
    given = next(parts) + next(parts)  # The head, and the first chunk.
    search_index.client.close_point_in_time(id=walks[0]._point)
    rest = []
    with pytest.raises(SearchUnavailable):  # It reaches the server, which breaks the connection off.
        rest.extend(parts)
    given += b"".join(rest)
    assert response["X-Total-Count"] == "5"
    return given


def test_a_csv_that_breaks_off_says_so_in_its_last_line(client, search_index, monkeypatch):
    given = broken_off(client, search_index, monkeypatch, "/zoeken/export.csv").decode()
    rows = list(csv.reader(io.StringIO(given[1:]), delimiter=";"))
    assert len(rows) == 1 + 2 + 1
    (warning,) = rows[-1]
    assert warning.startswith("LET OP: deze lijst is niet volledig. Zij brak af na 2 van de 5 rijen")


def test_a_workbook_that_breaks_off_is_none(client, search_index, monkeypatch):
    given = broken_off(client, search_index, monkeypatch, "/zoeken/export.xlsx")
    assert given.startswith(b"PK")
    with pytest.raises(zipfile.BadZipFile):
        openpyxl.load_workbook(io.BytesIO(given))


def test_more_rows_than_a_sheet_has_is_said_with_what_to_do(client, compass, monkeypatch):
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 1)
    response = client.get("/zoeken/export.xlsx", {"view": "products", "sort": "title"})
    assert response.status_code == 400
    page = Page(response)
    assert "plaats voor 1 rijen, en deze lijst heeft er 2" in " ".join(page.texts("//*[@role='alert']"))
    assert page.all("//*[@role='alert']//a/@href") == ["/zoeken/export.csv?view=products&sort=title"]
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 2)
    response = client.get("/zoeken/export.xlsx", {"view": "products"})
    assert response.status_code == 200
    response.getvalue()


def test_too_many_at_once_is_a_clear_page_and_a_place_comes_free(client, transactional_db, compass):
    held = [client.get("/zoeken/export.csv") for _ in range(slots.MOST_AT_ONCE)]
    try:
        refused = client.get("/zoeken/export.xlsx", {"q": "kompas"})
        assert refused.status_code == 503
        assert refused["Retry-After"] == "30"
        assert "te veel lijsten tegelijk" in refused.content.decode()
        assert Page(refused).all("//input[@name='q']/@value") == ["kompas"]
        # Searching goes on beside it, and so does asking for headers.
        assert client.get("/zoeken/").status_code == 200
        assert client.head("/zoeken/export.csv").status_code == 200
        held.pop().close()  # Somebody goes away in the middle.
        again = client.get("/zoeken/export.csv")
        assert len(csv_rows(again)) == 2
        held.append(client.get("/zoeken/export.csv"))  # What was read to its end holds no place.
        assert held[-1].status_code == 200
    finally:
        for response in held:
            response.getvalue()


def test_a_place_that_is_held_too_long_is_given_to_another(client, compass, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(export_view, "EXPORTS", Slots(1, 600.0, clock=lambda: now[0]))
    hanging = client.get("/zoeken/export.csv")
    parts = iter(hanging)
    next(parts)
    assert client.get("/zoeken/export.csv").status_code == 503
    now[0] = 600.0
    assert len(csv_rows(client.get("/zoeken/export.csv"))) == 2
    assert b"niet volledig" in next(parts)
    with pytest.raises(ExportTooSlow):
        next(parts)


def test_the_page_offers_both_with_the_number_of_rows(client, compass, monkeypatch):
    page = Page(client.get("/zoeken/?q=kompas&level=havo&view=products&sort=title&page_size=10&page=1"))
    links = "//nav[@aria-label='Downloaden']//a"
    query = "?q=kompas&view=products&level=havo&sort=title"
    assert page.all(f"{links}/@href") == [f"/zoeken/export.csv{query}", f"/zoeken/export.xlsx{query}"]
    assert page.all(f"{links}/@aria-label") == ["CSV, 1 rij downloaden", "XLSX, 1 rij downloaden"]
    assert page.all(f"{links}/@rel") == ["nofollow", "nofollow"]
    assert page.texts("//nav[@aria-label='Downloaden']//li") == ["CSV", "XLSX", "(1 rij)"]
    assert Page(client.get("/zoeken/?q=zxzxzx")).all(links) == []


@pytest.mark.slow
def test_twelve_thousand_rows_come_piece_by_piece(client, search_index):
    fill_index(search_index, OutboxKind.PRODUCT, 12_000)
    response = client.get("/zoeken/export.csv", {"view": "products", "q": "kompas", "page": "400"})
    parts = list(response)
    assert len(parts) == 1 + 12
    assert max(map(len, parts)) < 1_000_000
    rows = list(csv.DictReader(io.StringIO(b"".join(parts).decode()[1:]), delimiter=";"))
    assert [row["Kenmerk"] for row in rows] == public_ids(12_000)
    workbook = client.get("/zoeken/export.xlsx", {"view": "products", "q": "kompas"})
    lines = openpyxl.load_workbook(io.BytesIO(workbook.getvalue()), read_only=True).active.iter_rows(min_row=2)
    assert [line[-1].value for line in lines] == public_ids(12_000)
