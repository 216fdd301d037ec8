from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.utils import timezone

from catalogus.models import Method
from catalogus.services.editing import merge_methods, undo
from catalogus.web.edition_sections import PRODUCTS_PER_PAGE
from tests.catalogus.web.page import Page
from tests.factories import make_edition, make_method, make_product, make_publisher, review_fields

ROWS = "//section[@class='parts']//tbody/tr[not(@class)]"


@pytest.fixture
def method(db, settings):
    """Three editions, one of which is gone, and products for pupils and teachers."""
    settings.ELASTICSEARCH_URL = ""  # What other tests left in the index is none of this page's.
    method = make_method(name="Kompas", key="kompas", publisher=make_publisher(name="Uitgeverij Noord", slug="noord"))
    group = {"sectors": ["vo"], "levels": ["havo"], "years": ["leerjaar-3"], "subjects": ["aardrijkskunde"]}
    new, old = (make_edition(method=method, label=f"{n}e druk", key=str(n), ordinal=n) for n in (5, 4))
    make_product(edition=new, title="Kompas 5", state="no_longer_available")
    make_product(edition=old, title="Kompas 4", classification=[group], price_cents=1995, currency="EUR")
    make_product(edition=old, title="Kompas 4 handleiding", role="teacher", form="unknown", medium="other")
    make_product(edition=old, title="Kompas 4 weg", withdrawn_at=datetime(2026, 5, 3, 12, tzinfo=UTC))
    make_product(method=method, title="Kompas zonder druk")
    return method


def test_editions_newest_first_with_their_products_by_role(client, method):
    page = Page(client.get(method.get_absolute_url()))
    assert page.texts("//h1") == ["Kompas"]
    assert page.texts("//section[@class='parts']//h3") == [
        "5e druk",
        "4e druk huidige uitgave",
        "Uitgave onbekend",
    ]
    assert page.texts("//nav[@class='editions']//li") == [
        "5e druk 1 product",
        "4e druk 3 producten huidige uitgave",
        "Uitgave onbekend 1 product",
    ]
    assert page.texts("//section[h3[starts-with(normalize-space(), '4e')]]//tr[@class='role']") == [
        "Voor leerling of student",
        "Voor de docent",
    ]
    assert page.texts(ROWS) == [
        "Kompas 5 Folio boek of ander folio niet opgegeven Niet meer leverbaar prijs onbekend",
        "Kompas 4 Folio boek of ander folio Havo · Leerjaar 3 Leverbaar € 19,95 eenmalig",
        "Kompas 4 weg Folio boek of ander folio niet opgegeven Teruggetrokken op 3 mei 2026 prijs onbekend",
        "Kompas 4 handleiding vorm onbekend voorwaarden onbekend niet opgegeven Leverbaar prijs onbekend",
        "Kompas zonder druk Folio boek of ander folio niet opgegeven Leverbaar prijs onbekend",
    ]


def test_what_it_is_as_a_whole_is_of_what_can_be_ordered(client, method):
    page = Page(client.get(method.get_absolute_url()))
    assert page.texts("//main/dl/div") == [
        "Sector Voortgezet onderwijs",
        "Niveau Havo",
        "Leerjaar of groep Leerjaar 3",
        "Vak Aardrijkskunde",
        "Vorm Folio",
        "Prijs per product € 19,95 (van 2 van de 3 onbekend)",
    ]
    lines = "//section[@aria-labelledby='{}']//ul[contains(@class, 'lines')]/li"
    assert page.texts(lines.format("prijzen")) == [
        "boek of ander folio 2 producten, € 19,95 (van 1 van de 2 onbekend)",
        "voorwaarden onbekend 1 product, prijs onbekend",
    ]
    # What a source no longer delivers is told apart from what a publisher no longer sells.
    assert page.texts(lines.format("leverbaar")) == [
        "Leverbaar 3 producten: nu te bestellen",
        "Niet meer leverbaar 1 product: de uitgever levert het niet meer",
        "Teruggetrokken 1 product: de bron geeft het niet meer door; wat het was, blijft hier staan",
    ]
    assert page.texts("//h2[@id='ontbreekt']/following-sibling::ul/li") == [
        "prijs: bij 2 van 3 producten",
        "niveau: bij 2 van 3 producten",
        "leerjaar of groep: bij 2 van 3 producten",
        "vak: bij 2 van 3 producten",
        "vorm (folio of digitaal): bij 1 van 3 producten",
        "uitgave of druk: bij 1 van 3 producten",
        "EAN: bij 3 van 3 producten",
    ]
    assert "Nog geen beoordelingen" in page.text("//section[@aria-labelledby='beoordelingen']")


