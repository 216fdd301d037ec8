from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.catalogus.web.page import Page
from tests.factories import make_edition, make_method, make_product, make_publisher, review_fields, valid_ean


def facts(page):
    """Label -> value, without the words that explain a label."""
    return {
        " ".join(fact.find("dt").text.split()): " ".join(" ".join(fact.find("dd").itertext()).split())
        for fact in page.all("//dl[@class='facts list']/div")
    }


@pytest.fixture
def product(db):
    """A product of which everything is stated."""
    publisher = make_publisher(name="Uitgeverij Noord", slug="noord")
    edition = make_edition(method=make_method(name="Kompas", publisher=publisher), label="5e druk", key="5", ordinal=5)
    group = {"sectors": ["vo"], "levels": ["havo", "vwo"], "years": ["leerjaar-3"], "subjects": ["aardrijkskunde"]}
    return make_product(
        edition=edition,
        title="Kompas 3 havo/vwo leerboek",
        ean=valid_ean(1),
        identifier="urn:noord:kompas-3",
        authors=["J. de Vries", "Uitgeverij Noord"],
        description="Een leerboek.\n\nMet <b>kaarten</b>.",
        price_cents=1995,
        price_excl_cents=1830,
        vat_rate=Decimal("9.0"),
        currency="EUR",
        is_price_indicative=True,
        sale_unit_size=5,
        is_licensed=False,
        information_url="https://www.noord.example/kompas?a=1&b=2",
        access_url="javascript:alert(1)",
        content_url="https://www.noord.example/kompas?a=1&b=2",
        first_published_on=date(2024, 8, 1),
        classification=[group, {"sectors": ["mbo"], "levels": [], "years": [], "subjects": []}],
        rubrics=["Aardrijkskunde"],
    )


def test_all_facts_stand_on_the_page(client, product):
    page = Page(client.get(product.get_absolute_url()))
    assert page.texts("//h1") == ["Kompas 3 havo/vwo leerboek"]
    assert facts(page) == {
        "EAN": valid_ean(1),
        "Leverbaarheid": "Leverbaar",
        "Prijs met btw": "€ 19,95 eenmalig, per 5 stuks, richtprijs",
        "Prijs zonder btw": "€ 18,30",
        "Btw-tarief": "9%",
        "Verkoopeenheid": "per 5 stuks",
        "Productcode van de uitgever": "urn:noord:kompas-3",
        "In het kort": "Boek of ander folio",
        "Met licentie": "nee",
        "Voor wie": "Leerling of student",
        "Bedoeld voor": ("Voortgezet onderwijs · Havo, Vwo · Leerjaar 3 · Aardrijkskunde Middelbaar beroepsonderwijs"),
        "Vorm": "Folio",
        "Medium": "Boek",
        "Rubriek van de uitgever": "Aardrijkskunde",
        "Uitgave": "5e druk",
        "Uitgever": "Uitgeverij Noord",
        "Auteur": "J. de Vries",
        "Verschenen op": "1 augustus 2024",
    }
    assert page.texts("//dl[@class='facts list']//li") == [
        "Voortgezet onderwijs · Havo, Vwo · Leerjaar 3 · Aardrijkskunde",
        "Middelbaar beroepsonderwijs",
    ], "what belongs together stands on a line"
    assert "Met <b>kaarten</b>." in page.text("//div[@lang='nl']")
    assert page.href("Kompas") == product.method.get_absolute_url()
    assert not page.all("//img")


def test_links_out_are_safe_and_stand_once(client, product):
    page = Page(client.get(product.get_absolute_url()))
    (link,) = page.all("//ul[@class='outside']//a")
    assert (link.get("href"), link.get("rel")) == ("https://www.noord.example/kompas?a=1&b=2", "noopener nofollow")
    assert page.texts("//ul[@class='outside']/li") == ["Meer informatie noord.example"]
    assert "javascript:" not in client.get(product.get_absolute_url()).content.decode()


