"""Asking to be known at a school by mail, agreeing to it, and leaving."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts import access
from accounts.exceptions import SchoolRefused
from accounts.models import Affiliation, OutgoingMail
from accounts.services.affiliations import ask_for_affiliation, decide_affiliation, end_affiliation, leave_school
from tests.accounts.places import (
    affiliate,
    make_federated,
    make_person,
    make_school,
    make_section,
    make_teacher,
    roles_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school("99AA", domain="school.example")


@pytest.fixture
def lead(school):
    user = make_teacher("els", school, email="els@school.example")
    make_section(school, lead=user)
    return user


def asked(school, email="jan@school.example"):
    return ask_for_affiliation(user=make_person(email=email), school=school)


@pytest.mark.parametrize(
    ("email", "is_proven", "refusal"),
    [
        ("jan@school.example", True, ""),
        ("Jan@School.Example", True, ""),
        ("jan@locatie.example", True, ""),
        ("jan@school.example", False, "@locatie.example, @school.example"),
        ("jan@elders.example", True, "@locatie.example, @school.example"),
        ("jan@leerling.school.example", True, "@locatie.example, @school.example"),
        ("", True, "@locatie.example, @school.example"),
    ],
)
def test_a_proven_address_of_the_school_is_asked(school, email, is_proven, refusal):
    make_school("99AA01", domain="locatie.example")
    person = make_person("jan", email=email, is_proven=is_proven)
    if refusal:
        with pytest.raises(SchoolRefused, match=refusal):
            ask_for_affiliation(user=person, school=school)
        assert not Affiliation.objects.exists()
    else:
        affiliation = ask_for_affiliation(user=person, school=school)
        assert (affiliation.state, affiliation.assurance, affiliation.role) == ("pending", "mail", "employee")
        assert not access.works_at(person, school), "an address alone proves nothing"


def test_one_location_s_domain_is_not_another_s():
    make_school("99AA01", domain="een.example")
    second = make_school("99AA02", domain="twee.example")
    with pytest.raises(SchoolRefused, match=r"@twee\.example"):
        asked(second, "jan@een.example")


def test_who_cannot_ask_reads_why_and_what_to_do(school):
    with pytest.raises(SchoolRefused, match="Vraag de redactie van de catalogus het domein"):
        asked(make_school("99BB"))
    with pytest.raises(SchoolRefused, match="via uw school"):
        ask_for_affiliation(user=make_federated(), school=school)
    with pytest.raises(SchoolRefused, match="is opgeheven"):
        asked(make_school("99CC", domain="dicht.example", ended_on=timezone.localdate()), "jan@dicht.example")


@pytest.mark.parametrize(
    ("state", "match"),
    [
        ("pending", "wacht al op goedkeuring"),
        ("approved", "al bevestigd"),
        ("refused", "Wij kennen u niet"),
        ("ended", ""),
    ],
)
def test_nobody_asks_twice(school, state, match):
    person = make_person(email="jan@school.example")
    ended_at = timezone.now() if state == "ended" else None
    affiliate(person, school, assurance="mail", state=state, reason="Wij kennen u niet.", ended_at=ended_at)
    if match:
        with pytest.raises(SchoolRefused, match=match):
            ask_for_affiliation(user=person, school=school)
    else:
        assert ask_for_affiliation(user=person, school=school).state == "pending"


def test_leads_are_told_once_a_day_of_who_takes_it_back_and_asks_again(school, lead):
    """Else anybody with an address at the school fills the mailbox of its leads."""
    person = make_person(email="jan@school.example")
    for _time in range(3):
        leave_school(user=person, affiliation=ask_for_affiliation(user=person, school=school))
    again = ask_for_affiliation(user=person, school=school)
    assert OutgoingMail.objects.filter(user=lead).count() == 1
    leave_school(user=person, affiliation=again)
    Affiliation.objects.filter(user=person).update(asked_at=timezone.now() - timedelta(days=1, minutes=1))
    ask_for_affiliation(user=person, school=school)
    assert OutgoingMail.objects.filter(user=lead).count() == 2


def test_leads_there_are_told_and_nobody_else(school, lead):
    elsewhere = make_school("99BB")
    make_section(elsewhere, lead=make_teacher("bo", elsewhere), code="natuurkunde")
    second = make_teacher("kim", school)
    make_section(school, lead=lead, members=(second,), code="natuurkunde")
    affiliation = asked(school)
    assert list(OutgoingMail.objects.values_list("kind", "user", "about_id")) == [
        ("affiliation-waits", lead.pk, affiliation.pk)
    ]


def test_a_lead_agrees(school, lead):
    affiliation = decide_affiliation(affiliation=asked(school), by=lead, is_approved=True)
    assert (affiliation.state, affiliation.decided_by) == ("approved", lead)
    assert access.may_review(affiliation.user)
    assert OutgoingMail.objects.filter(kind="affiliation-decided", user=affiliation.user).count() == 1


def test_a_lead_refuses_with_a_reason_and_can_come_back_on_it(school, lead):
    affiliation = asked(school)
    with pytest.raises(SchoolRefused, match="Geef een reden"):
        decide_affiliation(affiliation=affiliation, by=lead, is_approved=False, reason="  ")
    with pytest.raises(SchoolRefused, match="500"):
        decide_affiliation(affiliation=affiliation, by=lead, is_approved=False, reason="x" * 501)
    refused = decide_affiliation(affiliation=affiliation, by=lead, is_approved=False, reason="Onbekend.")
    assert (refused.state, refused.reason) == ("refused", "Onbekend.")
    assert OutgoingMail.objects.filter(kind="affiliation-decided").count() == 1
    with pytest.raises(SchoolRefused, match="al besloten: afgewezen"):
        decide_affiliation(affiliation=affiliation, by=lead, is_approved=False, reason="Nog eens.")
    assert decide_affiliation(affiliation=affiliation, by=lead, is_approved=True).reason == ""
    with pytest.raises(SchoolRefused, match="al besloten: bevestigd"):
        decide_affiliation(affiliation=affiliation, by=lead, is_approved=True)


def test_nobody_decides_on_themselves(school, lead):
    own = affiliate(lead, make_school("99AA01"), assurance="mail", state="pending")
    with pytest.raises(SchoolRefused, match="Over uzelf"):
        decide_affiliation(affiliation=own, by=lead, is_approved=True)
    with pytest.raises(SchoolRefused, match="Over uzelf"):
        end_affiliation(affiliation=lead.affiliations.get(school=school), by=lead, reason="Weg.")


def test_what_was_asked_must_still_hold_when_somebody_agrees(school, lead):
    affiliation = asked(school)
    EmailAddress.objects.filter(user=affiliation.user).update(verified=False)
    with pytest.raises(SchoolRefused, match="geen bevestigd e-mailadres meer"):
        decide_affiliation(affiliation=affiliation, by=lead, is_approved=True)
    EmailAddress.objects.filter(user=affiliation.user).update(verified=True)
    school.ended_on = timezone.localdate()
    school.save()
    with pytest.raises(SchoolRefused, match="is opgeheven"):
        decide_affiliation(affiliation=affiliation, by=lead, is_approved=True)
    affiliation.refresh_from_db()
    assert affiliation.state == "pending"


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"assurance": "mail"}, "ended"),
        ({"role": "affiliate", "decided_at": timezone.now()}, "refused"),
        ({"role": "employee"}, None),
        ({"role": "staff"}, None),
        ({"assurance": "mail", "state": "pending"}, None),
    ],
    ids=["by mail", "an affiliate", "the school says so", "teaching staff", "not yet"],
)
def test_another_s_work_at_a_school_is_ended(school, lead, fields, state):
    person = make_person("jan")
    affiliation = affiliate(person, school, **fields)
    section = make_section(school, members=(person,), code="natuurkunde")
    if state is None:
        with pytest.raises(SchoolRefused):
            end_affiliation(affiliation=affiliation, by=lead, reason="Vertrokken.")
        assert roles_in(section) == {"jan": "member"}
    else:
        with pytest.raises(SchoolRefused, match="reden"):
            end_affiliation(affiliation=affiliation, by=lead, reason="")
        ended = end_affiliation(affiliation=affiliation, by=lead, reason="Vertrokken.")
        assert (ended.state, ended.reason, ended.decided_by) == (state, "Vertrokken.", lead)
        assert roles_in(section) == {}
        assert not access.works_at(person, school)
        assert OutgoingMail.objects.get(kind="affiliation-decided").user == person


def test_leaving_a_school_leaves_its_sections(school, lead):
    section = lead.section_memberships.get().section
    leave_school(user=lead, affiliation=lead.affiliations.get())
    assert (lead.affiliations.get().state, lead.affiliations.get().end_reason) == ("ended", "left")
    assert roles_in(section) == {}


@pytest.mark.parametrize("state", ["pending", "approved", "refused", "ended"])
def test_only_what_is_there_is_left_and_a_refusal_is_not(school, state):
    person = make_person()
    ended_at = timezone.now() if state == "ended" else None
    affiliation = affiliate(person, school, assurance="mail", state=state, ended_at=ended_at)
    if state in {"pending", "approved"}:
        with pytest.raises(SchoolRefused, match="niet uw eigen school"):
            leave_school(user=make_person(), affiliation=affiliation)
        leave_school(user=person, affiliation=affiliation)
        assert Affiliation.objects.get().end_reason == "left"
    else:
        with pytest.raises(SchoolRefused, match="valt niets te verlaten"):
            leave_school(user=person, affiliation=affiliation)
