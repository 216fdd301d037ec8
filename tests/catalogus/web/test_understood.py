"""What was understood, above the results; and an EAN, which leads to its product."""

from itertools import product
from typing import Any
from urllib.parse import quote_plus

import pytest

from tests.catalogus.web.page import Page
from tests.factories import make_product, make_publisher, valid_ean

SEARCH = "/zoeken/"
TRACKS = (
    "Vmbo kaderberoepsgerichte leerweg",
    "Vmbo gemengde leerweg",
    "Vmbo theoretische leerweg",
)
CLOSED_PORT = "http://127.0.0.1:9"

pytestmark = pytest.mark.search


def get(client, text, language="nl", **query):
    response = client.get(SEARCH, {"q": text, **query}, headers={"Accept-Language": language})
    assert response.status_code == 200
    return Page(response)


def chips(page):
    """The labels of the chips, without what only a screen reader says and what keeps a range on one line."""
    links = page.texts("//div[contains(@class, 'understood')]//a[not(@class)]")
    links = [link.replace("\u2060", "") for link in links]
    return [link.removeprefix("Haal weg uit de zoektekst ").removesuffix(" ×") for link in links]


def address(text, **query):
    rest = "".join(f"&{name}={value}" for name, value in query.items())
    return f"{SEARCH}?q={quote_plus(text)}{rest}"


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            "wiskunde havo 3 onder 30 euro",
            ["Vak: Wiskunde", "Niveau: Havo", "Leerjaar of groep: Leerjaar 3", "Prijs: onder €\u00a030"],
        ),
        ("3h", ["Niveau: Havo, Leerjaar of groep: Leerjaar 3"]),
        ("vwo wiskunde havo/vwo", ["Niveau: Vwo", "Vak: Wiskunde", "Niveau: Havo of Vwo"]),
        ("frans of duits", ["Vak: Duits of Frans"]),
        ("groep 7/8", ["Leerjaar of groep: Groep 7–8"]),
        ("bovenbouw", ["Leerjaar of groep: Groep 6–8 of Leerjaar 4–6"]),
        ("wiskunde kgt", ["Vak: Wiskunde", "Niveau: " + " of ".join(TRACKS)]),
        ("leverbaar", ["Leverbaarheid: leverbaar"]),
        ("nog niet leverbaar", ["Leverbaarheid: Nog niet leverbaar"]),
        ("boek voor de docent", ["Medium: Boek", "Voor wie: Docent"]),
        ("12e ed 2023/2024", ["Uitgave: 12e editie", "Uitgave: 2023/2024"]),
        ("tot €12,50", ["Prijs: tot en met €\u00a012,50"]),
        ("boven 50 euro", ["Prijs: boven €\u00a050"]),
        ("tussen 1000 en 2000 euro", ["Prijs: €\u00a01.000 tot en met €\u00a02.000"]),
        ("vanaf 10 euro", ["Prijs: vanaf €\u00a010"]),
        ("van oost", ["Uitgever: Van Oost"]),
        ('atlas "de wereld" -werkboek', ["Precies: “de wereld”", "Zonder: werkboek"]),
        (f"werkboek {valid_ean(9)}", [f"EAN: {valid_ean(9)}"]),
    ],
)
def test_each_thing_has_a_chip(client, search_index, text, labels):
    make_publisher(name="Van Oost")
    assert chips(get(client, text)) == [" ".join(label.split()) for label in labels]


def test_in_english_a_chip_is_english(client, search_index):
    page = get(client, "wiskunde vwo onder 30 euro", language="en")
    assert any("Mathematics" in link for link in page.texts("//div[contains(@class, 'understood')]//a"))
    assert any("€30" in link for link in page.texts("//div[contains(@class, 'understood')]//a"))


def test_a_chip_leads_to_the_search_without_its_words(client, search_index):
    page = get(client, "atlas havo 3 zonder werkboek", view="products", page=1, sector="vo")
    kept = {"view": "products", "sector": "vo"}
    assert page.href("Haal weg uit de zoektekst Niveau: Havo ×") == address("atlas 3 zonder werkboek", **kept)
    assert page.href("Haal weg uit de zoektekst Zonder: werkboek ×") == address("atlas havo 3", **kept)
    assert "en de woorden “atlas”" in page.text("//div[contains(@class, 'understood')]")


def test_the_last_chip_leads_to_a_search_without_text(client, search_index):
    assert get(client, "havo").href("Haal weg uit de zoektekst Niveau: Havo ×") == SEARCH


