from itertools import pairwise

import pytest
from django.utils import timezone

from catalogus.services.editing import merge_methods, undo
from catalogus.web.edition_sections import PRODUCTS_PER_PAGE
from tests.catalogus.web.page import Page
from tests.factories import make_edition, make_method, make_product, make_publisher


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
    make_product(edition=old, title="Kompas 4 weg", withdrawn_at=timezone.now())
    make_product(method=method, title="Kompas zonder druk")
    return method


def test_editions_newest_first_with_their_products_by_role(client, method):
    page = Page(client.get(method.get_absolute_url()))
    assert page.texts("//h1") == ["Kompas"]
    assert page.texts("//h2") == ["Uitgaven", "5e druk", "4e druk huidige uitgave", "Uitgave onbekend"]
    assert page.texts("//nav[@class='editions']//li") == [
        "5e druk 1 product",
        "4e druk 3 producten huidige uitgave",
        "Uitgave onbekend 1 product",
    ]
    assert page.texts("//section[h2[starts-with(normalize-space(), '4e')]]//caption") == [
        "Voor leerling of student",
        "Voor de docent",
    ]
    assert page.texts("//tbody/tr") == [
        "Kompas 5 Folio niet opgegeven Niet meer leverbaar prijs onbekend",
        "Kompas 4 Folio Havo · Leerjaar 3 Leverbaar € 19,95",
        "Kompas 4 weg Folio niet opgegeven Teruggetrokken prijs onbekend",
        "Kompas 4 handleiding vorm onbekend niet opgegeven Leverbaar prijs onbekend",
        "Kompas zonder druk Folio niet opgegeven Leverbaar prijs onbekend",
    ]
    assert page.texts("//main/dl/div") == [
        "Sector Voortgezet onderwijs",
        "Niveau Havo",
        "Leerjaar of groep Leerjaar 3",
        "Vak Aardrijkskunde",
    ]


def test_links_of_editions_lead_to_their_headings(client, method):
    page = Page(client.get(method.get_absolute_url()))
    for href in page.all("//nav[@class='editions']//a/@href"):
        assert page.all(f"//*[@id='{href.partition('#')[2]}']")


def test_the_page_takes_a_known_number_of_queries(client, method, django_assert_num_queries):
    client.get(method.get_absolute_url())  # The names are read by now.
    # Five of the page, and what the database asks for methods like it: its place, its settings and what it finds.
    with django_assert_num_queries(5 + 15):
        client.get(method.get_absolute_url())


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
    page = Page(client.get(f"{method.get_absolute_url()}?q=kompas&level=havo&page=2"))
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
    assert len(first.all("//tbody/tr")) == PRODUCTS_PER_PAGE
    assert "106 producten" in first.text()
    assert first.all("//a[@rel='next']/@href") == [f"{url}?q=groot&blad=2"]
    assert first.href("1e druk").startswith(f"{url}?q=groot&blad=2#uitgave-")
    second = Page(client.get(f"{url}?blad=2"))
    assert second.texts("//h2")[1:] == ["2e druk (vervolg) huidige uitgave", "1e druk"]
    assert len(second.all("//tbody/tr")) == 6
    assert second.all("//a[@rel='prev']/@href") == [url]
    assert second.all("//link[@rel='canonical']/@href") == [f"http://testserver{url}?blad=2"]
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