def test_an_accessibility_statement_is_a_link_and_never_an_unsafe_one(client, db):
    address = "https://www.noord.example/toegankelijk"
    page = Page(client.get(make_product(accessibility_url=address).get_absolute_url()))
    assert facts(page)["Toegankelijkheid"] == "Lees de verklaring noord.example"
    assert page.href("Lees de verklaring") == address
    unsafe = make_product(accessibility_url="javascript:alert(1)")
    assert "javascript:" not in client.get(unsafe.get_absolute_url()).content.decode()


UNKNOWN_TO_ALL = {
    "EAN": "onbekend",
    "Leverbaarheid": "onbekend",
    "Prijs met btw": "onbekend",
    "Voor wie": "onbekend",
    "Sector": "onbekend",
    "Niveau": "onbekend",
    "Leerjaar of groep": "onbekend",
    "Vak": "onbekend",
    "Vorm": "onbekend",
    "Medium": "onbekend",
    "Uitgave": "onbekend",
}


def test_what_nobody_stated_is_called_unknown(client, db):
    bare = make_product(title="Kaal", form="unknown", medium="unknown", role="unknown", state="unknown")
    page = Page(client.get(bare.get_absolute_url()))
    said = {"In het kort": "Voorwaarden onbekend", "Uitgever": bare.publisher.name}
    assert facts(page) == UNKNOWN_TO_ALL | said
    assert len(page.all("//dd[@class='unknown']")) == len(UNKNOWN_TO_ALL | said) - 1, "quietly, all but the publisher"
    assert not page.all("//*[contains(@class, 'gone-banner')]")


def test_of_what_works_on_a_screen_a_school_asks_more(client, db):
    page = Page(client.get(make_product(form="digital", medium="web").get_absolute_url()))
    found = facts(page)
    assert {name: found[name] for name in ("Looptijd", "Platforms", "Toegankelijkheid")} == {
        "Looptijd": "onbekend",
        "Platforms": "onbekend",
        "Toegankelijkheid": "geen verklaring bekend",
    }


def test_each_word_is_explained_once_and_each_button_has_its_words(client, product):
    page = Page(client.get(product.get_absolute_url()))
    targets = page.all("//button[@popovertarget]/@popovertarget")
    assert targets == page.all("//*[@popover]/@id")
    assert len(targets) == len(set(targets)) > 8
    assert all(name.startswith("Uitleg over ") for name in page.texts("//button[@popovertarget]"))
    assert page.text("//*[@id='uitleg-ean']").startswith("EAN Het nummer van dertien cijfers")
    assert not page.all("//dt[count(.//button) > 1]")


def test_the_head_says_in_plain_words_what_it_costs_and_whether_it_can_be_had(client, product):
    page = Page(client.get(product.get_absolute_url()))
    head = page.text("//div[@class='product-head']")
    assert "Methode Kompas · 5e druk · Uitgeverij Noord" in head
    assert "€ 19,95 eenmalig, per 5 stuks, richtprijs Boek of ander folio" in head
    assert "Leverbaar" in head
    assert page.all("//div[@class='product-head']/span[@aria-hidden='true']"), "a drawn cover, unseen by readers"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Nog geen beoordelingen van Kompas"),
        (review_fields(12, "3.25"), "3,25 van 4 · 12 beoordelingen · middelste helft 2,75–3,75"),
        (review_fields(2), "2 beoordelingen, te weinig voor een totaal"),
    ],
)
def test_reviews_are_of_the_method(client, product, fields, said):
    for name, value in fields.items():
        setattr(product.method, name, value)
    product.method.save()
    page = Page(client.get(product.get_absolute_url()))
    assert page.href(said) == f"{product.method.get_absolute_url()}#beoordelingen"


def test_a_description_that_repeats_the_title_is_left_out(client, db):
    product = make_product(title="Kompas", description=" Kompas\n")
    assert not Page(client.get(product.get_absolute_url())).all("//*[@id='omschrijving']")


