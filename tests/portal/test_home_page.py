import datetime

from django.db import connection
from django.utils import timezone

from catalogus import memory
from catalogus.models import Product
from catalogus.search.overview import refresh_overview
from catalogus.search.overview.storing import COUNTING
from catalogus.services.reviews import set_review_summary
from catalogus.services.search_rows import refresh_search_rows
from tests.catalogus.web.page import Page
from tests.factories import make_method, make_product, make_publisher, review_summary


def counted():
    """As the worker leaves it: rows of search for all, and the catalogue counted."""
    refresh_search_rows(Product.objects.values_list("pk", flat=True))
    assert refresh_overview()


def words(elements):
    return [" ".join(element.text_content().split()) for element in elements]


def test_every_way_in_counts_what_a_click_gives(client, db, settings):
    settings.ELASTICSEARCH_URL = ""  # That both backends count alike is tested elsewhere.
    havo = {"levels": ["havo"], "years": ["leerjaar-3"], "subjects": ["wiskunde", "wiskunde-a"]}
    make_product(sectors=["vo"], **havo)
    make_product(sectors=["vo", "mbo"], levels=["havo", "mbo-4"], subjects=["rekenen"])
    make_product(sectors=["vo"], state="no_longer_available", **havo)
    make_product(sectors=["po"], levels=["bao"], years=["groep-5", "groep-6"], subjects=["rekenen"])
    make_product(sectors=["hbo"], subjects=["rekenen"])
    counted()
    page = Page(client.get("/"))
    sectors = page.all("//ul[@class='sectors']/li")
    assert [words(sector.xpath("h3 | p[@class='meta']")) for sector in sectors] == [
        ["Primair onderwijs", "1 methode"],
        ["Voortgezet onderwijs", "2 methodes"],
        ["Middelbaar beroepsonderwijs", "1 methode"],
    ]
    # A level of another sector does not stand under this one, though a product is for both.
    assert [words(sector.xpath("ul[@class='chips']/li")) for sector in sectors] == [
        ["Groep 5", "Groep 6"],
        ["Havo"],
        ["Mbo niveau 4"],
    ]
    assert [words(sector.xpath("ul[@class='subjects']/li")) for sector in sectors] == [
        ["Rekenen 1"],
        ["Rekenen 1", "Wiskunde 1", "Wiskunde A 1"],
        ["Rekenen 1"],
    ]
    for link in page.all("//ul[@class='subjects']/li/a"):
        assert Page(client.get(link.get("href"))).text("//h2").startswith(f"{link.getnext().text} methode")
    for link in page.all("//ul[@class='sectors']/li/h3/a"):
        count = words(link.getparent().xpath("following-sibling::p[@class='meta']"))[0]
        assert Page(client.get(link.get("href"))).text("//h2") == count
    for link in page.all("//ul[@class='chips']/li/a | //p[@class='all']/a"):
        assert client.get(link.get("href")).status_code == 200
    assert page.texts("//dl[@class='sizes']/div[not(@class)]") == ["methodes 3", "producten 3", "uitgevers 3"]


def test_subjects_that_most_come_for_and_the_way_to_all(client, db):
    subjects = ["aardrijkskunde", "biologie", "duits", "economie", "engels", "frans", "geschiedenis", "kunst", "latijn"]
    subjects += ["muziek", "natuurkunde", "nederlands", "rekenen", "scheikunde"]
    for subject in subjects:
        make_product(sectors=["vo"], subjects=[subject])
    make_product(sectors=["vo"], subjects=["scheikunde", "unknown"])
    counted()
    page = Page(client.get("/"))
    shown = page.texts("//ul[@class='subjects']/li/a")
    assert len(shown) == 12
    assert "Scheikunde" in shown
    assert shown == sorted(shown)
    assert words(page.all("//p[@class='all']/a")) == ["Alle 14 vakken Voortgezet onderwijs"]
    assert page.all("//p[@class='all']/a/@href") == ["/zoeken/facet/subject/?sector=vo"]


