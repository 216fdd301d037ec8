"""The page of an invitation: shown to who holds the letter, accepted by who owns the address."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Invitation, PublisherMember, PublisherRole, SectionRole
from accounts.services.invitations import (
    accept_invitation,
    invitation_token,
    invite_to_publisher,
    invite_to_section,
    withdraw_invitation,
)
from accounts.services.sections import end_section
from tests.accounts.places import make_person, make_school, make_section, make_teacher, roles_in
from tests.catalogus.web.page import Page
from tests.factories import make_publisher
from tests.people import sign_in

pytestmark = pytest.mark.django_db

ADDRESS = "jan@school.example"


@pytest.fixture
def school():
    return make_school("99AA")


@pytest.fixture
def els(school):
    return make_teacher("els", school)


@pytest.fixture
def section(school, els):
    return make_section(school, lead=els)


@pytest.fixture
def invitation(section, els):
    return invite_to_section(section=section, email=ADDRESS, role=SectionRole.MEMBER, by=els)


def path_of(invitation) -> str:
    return f"/account/uitnodiging/{invitation_token(invitation)}/"


@pytest.fixture
def jan(school):
    return make_teacher("jan", school, email=ADDRESS)


def test_signed_out_it_tells_to_what_by_whom_and_how_to_go_on(client, invitation):
    path = path_of(invitation)
    response = client.get(path)
    page = Page(response)
    assert "Els nodigt u uit voor de vaksectie Wiskunde van School 99AA, Verzonnen, als lid." in page.text()
    assert "j…@school.example" in page.text()
    assert ADDRESS not in response.content.decode()
    assert page.href("Aanmelden").startswith("/account/aanmelden/?next=%2Faccount%2Fuitnodiging%2F")
    assert page.href("Account maken").startswith("/account/nieuw/?next=%2Faccount%2Fuitnodiging%2F")
    assert not page.all("//button[normalize-space()='Neem de uitnodiging aan']")
    assert "no-store" in response["Cache-Control"]
    refused = client.post(path)
    assert refused.status_code == 302
    assert refused["Location"].startswith("/account/aanmelden/?next=/account/uitnodiging/")


def test_signing_in_comes_back_to_it(client, invitation, jan):
    jan.set_password("een-lang-wachtwoord-27")
    jan.save()
    login = Page(client.get(path_of(invitation))).href("Aanmelden")
    response = client.post(login, {"login": ADDRESS, "password": "een-lang-wachtwoord-27"})
    assert (response.status_code, response["Location"]) == (302, path_of(invitation))


def test_who_owns_the_address_accepts_and_lands_in_the_section(client, invitation, section, jan):
    visit = sign_in(client, jan, second_factor=False)
    page = Page(visit.get(path_of(invitation)))
    assert page.texts("//button[@class='primary']") == ["Neem de uitnodiging aan"]
    response = visit.post(path_of(invitation))
    assert (response.status_code, response["Location"]) == (302, f"/account/secties/{section.pk}/")
    assert roles_in(section) == {"els": "lead", "jan": "member"}
    again = visit.get(path_of(invitation))
    assert again.status_code == 410
    assert "al aangenomen" in Page(again).text()


def withdraw(invitation, section, jan):
    withdraw_invitation(invitation=invitation)


def expire(invitation, section, jan):
    Invitation.objects.update(created_at=timezone.now() - timedelta(days=14), expires_at=timezone.now())


def use(invitation, section, jan):
    accept_invitation(invitation=invitation, user=jan)


def end(invitation, section, jan):
    end_section(section=section)


@pytest.mark.parametrize(
    ("close", "words"),
    [(withdraw, "is ingetrokken"), (expire, "is verlopen"), (use, "al gebruikt"), (end, "is ingetrokken")],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_closed_one_tells_why_and_no_more(invitation, section, jan, school, close, words, method):
    close(invitation, section, jan)
    before = roles_in(section)
    for visit in (Client(), sign_in(Client(), make_teacher("kim", school))):
        response = getattr(visit, method)(path_of(invitation))
        assert response.status_code == 410
        assert words in Page(response).text()
        assert "school.example" not in response.content.decode()
    assert roles_in(section) == before


def test_another_is_told_whose_it_is_without_the_address(invitation, section, school):
    visit = sign_in(Client(), make_teacher("kim", school, email="kim@school.example"))
    for response, status in ((visit.get(path_of(invitation)), 200), (visit.post(path_of(invitation)), 409)):
        assert response.status_code == status
        page = Page(response)
        assert "j…@school.example" in page.text()
        assert page.href("Mijn e-mailadres") == "/account/e-mailadres/"
        assert not page.all("//button[normalize-space()='Neem de uitnodiging aan']")
        assert ADDRESS not in response.content.decode()
    assert roles_in(section) == {"els": "lead"}


def test_who_does_not_work_there_reads_what_to_do_first(invitation, section):
    visit = sign_in(Client(), make_person("jan", email=ADDRESS))
    response = visit.post(path_of(invitation))
    assert response.status_code == 409
    page = Page(response)
    assert "niet bevestigd dat u bij School 99AA" in page.text("//*[@role='alert']")
    assert page.href("Mijn school") == "/account/school/"
    assert roles_in(section) == {"els": "lead"}


@pytest.mark.parametrize("token", ["x", "1.0:abc", "%00", "1.00000000000000000000000000000000:x", "é", "a" * 5000])
def test_a_link_that_is_not_ours_is_not_found(client, token):
    response = client.get(f"/account/uitnodiging/{token}/")
    assert response.status_code == 404
    assert "link klopt niet" in Page(response).text()


def test_a_form_from_elsewhere_accepts_nothing(invitation, section, jan):
    visit = sign_in(Client(enforce_csrf_checks=True), jan)
    assert visit.post(path_of(invitation)).status_code == 403
    assert roles_in(section) == {"els": "lead"}


def test_a_publisher_s_invitation_leads_to_the_second_factor(client, els):
    publisher = make_publisher(name="De Linde", slug="de-linde")
    invitation = invite_to_publisher(publisher=publisher, email="bo@linde.example", role=PublisherRole.EDITOR, by=els)
    visit = sign_in(client, make_person("bo", email="bo@linde.example"), second_factor=False)
    assert "om voor De Linde te werken, als redacteur" in Page(visit.get(path_of(invitation))).text()
    response = visit.post(path_of(invitation))
    assert response["Location"] == "/account/uitgever/de-linde/"
    assert PublisherMember.objects.get().role == "editor"
    onward = visit.get(response["Location"])
    assert onward["Location"] == "/account/tweede-stap/nodig/?next=%2Faccount%2Fuitgever%2Fde-linde%2F"