def test_links_of_editions_and_contents_lead_to_headings(client, method):
    page = Page(client.get(method.get_absolute_url()))
    hrefs = page.all("//nav[@class='editions' or @class='page-contents']//a/@href")
    assert len(hrefs) > 8
    for href in hrefs:
        assert page.all(f"//*[@id='{href.partition('#')[2]}']"), href


def test_products_and_editions_name_what_came_after_them(client, method):
    old = method.editions.get(ordinal=4)
    new = make_edition(method=method, label="6e druk", key="6", ordinal=6)
    after = make_product(edition=new, title="Kompas 6")
    make_product(edition=old, title="Kompas 4 werkboek", state="no_longer_available", successor=after)
    page = Page(client.get(method.get_absolute_url()))
    assert page.texts("//section[@class='parts']//h3") == [
        "6e druk huidige uitgave",
        "5e druk opgevolgd door 6e druk",
        "4e druk opgevolgd door 5e druk",
        "Uitgave onbekend",
    ]
    (row,) = (text for text in page.texts(ROWS) if text.startswith("Kompas 4 werkboek"))
    assert "Niet meer leverbaar Opvolger: Kompas 6" in row
    assert page.href("Kompas 6") == after.get_absolute_url()


def test_each_cell_of_the_matrix_leads_to_as_many_products_as_it_says(client, method):
    group = {"sectors": ["vo", "mbo"], "levels": ["vmbo", "mbo-2"], "years": ["leerjaar-3"], "subjects": []}
    track = {"sectors": ["vo"], "levels": ["vmbo-tl", "havo"], "years": ["leerjaar-3", "leerjaar-4"], "subjects": []}
    make_product(method=method, title="Voor vmbo en mbo", classification=[group, track])
    make_product(method=method, title="Voor de mavo", classification=[track])
    page = Page(client.get(f"{method.get_absolute_url()}?q=kompas"))
    assert page.texts("//table[@class='matrix']/caption") == [
        "Voortgezet onderwijs",
        "Middelbaar beroepsonderwijs",
        "niet opgegeven",
    ]
    havo = page.texts("//table[@class='matrix'][1]/tbody/tr[th='Havo']/td")
    assert havo == [
        "3 producten: Voortgezet onderwijs, Havo, Leerjaar 3",
        "2 producten: Voortgezet onderwijs, Havo, Leerjaar 4",
    ]
    cells = page.all("//table[@class='matrix']//td/a")
    assert len(cells) == 2 + 2 + 2 + 1 + 1
    for cell in cells:
        shown = Page(client.get(cell.get("href")))
        assert len(shown.texts(ROWS)) == int(cell.text.strip()), cell.get("href")
        assert shown.href("Zoekresultaten") == "/zoeken/?q=kompas"


@pytest.mark.parametrize(
    ("query", "titles", "status"),
    [
        ({}, 5, "5 producten"),
        ({"leverbaar": "ja"}, 3, "3 van 5 producten: alleen wat te bestellen is."),
        ({"niveau": "havo"}, ["Kompas 4"], "1 van 5 producten: Havo."),
        ({"niveau": "unknown", "jaar": "unknown"}, 4, "4 van 5 producten: niet opgegeven, niet opgegeven."),
        ({"gebruiker": "teacher", "vorm": "unknown"}, ["Kompas 4 handleiding"],
         "1 van 5 producten: Vorm onbekend, Voor de docent."),
        ({"niveau": "havo", "gebruiker": "teacher"}, [], "0 van 5 producten: Havo, Voor de docent."),
        # Asked for nothing, as the form does.
        ({"niveau": "", "uitgave": " "}, 5, "5 producten"),
    ],
)  # fmt: skip
def test_filters_hold_together(client, method, query, titles, status):
    page = Page(client.get(method.get_absolute_url(), query))
    shown = page.texts(f"{ROWS}/th/a")
    assert (shown if isinstance(titles, list) else len(shown)) == titles
    assert page.text("//section[@class='parts']//p[@role='status']") == status
    chosen = {value for value in query.values() if value.strip()}
    assert (
        set(page.all("//form[contains(@class, 'method-filter')]//option[@selected]/@value | //input[@checked]/@value"))
        == chosen
    )
    if not shown:
        assert "Geen product van deze methode past" in page.text()
        assert page.href("Toon alles") == f"{method.get_absolute_url()}#delen"


