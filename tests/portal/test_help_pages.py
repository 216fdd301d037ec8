"""The pages that explain the site: there, linked to each other, and true to what the site does."""

import re
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from catalogus.services.search_rows import refresh_search_rows
from portal.help_pages import GROUPS, HELP
from reviews.rubric import rubric
from reviews.services.prior import Prior, state_prior
from tests.catalogus.web.page import Page
from tests.factories import make_product, valid_ean
from tests.ingest.web.people import make_user
from tests.people import sign_in

pytestmark = pytest.mark.django_db

PAGES = [HELP, *(page for group in GROUPS for page in group.pages)]


@pytest.mark.parametrize("help_page", PAGES, ids=lambda page: page.name)
def test_each_says_what_it_is_and_leads_to_the_others(client, help_page):
    path = reverse(help_page.name)
    response = client.get(path)
    assert response.status_code == 200
    page = Page(response)
    assert page.texts("//h1") == [str(help_page.title)]
    assert page.all("//link[@rel='canonical']/@href") == [f"http://testserver{path}"]
    assert page.all("//meta[@name='description']/@content") == [str(help_page.description)]
    assert page.texts("//nav[@class='breadcrumbs']//li[@aria-current]") == [str(help_page.title)]
    ways = "//ul[@class='help-cards']" if help_page == HELP else "//nav[@class='help-menu']"
    linked = page.all(f"{ways}//a/@href")
    assert linked == [reverse(one.name) for group in GROUPS for one in group.pages]
    assert page.all("//nav[@class='help-menu']//a[@aria-current]/@href") == ([path] if help_page != HELP else [])
    identities = page.all("//main//@id")
    assert len(identities) == len(set(identities))
    assert set(page.all("//main//@aria-labelledby")) <= set(identities)


@pytest.mark.parametrize("help_page", PAGES, ids=lambda page: page.name)
def test_nothing_of_them_is_of_a_reader(client, help_page, django_assert_max_num_queries):
    path = reverse(help_page.name)
    assert client.post(path).status_code == 405
    with django_assert_max_num_queries(3):
        client.get(path)


def test_every_link_within_the_site_leads_somewhere(client):
    make_product(ean=valid_ean(1))
    sign_in(client, make_user())
    links = {
        link
        for help_page in PAGES
        for link in Page(client.get(reverse(help_page.name))).all("//main//a/@href")
        if not urlsplit(link).query and not link.startswith(("mailto:", "#", "http"))
    }
    statuses = {link: client.get(link.partition("#")[0]).status_code for link in links}
    # Deleting an account and taking one's data along ask who one is, once more.
    assert {link for link, status in statuses.items() if status not in {200, 302}} == set()


def test_an_anchor_of_another_page_is_there(client):
    for help_page in PAGES:
        for link in Page(client.get(reverse(help_page.name))).all("//main//a[contains(@href, '#')]/@href"):
            path, _mark, anchor = link.partition("#")
            assert Page(client.get(path)).all(f"//*[@id='{anchor}']"), link


def test_every_example_of_the_api_answers(client, settings):
    """Of the database: where an engine is set, it answers the same."""
    settings.ELASTICSEARCH_URL = ""
    product = make_product(ean=valid_ean(1), title="Wiskunde havo 3", sectors=["vo", "mbo"], subjects=["wiskunde"])
    refresh_search_rows([product.pk])
    page = Page(client.get("/uitleg/api/"))
    links = page.all("//ul[@class='examples']//a/@href")
    assert len(links) == 12
    assert all(link.startswith("http://testserver/api/v1/") for link in links)
    for link in (*links, *page.all("//a[contains(@href, 'openapi')]/@href")):
        response = client.get(link)
        assert response.status_code == 200, link
        assert response["Content-Type"].split(";")[0] in {"application/json", "application/vnd.oai.openapi+json"}
    found = client.get(links[0]).json()
    assert (found["total"], found["mode"]) == (1, "basic")


def test_examples_of_an_empty_catalogue_leave_out_what_is_not_there(client, settings):
    settings.ELASTICSEARCH_URL = ""
    links = Page(client.get("/uitleg/api/")).all("//ul[@class='examples']//a/@href")
    assert [client.get(link).status_code for link in links] == [200] * 6


def test_examples_of_searches_are_searches(client, settings):
    settings.ELASTICSEARCH_URL = ""
    links = Page(client.get("/uitleg/zoeken/")).all("//a[@class='typed']/@href")
    assert len(links) > 10
    assert {client.get(link).status_code for link in links} == {200}


def test_the_whole_rubric_is_told(client):
    found = rubric()
    assert (len(found.criteria), found.item_count) == (8, 41)
    assert [found.scale[code] for code in "1234"] == ["onvoldoende", "matig", "voldoende", "goed"]
    text = Page(client.get("/uitleg/beoordelingen/")).text()
    for criterion in found.criteria:
        for said in (criterion.label, criterion.question, *criterion.items):
            assert said in text
    assert "Er zijn 8 onderwerpen" in text
    assert "De 41 uitspraken eronder" in text


def test_the_order_by_reviews_is_worked_out_with_the_stated_prior(client):
    state_prior(Prior(Decimal("3.200"), 1234))
    text = " ".join(Page(client.get("/uitleg/beoordelingen/")).text("//section[@aria-labelledby='sorteren']").split())
    assert "Erbij komen 5 beoordelingen van 3,20. Dat is het gemiddelde van alle 1.234 beoordelingen" in text
    assert "(5 × 3,20 + 3 × 4,00) ÷ 8 = 3,50" in text
    assert "30 beoordelingen en een gemiddelde van 3,70 krijgt zo 3,63" in text


@pytest.mark.parametrize("path", ["/contact/", "/uitleg/toegankelijkheid/"])
@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("hallo@catalogus.example", '<a href="mailto:hallo@catalogus.example">'),
        ("Postbus 1, Veld", "Postbus 1, Veld"),
        ("<script>", "&lt;script&gt;"),
        ("", "nog geen adres opgegeven"),
    ],
)
def test_who_to_write_to(client, settings, path, contact, shown):
    settings.CONTACT = contact
    assert shown in re.sub(r"\s+", " ", client.get(path).content.decode())


def test_english_readers_get_the_rubric_marked_as_dutch(client):
    client.cookies["django_language"] = "en"
    page = Page(client.get("/uitleg/beoordelingen/"))
    assert page.all("//html/@lang") == ["en"]
    assert page.all("//div[@class='criteria']/@lang") == ["nl"]
