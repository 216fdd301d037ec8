"""Schools that end or merge: people, sections, invitations and domains, whatever is done twice or in whatever order."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.exceptions import SchoolRefused
from accounts.models import (
    Affiliation,
    AffiliationRole,
    AffiliationState,
    Assurance,
    EndReason,
    Invitation,
    School,
    SchoolDomain,
    Section,
    SectionMember,
)
from accounts.services.school_ends import Ended, end_school, merge_schools
from tests.accounts.schools import make_affiliation, make_invitation, make_person, make_school, make_section

pytestmark = pytest.mark.django_db

DAY = date(2026, 8, 1)


def everything() -> list[list[dict[str, Any]]]:
    models: list[Any] = [School, SchoolDomain, Affiliation, Section, SectionMember, Invitation]
    return [list(model.objects.order_by("pk").values()) for model in models]


def live_ties() -> set[tuple[str, str]]:
    found = Affiliation.objects.filter(ended_at=None)
    return {(tie.user.sign_in_name or "", tie.school.code) for tie in found.select_related("user", "school")}


def members(section: Section) -> dict[str, str]:
    found = SectionMember.objects.filter(section=section, left_at=None)
    return {member.user.sign_in_name or "": member.role for member in found.select_related("user")}


@pytest.fixture
def schools() -> tuple[School, School]:
    return make_school("99AA00"), make_school("99BB00")


def test_a_school_ends_with_all_that_hangs_on_it(schools):
    old, other = schools
    lead, member = make_person("anna"), make_person("bert")
    for person in (lead, member):
        make_affiliation(person, old)
    make_affiliation(lead, other)
    section, elsewhere = make_section(old, lead=[lead], member=[member]), make_section(other, lead=[lead])
    open_one, used = make_invitation(section, "a@a.example"), make_invitation(section, "b@a.example")
    used.accepted_at = timezone.now()
    used.save()
    assert end_school(school=old, on=DAY, by=lead) == Ended(1, 2, 1)
    first = everything()
    assert end_school(school=old, on=date(2026, 9, 1)) == Ended(0, 0, 0)
    assert everything() == first
    assert live_ties() == {("anna", "99BB00")}
    assert {tie.end_reason for tie in Affiliation.objects.filter(school=old)} == {EndReason.SCHOOL}
    for row in (old, section, open_one, used, elsewhere):
        row.refresh_from_db()
    assert (old.ended_on, section.ended_at is None, elsewhere.ended_at) == (DAY, False, None)
    assert (members(section), members(elsewhere)) == ({}, {"anna": "lead"})
    assert (open_one.withdrawn_at is None, used.withdrawn_at) == (False, None)


def test_an_institution_ends_with_its_locations():
    institution, location, other = make_school("99AA"), make_school("99AA01"), make_school("99AB01")
    make_affiliation(make_person("anna"), location)
    assert end_school(school=institution, on=DAY) == Ended(2, 1, 0)
    location.refresh_from_db()
    other.refresh_from_db()
    assert (location.ended_on, other.ended_on) == (DAY, None)
    assert end_school(school=make_school("99AC01"), on=DAY).schools == 1


def test_what_hangs_on_an_ended_school_later_ends_when_it_is_ended_again(schools):
    old, _other = schools
    end_school(school=old, on=DAY)
    make_affiliation(make_person("anna"), old)
    assert end_school(school=old, on=date(2026, 9, 1)) == Ended(0, 1, 0)
    old.refresh_from_db()
    assert old.ended_on == DAY


def test_a_day_to_come_is_refused(schools):
    old, into = schools
    tomorrow = timezone.localdate() + timedelta(1)
    before = everything()
    with pytest.raises(SchoolRefused, match="is nog niet geweest"):
        end_school(school=old, on=tomorrow)
    with pytest.raises(SchoolRefused, match="is nog niet geweest"):
        merge_schools(old=old, into=into, on=tomorrow)
    assert everything() == before
    assert end_school(school=old, on=timezone.localdate()).schools == 1


def merge(old: School, into: School, on: date = DAY):
    return merge_schools(old=old, into=into, on=on)


def test_people_sections_invitations_and_domains_follow(schools):
    old, into = schools
    anna, bert, cas, dina = (make_person(name) for name in ("anna", "bert", "cas", "dina"))
    for person in (anna, bert):
        make_affiliation(person, old)
    for person in (bert, cas):
        make_affiliation(person, into)
    joining = make_section(old, "wiskunde", lead=[anna, bert], member=[dina])
    there = make_section(into, "wiskunde", lead=[cas], member=[bert])
    moving = make_section(old, "engels", lead=[anna], member=[bert])
    follows, twice = make_invitation(joining, "a@a.example"), make_invitation(joining, "b@a.example")
    make_invitation(there, "b@a.example")
    stays = make_invitation(moving, "a@a.example")
    for school, domain in ((old, "oud.example"), (old, "samen.example"), (into, "samen.example")):
        SchoolDomain.objects.create(school=school, domain=domain)

    merged = merge(old, into)
    assert (merged.affiliations_moved, merged.affiliations_joined) == (1, 1)
    assert (merged.sections_moved, merged.sections_joined, merged.schools) == (1, 1, 1)
    first = everything()
    again = merge(old, into, date(2026, 9, 1))
    assert (again.schools, again.affiliations_moved, again.sections_moved, again.sections_joined) == (0, 0, 0, 0)
    assert everything() == first

    assert live_ties() == {("anna", "99BB00"), ("bert", "99BB00"), ("cas", "99BB00")}
    assert Affiliation.objects.get(school=old).end_reason == EndReason.SCHOOL
    assert members(there) == {"anna": "lead", "bert": "lead", "cas": "lead", "dina": "member"}
    assert members(joining) == {}
    assert SectionMember.objects.filter(section=joining).count() == 3, "who stood behind the old one is kept"
    for row in (old, joining, moving, follows, twice, stays):
        row.refresh_from_db()
    assert (old.ended_on, old.merged_into) == (DAY, into)
    assert (joining.merged_into, joining.ended_at is None, joining.school) == (there, False, old)
    assert (moving.school, moving.ended_at, members(moving)) == (into, None, {"anna": "lead", "bert": "member"})
    assert (follows.section, follows.withdrawn_at) == (there, None)
    assert twice.withdrawn_at is not None
    assert (stays.section, stays.withdrawn_at) == (moving, None)
    assert {(each.school.code, each.domain) for each in SchoolDomain.objects.all()} == {
        ("99BB00", "oud.example"),
        ("99BB00", "samen.example"),
    }


APPROVED: dict[str, Any] = {"state": AffiliationState.APPROVED}
PENDING: dict[str, Any] = {"state": AffiliationState.PENDING}
REFUSED: dict[str, Any] = {"state": AffiliationState.REFUSED}
BY_MAIL: dict[str, Any] = {"assurance": Assurance.MAIL}
PUPIL: dict[str, Any] = {"role": AffiliationRole.STUDENT}


@pytest.mark.parametrize(
    ("at_old", "at_new", "kept"),
    [
        (APPROVED, APPROVED, "new"),
        (APPROVED, PENDING, "old"),
        (PENDING, APPROVED, "new"),
        (PENDING, REFUSED, "old"),
        (APPROVED, BY_MAIL, "old"),
        (BY_MAIL, APPROVED, "new"),
        (APPROVED, PUPIL, "new"),
        (PUPIL, APPROVED, "old"),
    ],
)
def test_who_has_a_tie_with_both_keeps_the_stronger(schools, at_old, at_new, kept):
    old, into = schools
    person = make_person()
    ties = {"old": make_affiliation(person, old, **at_old), "new": make_affiliation(person, into, **at_new)}
    merge(old, into)
    for name, tie in ties.items():
        tie.refresh_from_db()
        assert (tie.ended_at is None) == (name == kept)
    assert ties[kept].school == into


def test_mergers_in_a_row_end_at_the_last_in_whatever_order():
    for order in ([("A", "B"), ("B", "C")], [("B", "C"), ("A", "B")], [("A", "B"), ("B", "C"), ("A", "B"), ("A", "C")]):
        School.objects.all().delete()
        Affiliation.objects.all().delete()
        by_name = {name: make_school(f"99{name}{name}00") for name in "ABC"}
        person = make_person()
        make_affiliation(person, by_name["A"])
        for old, into in order:
            merge(by_name[old], by_name[into])
        assert Affiliation.objects.get(user=person, ended_at=None).school == by_name["C"], order
        Affiliation.objects.all().delete()
        School.objects.update(merged_into=None)


def test_an_institution_takes_its_locations_along_but_not_those_with_a_way_of_their_own():
    institution, one, two = make_school("99AA"), make_school("99AA01"), make_school("99AA02")
    into, location = make_school("99BB"), make_school("99BB05")
    anna, bert = make_person("anna"), make_person("bert")
    make_affiliation(anna, one)
    make_affiliation(bert, two)
    merge(one, location)
    for _again in range(2):
        merge(institution, into)
        assert live_ties() == {("anna", "99BB05"), ("bert", "99BB")}
    two.refresh_from_db()
    assert (two.merged_into, two.ended_on) == (into, DAY)
    make_affiliation(make_person("cas"), two)
    merge(institution, into)
    assert ("cas", "99BB") in live_ties()


def test_a_location_may_go_on_as_its_institution_and_a_school_that_ended_may_turn_out_to_have_merged():
    institution, location = make_school("99AA"), make_school("99AA01", ended_on=date(2026, 7, 1))
    assert merge(location, institution).into == institution
    location.refresh_from_db()
    assert location.ended_on == DAY


@pytest.mark.parametrize(
    ("old", "into", "said"),
    [
        ("99AA", "99AA", "kan niet in zichzelf opgaan"),
        ("99BB00", "99AA00", "kan niet in zichzelf opgaan, ook niet langs een andere school"),
        ("99AA", "99AA01", "99AA01 is een vestiging van 99AA, die daarin niet opgaat"),
        ("99AA00", "99CC00", "99AA00 is al opgegaan in 99BB00. Voeg die samen met 99CC00"),
        ("99CC00", "99DD00", "99DD00 is opgeheven"),
        ("99AA00", "99BB00", None),
    ],
)
def test_what_cannot_be_merged_says_why(old, into, said):
    goes_on = make_school("99BB00")
    make_school("99AA00", merged_into=goes_on, ended_on=DAY)
    make_school("99DD00", ended_on=DAY)
    for code in ("99AA", "99AA01", "99CC00"):
        make_school(code)
    before = everything()
    if said:
        with pytest.raises(SchoolRefused) as refused:
            merge(School.objects.get(code=old), School.objects.get(code=into))
        assert said in str(refused.value)
    else:
        merge(School.objects.get(code=old), School.objects.get(code=into))
    assert everything() == before


def test_a_merged_school_is_not_ended_again(schools):
    old, into = schools
    merge(old, into)
    assert end_school(school=old, on=date(2026, 9, 1)) == Ended()
    old.refresh_from_db()
    assert old.ended_on == DAY


@pytest.mark.django_db(transaction=True)
def test_two_mergers_at_once_make_no_circle():
    one, other = make_school("99AA00"), make_school("99BB00")
    person = make_person()
    make_affiliation(person, one)
    refused: list[str] = []
    start = threading.Barrier(2)

    def run(old: School, into: School) -> None:
        start.wait()
        try:
            merge(old, into)
        except SchoolRefused as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    (goes_on,) = School.objects.filter(merged_into=None)
    assert Affiliation.objects.get(user=person, ended_at=None).school == goes_on