def test_a_withdrawn_product_says_so_and_names_its_successor(client, db):
    successor = make_product(title="Kompas 6e druk")
    gone = make_product(withdrawn_at=datetime(2026, 3, 1, 12, tzinfo=UTC), successor=successor)
    response = client.get(gone.get_absolute_url())
    page = Page(response)
    banner = page.text("//*[contains(@class, 'gone-banner')]")
    assert response.status_code == 200
    assert banner.startswith("Dit product is op 1 maart 2026 teruggetrokken")
    assert page.href("Kompas 6e druk") == successor.get_absolute_url()


def test_what_is_no_longer_available_says_so(client, db):
    gone = make_product(state="no_longer_available")
    page = Page(client.get(gone.get_absolute_url()))
    assert "niet te bestellen: Niet meer leverbaar." in page.text("//*[contains(@class, 'gone-banner')]")


def test_a_merged_product_and_an_old_slug_lead_to_the_right_page(client, product):
    merged = make_product(title="Dubbel", merged_into=product)
    for path in (merged.get_absolute_url(), f"/product/{product.public_id}/", f"/product/{product.public_id}/anders/"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, product.get_absolute_url())
    assert client.get("/product/0000000000000/kompas/").status_code == 404


def test_the_page_takes_a_known_number_of_queries_when_names_are_known(client, product, django_assert_num_queries):
    """The product, what it is part of and what it succeeds; its parts only where it is a package."""
    client.get(product.get_absolute_url())
    with django_assert_num_queries(3):
        client.get(product.get_absolute_url())
    package = make_product(title="Pakket", part_identifiers=[product.ean, "los"])
    with django_assert_num_queries(3):
        client.get(package.get_absolute_url())