def test_a_filter_by_edition_keeps_the_search_that_led_here(client, method):
    edition = method.editions.get(ordinal=4)
    url = method.get_absolute_url()
    page = Page(client.get(url, {"q": "kompas", "uitgave": edition.pk}))
    assert page.texts("//section[@class='parts']//h3") == ["4e druk huidige uitgave"]
    assert page.texts("//nav[@class='editions']//li") == [
        "5e druk 0 producten",
        "4e druk 3 producten huidige uitgave",
        "Uitgave onbekend 0 producten",
    ]
    assert page.all("//form[contains(@class, 'method-filter')]//input[@type='hidden']/@value") == ["kompas"]
    assert page.href("Toon alles") == f"{url}?q=kompas#delen"
    assert page.all("//link[@rel='canonical']/@href") == [f"http://testserver{url}"]


@pytest.mark.parametrize(
    "query",
    [{"niveau": "mbo-4"}, {"jaar": "x" * 500}, {"uitgave": "0"}, {"uitgave": "\x00"}, {"leverbaar": "nee"},
     {"vorm": "<b>"}, {"gebruiker": "manager"}, {"onderwijs": "po"}],
)  # fmt: skip
def test_a_filter_that_the_method_does_not_have_is_told_and_asks_nothing(client, method, query):
    response = client.get(method.get_absolute_url(), query)
    page = Page(response)
    (name,) = query
    assert f"Dit filter kent deze methode niet, en het telt niet mee: {name}: " in page.text()
    assert len(page.texts(ROWS)) == 5
    assert len(response.content) < 60_000


def test_a_method_of_which_nothing_can_be_ordered_says_so_and_counts_what_there_was(client, db):
    method = make_method(name="Voorbij")
    group = {"sectors": ["po"], "levels": [], "years": ["groep-5"], "subjects": []}
    make_product(method=method, title="Weg", withdrawn_at=timezone.now(), classification=[group])
    make_product(method=method, title="Op", state="no_longer_available", classification=[group])
    page = Page(client.get(method.get_absolute_url()))
    assert "Van deze methode is niets meer te bestellen." in page.text()
    (cell,) = page.all("//table[@class='matrix']//td/a")
    assert len(Page(client.get(cell.get("href"))).texts(ROWS)) == int(cell.text.strip()) == 2
    assert not page.all("//form[contains(@class, 'method-filter')]"), "there is nothing to choose"


def test_pictures_stand_where_there_is_something_to_see(client, method):
    assert not Page(client.get(method.get_absolute_url())).all("//main//figure")
    for number, form in enumerate(["folio", "digital", "lifo"] * 3):
        group = {"sectors": ["vo"], "levels": ["vwo"], "years": [f"leerjaar-{1 + number % 3}"], "subjects": []}
        make_product(method=method, form=form, price_cents=1000 + 700 * number, currency="EUR", classification=[group])
    page = Page(client.get(method.get_absolute_url()))
    assert page.texts("//main//figure/figcaption") == ["Aanbod per niveau en leerjaar", "Prijzen van de producten"]


def test_a_reviewed_method_shows_its_mean_with_number_and_spread(client, method):
    Method.objects.filter(pk=method.pk).update(**review_fields(3, "3.25", older=1))
    page = Page(client.get(method.get_absolute_url()))
    assert page.texts("//section[@aria-labelledby='beoordelingen']/p") == [
        "3,25 van 4, 3 beoordelingen",
        "De middelste helft geeft 2,75 tot 3,75.",
    ]
    assert "Nog geen beoordelingen" not in page.text()


def test_the_page_takes_a_known_number_of_queries(client, method, django_assert_num_queries):
    client.get(method.get_absolute_url())  # The names are read by now.
    for filters in ({}, {"niveau": "havo", "leverbaar": "ja"}):
        # Five of the page and its sources, and what the database asks for methods like it: what this one offers, its
        # place, its settings and what it finds.
        with django_assert_num_queries(5 + 16):
            client.get(method.get_absolute_url(), filters)


def test_a_merged_method_and_an_old_slug_lead_to_the_right_page(client, method):
    merged = make_method(name="Oud Kompas", merged_into=method)
    for path in (
        merged.get_absolute_url(),
        f"/methode/{method.public_id}/",
        f"/methode/{method.public_id}/andere-naam/",
    ):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, method.get_absolute_url())
        assert response["Cache-Control"] == "max-age=60", "a merge or a name may be undone"
    assert client.get("/methode/0000000000000/kompas/").status_code == 404


