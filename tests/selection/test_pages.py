"""The pages of what people keep, and the way to them from the search page."""

import pytest
from django.test import Client

from accounts.models import MailChoice
from selection.models import DigestLetter, SavedSearch
from selection.services.digest import DIGEST
from selection.services.searches import MOST_SEARCHES
from tests.accounts.places import make_person
from tests.catalogus.web.page import Page
from tests.factories import make_product
from tests.people import sign_in
from tests.selection.world import follow, make_reader

pytestmark = pytest.mark.django_db

LIST = "/account/zoekopdrachten/"
SAVE = f"{LIST}bewaren/"
KEEP = {"name": "Bovenbouw", "is_alert_on": "on"}


@pytest.fixture
def els():
    return make_reader()


@pytest.fixture
def visit(els, client):
    return sign_in(client, els, second_factor=False)


def main(response) -> str:
    return " ".join(Page(response).all("//main")[0].text_content().split())


# From the search page


@pytest.mark.search
def test_who_is_not_signed_in_comes_back_to_the_search(client, search_index):
    make_product(title="Kompas")
    search_index.rebuild()
    page = Page(client.get("/zoeken/?q=kompas&level=unknown"))
    link = page.href("Meld u aan om deze zoekopdracht te bewaren")
    assert link == "/account/aanmelden/?next=%2Fzoeken%2F%3Fq%3Dkompas%26level%3Dunknown"
    assert not page.all("//form[contains(@action, 'bewaren')]")


@pytest.mark.search
def test_a_search_is_kept_from_its_results(visit, els, search_index):
    make_product(title="Kompas")
    search_index.rebuild()
    page = Page(visit.get("/zoeken/?q=kompas&level=unknown&page=1&onzin=1"))
    (form,) = page.all("//form[contains(@action, 'bewaren')]")
    assert form.get("action") == f"{SAVE}?q=kompas&level=unknown"
    assert form.xpath(".//input[@name='name']/@value") == ["kompas, Onbekend"]
    assert form.xpath(".//input[@name='is_alert_on']/@checked")
    response = visit.post(form.get("action"), {"name": "Mijn <vak>"}, follow=True)
    assert response.redirect_chain == [("/zoeken/?q=kompas&level=unknown", 302)]
    page = Page(response)
    assert "De zoekopdracht is bewaard als “Mijn <vak>”." in page.text("//*[@class='messages']")
    assert not page.all("//form[contains(@action, 'bewaren')]"), "it is kept already"
    assert page.href("Mijn zoekopdrachten") == LIST
    search = SavedSearch.objects.get()
    assert (search.user, search.query, search.is_alert_on) == (els, "q=kompas&level=unknown", False)


@pytest.mark.search
def test_the_search_page_takes_one_query_more_and_none_for_a_stranger(
    client, search_index, django_assert_num_queries, monkeypatch
):
    make_product(title="Kompas")
    search_index.rebuild()
    client.get("/zoeken/?q=kompas")  # Names are remembered from here on.
    with django_assert_num_queries(1):  # What can be ordered of the methods.
        response = client.get("/zoeken/?q=kompas")
    assert "Set-Cookie" not in response or "sessionid" not in response.cookies
    sign_in(client, make_person(), second_factor=False)
    client.get("/zoeken/?q=kompas")
    # That, the visit, the person and their second factor; this, and their lists.
    with django_assert_num_queries(1 + 3 + 2):
        client.get("/zoeken/?q=kompas")


def test_where_nobody_can_search_the_page_offers_nothing_to_keep(visit, no_search):
    response = visit.get("/zoeken/?q=kompas")
    assert response.status_code == 503
    assert "bewaren" not in response.content.decode()


# Keeping


def test_who_has_to_sign_in_first_goes_on_where_they_were(client, els):
    response = client.post(f"{SAVE}?q=kompas&level=havo", KEEP)
    assert response["Location"] == f"/account/aanmelden/?next={SAVE}%3Fq%3Dkompas%26level%3Dhavo"
    sign_in(client, els, second_factor=False)
    page = Page(client.get(f"{SAVE}?q=kompas&level=havo"))
    assert page.texts("//ul[@class='search-words']/li") == ["“kompas”", "Niveau: Havo"]
    assert page.all("//input[@name='name']/@value") == ["kompas, Havo"]
    assert not SavedSearch.objects.exists()
    assert client.post(f"{SAVE}?q=kompas&level=havo", KEEP)["Location"] == "/zoeken/?q=kompas&level=havo"
    assert SavedSearch.objects.get().name == "Bovenbouw"


