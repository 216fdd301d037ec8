"""The page of a comparison, as a visitor without a script gets it, and what it gives to a spreadsheet."""

import csv
import io
from urllib.parse import urlencode

import openpyxl
import pytest
from django.template import Context, Template
from django.utils import timezone

from catalogus.models import Method, Product
from tests.catalogus.web.page import Page
from tests.factories import make_edition, make_method, make_product, make_publisher, review_fields, valid_ean

pytestmark = pytest.mark.django_db

PAGE = "/vergelijken/"
HAVO_3 = {
    "classification": [
        {"sectors": ["vo"], "levels": ["havo"], "years": ["leerjaar-3"], "subjects": ["aardrijkskunde"]}
    ],
    "sectors": ["vo"],
    "levels": ["havo"],
    "years": ["leerjaar-3"],
    "subjects": ["aardrijkskunde"],
    "combined": ["havo-3"],
}
PRICED = {"price_cents": 20_00, "currency": "EUR"}
LICENSE = {"form": "digital", "medium": "web", "is_licensed": True, "license_days": 365}


@pytest.fixture
def compass() -> Method:
    """A book and a licence for havo 3, and a teacher's guide."""
    method = make_method(name="Kompas", publisher=make_publisher(name="Kadewerk"))
    edition = make_edition(method=method, label="4e druk", key="4", ordinal=4)
    make_product(edition=edition, title="Kompas 3 havo boek", **HAVO_3, **PRICED)
    make_product(edition=edition, title="Kompas 3 havo licentie", **LICENSE, **HAVO_3, **PRICED)
    make_product(edition=edition, title="Kompas handleiding", role="teacher", **HAVO_3)
    return method


@pytest.fixture
def atlas() -> Method:
    """One licence of unknown length, and something without a price."""
    method = make_method(name="Atlas", publisher=make_publisher(name="Rijwerk"))
    make_product(method=method, title="Atlas havo 3", **(LICENSE | {"license_days": None}), **HAVO_3, **PRICED)
    make_product(method=method, title="Atlas extra", **LICENSE, **HAVO_3)
    return method


def address(*compared: Method | Product, path: str = PAGE, **more: str) -> str:
    pairs = [("method" if isinstance(one, Method) else "product", one.public_id) for one in compared]
    return f"{path}?{urlencode([*pairs, *more.items()])}"


def rows(page: Page) -> dict[str, list[str]]:
    """The cells by the label of their row, of the rows that are seen; spaces of any kind are spaces."""
    found = {}
    for row in page.all("//table//tr[not(@hidden)][td]"):
        label = " ".join(row.xpath("./th")[0].text_content().replace("≠", "").replace("(verschilt)", "").split())
        found[label] = [" ".join(cell.text_content().split()) for cell in row.xpath("./td")]
    return found


def notices(page: Page) -> list[str]:
    return page.texts("//ul[contains(@class, 'compare-notices')]/li")


# What is compared


def test_methods_side_by_side(client, compass, atlas):
    page = Page(client.get(address(compass, atlas)))
    found = rows(page)
    assert page.text("//h1") == "2 methodes vergeleken"
    assert page.texts("//thead//a[contains(@class, 'compare-title')]") == ["Kompas", "Atlas"]
    assert found["Uitgever"] == ["Kadewerk", "Rijwerk"]
    assert found["Huidige uitgave"] == ["onbekend", "onbekend"], "no service set which is current"
    assert found["Havo"] == ["Leerjaar 3", "Leerjaar 3"]
    assert found["Per leerling over 4 jaar"] == ["€ 20,00 tot € 80,00", "minstens € 20,00"]
    assert found["Per leerling per jaar"][0] == "€ 5,00 tot € 20,00"
    assert found["Per leerling per jaar"][1].startswith("minstens € 5,00 duur van een licentie onbekend")
    assert found["Zo geteld"][1].startswith("2 producten, waarvan 1 zonder prijs")
    assert found["Voor de docent"] == ["1 product Folio (1)", "geen"]
    assert found["Gemiddelde"] == ["nog geen beoordelingen"] * 2
    assert "De kosten gelden voor één leerling in Havo, Leerjaar 3." in page.text()
    assert not notices(page)


