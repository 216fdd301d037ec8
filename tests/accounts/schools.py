"""Invented schools, people at them and their sections: what a test does not name is of no interest to it."""

import itertools
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.duo.names import search_key
from accounts.models import (
    Affiliation,
    AffiliationRole,
    AffiliationState,
    Assurance,
    Invitation,
    InvitationKind,
    School,
    Section,
    SectionMember,
    SectionRole,
    User,
)
from accounts.models.school import INSTITUTION_LENGTH
from catalogus.models import Concept

_numbers = itertools.count(1)


def make_school(code: str, name: str = "De Kiezel", place: str = "Keiendam", **fields: Any) -> School:
    fields = {"institution_code": code[:INSTITUTION_LENGTH], "search_key": search_key(code, name, place)} | fields
    return School.objects.create(code=code, name=name, place=place, **fields)


def make_person(name: str = "") -> User:
    return User.objects.create_user(sign_in_name=name or f"persoon-{next(_numbers)}")


def make_affiliation(user: User, school: School, **fields: Any) -> Affiliation:
    known = {
        "role": AffiliationRole.EMPLOYEE,
        "assurance": Assurance.FEDERATION,
        "state": AffiliationState.APPROVED,
        "confirmed_at": timezone.now(),
        "decided_at": timezone.now(),
    }
    return Affiliation.objects.create(user=user, school=school, **(known | fields))


def make_section(school: School, subject: str = "wiskunde", **roles: list[User]) -> Section:
    """roles: lead=[...], member=[...]."""
    concept = Concept.objects.get(scheme="subject", code=subject)
    section = Section.objects.create(school=school, subject=concept)
    for role, users in roles.items():
        for user in users:
            SectionMember.objects.create(section=section, user=user, role=SectionRole(role))
    return section


def make_invitation(section: Section, email: str, **fields: Any) -> Invitation:
    known = {"kind": InvitationKind.SECTION, "role": SectionRole.MEMBER, "expires_at": timezone.now() + timedelta(14)}
    return Invitation.objects.create(section=section, email=email, **(known | fields))
