"""What a page says of a product to machines is right in schema.org's eyes, whatever is known of the product."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from catalogus.models import ProductState
from tests.catalogus.web.page import Page
from tests.catalogus.web.schema_org import faults_of
from tests.factories import make_edition, make_method, make_product, make_publisher, valid_ean

EURO = {"price_cents": 1995, "currency": "EUR"}
HOSTILE = "</script><script>alert(1)</script><!-- <!--<script> ]]> \\u003c & \u2028 \" '"


def data_of(client, product):
    """The one data block of the page, read as JSON."""
    page = Page(client.get(product.get_absolute_url()))
    (block,) = page.all("//script[@type='application/ld+json']")
    return json.loads(block.text)


@pytest.fixture
def product(db):
    """A product of which everything is stated."""
    publisher = make_publisher(name="Uitgeverij Noord")
    edition = make_edition(method=make_method(name="Kompas", publisher=publisher), label="5e druk", key="5", ordinal=5)
    return make_product(
        edition=edition,
        title="Kompas 3 havo/vwo leerboek",
        description="Een leerboek.",
        ean=valid_ean(1),
        identifier="N-3",
        authors=["Vries, J. de", "Uitgeverij Noord"],
        classification=[
            {"sectors": ["vo"], "levels": ["havo", "vwo"], "years": ["leerjaar-3"], "subjects": ["aardrijkskunde"]}
        ],
        language="nld",
        aggregation_level="Course",
        usages=["Oefenen"],
        version_text="2.1",
        open_license="cc-by-sa-4.0",
        accessibility_url="https://www.noord.example/toegankelijk",
        first_published_on=date(2024, 8, 1),
        last_revised_on=date(2025, 8, 1),
        end_of_life_on=date(2027, 7, 31),
        is_price_indicative=True,
        part_identifiers=[valid_ean(2)],
        vat_rate=Decimal("9.0"),
        **EURO,
    )


def test_all_that_is_known_is_said_in_schema_orgs_words(client, product):
    part = make_product(title="Werkboek", ean=valid_ean(2))
    package = make_product(title="Pakket", part_identifiers=[product.ean])
    at = "http://testserver"
    url = at + product.get_absolute_url()
    method_url = at + product.method.get_absolute_url()
    levels = ["Havo", "Vwo", "Leerjaar 3"]
    price = {"price": "19.95", "priceCurrency": "EUR"}
    data = data_of(client, product)
    assert data == {
        "@context": "https://schema.org",
        "@type": ["Product", "Book", "LearningResource"],
        "@id": url,
        "url": url,
        "name": "Kompas 3 havo/vwo leerboek",
        "description": "Een leerboek.",
        "inLanguage": "nl",
        "author": [{"@type": "Person", "name": "Vries, J. de"}],
        "publisher": {"@type": "Organization", "name": "Uitgeverij Noord"},
        "gtin13": valid_ean(1),
        "isbn": valid_ean(1),
        "sku": "N-3",
        "bookEdition": "5e druk",
        "version": "2.1",
        "datePublished": "2024-08-01",
        "dateModified": "2025-08-01",
        "learningResourceType": "Course",
        "educationalUse": ["Oefenen"],
        "educationalLevel": levels,
        "educationalAlignment": [
            *(
                {"@type": "AlignmentObject", "alignmentType": "educationalLevel", "targetName": level}
                for level in levels
            ),
            {"@type": "AlignmentObject", "alignmentType": "educationalSubject", "targetName": "Aardrijkskunde"},
        ],
        "about": [{"@type": "DefinedTerm", "name": "Aardrijkskunde"}],
        "audience": {"@type": "EducationalAudience", "educationalRole": "student"},
        "isPartOf": [
            {"@type": "CreativeWorkSeries", "@id": method_url, "name": "Kompas", "url": method_url},
            {
                "@type": "CreativeWork",
                "@id": at + package.get_absolute_url(),
                "name": "Pakket",
                "url": at + package.get_absolute_url(),
            },
        ],
        "hasPart": [
            {
                "@type": "CreativeWork",
                "@id": at + part.get_absolute_url(),
                "name": "Werkboek",
                "url": at + part.get_absolute_url(),
            }
        ],
        "license": "https://creativecommons.org/licenses/by-sa/4.0/",
        "isAccessibleForFree": False,
        "subjectOf": {
            "@type": "WebPage",
            "name": "Toegankelijkheidsverklaring",
            "url": "https://www.noord.example/toegankelijk",
        },
        "offers": {
            "@type": "Offer",
            "url": url,
            "availability": "https://schema.org/InStock",
            "availabilityEnds": "2027-07-31",
            **price,
            "priceSpecification": {
                "@type": "UnitPriceSpecification",
                **price,
                "valueAddedTaxIncluded": True,
                "priceType": "https://schema.org/SRP",
            },
        },
    }
    assert faults_of(data) == []


def test_what_nobody_stated_is_left_out(client, db):
    bare = make_product(title="Kaal", form="unknown", medium="unknown", role="unknown", state="unknown")
    data = data_of(client, bare)
    assert data.keys() == {"@context", "@type", "@id", "url", "name", "publisher", "isPartOf"}
    assert faults_of(data) == []


@pytest.mark.parametrize("state", [state for state in ProductState if state != ProductState.UNKNOWN])
def test_a_price_that_is_not_known_is_no_price(client, db, state):
    data = data_of(client, make_product(state=state))
    assert not {"price", "priceCurrency", "priceSpecification"} & data["offers"].keys()
    assert faults_of(data) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"is_open": True}, {"isAccessibleForFree": True}),
        ({"is_open": True} | EURO, {}),
        (EURO, {"isAccessibleForFree": False}),
        ({"is_open": False}, {}),
        ({"open_license": "cc0"}, {"license": "https://creativecommons.org/publicdomain/zero/1.0/"}),
        ({"open_license": "cc-by"}, {"license": {"@type": "CreativeWork", "name": "CC BY"}}),
        ({"open_license": "Eigen"}, {"license": {"@type": "CreativeWork", "name": "Eigen"}}),
        ({"accessibility_url": "javascript:alert(1)"}, {}),
        ({"ean": "8712345678906"}, {"gtin13": "8712345678906"}),
        ({"form": "digital", "medium": "web", "ean": valid_ean(1)}, {"gtin13": valid_ean(1)}),
    ],
)
def test_what_depends_on_the_product(client, db, fields, said):
    data = data_of(client, make_product(**fields))
    watched = ("isAccessibleForFree", "license", "subjectOf", "gtin13", "isbn")
    assert {name: data[name] for name in watched if name in data} == said
    assert faults_of(data) == []


def test_what_is_withdrawn_cannot_be_had(client, db):
    gone = make_product(withdrawn_at=datetime(2026, 3, 1, tzinfo=UTC), **EURO)
    assert data_of(client, gone)["offers"]["availability"] == "https://schema.org/Discontinued"


def test_no_text_leaves_the_block(client, product):
    product.title = product.description = HOSTILE
    product.authors = [HOSTILE]
    product.save()
    content = client.get(product.get_absolute_url()).content.decode()
    block = content.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert not set("<>&") & set(block)
    data = json.loads(block)
    assert (data["name"], data["author"][0]["name"]) == (HOSTILE, HOSTILE)
    assert data["description"] == HOSTILE.strip()


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"@type": "Boek"}, "no such type: Boek"),
        ({"@type": "Book", "prijs": "1"}, "prijs is no property of ['Book']"),
        ({"@type": "Book", "price": "1"}, "price is no property of ['Book']"),
        ({"@type": "Book", "publisher": "Noord"}, "publisher may not hold {'@value': 'Noord'}"),
        ({"@type": "Book", "datePublished": "in mei"}, "datePublished may not hold {'@value': 'in mei'}"),
        ({"@type": "Offer", "availability": "https://schema.org/Op"}, "availability may not hold {'@value': 'https://schema.org/Op'}"),
        ({"@type": "Book", "isAccessibleForFree": "ja"}, "isAccessibleForFree may not hold {'@value': 'ja'}"),
    ],
)  # fmt: skip
def test_the_judge_sees_what_is_wrong(data, fault):
    assert fault in faults_of({"@context": "https://schema.org"} | data)