@pytest.mark.parametrize("root", ["/methode", "/api/v1/methods"])
def test_a_chain_of_merges_is_one_redirect_and_undone_its_pages_live_again(client, db, root):
    chain = [make_method(name="Kompas 0")]
    chain += [make_method(name=f"Kompas {number}", publisher=chain[0].publisher) for number in range(1, 5)]
    for one in chain:
        make_product(method=one)
    who = {"actor": "redactie", "reason": "Een en dezelfde."}
    edits = [merge_methods(source=one, target=other, **who) for one, other in pairwise(chain)]
    for one in chain[:-1]:
        response = client.get(f"{root}/{one.public_id}/")
        assert response.status_code == 301
        assert response["Location"].startswith(f"{root}/{chain[-1].public_id}/")
    for edit in reversed(edits):
        undo(edit=edit, **who)
    for one in chain:
        assert Page(client.get(one.get_absolute_url())).texts("//h1") == [one.name]
        assert client.get(f"/api/v1/methods/{one.public_id}/").json()["name"] == one.name


def test_the_search_that_led_here_is_one_click_back(client, method):
    page = Page(client.get(f"{method.get_absolute_url()}?q=kompas&level=havo&page=2&onzin={'x' * 2000}"))
    assert not page.all("//main//table//a[contains(@href, 'onzin')]"), (
        "what is no part of a search is not carried along"
    )
    assert page.href("Zoekresultaten") == "/zoeken/?q=kompas&level=havo&page=2"
    assert page.all("//link[@rel='canonical']/@href") == [f"http://testserver{method.get_absolute_url()}"]
    assert Page(client.get(f"{method.get_absolute_url()}?page=x")).href("Zoeken") == "/zoeken/"
    assert page.href("Uitgeverij Noord") == "/zoeken/?publisher=noord"


def test_a_large_method_is_cut_into_pages(client, db):
    method = make_method(name="Groot")
    new, old = (make_edition(method=method, label=f"{n}e druk", key=str(n), ordinal=n) for n in (2, 1))
    count = PRODUCTS_PER_PAGE + 5
    for number in range(count):
        make_product(edition=new, title=f"Deel {number:03}")
    make_product(edition=old, title="Oud deel")
    url = method.get_absolute_url()
    first = Page(client.get(f"{url}?q=groot"))
    assert len(first.all(ROWS)) == PRODUCTS_PER_PAGE
    assert "106 producten" in first.text()
    assert first.all("//a[@rel='next']/@href") == [f"{url}?q=groot&blad=2"]
    assert first.href("1e druk").startswith(f"{url}?q=groot&blad=2#uitgave-")
    second = Page(client.get(f"{url}?blad=2"))
    assert second.texts("//section[@class='parts']//h3") == [
        "2e druk (vervolg) huidige uitgave",
        "1e druk opgevolgd door 2e druk",
    ]
    assert len(second.all(ROWS)) == 6
    assert second.all("//a[@rel='prev']/@href") == [url]
    assert second.all("//link[@rel='canonical']/@href") == [f"http://testserver{url}?blad=2"]
    filtered = Page(client.get(url, {"uitgave": new.pk, "blad": 2}))
    assert len(filtered.all(ROWS)) == 5
    assert filtered.all("//a[@rel='prev']/@href") == [f"{url}?uitgave={new.pk}"]
    for wrong in ("0", "3", "x", "99999999999999999999"):
        assert client.get(url, {"blad": wrong}).status_code == 404


def test_a_method_without_products_says_so(client, db):
    method = make_method()
    assert "geen producten bij deze methode" in Page(client.get(method.get_absolute_url())).text()


@pytest.mark.search
def test_methods_like_it_are_named(client, search_index, settings, request):
    method = make_method(name="Kompas")
    group = {"sectors": ["vo"], "levels": ["havo"], "years": ["leerjaar-3"], "subjects": ["aardrijkskunde"]}
    make_product(method=method, title="Kompas 4 kaarten", **group)
    other = make_method(name="Landschap", publisher=make_publisher(name="Uitgeverij Zuid"))
    make_product(method=other, title="Landschap 3", **group)
    search_index.rebuild()
    page = Page(client.get(method.get_absolute_url()))
    assert page.texts("//ul[@class='related-methods']/li") == [
        "Landschap Uitgeverij Zuid · Aardrijkskunde Havo · Leerjaar 3"
    ]
    assert page.href("Landschap") == other.get_absolute_url()
    for url in ("", "http://127.0.0.1:9"):
        settings.ELASTICSEARCH_URL = url
        page = Page(client.get(method.get_absolute_url()))
        assert page.href("Landschap") == other.get_absolute_url(), "the database finds it as well"
    # No place free in the database either: they are left out.
    request.getfixturevalue("no_search")
    response = client.get(method.get_absolute_url())
    assert response.status_code == 200
    assert "Vergelijkbare methodes" not in response.content.decode()
