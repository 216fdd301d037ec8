"""Sections: founding one, and what a lead, a member and others may do on its page."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from accounts.models import Invitation, OutgoingMail, Section, SectionMember, SectionRole
from accounts.services.invitations import invite_to_section
from tests.accounts.places import (
    affiliate,
    make_person,
    make_school,
    make_section,
    make_teacher,
    roles_in,
    speak_for,
    subject,
)
from tests.catalogus.web.page import Page
from tests.factories import make_publisher
from tests.people import sign_in

pytestmark = pytest.mark.django_db

LIST = "/account/secties/"


def told(response) -> str:
    return [str(message) for message in get_messages(response.wsgi_request)][-1]


@pytest.fixture
def school():
    return make_school("99AA")


@pytest.fixture
def els(school):
    return make_teacher("els", school, email="els@school.example")


@pytest.fixture
def jan(school):
    return make_teacher("jan", school)


@pytest.fixture
def section(school, els, jan):
    return make_section(school, lead=els, members=(jan,))


def visit_of(user) -> Client:
    return sign_in(Client(), user)


# The list, and founding


def test_a_teacher_founds_a_section_and_lands_on_it(school, els):
    visit = visit_of(els)
    page = Page(visit.get(LIST))
    assert page.texts("//select[@name='school']/option") == ["School 99AA, Verzonnen"]
    response = visit.post(LIST, {"school": school.pk, "subject": subject().pk})
    section = Section.objects.get()
    assert response["Location"] == f"{LIST}{section.pk}/"
    assert roles_in(section) == {"els": "lead"}
    assert "u bent voorzitter" in told(response)
    assert "Wiskunde, School 99AA, Verzonnen (voorzitter)" in Page(visit.get(LIST)).text()


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"subject": ""}, "subject", "Kies het vak"),
        ({"subject": "999999999"}, "subject", "Selecteer een geldige keuze"),
        ({"subject": "x\x00"}, "subject", ""),
        ({"school": "999999999"}, "school", "Selecteer een geldige keuze"),
        ({"school": "elders"}, "school", "Selecteer een geldige keuze"),
        ({}, "subject", "bestaat al op School 99AA"),
    ],
    ids=["no subject", "unknown subject", "nul", "unknown school", "another school", "exists"],
)
def test_what_cannot_be_founded_is_told_at_its_field(school, section, els, fields, field, words):
    elsewhere = make_school("99BB")
    posted = {"school": str(school.pk), "subject": str(subject().pk)} | fields
    if posted["school"] == "elders":
        posted["school"] = str(elsewhere.pk)
    response = visit_of(els).post(LIST, posted)
    assert response.status_code == 400
    assert words in Page(response).text(f"//*[@id='id_{field}_error']")
    assert Section.objects.count() == 1


def test_who_works_nowhere_founds_nothing(school):
    visit = visit_of(make_person("li"))
    page = Page(visit.get(LIST))
    assert "Dat kan zodra bevestigd is" in page.text()
    assert not page.all("//select")
    assert visit.post(LIST, {"school": school.pk, "subject": subject().pk}).status_code == 403
    pupil = make_person("pip")
    affiliate(pupil, school, role="student")
    assert visit_of(pupil).post(LIST, {"school": school.pk, "subject": subject().pk}).status_code == 403
    assert not Section.objects.exists()


def test_other_sections_of_the_school_name_whom_to_ask(school, section, els):
    colleague = make_teacher("kim", school)
    empty = make_section(school, code="natuurkunde")
    stray = make_section(make_school("99BB"), code="scheikunde")
    page = Page(visit_of(colleague).get(LIST))
    others = page.text("//section[@aria-labelledby='andere']")
    assert "Wiskunde, School 99AA, Verzonnen (vraag Els om een uitnodiging)" in others
    assert page.href(f"Natuurkunde, {school}") == f"{LIST}{empty.pk}/"
    assert str(stray.school) not in others


# Who may do what on the page of a section


def posts(section):
    """Every change that a lead may make, on a member and an invitation that are there."""
    member = section.members.get(role=SectionRole.MEMBER)
    invitation = Invitation.objects.get(section=section)
    base = f"{LIST}{section.pk}/"
    return [
        (f"{base}uitnodigen/", {"email": "kim@school.example", "role": "member"}),
        (f"{base}uitnodiging/{invitation.pk}/intrekken/", {}),
        (f"{base}uitnodiging/{invitation.pk}/opnieuw/", {}),
        (f"{base}lid/{member.pk}/voorzitter/", {}),
        (f"{base}lid/{member.pk}/lid/", {}),
        (f"{base}lid/{member.pk}/overdragen/", {}),
        (f"{base}lid/{member.pk}/weg/", {}),
        (f"{base}opheffen/", {}),
    ]


def others(school, section):
    """Who is no lead of this section -> the client, and whether the members are theirs to see."""
    elsewhere = make_school("99BB")
    far = make_teacher("bo", elsewhere)
    make_section(elsewhere, lead=far)
    pupil = make_person("pip")
    affiliate(pupil, school, role="student")
    gone = make_teacher("ans", school)
    SectionMember.objects.create(
        section=section, user=gone, joined_at=timezone.now() - timedelta(days=9), left_at=timezone.now()
    )
    publisher = make_person("uit")
    speak_for(publisher, make_publisher())
    return {
        "member": (visit_of(section.members.get(role="member", left_at=None).user), True),
        "who left": (visit_of(gone), False),
        "colleague": (visit_of(make_teacher("kim", school)), False),
        "lead elsewhere": (visit_of(far), False),
        "pupil": (visit_of(pupil), False),
        "publisher": (visit_of(publisher), False),
        "moderator": (visit_of(make_person("mo", is_moderator=True)), False),
        "staff without second factor": (
            sign_in(Client(), make_person("nieuw", is_staff=True), second_factor=False),
            False,
        ),
    }


def test_who_does_not_lead_changes_nothing(school, section, els):
    invite_to_section(section=section, email="li@school.example", role=SectionRole.MEMBER, by=els)
    changes = posts(section)
    for who, (visit, may_see) in others(school, section).items():
        response = visit.get(f"{LIST}{section.pk}/")
        assert response.status_code == (200 if may_see else 403), who
        assert "li@school.example" not in response.content.decode(), "the addresses of the invited are the lead's"
        for path, fields in changes:
            assert visit.post(path, fields).status_code == 403, (who, path)
    for path, fields in [(f"{LIST}{section.pk}/", {}), *changes]:
        assert "/account/aanmelden/" in Client().post(path, fields).headers.get("Location", ""), path
    assert roles_in(section) == {"els": "lead", "jan": "member"}
    assert Invitation.objects.get().withdrawn_at is None
    section.refresh_from_db()
    assert section.ended_at is None


@pytest.mark.parametrize("who", ["lead", "staff"])
def test_a_lead_and_staff_change_all_of_it(section, els, jan, who):
    invite_to_section(section=section, email="li@school.example", role=SectionRole.MEMBER, by=els)
    visit = visit_of(els if who == "lead" else make_person("redactie", is_staff=True))
    page = Page(visit.get(f"{LIST}{section.pk}/"))
    assert "li@school.example" in page.text()
    for path, fields in posts(section):
        if path.endswith("overdragen/"):
            continue
        response = visit.post(path, fields)
        assert response.status_code == 302, path
    section.refresh_from_db()
    assert section.ended_at is not None
    assert roles_in(section) == {}


@pytest.mark.parametrize("path", ["lid/{member}/koning/", "uitnodiging/{invitation}/verbrand/"])
def test_an_action_that_is_not_there(section, els, path):
    invite_to_section(section=section, email="li@school.example", role=SectionRole.MEMBER, by=els)
    numbers = {"member": section.members.first().pk, "invitation": Invitation.objects.get().pk}
    assert visit_of(els).post(f"{LIST}{section.pk}/{path.format(**numbers)}").status_code == 404


def test_another_section_s_members_and_invitations_are_out_of_reach(school, section, els):
    other = make_section(
        school, lead=make_teacher("kim", school), members=(make_teacher("li", school),), code="natuurkunde"
    )
    invitation = invite_to_section(section=other, email="a@school.example", role=SectionRole.MEMBER, by=els)
    visit = visit_of(els)
    base = f"{LIST}{section.pk}/"
    assert visit.post(f"{base}uitnodiging/{invitation.pk}/intrekken/").status_code == 404
    assert visit.post(f"{base}lid/{other.members.first().pk}/weg/").status_code == 404
    assert visit.post(f"{base}lid/{10**30}/weg/").status_code == 404


# What a lead does


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"email": ""}, "email", "Vul het adres in"),
        ({"email": "kim"}, "email", "naam@school.example"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "email", "naam@school.example"),
        ({"email": "els@school.example"}, "email", "is al lid"),
        ({"role": "owner"}, "role", "Selecteer een geldige keuze"),
        ({"role": ""}, "role", "vereist"),
    ],
)
def test_a_bad_invitation_is_told_at_its_field(section, els, fields, field, words):
    posted = {"email": "kim@school.example", "role": "member"} | fields
    response = visit_of(els).post(f"{LIST}{section.pk}/uitnodigen/", posted)
    assert response.status_code == 400
    page = Page(response)
    assert words in page.text(f"//*[@id='id_{field}_error']")
    assert f"id_{field}_error" in page.all(f"//*[@name='{field}']/@aria-describedby")[0].split()
    assert not OutgoingMail.objects.exists()


def test_an_invitation_is_sent_shown_sent_again_and_withdrawn(section, els):
    visit = visit_of(els)
    base = f"{LIST}{section.pk}/"
    response = visit.post(f"{base}uitnodigen/", {"email": "Kim@school.example", "role": "lead"})
    assert told(response) == "De uitnodiging aan kim@school.example is gestuurd."
    assert "kim@school.example · voorzitter" in Page(visit.get(base)).text("//section[@aria-labelledby='uitnodigen']")
    pk = Invitation.objects.get().pk
    assert "minder dan 10 minuten" in told(visit.post(f"{base}uitnodiging/{pk}/opnieuw/"))
    past = timezone.now() - timedelta(days=30)
    Invitation.objects.update(created_at=past, expires_at=past + timedelta(days=14))
    assert "verlopen op" in Page(visit.get(base)).text("//section[@aria-labelledby='uitnodigen']")
    assert "opnieuw gestuurd" in told(visit.post(f"{base}uitnodiging/{pk}/opnieuw/"))
    assert OutgoingMail.objects.count() == 2
    assert "is ingetrokken" in told(visit.post(f"{base}uitnodiging/{pk}/intrekken/"))
    assert "kim@school.example" not in Page(visit.get(base)).text("//section[@aria-labelledby='uitnodigen']")


def test_a_lead_hands_over_and_then_only_sees(section, els, jan):
    visit = visit_of(els)
    base = f"{LIST}{section.pk}/"
    assert "eerst over" in told(visit.post(f"{base}verlaten/"))
    member = section.members.get(user=jan)
    response = visit.post(f"{base}lid/{member.pk}/overdragen/")
    assert told(response) == "Jan is nu voorzitter; u bent lid."
    assert roles_in(section) == {"els": "member", "jan": "lead"}
    assert "Uitnodigen" not in Page(visit.get(base)).texts("//h2")
    left = visit.post(f"{base}verlaten/")
    assert (left["Location"], told(left)) == (LIST, "U bent geen lid meer van de vaksectie.")
    assert visit.get(base).status_code == 403


def test_leaving_is_for_members(section, school):
    assert visit_of(make_teacher("kim", school)).post(f"{LIST}{section.pk}/verlaten/").status_code == 403


def test_a_section_without_a_lead_is_taken_up_by_who_may(section, school, els, jan):
    colleague = visit_of(make_teacher("kim", school))
    member = visit_of(jan)
    base = f"{LIST}{section.pk}/"
    assert "al een voorzitter" in told(member.post(f"{base}leiden/"))
    SectionMember.objects.filter(user=els).update(left_at=timezone.now())
    assert colleague.post(f"{base}leiden/").status_code == 403
    assert "Ik ga deze vaksectie leiden" in Page(member.get(base)).texts("//button")
    member.post(f"{base}leiden/")
    assert roles_in(section) == {"jan": "lead"}
    member.post(f"{base}verlaten/")
    page = Page(colleague.get(base))
    assert "Ik ga deze vaksectie leiden" in page.texts("//button")
    assert "Leden" not in page.texts("//h2")
    colleague.post(f"{base}leiden/")
    assert roles_in(section) == {"kim": "lead"}


def test_a_section_that_is_not_there():
    assert visit_of(make_person()).get(f"{LIST}{10**30}/").status_code == 404