def test_products_side_by_side(client, compass):
    one, other = Product.objects.filter(role="learner").order_by("pk")
    package = make_product(edition=one.edition, title="Pakket", part_identifiers=[valid_ean(7), "los"])
    Product.objects.filter(pk=one.pk).update(
        ean=valid_ean(7), accessibility_url="https://uitgever.example/a", successor=other, authors=["A. de Wit"]
    )
    page = Page(client.get(address(one, other, package, period="6", pupils="30")))
    found = rows(page)
    assert page.text("//h1") == "3 producten vergeleken"
    assert found["EAN"] == [valid_ean(7), "onbekend", "onbekend"]
    assert found["Niveau en leerjaar"][:2] == ["Havo: Leerjaar 3"] * 2
    assert found["Zo vaak kopen in 6 jaar"] == ["1 keer", "6 keer", "1 keer"]
    assert found["Per leerling over 6 jaar"] == ["€ 20,00", "€ 120,00", "onbekend"]
    assert found["Voor 30 leerlingen over 6 jaar"] == ["€ 600,00", "€ 3.600,00", "onbekend"]
    assert found["Bestaat uit"] == ["geen delen opgegeven", "geen delen opgegeven", f"{one.title} los"]
    assert found["Onderdeel van"] == ["Pakket", "geen pakket bekend", "geen pakket bekend"]
    assert found["Opvolger"][0] == other.title
    assert found["Toegankelijkheidsverklaring"] == ["Verklaring op uitgever.example", "onbekend", "onbekend"]
    assert found["Auteurs"] == ["A. de Wit", "onbekend", "onbekend"]
    assert "Browsers" not in found, "what no column states and seldom any does"


def test_a_licence_that_is_none_has_no_unknown_length(client, compass):
    one, other = Product.objects.filter(role="learner").order_by("pk")
    Product.objects.filter(pk=one.pk).update(is_licensed=False)
    assert rows(Page(client.get(address(one, other))))["Duur van de licentie"] == ["geen licentie", "1 jaar"]


def test_reviews_and_current_edition_where_there_are_any(client, compass, atlas):
    Method.objects.filter(pk=compass.pk).update(**review_fields(12, "3.25", older=4), current_ordinal=4)
    found = rows(Page(client.get(address(compass, atlas))))
    assert found["Gemiddelde"] == ["3,25 van 4 · 12 beoordelingen", "nog geen beoordelingen"]
    assert found["Aantal beoordelingen"] == ["12", "0"]
    assert found["Middelste helft"] == ["2,75–3,75", "geen totaal"]
    assert found["Beoordelingen van oudere uitgaven"] == ["4", "0"]
    assert found["Huidige uitgave"] == ["4e druk", "onbekend"]


def test_what_is_for_all_of_vmbo_is_for_its_tracks(client):
    def product_for(level: str) -> Product:
        group = {"sectors": ["vo"], "levels": [level], "years": ["leerjaar-3"], "subjects": []}
        return make_product(classification=[group], levels=[level], years=["leerjaar-3"])

    whole, track = product_for("vmbo"), product_for("vmbo-bb")
    found = rows(Page(client.get(address(whole.method, track.method))))
    assert found["Vmbo"] == ["Leerjaar 3", "alleen voor een deel"]
    assert found["Vmbo basisberoepsgerichte leerweg"] == ["Leerjaar 3", "Leerjaar 3"]


# What one pupil needs


def test_products_that_are_picked_are_added_up(client, compass, atlas):
    book, license_ = Product.objects.filter(method=compass, role="learner").order_by("pk")
    page = Page(client.get(f"{address(compass, atlas)}&pick={book.public_id}&pick={license_.public_id}&pick=onzin"))
    assert rows(page)["Per leerling over 4 jaar"] == ["€ 100,00", "minstens € 20,00"]
    boxes = page.all("//input[@name='pick'][@checked][@form='vergelijkkeuze']/@value")
    assert boxes == [book.public_id, license_.public_id]
    assert "onzin" not in page.all("//input[@id='deel-adres']/@value")[0]


def test_costs_are_of_the_class_that_is_asked(client, compass, atlas):
    group = {"sectors": ["vo"], "levels": ["vwo"], "years": ["leerjaar-4"], "subjects": []}
    make_product(
        method=atlas, classification=[group], levels=["vwo"], years=["leerjaar-4"], combined=["vwo-4"], **PRICED
    )
    page = Page(client.get(address(compass, atlas, klas="vwo.leerjaar-4")))
    assert rows(page)["Zo geteld"] == ["geen leerlingproduct voor deze klas", "1 product Goedkoopst: " + _last_title()]
    assert page.texts("//select[@name='klas']/option[@selected]") == ["Vwo, Leerjaar 4"]
    page = Page(client.get(address(compass, atlas, klas="alle")))
    assert rows(page)["Zo geteld"][1].startswith("3 producten, waarvan 1 zonder prijs")
    page = Page(client.get(address(compass, atlas, klas="po.groep-1")))
    assert notices(page) == ["Geen van deze methodes heeft iets voor de klas uit het adres; kies een andere."]


