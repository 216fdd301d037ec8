"""Sections: founded once, led by somebody, left and handed over; also by two people at once."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from accounts import access
from accounts.exceptions import SectionRefused
from accounts.models import OutgoingMail, Section, SectionMember, SectionRole
from accounts.services.invitations import invite_to_section
from accounts.services.sections import (
    change_role,
    end_section,
    found_section,
    hand_over,
    leave_section,
    remove_member,
    take_lead,
)
from catalogus.models import Concept, Scheme
from tests.accounts.places import (
    affiliate,
    make_person,
    make_school,
    make_section,
    make_teacher,
    roles_in,
    subject,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school("99AA")


@pytest.fixture
def els(school):
    return make_teacher("els", school)


@pytest.fixture
def jan(school):
    return make_teacher("jan", school)


@pytest.fixture
def section(school, els, jan):
    return make_section(school, lead=els, members=(jan,))


def mails() -> list[tuple[str, int | None]]:
    return list(OutgoingMail.objects.values_list("kind", "user"))


def test_who_founds_a_section_leads_it(school, els):
    section = found_section(school=school, subject=subject(), by=els)
    assert roles_in(section) == {"els": "lead"}


@pytest.mark.parametrize(
    ("who", "match"),
    [
        ({"role": "employee"}, ""),
        ({"role": "affiliate", "decided_at": timezone.now()}, ""),
        ({"role": "student"}, "niet bevestigd"),
        ({"state": "pending"}, "niet bevestigd"),
        ({"state": "refused"}, "niet bevestigd"),
        (None, "niet bevestigd"),
    ],
    ids=["employee", "affiliate", "pupil", "pending", "refused", "stranger"],
)
def test_a_section_is_founded_by_who_works_there(school, who, match):
    person = make_person("jan")
    if who is not None:
        affiliate(person, school, **who)
    if match:
        with pytest.raises(SectionRefused, match=match):
            found_section(school=school, subject=subject(), by=person)
        assert not Section.objects.exists()
    else:
        assert roles_in(found_section(school=school, subject=subject(), by=person)) == {"jan": "lead"}


def test_what_cannot_be_founded_says_why(school, els):
    found_section(school=school, subject=subject(), by=els)
    with pytest.raises(SectionRefused, match="bestaat al op School 99AA"):
        found_section(school=school, subject=subject(), by=els)
    with pytest.raises(SectionRefused, match="is geen vak"):
        found_section(school=school, subject=Concept.objects.filter(scheme=Scheme.SECTOR)[0], by=els)
    school.ended_on = timezone.localdate()
    school.save()
    with pytest.raises(SectionRefused, match="is opgeheven"):
        found_section(school=school, subject=subject("natuurkunde"), by=els)


def test_a_subject_is_free_again_when_its_section_has_ended(school, els, section):
    end_section(section=section)
    assert found_section(school=school, subject=subject(), by=els).pk != section.pk


@pytest.mark.django_db(transaction=True)
def test_of_two_who_found_it_at_once_one_reads_that_it_exists():
    school = make_school("99AA")
    founders = [make_teacher("els", school), make_teacher("jan", school)]
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def found(user):
        try:
            start.wait(timeout=10)
            found_section(school=school, subject=subject(), by=user)
            outcomes.append("founded")
        except SectionRefused as error:
            outcomes.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=found, args=(user,)) for user in founders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(outcomes) == [
        "De vaksectie Wiskunde bestaat al op School 99AA, Verzonnen. Vraag de voorzitter u uit te nodigen.",
        "founded",
    ]
    assert SectionMember.objects.count() == 1


def test_a_member_leaves_and_the_row_stays(section, jan):
    leave_section(section=section, user=jan)
    assert roles_in(section) == {"els": "lead"}
    assert SectionMember.objects.filter(user=jan).exclude(left_at=None).exists()
    with pytest.raises(SectionRefused, match="geen lid"):
        leave_section(section=section, user=jan)


def test_the_last_lead_hands_over_first_or_is_the_last_of_all(section, els, jan):
    with pytest.raises(SectionRefused, match="Draag het voorzitterschap eerst over"):
        leave_section(section=section, user=els)
    with pytest.raises(SectionRefused, match="Draag het voorzitterschap eerst over"):
        change_role(section=section, user=els, role=SectionRole.MEMBER, by=els)
    leave_section(section=section, user=jan)
    leave_section(section=section, user=els)
    assert roles_in(section) == {}
    section.refresh_from_db()
    assert section.ended_at is None, "an empty section waits for a colleague"


def test_the_lead_is_handed_over_in_one_go(section, els, jan):
    hand_over(section=section, to=jan, by=els)
    assert roles_in(section) == {"els": "member", "jan": "lead"}
    assert mails() == [("section-changed", jan.pk)]
    leave_section(section=section, user=els)


def test_there_may_be_two_leads(section, els, jan):
    change_role(section=section, user=jan, role=SectionRole.LEAD, by=els)
    assert roles_in(section) == {"els": "lead", "jan": "lead"}
    change_role(section=section, user=els, role=SectionRole.MEMBER, by=jan)
    assert roles_in(section) == {"els": "member", "jan": "lead"}
    assert mails() == [("section-changed", jan.pk), ("section-changed", els.pk)]
    change_role(section=section, user=jan, role=SectionRole.LEAD, by=els)
    assert len(mails()) == 2, "nothing changed"


def test_who_no_longer_works_there_does_not_lead(section, els, jan):
    jan.affiliations.update(state="ended", ended_at=timezone.now())
    for change in (
        lambda: change_role(section=section, user=jan, role=SectionRole.LEAD, by=els),
        lambda: hand_over(section=section, to=jan, by=els),
    ):
        with pytest.raises(SectionRefused, match="niet bevestigd"):
            change()
    assert roles_in(section) == {"els": "lead", "jan": "member"}


def test_a_member_is_taken_out_and_told(section, els, jan):
    remove_member(section=section, user=jan, by=els)
    assert roles_in(section) == {"els": "lead"}
    assert mails() == [("section-changed", jan.pk)]


def test_staff_cannot_take_the_only_lead_away_from_others_and_nobody_removes_themselves(section, els):
    staff = make_person("redactie", is_staff=True)
    with pytest.raises(SectionRefused, match="enige voorzitter"):
        remove_member(section=section, user=els, by=staff)
    with pytest.raises(SectionRefused, match="verlaat de vaksectie"):
        remove_member(section=section, user=els, by=els)
    with pytest.raises(SectionRefused, match="geen lid"):
        remove_member(section=section, user=staff, by=els)


def test_a_section_without_a_lead_is_taken_up(school, section, els, jan):
    colleague = make_teacher("kim", school)
    with pytest.raises(SectionRefused, match="al een voorzitter"):
        take_lead(section=section, user=jan)
    SectionMember.objects.filter(user=els).update(left_at=timezone.now())
    with pytest.raises(SectionRefused):
        take_lead(section=section, user=colleague)
    take_lead(section=section, user=jan)
    assert roles_in(section) == {"jan": "lead"}
    leave_section(section=section, user=jan)
    take_lead(section=section, user=colleague)
    assert roles_in(section) == {"kim": "lead"}


def test_an_ended_section_is_left_by_all_and_cannot_be_changed(section, els, jan):
    invitation = invite_to_section(section=section, email="kim@school.example", role=SectionRole.MEMBER, by=els)
    end_section(section=section)
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None
    assert roles_in(section) == {}
    assert not access.may_lead(els, section)
    for change in (
        lambda: end_section(section=section),
        lambda: take_lead(section=section, user=jan),
        lambda: leave_section(section=section, user=jan),
        lambda: remove_member(section=section, user=jan, by=els),
    ):
        with pytest.raises(SectionRefused, match="is opgeheven"):
            change()
