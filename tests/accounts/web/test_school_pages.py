"""“Mijn school”: what is confirmed, how sure it is, asking for it and leaving."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from accounts.models import Affiliation
from tests.accounts.places import affiliate, make_federated, make_person, make_school, make_section
from tests.catalogus.web.page import Page
from tests.people import sign_in

pytestmark = pytest.mark.django_db

PAGE = "/account/school/"
ASK = "/account/school/aanvragen/"


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def school():
    return make_school("99AA", name="Het Baken", domain="baken.example")


@pytest.fixture
def jan():
    return make_person("jan", email="jan@baken.example")


@pytest.fixture
def visit(client, jan):
    return sign_in(client, jan, second_factor=False)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", PAGE),
        ("post", ASK),
        ("post", "/account/school/1/verlaten/"),
    ],
)
def test_who_is_not_signed_in_is_asked_to(method, path):
    response = getattr(Client(), method)(path)
    assert response.status_code == 302
    assert response["Location"] == f"/account/aanmelden/?next={path}"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "medewerker, Het Baken, Verzonnen (door de school zelf bevestigd)"),
        ({"role": "staff"}, "onderwijzend personeel, Het Baken, Verzonnen (door de school zelf bevestigd)"),
        (
            {"assurance": "mail"},
            "Verzonnen (minder zeker: via een e-mailadres van de school, niet door de school zelf)",
        ),
        ({"role": "student"}, "leerling of student, Het Baken, Verzonnen (door de school zelf bevestigd)"),
        ({"assurance": "mail", "state": "pending"}, "op goedkeuring door een voorzitter"),
        ({"assurance": "mail", "state": "refused", "reason": "Onbekend."}, "Niet bevestigd: Onbekend."),
    ],
)
def test_what_is_known_is_told_with_how_sure_it_is(visit, jan, school, fields, words):
    affiliate(jan, school, **fields)
    assert words in Page(visit.get(PAGE)).text("//section[@aria-labelledby='bekend']")


def test_who_is_known_nowhere_reads_so(visit):
    assert "niet bekend dat u bij een school werkt" in Page(visit.get(PAGE)).text()


@pytest.mark.parametrize(("q", "found"), [("baken", True), ("99AA", True), ("Baken Verzonnen", True), ("mast", False)])
def test_a_school_is_found_by_name_or_code(visit, school, q, found):
    page = Page(visit.get(PAGE, {"q": q}))
    assert bool(page.texts("//button[starts-with(normalize-space(), 'Hier werk ik')]")) == found
    assert ("Geen school gevonden" in page.text()) == (not found)
    assert page.all("//input[@name='q']/@value") == [q]


@pytest.mark.parametrize("q", ["x\x00y", "a" * 201, "", "  "])
def test_a_bad_search_is_told_at_its_field(visit, school, q):
    response = visit.get(PAGE, {"q": q})
    assert response.status_code == 200
    assert Page(response).all("//*[@id='id_q_error']")
    assert Page(response).all("//input[@name='q']/@aria-describedby") == ["id_q_error"]


def test_asking_is_pending_and_told(visit, jan, school):
    response = visit.post(ASK, {"school": school.pk})
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert told(response) == ["Uw aanvraag bij Het Baken, Verzonnen is gestuurd. U krijgt mail zodra er besloten is."]
    assert Affiliation.objects.get(user=jan).state == "pending"


@pytest.mark.parametrize(
    ("posted", "told_at"),
    [
        (lambda: {"school": make_school("99BB").pk}, "nog geen maildomein"),
        (lambda: {"school": make_school("99CC", domain="mast.example").pk}, "eindigt op @mast.example"),
        (lambda: {"school": 10**12}, "kennen we niet"),
        (lambda: {"school": "een school"}, "kennen we niet"),
        (lambda: {"school": "1\x00"}, "Null-tekens"),
        (dict, "Kies een school"),
    ],
    ids=["no domain", "other domain", "unknown", "no number", "nul", "nothing"],
)
def test_a_refusal_is_told_and_what_was_found_stays(visit, school, posted, told_at):
    response = visit.post(f"{ASK}?q=baken", posted())
    assert response.status_code == 400
    page = Page(response)
    assert told_at in page.text("//*[@role='alert']")
    assert page.all("//input[@name='q']/@value") == ["baken"]
    assert page.texts("//button[starts-with(normalize-space(), 'Hier werk ik')]")
    assert not Affiliation.objects.exists()


def test_a_federated_person_is_sent_to_their_school(client, school):
    person = make_federated()
    visit = sign_in(client, person, second_factor=False)
    page = Page(visit.get(PAGE, {"q": "baken"}))
    assert "U meldt zich aan via uw school" in page.text()
    assert not page.texts("//button[starts-with(normalize-space(), 'Hier werk ik')]")
    assert visit.post(ASK, {"school": school.pk}).status_code == 400


def test_leaving_is_for_what_is_one_s_own(visit, jan, school):
    own = affiliate(jan, school, assurance="mail")
    section = make_section(school, lead=jan)
    other = affiliate(make_person(), school)
    assert visit.post(f"/account/school/{other.pk}/verlaten/").status_code == 404
    assert visit.get(f"/account/school/{own.pk}/verlaten/").status_code == 405
    response = visit.post(f"/account/school/{own.pk}/verlaten/")
    assert told(response) == ["U bent niet meer bekend als medewerker van Het Baken, Verzonnen."]
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.end_reason, other.state) == ("left", "approved")
    assert not section.members.filter(left_at=None).exists()
    again = visit.post(f"/account/school/{own.pk}/verlaten/")
    assert "valt niets te verlaten" in told(again)[-1]


def test_what_no_longer_counts_is_told_with_why(visit, jan, school):
    affiliate(jan, school, state="ended", ended_at=timezone.now(), end_reason="removed", reason="Met pensioen.")
    ended = Page(visit.get(PAGE)).text("//section[@aria-labelledby='eerder']")
    assert "door een ander beëindigd (“Met pensioen.”)" in ended
    other = sign_in(Client(), make_person(), second_factor=False)
    assert "pensioen" not in other.get(PAGE).content.decode()


def test_a_school_that_ended_is_told_as_such(visit, jan, school):
    affiliate(jan, school)
    school.ended_on = timezone.localdate()
    school.save()
    assert "Deze school is opgeheven" in Page(visit.get(PAGE)).text()