def _last_title() -> str:
    return Product.objects.latest("pk").title


def test_a_workbook_is_no_cheap_method(client, compass, atlas):
    make_product(method=compass, title="Werkboek", is_consumable=True, **HAVO_3, price_cents=5_00, currency="EUR")
    assert rows(Page(client.get(address(compass, atlas))))["Per leerling over 4 jaar"][0].startswith("€ 20,00")
    other = make_method()
    make_product(method=other, is_consumable=True, **HAVO_3, price_cents=5_00, currency="EUR")
    found = rows(Page(client.get(address(compass, other))))
    assert found["Per leerling over 4 jaar"][1] == "€ 20,00", "four workbooks, for there is nothing else"


def test_an_old_edition_does_not_make_a_class_cheaper(client, compass, atlas):
    old = make_edition(method=compass, label="3e druk", key="3", ordinal=3)
    make_product(edition=old, title="Oud", **HAVO_3, price_cents=1_00, currency="EUR")
    assert rows(Page(client.get(address(compass, atlas))))["Per leerling over 4 jaar"][0].startswith("€ 20,00")


# What is seen


def test_only_differences(client, compass, atlas):
    page = Page(client.get(address(compass, atlas, verschil="1")))
    found = rows(page)
    assert "Uitgever" in found
    assert "Vakken" not in found
    assert page.all("//input[@name='verschil']/@checked")
    assert "geen verschillen" in page.texts("//tr[@id='groep-beoordeling']//span[@class='meta']")
    # The others are there for the script, and not to be seen.
    assert page.all("//tr[@hidden][@data-same]")
    assert not page.all("//tr[@hidden][contains(@class, 'differs')]")


def test_groups_fold_by_a_link(client, compass, atlas):
    page = Page(client.get(address(compass, atlas)))
    link = page.href("Prijs")
    page = Page(client.get(link))
    assert "Per leerling per jaar" not in rows(page)
    assert page.all("//tr[@id='groep-prijs']//a/@aria-expanded") == ["false"]
    assert page.all("//form//input[@name='dicht']/@value") == ["prijs"]
    assert "Per leerling per jaar" in rows(Page(client.get(page.href("Prijs"))))


def test_columns_go_and_change_places(client, compass, atlas):
    page = Page(client.get(address(compass, atlas)))
    page = Page(client.get(page.href("Atlas: naar links")))
    assert page.texts("//thead//a[contains(@class, 'compare-title')]") == ["Atlas", "Kompas"]
    page = Page(client.get(page.href("Kompas: haal weg")))
    assert page.text("//h1") == "Vergelijken"
    assert "Atlas" in page.texts("//ul[@class='compare-few']//a")


def test_the_address_holds_what_is_seen(client, compass, atlas):
    asked = address(compass, atlas, period="6", pupils="100", verschil="1", dicht="bron")
    (shared,) = Page(client.get(f"{asked}&onzin=1")).all("//input[@id='deel-adres']/@value")
    assert shared == f"http://testserver{asked}"


# What cannot be compared


def test_how_to_choose_where_there_is_too_little(client, compass):
    page = Page(client.get(PAGE))
    assert "Zo kiest u" in page.texts("//h2")
    assert page.href("Zoek methodes") == "/zoeken/"
    page = Page(client.get(address(compass)))
    assert page.texts("//ul[@class='compare-few']/li/span/a") == ["Kompas"]
    assert page.href("Haal weg: Kompas") == PAGE


def test_methods_and_products_are_not_mixed(client, compass, atlas):
    product = Product.objects.earliest("pk")
    page = Page(client.get(address(compass, atlas, product)))
    assert "U koos methodes en producten door elkaar." in page.text()
    assert page.href("De 2 methodes") == address(compass, atlas)
    assert page.href("Het product") == address(product)


def test_more_than_five_are_told(client):
    methods = [make_method(name=f"Methode nummer {number}") for number in range(7)]
    page = Page(client.get(address(*methods)))
    assert len(page.all("//thead//th")) == 1 + 5
    assert notices(page) == [
        "Er passen hoogstens 5 kolommen naast elkaar. Weggelaten: “Methode nummer 5”, “Methode nummer 6”."
    ]
    assert not page.all("//a[contains(., 'Nog een methode zoeken')]")