def test_in_english_the_facts_are_english_and_the_description_is_marked_dutch(client, product):
    response = client.get(product.get_absolute_url(), headers={"Accept-Language": "en"})
    page = Page(response)
    assert facts(page)["Price including VAT"].startswith("€19.95 ")
    assert page.all("//div[@class='prose']/@lang") == ["nl"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"license_days": 365}, {"Looptijd": "1 jaar (365 dagen)"}),
        ({"license_days": 1461}, {"Looptijd": "4 jaar (1.461 dagen)"}),
        ({"license_days": 180}, {"Looptijd": "half jaar (180 dagen)"}),
        ({"license_days": 30}, {"Looptijd": "1 maand (30 dagen)"}),
        ({"license_days": 367}, {"Looptijd": "367 dagen"}),
        ({"license_days": 1}, {"Looptijd": "1 dag"}),
        ({"license_starts_on": date(2026, 8, 1)}, {"Gaat in op": "1 augustus 2026"}),
        ({"license_ends_on": date(2027, 7, 31)}, {"Eindigt op": "31 juli 2027"}),
        (
            {"license_availability": "flexible start with fixed END"},
            {"Ingang en einde": "Vrije ingang, vaste einddatum"},
        ),
        ({"license_availability": "Vast begin en einde"}, {"Ingang en einde": "Vast begin en einde"}),
        ({"license_count": 30}, {"Aantal licenties": "30"}),
        ({"license_options": ["2 jaar", "4 jaar"]}, {"Ook verkrijgbaar als": "2 jaar, 4 jaar"}),
        ({"activation_days": 90}, {"Activeren": "binnen 3 maanden (90 dagen)"}),
        ({"activation_until": date(2027, 7, 31)}, {"Activeren": "uiterlijk op 31 juli 2027"}),
        (
            {"activation_days": 14, "activation_until": date(2027, 7, 31)},
            {"Activeren": "binnen 14 dagen en uiterlijk op 31 juli 2027"},
        ),
        ({"language": "de"}, {"Taal": "Duits"}),
        ({"language": "nld"}, {"Taal": "Nederlands"}),
        ({"language": "lat"}, {"Taal": "Latijn"}),
        ({"language": "pap"}, {"Taal": "Papiaments"}),
        ({"language": "xyz"}, {"Taal": "xyz"}),
        ({"version_text": "2.1"}, {"Versie": "2.1"}),
        (
            {"platforms": ["Windows", "iOS"], "browsers": ["Firefox"]},
            {"Platforms": "Windows, iOS", "Browsers": "Firefox"},
        ),
        ({"devices": ["Tablet"]}, {"Apparaten": "Tablet"}),
        ({"usages": ["Oefenen", "Toetsen"]}, {"Gebruik": "Oefenen, Toetsen"}),
        ({"aggregation_level": "Lessenserie"}, {"Omvang": "Lessenserie"}),
        ({"aggregation_level": "Course"}, {"Omvang": "een hele cursus"}),
        ({"end_of_life_on": date(2027, 7, 31)}, {"Einde levering": "31 juli 2027"}),
        ({"authors": ["Vries, J. de", "Bos, A."]}, {"Auteurs": "Vries, J. de Bos, A."}),
        ({"is_open": True}, {"Open leermateriaal": "ja"}),
        ({"is_open": False}, {"Open leermateriaal": "nee"}),
        ({"is_open": True, "open_license": "cc-by-sa-4.0"}, {"Open leermateriaal": "ja, met licentie CC BY-SA 4.0"}),
        ({"open_license": "cc0"}, {"Open leermateriaal": "ja, met licentie CC 0"}),
        ({"open_license": "cc-by-nc-sa"}, {"Open leermateriaal": "ja, met licentie CC BY-NC-SA"}),
        ({"open_license": "Eigen"}, {"Open leermateriaal": "ja, met licentie Eigen"}),
        ({"is_copyrighted": True}, {"Auteursrechtelijk beschermd": "ja"}),
        ({"supported_until": date(2028, 8, 1)}, {"Ondersteund tot en met": "1 augustus 2028"}),
        ({"last_revised_on": date(2025, 1, 2)}, {"Laatst herzien op": "2 januari 2025"}),
        ({"deprecated_on": date(2025, 1, 2)}, {"Verouderd sinds": "2 januari 2025"}),
        ({"successor_identifier": "ABC-2"}, {"Opvolger": "ABC-2 (niet in de catalogus)"}),
        (
            {
                "price_cents": 3495,
                "currency": "EUR",
                "price_parts": [{"excl_cents": 1835, "vat_rate": "9.0"}, {"excl_cents": 1200, "vat_rate": "21.0"}],
            },
            {"Waarvan per btw-tarief": "€ 18,35 tegen 9% + € 12,00 tegen 21%", "Prijs met btw": "€ 34,95 eenmalig"},
        ),
    ],
)
def test_what_few_products_have_is_said_in_words(client, db, fields, expected):
    method = make_method()
    bare = facts(Page(client.get(make_product(method=method).get_absolute_url())))
    found = facts(Page(client.get(make_product(method=method, **fields).get_absolute_url())))
    # Prices, licences and availability in words have tests of their own.
    in_words = {"In het kort", "Leverbaarheid"}
    assert {
        label: text for label, text in found.items() if bare.get(label) != text and label not in in_words
    } == expected


def related(page, anchor):
    return page.texts(f"//section[h2[@id='{anchor}']]//li")


def test_a_package_and_its_parts_lead_to_each_other(client, db):
    publisher = make_publisher()
    method = make_method(publisher=publisher)
    by_ean = make_product(title="Leerboek", ean=valid_ean(1))
    by_code = make_product(title="Werkboek", identifier="N-12", method=method, state="no_longer_available")
    rival = make_product(title="Van een ander", identifier="N-12")
    package = make_product(title="Pakket", method=method, part_identifiers=[valid_ean(1), "N-12", "N-13"])
    page = Page(client.get(package.get_absolute_url()))
    assert related(page, "bestaat-uit") == ["Leerboek", "Werkboek niet te bestellen", "N-13 niet in de catalogus"]
    assert page.href("Leerboek") == by_ean.get_absolute_url()
    for part in (by_ean, by_code):
        assert related(Page(client.get(part.get_absolute_url())), "onderdeel-van") == ["Pakket"]
    for stranger in (rival, package):
        assert not related(Page(client.get(stranger.get_absolute_url())), "onderdeel-van")


