"""What the form offers and holds from the start, by method, person and day of the year."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from catalogus.models import Product
from reviews.models import ReviewDraft
from reviews.selectors.author_words import author_words
from reviews.web.writing_choices import likely_school_year
from tests.factories import make_edition, make_method, make_product, make_school
from tests.people import sign_in
from tests.review_support import make_review, make_teacher
from tests.reviews.writing_support import join_section, make_reviewable, newest_product, text_of, write_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return make_teacher(display_name="Noor de Wit")


@pytest.fixture
def client(teacher):
    return sign_in(Client(), teacher)


def chosen(response, name: str) -> list[str]:
    """The values of what is checked or selected under this name."""
    html = response.content.decode()
    tags = re.findall(r"<input[^>]*>", html)
    checked = " ".join(tag for tag in tags if f'name="{name}"' in tag and "checked" in tag)
    found = re.findall(r'value="([^"]*)"', checked)
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', html, re.DOTALL)
    return found + (re.findall(r'<option value="([^"]*)"\s+selected', select[0]) if select else [])


def test_what_is_likely_is_filled_in_already(client, teacher):
    method = make_reviewable()
    join_section(teacher, teacher.affiliations.get().school)
    page = client.get(write_url(method))
    current = method.editions.get(ordinal=2)
    assert {
        name: chosen(page, name) for name in ("edition", "sector", "subject", "role", "shown_as", "use", "levels")
    } == {
        "edition": [str(current.pk)],
        "sector": ["vo"],
        "subject": ["wiskunde"],
        "role": ["teacher"],
        "shown_as": ["description"],
        "use": [],
        "levels": [],
    }
    html = page.content.decode()
    assert html.index("2e druk") < html.index("1e druk"), "the current edition first"
    assert "huidige uitgave" in html


def test_what_fits_the_method_stands_first_and_the_rest_unfolds(client):
    html = client.get(write_url(make_reviewable())).content.decode()
    assert html.index('value="vwo"') < html.index("Andere niveaus") < html.index('value="vmbo-tl"')
    assert html.index('value="leerjaar-3"') < html.index("Andere leerjaren") < html.index('value="groep-8"')
    assert html.index("Vakken van deze methode") < html.index('value="wiskunde"') < html.index("Andere vakken")
    assert 'value="hbo"' not in html


def test_a_method_that_tells_nothing_offers_everything(client):
    method = make_method()
    make_product(method=method)
    html = client.get(write_url(method)).content.decode()
    assert "Andere niveaus" not in html
    assert 'value="havo"' in html
    assert 'value="groep-8"' in html


def test_a_method_without_products_names_its_edition_all_the_same(client):
    edition = make_edition()
    assert f'name="edition" value="{edition.pk}"' in re.sub(
        r"\s+", " ", client.get(write_url(edition.method)).content.decode()
    )


def test_many_editions_are_a_list(client):
    method = make_reviewable()
    for number in range(3, 12):
        make_product(edition=make_edition(method=method, label=f"{number}e druk", key=str(number), ordinal=number))
    assert chosen(client.get(write_url(method)), "edition") == [str(method.editions.get(ordinal=11).pk)]


def test_a_product_is_named_and_can_be_let_go(client):
    method = make_reviewable()
    product = newest_product(method)
    page = client.get(f"{write_url(method)}?product={product.public_id}")
    assert "U beoordeelt één product van de methode: Kompas 2 (uitgave: 2e druk)." in text_of(page)
    assert 'name="edition"' not in page.content.decode()
    assert 'name="edition"' in client.get(f"{write_url(method)}?product=").content.decode()


def test_the_address_of_a_product_leads_to_its_method(client):
    method, other = make_reviewable(), newest_product(make_reviewable(name="Atlas"))
    answer = client.get(f"{write_url(method)}?product={other.public_id}")
    assert answer["Location"] == f"{write_url(other.method)}?product={other.public_id}"
    assert client.get(f"{write_url(method)}?product=nergens").status_code == 404
    assert client.get(f"{write_url(method)}?product=%00").status_code == 404
    assert client.get("/beoordelen/nergens/").status_code == 404


def test_a_merged_product_and_method_lead_to_what_they_became(client):
    method, old = make_reviewable(), make_method()
    product = newest_product(method)
    merged = make_product(method=method, merged_into=product)
    old.merged_into = method
    old.save()
    assert client.get(write_url(old))["Location"] == write_url(method)
    page = client.get(f"{write_url(method)}?product={merged.public_id}")
    assert f'name="product" value="{product.public_id}"' in page.content.decode()


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (datetime.date(2026, 7, 31), "2025"),
        (datetime.date(2026, 8, 1), ""),
        (datetime.date(2026, 9, 30), ""),
        (datetime.date(2026, 10, 1), "2026"),
    ],
)
def test_the_school_year_is_filled_in_but_for_its_first_months(monkeypatch, client, day, year):
    monkeypatch.setattr(timezone, "localdate", lambda *_args: day)
    assert likely_school_year() == year
    page = client.get(write_url(make_reviewable()))
    assert [one for one in chosen(page, "school_year") if one] == ([year] if year else [])
    newest = 2025 if day < datetime.date(2026, 8, 1) else 2026
    assert f"{newest}/{newest + 1}" in text_of(page)
    assert f"{newest + 1}/{newest + 2}" not in text_of(page)


def test_a_second_school_is_asked_for(client, teacher):
    assert "Op welke school?" not in text_of(client.get(write_url(make_reviewable())))
    other = make_teacher(school=make_school("99ZZ", "De Els")).affiliations.get()
    other.user = teacher
    other.save()
    page = text_of(client.get(write_url(make_reviewable())))
    assert "Op welke school?" in page
    assert "De Els" in page


def test_how_one_will_be_shown_is_said_literally(client, teacher):
    page = text_of(client.get(write_url(make_reviewable())))
    assert "Zo staat u er: “Noor de Wit”" in page
    assert "“docent wiskunde, vo”" in page
    teacher.display_name = ""
    teacher.save()
    page = client.get(write_url(make_reviewable()))
    assert "Uw account heeft nog geen naam" in text_of(page)


def test_author_words_tell_no_more_than_what_is_told(teacher):
    school = teacher.affiliations.get().school
    told = {"role": "", "subject": "", "sector": "", "school": school}
    assert author_words(teacher, shown_as="description", **told) == "docent"
    assert author_words(teacher, shown_as="description", **told | {"role": "other", "sector": "po"}) == (
        "medewerker van een school, po"
    )
    assert author_words(teacher, shown_as="name", **told) == "Noor de Wit"


@pytest.mark.parametrize(
    ("is_member", "is_agreed", "role", "told"),
    [
        (False, False, "", "u bent van geen vaksectie lid"),
        (True, False, "member", "De voorzitter van de sectie kan dat doen."),
        (True, False, "lead", "U bent er voorzitter van en kunt dat doen."),
        (True, True, "member", "Uw vaksectie vindt het goed dat lezers de school zien"),
    ],
)
def test_naming_the_school_is_offered_where_its_section_agreed(client, teacher, is_member, is_agreed, role, told):
    if is_member:
        join_section(teacher, teacher.affiliations.get().school, is_agreed=is_agreed, role=role)
    page = client.get(write_url(make_reviewable()))
    assert told in text_of(page)
    assert ('name="names_school"' in page.content.decode()) == is_agreed


def test_earlier_reviews_of_the_method_are_pointed_to(client, teacher):
    method = make_reviewable()
    review = make_review(method, author=teacher)
    page = client.get(write_url(method))
    assert "U beoordeelde deze methode al" in text_of(page)
    assert f"/beoordelingen/{review.public_id}/wijzigen/" in page.content.decode()


def test_the_form_costs_so_many_queries_however_large_the_method(client, django_assert_max_num_queries):
    method = make_reviewable()
    client.get(write_url(method))
    edition = method.editions.get(ordinal=2)
    for _number in range(20):
        make_product(edition=edition)
    assert Product.objects.filter(method=method).count() == 22
    with django_assert_max_num_queries(24):
        client.get(write_url(method))
    assert ReviewDraft.objects.count() == 1