def test_what_is_new_leaves_room_for_every_publisher(client, db):
    today = timezone.localdate()
    large, small = make_publisher(name="Groot", slug="groot"), make_publisher(name="Klein", slug="klein")
    for number in range(8):
        method = make_method(name=f"Reeks {number}", publisher=large)
        make_product(method=method, sectors=["vo"], first_published_on=today)
    first = datetime.date(today.year, 1, 1)
    make_product(method=make_method(name="Enkeling", publisher=small), sectors=["vo"], first_published_on=first)
    make_product(method=make_method(name="Oud", publisher=small), first_published_on=first - datetime.timedelta(1))
    later = today + datetime.timedelta(400)
    make_product(method=make_method(name="Straks", publisher=small), sectors=["vo"], first_published_on=later)
    counted()
    page = Page(client.get("/"))
    shown = page.texts("//section[@aria-labelledby='nieuw']//h3")
    assert len(shown) == 6
    assert shown[-1] == "Enkeling" or today == first
    assert not {"Oud", "Straks"} & set(shown)
    assert page.href("Alle 10 methodes met iets nieuws") == "/zoeken/?new=this-year&sort=newest"


def test_nothing_new_is_no_empty_box(client, db):
    make_product(sectors=["vo"])
    counted()
    assert not Page(client.get("/")).all("//*[@id='nieuw']")


def test_reviewed_methods_are_shown_and_without_any_it_says_so(client, db):
    product = make_product(sectors=["vo"], method=make_method(name="Kompas"))
    counted()
    assert "Nog niemand heeft hier een methode beoordeeld" in Page(client.get("/")).text()
    set_review_summary(product.method.pk, review_summary(3, "3.25"))
    memory.forget_all()
    counted()
    page = Page(client.get("/"))
    assert page.texts("//section[@aria-labelledby='beoordeeld']//h3") == ["Kompas"]
    assert "Beoordeeld op 30 november 2026: 3,25 van 4 · 3 beoordelingen · middelste helft" in page.text()
    assert page.href("1 beoordeelde methode") == "/zoeken/?rating=any&sort=reviews"


def test_home_stands_without_an_engine_and_without_products(client, db, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    page = Page(client.get("/"))
    assert "nog leeg" in page.text()
    assert page.all("//form[@role='search']/@action") == ["/zoeken/"]
    assert page.texts("//main//h2") == ["Een catalogus van en voor het onderwijs"]


def test_home_stands_while_somebody_else_counts(client, db):
    make_product(sectors=["vo"], first_published_on=timezone.localdate())
    other = connection.get_new_connection(connection.get_connection_params())
    with other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", COUNTING)
        response = client.get("/")
    assert response.status_code == 200
    page = Page(response)
    assert page.all("//form[@role='search']/@action") == ["/zoeken/"]
    assert not page.all("//dl[@class='sizes'] | //ul[@class='sectors']")
    assert "nog niet geteld" in page.text()
    assert "nog leeg" not in page.text()


def test_home_takes_three_queries_and_then_one(client, db, django_assert_num_queries):
    make_product(sectors=["vo"], first_published_on=timezone.localdate(), subjects=["wiskunde"])
    counted()
    with django_assert_num_queries(3):  # What was counted, the methods that are shown, names of concepts.
        client.get("/")
    with django_assert_num_queries(1):
        client.get("/")


def test_the_language_is_chosen_by_a_form_and_kept(client, db):
    page = Page(client.get("/zoeken/?page=x"))
    assert page.all("//form[@class='language']//input[@name='next']/@value") == ["/zoeken/?page=x"]
    response = client.post("/taal/", {"language": "en", "next": "/"})
    assert (response.status_code, response["Location"]) == (302, "/")
    english = Page(client.get("/"))
    assert english.all("/html/@lang") == ["en"]
    assert english.texts("//h1") == ["All learning materials in one place"]


def test_healthz(client, db):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