def test_a_package_that_is_gone_is_no_reason_to_buy_it(client, db):
    part = make_product(ean=valid_ean(1))
    make_product(title="Oud pakket", part_identifiers=[part.ean], withdrawn_at=datetime(2026, 3, 1, tzinfo=UTC))
    make_product(title="Dubbel pakket", part_identifiers=[part.ean], merged_into=make_product())
    assert not related(Page(client.get(part.get_absolute_url())), "onderdeel-van")


def test_a_successor_names_what_it_succeeds(client, db):
    new = make_product(title="Kompas 6e druk")
    old = make_product(title="Kompas 5e druk", successor=new, state="no_longer_available")
    assert facts(Page(client.get(new.get_absolute_url())))["Opvolger van"] == "Kompas 5e druk niet te bestellen"
    assert Page(client.get(new.get_absolute_url())).href("Kompas 5e druk") == old.get_absolute_url()


def test_hostile_facts_are_text(client, db):
    hostile = "<script>alert(1)</script>"
    product = make_product(
        version_text=hostile, language="<b>", open_license=hostile, license_options=[hostile], platforms=[hostile],
        part_identifiers=[hostile], license_availability=hostile, successor_identifier=hostile,
    )  # fmt: skip
    content = client.get(product.get_absolute_url()).content.decode()
    assert "<script>" not in content
    assert content.count("&lt;script&gt;") >= 7


@pytest.fixture
def editions(db):
    """Two editions, the newer one current."""
    method = make_method(name="Kompas")
    old, new = (make_edition(method=method, label=f"{n}e druk", key=str(n), ordinal=n) for n in (4, 5))
    method.current_ordinal = new.ordinal
    method.save()
    return old, new


CLASS = {"levels": ["havo"], "years": ["leerjaar-3"], "combined": ["havo-3"]}


def test_what_belongs_to_it_stands_by_form_and_role(client, editions, django_assert_num_queries):
    old, new = editions
    book = make_product(title="Kompas 3 leerboek", edition=new, ean=valid_ean(1), **CLASS)
    make_product(title="Kompas 3 werkboek", edition=new, **CLASS)
    make_product(title="Kompas 3 site", edition=new, form="digital", role="teacher", **CLASS)
    make_product(title="Kompas 3 pakket", edition=new, part_identifiers=[book.ean], **CLASS)
    make_product(title="Kompas 3 oud", edition=old, **CLASS)
    client.get(book.get_absolute_url())
    with django_assert_num_queries(4):
        page = Page(client.get(book.get_absolute_url()))
    assert page.texts("//section[h2[@id='hoort-bij']]//li") == [
        "Kompas 3 werkboek Folio · Leerling of student",
        "Kompas 3 site Digitaal · Docent",
    ], "what stands under another heading is not repeated"


@pytest.mark.parametrize("state", ["available", "no_longer_available"])
def test_a_product_of_an_old_edition_leads_to_its_counterpart(client, editions, state, django_assert_num_queries):
    old, new = editions
    book = make_product(title="Kompas 3 leerboek 4e druk", edition=old, state=state, **CLASS)
    newer = make_product(title="Kompas 3 leerboek 5e druk", edition=new, **CLASS)
    client.get(book.get_absolute_url())
    with django_assert_num_queries(4):
        page = Page(client.get(book.get_absolute_url()))
    assert "In de huidige uitgave" in page.text()
    assert page.texts("//main//a").count(newer.title) == 1
    assert page.href(newer.title) == newer.get_absolute_url()
    assert "In de huidige uitgave" not in Page(client.get(newer.get_absolute_url())).text()


def test_a_stated_successor_stands_alone(client, editions):
    old, new = editions
    newer = make_product(title="Kompas 3 leerboek 5e druk", edition=new, **CLASS)
    book = make_product(title="Kompas 3 leerboek 4e druk", edition=old, successor=newer, **CLASS)
    page = Page(client.get(book.get_absolute_url()))
    assert page.texts("//main//a").count(newer.title) == 1
    assert "In de huidige uitgave" not in page.text()