def test_literally_and_back(client, search_index):
    page = get(client, "leven zonder angst", sector="vo")
    literal = page.href("Zoek letterlijk naar “leven zonder angst”")
    assert literal == address("leven zonder angst", sector="vo", literal=1)
    page = Page(client.get(literal))
    assert not chips(page)
    assert page.text("//div[contains(@class, 'understood')]/h3") == "Letterlijk gezocht naar “leven zonder angst”"
    assert page.href("Zoek met begrip") == address("leven zonder angst", sector="vo")
    # Who types another text and sends the form goes on literally, and so does who drops the filters.
    assert page.all("//form[@id='zoekformulier']//input[@type='hidden']/@name") == ["literal"]
    assert page.href("Wis alle filters") == address("leven zonder angst", literal=1)


@pytest.mark.parametrize("query", [{"q": ""}, {"q": "atlas"}, {"q": "?!"}, {"q": "atlas", "literal": 1}])
def test_where_nothing_was_understood_nothing_is_said(client, search_index, query):
    page = Page(client.get(SEARCH, query))
    assert not page.all("//div[contains(@class, 'understood')]")


def test_marks_mean_the_same_literally(client, search_index):
    """No offer to search literally where that is the same search."""
    page = get(client, '"de wereld" -werkboek')
    assert len(chips(page)) == 2
    assert "letterlijk" not in page.text()


def test_what_was_understood_is_shown_as_text(client, search_index):
    response = client.get(SEARCH, {"q": '"<b>x</b>" -<script> havo'})
    assert b"<script>" not in response.content.replace(b"<script src", b"")
    assert b"<b>x" not in response.content


@pytest.fixture
def products(search_index):
    found = [
        make_product(title="Kompas havo 3", ean=valid_ean(1)),
        make_product(title="Oude druk", ean=valid_ean(7), state="no_longer_available"),
    ]
    search_index.rebuild()
    return found


def test_a_number_leads_to_its_product(client, products):
    queries: list[dict[str, Any]] = [
        {},
        {"view": "products"},
        {"sector": "po", "level": ["havo", "vwo"]},
        {"page": 7},
        {"sort": "title", "all": 1},
    ]
    for query, written, found in product(queries, ["{}", "EAN {}", "ISBN: {}"], products):
        response = client.get(SEARCH, {"q": written.format(found.ean), **query})
        assert (response.status_code, response["Location"]) == (302, found.get_absolute_url()), (query, written)


def test_a_printed_isbn_leads_to_its_product(client, products):
    ean = valid_ean(1)
    response = client.get(SEARCH, {"q": f"{ean[:3]}-{ean[3:5]}-{ean[5:9]}-{ean[9:12]}-{ean[12]}"})
    assert response["Location"] == products[0].get_absolute_url()


def test_a_merged_product_leads_on_to_its_survivor(client, products):
    make_product(title="Dubbel", ean=valid_ean(8), merged_into=products[0])
    response = client.get(SEARCH, {"q": valid_ean(8)}, follow=True)
    assert response.redirect_chain[-1][0] == products[0].get_absolute_url()
    assert response.status_code == 200


def test_a_number_needs_no_engine(client, db, settings):
    found = make_product(ean=valid_ean(1))
    settings.ELASTICSEARCH_URL = CLOSED_PORT
    assert client.get(SEARCH, {"q": valid_ean(1)})["Location"] == found.get_absolute_url()


def test_a_number_among_words_has_its_product_above_the_results(client, products):
    page = get(client, f"werkboek {valid_ean(7)}")
    assert page.href("Oude druk") == products[1].get_absolute_url()
    # Literally as well: whoever wants to see what else holds the number.
    assert get(client, valid_ean(7), literal=1).href("Oude druk") == products[1].get_absolute_url()


def test_an_unknown_number_is_told(client, products):
    unknown = "Geen product met dit nummer in de catalogus"
    assert f"{unknown}: {valid_ean(5)}." in get(client, f"ISBN {valid_ean(5)}").text()
    assert unknown not in get(client, f"werkboek {valid_ean(5)}").text()
    assert unknown not in get(client, "zxzx").text()


def test_no_hostile_text_is_an_error(client, search_index):
    for text in ['"' * 300, "(((" * 100, "-" * 300, "havo " * 60, "9" * 300, '"a" OR 1=1; --', "\x00", "€" * 300]:
        get(client, text)
        get(client, text, literal=1)
