import pytest
from django.urls import reverse

from catalogus.models import ConceptAlias, RereadRequest
from ingest.models import Record, Suggestion
from ingest.services.suggestions import accept_suggestion, refresh_suggestions
from tests.catalogus.web.page import Page
from tests.factories import make_product
from tests.ingest.quality.objects import make_record, make_source
from tests.ingest.web.people import make_member, make_staff, make_user
from tests.people import sign_in

pytestmark = pytest.mark.django_db

LIST = "/beheer/ingest/suggestion/"


@pytest.fixture
def texts():
    """ "Aardrijskunde" in two records, "Hokum" in one, "Weg" in none any more."""
    source = make_source()
    for text in ("Aardrijskunde", "Aardrijskunde", "Hokum", "Weg"):
        make_record(source, make_product(title=f"Boek over {text}"), ("unknown_text", "Course", text))
    refresh_suggestions()
    Record.objects.filter(issues__contains=[{"value": "Weg"}]).update(issues=[])
    refresh_suggestions()


@pytest.fixture
def editor(client):
    sign_in(client, make_staff())
    return client


def listed(client, query=""):
    return Page(client.get(f"{LIST}{query}")).texts("//table[@id='result_list']/tbody/tr/th")


def get(key) -> Suggestion:
    return Suggestion.objects.get(key=key)


def path(key) -> str:
    return reverse("admin:ingest_suggestion_change", args=[get(key).pk])


def test_what_touches_most_products_comes_first_and_what_nobody_says_is_hidden(editor, texts):
    assert listed(editor) == ["Aardrijskunde", "Hokum"]
    assert listed(editor, "?toestand=gone") == ["Weg"]
    assert listed(editor, "?toestand=all") == ["Aardrijskunde", "Hokum", "Weg"]
    assert listed(editor, "?toestand=open&scheme__exact=level") == []
    accept_suggestion(get("hokum"), concept_codes=["rekenen"], actor="redactie")
    assert listed(editor) == ["Aardrijskunde"]
    assert listed(editor, "?toestand=accepted") == ["Hokum"]


def test_the_concept_that_it_is_most_like_is_chosen_already(editor, texts):
    page = Page(editor.get(path("aardrijskunde")))
    assert page.all("//option[@selected]/@value") == ["aardrijkskunde"]
    assert "In 2 records, bij 2 producten." in page.text("//div[@id='content-main']")
    assert page.texts("//ul/li/a[starts-with(@href, '/product/')]") == ["Boek over Aardrijskunde"] * 2
    assert Page(editor.get(path("hokum"))).all("//option[@selected]") == []


def test_choosing_several_concepts(editor, texts):
    answer = {"decision": "accept", "concepts": ["aardrijkskunde", "geschiedenis"]}
    response = editor.post(path("aardrijskunde"), answer, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "Het besluit over “Aardrijskunde” is bewaard." in response.content.decode()
    found = get("aardrijskunde")
    assert (found.state, found.concepts) == ("accepted", ["aardrijkskunde", "geschiedenis"])
    assert found.decided_by.startswith("mens-")
    assert ConceptAlias.objects.filter(key="aardrijskunde").count() == 2
    assert RereadRequest.objects.count() == 1
    page = Page(editor.get(path("aardrijskunde")))
    assert "Gekoppeld aan: aardrijkskunde, geschiedenis." in page.text("//div[@id='content-main']")
    assert page.all("//button[@name='decision']/@value") == ["reopen"]


@pytest.mark.parametrize(("decision", "state"), [("empty", "empty"), ("dismiss", "dismissed")])
def test_other_decisions_and_taking_them_back(editor, texts, decision, state):
    editor.post(path("hokum"), {"decision": decision})
    assert get("hokum").state == state
    editor.post(path("hokum"), {"decision": "reopen"})
    assert get("hokum").state == "open"
    assert not ConceptAlias.objects.filter(key="hokum").exists()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"decision": "accept"}, "Kies ten minste één begrip."),
        ({"decision": "accept", "concepts": ["havo"]}, "havo"),
        ({}, "Kies wat er met de tekst gebeurt."),
        ({"decision": "reopen"}, "nog niets besloten"),
    ],
)
def test_what_cannot_be_is_explained(editor, texts, answer, said):
    response = editor.post(path("hokum"), answer)
    assert response.status_code == 200
    assert said in " ".join(Page(response).texts("//ul[contains(@class, 'errorlist')]/li"))
    assert get("hokum").state == "open"


def test_several_texts_that_mean_nothing_at_once(editor, texts):
    chosen = list(Suggestion.objects.values_list("pk", flat=True))
    accept_suggestion(get("aardrijskunde"), concept_codes=["aardrijkskunde"], actor="redactie")
    answer = {"action": "mark_as_empty", "_selected_action": chosen}
    response = editor.post(f"{LIST}?toestand=all", answer, follow=True)
    assert "2 teksten betekenen niets." in response.content.decode()
    assert "is al besloten (gekoppeld)" in response.content.decode()
    assert [get(key).state for key in ("aardrijskunde", "hokum", "weg")] == ["accepted", "empty", "empty"]


@pytest.mark.parametrize(
    ("person", "status"),
    [
        (lambda: None, 302),
        (make_user, 302),
        (make_member, 302),
        (lambda: make_user(is_superuser=True), 302),
        (make_staff, 200),
        (lambda: make_user(is_staff=True, is_active=False), 302),
    ],
)
def test_editors_decide_and_nobody_else(client, texts, person, status):
    if user := person():
        sign_in(client, user)
    assert client.get(LIST).status_code == status
    assert client.get(path("hokum")).status_code == status
    client.post(path("hokum"), {"decision": "empty"})
    assert (get("hokum").state == "empty") == (status == 200)


@pytest.mark.parametrize("address", ["add/", "999999/change/"])
def test_texts_are_not_made_by_hand(editor, texts, address):
    assert editor.get(f"{LIST}{address}").status_code in {403, 404}


def test_the_list_takes_as_many_queries_for_much_as_for_little(editor, texts, django_assert_max_num_queries):
    editor.get(LIST)
    with django_assert_max_num_queries(12) as few:
        editor.get(LIST)
    source = make_source()
    for number in range(20):
        make_record(source, make_product(), ("unknown_text", "Course", f"Wiskunde {number}x"))
    refresh_suggestions()
    with django_assert_max_num_queries(len(few)):
        editor.get(LIST)