def test_unknown_repeated_and_merged_are_told(client, compass, atlas):
    middle = make_method(merged_into=atlas)
    old = make_method(merged_into=middle)
    query = address(compass, atlas, old, compass)
    page = Page(client.get(f"{query}&method=%00%3Cb%3E&method={'x' * 300}"))
    assert page.texts("//thead//a[contains(@class, 'compare-title')]") == ["Kompas", "Atlas"]
    assert notices(page) == [
        "Wat vaker dan één keer in het adres staat, krijgt één kolom.",
        f"Niet in de catalogus: <b>, {'x' * 14}. Kies iets anders.",
        f"Een adres van vroeger: {old.public_id} is nu “Atlas”.",
    ]


def test_a_withdrawn_product_is_shown_as_such(client, compass):
    one, other = Product.objects.filter(role="learner").order_by("pk")
    Product.objects.filter(pk=one.pk).update(withdrawn_at=timezone.now())
    assert rows(Page(client.get(address(one, other))))["Leverbaarheid"][0].startswith("Teruggetrokken op")


def test_texts_of_publishers_are_texts(client, compass):
    evil = make_method(name='<script>alert("1")</script>')
    make_product(method=evil, title="<b>", platforms=["<i>"], accessibility_url="javascript:alert(1)")
    content = client.get(address(compass, evil)).content.decode()
    assert "<script>alert" not in content
    assert "javascript:" not in content


@pytest.mark.parametrize("count", [1, 12])
def test_the_number_of_queries(client, django_assert_num_queries, count):
    methods = [make_method() for _number in range(5)]
    for method in methods:
        for _number in range(count):
            make_product(method=method, **HAVO_3, **PRICED)
    client.get(address(*methods))  # fills the memory of names
    with django_assert_num_queries(2):
        assert client.get(address(*methods)).status_code == 200


def test_the_number_of_queries_of_products(client, django_assert_num_queries):
    products = [make_product(identifier=f"code-{number}", part_identifiers=["code-1"], **HAVO_3) for number in range(5)]
    client.get(address(*products))
    with django_assert_num_queries(3):
        assert client.get(address(*products)).status_code == 200


# For a spreadsheet


def csv_rows(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig")), delimiter=";"))


def test_csv_holds_what_is_seen(client, compass):
    formula = make_method(name="=1+1", publisher=make_publisher(name="@huis"))
    make_product(method=formula, **HAVO_3)
    asked = address(compass, formula, path=f"{PAGE}csv", verschil="1", dicht="prijs")
    response = client.get(asked)
    head, *found = csv_rows(response)
    assert head == ["Onderwerp", "Kenmerk", "Kompas", "'=1+1"]
    assert ["Wat het is", "Uitgever", "Kadewerk", "'@huis"] in found
    labels = {row[1] for row in found}
    assert "Vakken" not in labels, "equal in both"
    assert "Per leerling per jaar" not in labels, "folded"
    assert found[-1][:3] == ["Adres", "", f"http://testserver{address(compass, formula, verschil='1', dicht='prijs')}"]
    assert [row for row in found if row[0] == "Zo is dit gerekend"]
    assert {len(row) for row in found} == {4}
    assert response["Cache-Control"] == "no-store"
    assert ".csv" in response["Content-Disposition"]


def test_xlsx_holds_the_same(client, compass, atlas):
    texts = csv_rows(client.get(address(compass, atlas, path=f"{PAGE}csv")))
    response = client.get(address(compass, atlas, path=f"{PAGE}xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(response.getvalue())).active
    assert sheet.title == "Vergelijking"
    found = [[value or "" for value in row] for row in sheet.iter_rows(values_only=True)]
    assert found[0] == texts[0]
    assert [row[:3] for row in found[:-1]] == [row[:3] for row in texts[:-1]]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_cannot_be_compared_is_no_file(client, compass, atlas, ending):
    product = Product.objects.earliest("pk")
    for asked in (
        f"{PAGE}{ending}",
        address(compass, path=f"{PAGE}{ending}"),
        address(compass, product, path=f"{PAGE}{ending}"),
    ):
        response = client.get(asked)
        assert response.status_code == 400
        assert response["Content-Type"].startswith("text/html")
    assert client.post(address(compass, atlas)).status_code == 405


# On other pages


def test_boxes_belong_to_the_form_of_the_bar():
    template = Template(
        "{% load selection_tags %}{% compare_tick 'method' 'abc' name %}{% compare_bar %}",
    )
    found = template.render(Context({"name": "<Kompas>"}))
    assert 'name="method"' in found
    assert 'form="vergelijkbalk"' in found
    assert "&lt;Kompas&gt;" in found
    assert 'id="vergelijkbalk"' in found
    assert 'action="/vergelijken/"' in found
