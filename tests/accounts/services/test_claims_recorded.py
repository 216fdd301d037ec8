"""What a school says at a visit becomes an affiliation, and what it no longer says ends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import access
from accounts.claims import Claims
from accounts.models import Affiliation, EndReason, OutgoingMail
from accounts.services.affiliations import record_claims
from tests.accounts.places import (
    FEDERATION,
    affiliate,
    make_federated,
    make_school,
    make_section,
    make_teacher,
    roles_in,
)

pytestmark = pytest.mark.django_db


def said(*affiliations: str, brin: str = "99AA", domain: str = "", name: str = "") -> Claims:
    return Claims(
        issuer=FEDERATION,
        subject="abc",
        affiliations=frozenset(affiliations),
        organization_id=brin,
        organization_name=name,
        organization_domain=domain,
        name="",
    )


def confirmed(user, claims: Claims) -> Affiliation:
    """What was recorded, where something must be."""
    affiliation = record_claims(user=user, claims=claims)
    assert affiliation is not None
    return affiliation


@pytest.fixture
def school():
    return make_school("99AA")


@pytest.fixture
def person(school):
    return make_federated()


@pytest.mark.parametrize(
    ("values", "role", "state", "may_review"),
    [
        (["employee"], "employee", "approved", True),
        (["employee", "member"], "employee", "approved", True),
        (["staff"], "staff", "approved", True),
        (["faculty", "employee"], "staff", "approved", True),
        (["affiliate"], "affiliate", "pending", False),
        (["affiliate", "employee"], "employee", "approved", True),
        (["student"], "student", "approved", False),
        (["student", "employee"], "student", "approved", False),
        (["staff", "faculty", "employee", "affiliate", "student"], "student", "approved", False),
        (["member"], None, None, False),
        (["alum", "library-walk-in"], None, None, False),
        ([], None, None, False),
        (["EMPLOYEE "], None, None, False),  # claims.read_claims folds them; here they are taken as they are.
    ],
)
def test_what_is_said_gives_a_role(school, person, values, role, state, may_review):
    affiliation = record_claims(user=person, claims=said(*values))
    assert (affiliation and (affiliation.role, affiliation.state)) == (role and (role, state))
    assert access.may_review(person) == may_review
    assert access.is_pupil(person) == (role == "student")


def test_every_visit_confirms_again_without_another_row(school, person):
    first = confirmed(person, said("employee"))
    Affiliation.objects.update(confirmed_at=timezone.now() - timedelta(days=9))
    again = confirmed(person, said("staff", "employee"))
    assert again.pk == first.pk
    assert again.role == "staff", "what it says today counts"
    assert again.confirmed_at
    assert again.confirmed_at > timezone.now() - timedelta(minutes=1)


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        (said("employee", brin="99AA"), "99AA"),
        (said("employee", brin="99ZZ"), None),
        (said("employee", brin="", name="School 99AA"), None),
        (said("employee", brin="", domain="een.example"), "99AA"),
        (said("employee", brin="", domain="samen.example"), None),
        (said("employee", brin="", domain="onbekend.example"), None),
        (said("employee", brin="99ZZ", domain="een.example"), None),
        (said("employee", brin="", domain="dicht.example"), None),
    ],
    ids=["brin", "unknown brin", "name alone", "domain", "shared", "unknown domain", "brin goes first", "ended"],
)
def test_the_school_is_known_by_its_code_or_by_a_domain_of_its_own(person, school, claims, found):
    school.domains.create(domain="een.example")
    school.domains.create(domain="samen.example")
    make_school("99BB", domain="samen.example")
    make_school("99CC", domain="dicht.example", ended_on=timezone.localdate())
    affiliation = record_claims(user=person, claims=claims)
    assert (affiliation and affiliation.school.code) == found


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        (said("employee", brin="99BB"), EndReason.MOVED),
        (said("employee", brin="99ZZ"), EndReason.MOVED),
        (said("employee", brin=""), EndReason.CLAIMS),
        (said(brin="99AA"), EndReason.CLAIMS),
        (said("alum", brin="99BB"), EndReason.CLAIMS),
        (said("student", brin="99AA"), EndReason.CLAIMS),
        (said("affiliate", brin="99AA"), EndReason.CLAIMS),
    ],
    ids=["other", "unknown other", "no school", "no role", "alum elsewhere", "student now", "affiliate now"],
)
def test_what_the_school_no_longer_says_ends_with_the_sections_there(school, person, claims, reason):
    make_school("99BB")
    record_claims(user=person, claims=said("employee"))
    colleague = make_teacher("els", school)
    section = make_section(school, lead=person, members=(colleague,))
    record_claims(user=person, claims=claims)
    old = Affiliation.objects.get(user=person, end_reason=reason)
    assert (old.school, old.state, old.role) == (school, "ended", "employee")
    assert roles_in(section) == {"els": "member"}, "the longest member does not lead by itself"
    assert access.may_take_lead(colleague, section)
    assert not access.may_take_lead(person, section)


def test_another_location_of_the_same_school_keeps_the_sections_of_the_whole(school, person):
    make_school("99AA01")
    record_claims(user=person, claims=said("employee"))
    section = make_section(school, lead=person)
    record_claims(user=person, claims=said("employee", brin="99AA01"))
    assert roles_in(section) == {"docent": "lead"}
    assert list(Affiliation.objects.values_list("school__code", "end_reason").order_by("pk")) == [
        ("99AA", "moved"),
        ("99AA01", ""),
    ]


def test_a_school_that_ended_confirms_nobody(school, person):
    record_claims(user=person, claims=said("employee"))
    section = make_section(school, lead=person)
    school.ended_on = timezone.localdate()
    school.save()
    assert not access.may_review(person), "at once, without a visit"
    assert record_claims(user=person, claims=said("employee")) is None
    assert Affiliation.objects.get().end_reason == EndReason.SCHOOL
    assert roles_in(section) == {}


def test_a_merged_school_is_the_one_that_goes_on(school, person):
    onward = make_school("99BB")
    school.ended_on, school.merged_into = timezone.localdate(), onward
    school.save()
    assert confirmed(person, said("employee", brin="99AA")).school == onward


def test_an_affiliate_is_asked_about_once_and_a_refusal_stays(school, person):
    lead = make_teacher("els", school, email="els@school.example")
    make_section(school, lead=lead)
    pending = confirmed(person, said("affiliate"))
    assert list(OutgoingMail.objects.values_list("kind", "user", "about_id")) == [
        ("affiliation-waits", lead.pk, pending.pk)
    ]
    record_claims(user=person, claims=said("affiliate"))
    assert OutgoingMail.objects.count() == 1
    Affiliation.objects.filter(pk=pending.pk).update(state="refused", reason="Onbekend.")
    again = confirmed(person, said("affiliate"))
    assert (again.pk, again.state) == (pending.pk, "refused")
    assert OutgoingMail.objects.count() == 1
    assert confirmed(person, said("employee")).state == "approved", "the school now says more"


def test_claims_touch_nobody_else_and_nothing_by_mail(school, person):
    other = make_school("99BB")
    by_mail = affiliate(person, other, assurance="mail")
    stranger = make_federated()
    record_claims(user=stranger, claims=said("employee"))
    record_claims(user=person, claims=said("student", brin=""))
    by_mail.refresh_from_db()
    assert by_mail.state == "approved"
    assert access.works_at(stranger, school)