@pytest.mark.parametrize(
    ("prepare", "data", "told"),
    [
        (lambda _els: None, {"name": ""}, "Geef de zoekopdracht een naam"),
        (lambda _els: None, {"name": "x" * 101}, "De naam telt 101 tekens; gebruik er hoogstens 100."),
        (lambda els: follow(els, "q=kompas", "Al bewaard"), KEEP, "U bewaarde deze zoekopdracht al, als “Al bewaard”"),
        (
            lambda els: SavedSearch.objects.bulk_create(
                SavedSearch(user=els, name="Een", query=f"q={number}") for number in range(MOST_SEARCHES)
            ),
            KEEP,
            "U hebt al 100 zoekopdrachten bewaard; meer kan niet.",
        ),
    ],
    ids=["no name", "long name", "twice", "too many"],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(visit, els, prepare, data, told):
    prepare(els)
    before = SavedSearch.objects.count()
    response = visit.post(f"{SAVE}?q=kompas", data)
    assert response.status_code == 422
    assert told in Page(response).text("//*[@role='alert']")
    assert Page(response).all("//input[@name='name']/@value") == ([data["name"]] if data["name"] else [])
    assert SavedSearch.objects.count() == before


def test_what_cannot_be_searched_cannot_be_kept(visit):
    response = visit.post(f"{SAVE}?medium=perkament", KEEP)
    assert response.status_code == 400
    assert "Medium: “perkament” bestaat niet" in main(response)
    assert not SavedSearch.objects.exists()


# The list


def test_an_empty_list_says_how(visit):
    text = main(visit.get(LIST))
    assert "kies onder de resultaten “Bewaar deze zoekopdracht”" in text
    assert "Het gaat naar e…@school.example" in text


def test_the_list_tells_what_each_asks(visit, els):
    follow(els, "q=kompas&level=havo&level=vwo&publisher=de-linde&all=1&literal=1&view=products&sort=price", "Kompas")
    follow(els, "", "Alles", is_alert_on=False)
    page = Page(visit.get(LIST))
    assert page.texts("//li[@class='panel']//h2") == ["Alles", "Kompas"]
    assert page.texts("//li[@class='panel'][2]//ul/li") == [
        "letterlijk “kompas”",
        "Niveau: Havo",
        "Niveau: Vwo",
        "Uitgever: de-linde",
        "Ook wat niet meer leverbaar is",
        "Weergave: Losse producten",
        "Sorteer op: Goedkoopste eerst",
    ]
    assert page.texts("//li[@class='panel'][1]//ul/li") == ["Alles in de catalogus"]
    assert [text for text in page.texts("//li[@class='panel']/p") if "e-mail" in text] == [
        "Zonder wekelijkse e-mail.",
        "Met wekelijkse e-mail.",
    ]
    assert page.href("Kompas").startswith("/zoeken/?q=kompas&view=products&level=havo&level=vwo")
    assert page.all("//nav[@class='account-menu']//a[@aria-current='page']/@href") == [LIST]


def test_the_list_takes_as_many_queries_for_more(visit, els, django_assert_num_queries):
    follow(els)
    visit.get(LIST)
    for number in range(20):
        follow(els, f"q=nummer-{number}&level=havo")
    with django_assert_num_queries(7):
        visit.get(LIST)


def test_who_has_no_address_is_told(client):
    sign_in(client, make_person("jan"), second_factor=False)
    page = Page(client.get(LIST))
    assert page.href("Geef een e-mailadres op") == "/account/e-mailadres/"


def test_a_search_gets_another_name_and_its_mail_off_and_on(visit, els):
    search = follow(els)
    page = Page(visit.get(f"{LIST}{search.pk}/"))
    assert page.all("//input[@name='name']/@value") == ["Vuurtorens"]
    assert page.all("//input[@name='is_alert_on']/@checked")
    assert visit.post(f"{LIST}{search.pk}/", {"name": "Bakens"})["Location"] == LIST
    search.refresh_from_db()
    assert (search.name, search.is_alert_on) == ("Bakens", False)
    visit.post(f"{LIST}{search.pk}/", KEEP)
    search.refresh_from_db()
    assert (search.name, search.is_alert_on) == ("Bovenbouw", True)
    assert visit.post(f"{LIST}{search.pk}/", {"name": " "}).status_code == 422


def test_a_search_is_deleted_after_a_question(visit, els):
    search = follow(els)
    assert "“Vuurtorens” verwijderen?" in main(visit.get(f"{LIST}{search.pk}/verwijderen/"))
    assert SavedSearch.objects.exists()
    assert "“Vuurtorens” is verwijderd" in main(visit.post(f"{LIST}{search.pk}/verwijderen/", follow=True))
    assert not SavedSearch.objects.exists()


def test_the_weekly_letter_is_stopped_and_taken_again_and_is_one_choice(visit, els):
    follow(els)
    visit.post(f"{LIST}bericht/", {"gewenst": "nee"})
    text = main(visit.get(LIST))
    assert "U hebt het uitgezet." in text
    assert "Met wekelijkse e-mail, zodra u die weer aanzet." in text
    page = Page(visit.get("/account/mail/"))
    assert page.all(f"//input[@name='{DIGEST}']")
    assert not page.all(f"//input[@name='{DIGEST}']/@checked"), "the page about all mail says the same"
    visit.post(f"{LIST}bericht/", {"gewenst": "ja"})
    assert MailChoice.objects.get().is_wanted
    assert "Met wekelijkse e-mail." in main(visit.get(LIST))


# Each their own


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["{search}/", "{search}/verwijderen/", "bericht/{letter}/"])
def test_each_sees_and_changes_their_own_alone(els, path, method):
    address = LIST + path.format(
        search=follow(els).pk, letter=DigestLetter.objects.create(user=els, new_total=1, changed_total=0).pk
    )
    is_read_only = "bericht" in path and method == "post"
    answers = {}
    # The owner last, for what they do is done.
    for who, user in (("nobody", None), ("another", make_reader("jan")), ("owner", els)):
        client = sign_in(Client(), user, second_factor=False) if user else Client()
        answers[who] = getattr(client, method)(address, KEEP if method == "post" else {}).status_code
    done = {"get": 200, "post": 405 if is_read_only else 302}[method]
    assert answers == {"nobody": 302, "another": 405 if is_read_only else 404, "owner": done}


def test_every_page_is_kept_by_nobody(visit, els):
    search = follow(els)
    for path in ("", "bewaren/", f"{search.pk}/", f"{search.pk}/verwijderen/"):
        assert "no-store" in visit.get(LIST + path)["Cache-Control"], path
