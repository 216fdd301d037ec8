"""Schools, people who work there and sections, as tests need them: invented, and no more than they ask for."""

import itertools
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import (
    Affiliation,
    AffiliationRole,
    AffiliationState,
    Assurance,
    PublisherMember,
    PublisherRole,
    School,
    SchoolDomain,
    Section,
    SectionMember,
    SectionRole,
    User,
)
from catalogus.models import Concept, Publisher, Scheme
from catalogus.naming import normal_form

_numbers = itertools.count(1)

FEDERATION = "https://federatie.example"


def make_school(code: str = "99AA", *, domain: str = "", **fields: Any) -> School:
    values = {"name": f"School {code}", "place": "Verzonnen", "institution_code": code[:4]} | fields
    key = normal_form(f"{code} {values['name']} {values['place']}")
    school = School.objects.create(code=code, search_key=key, **values)
    if domain:
        SchoolDomain.objects.create(school=school, domain=domain)
    return school


def make_person(name: str = "", *, email: str = "", is_proven: bool = True, **fields: Any) -> User:
    """A local account that signs in by name; with an address, proven to be read unless told otherwise."""
    name = name or f"persoon-{next(_numbers)}"
    values = {"sign_in_name": name, "display_name": name.capitalize(), "email": email} | fields
    user = User.objects.create_user(**values)
    if email:
        EmailAddress.objects.create(user=user, email=email, verified=is_proven, primary=True)
    return user


def make_federated(subject: str = "") -> User:
    return User.objects.create_user(issuer=FEDERATION, subject=subject or f"s{next(_numbers)}", display_name="Docent")


def affiliate(user: User, school: School, **fields: Any) -> Affiliation:
    """An affiliation, by the federation and approved unless told otherwise."""
    values = {
        "role": AffiliationRole.EMPLOYEE,
        "assurance": Assurance.FEDERATION,
        "state": AffiliationState.APPROVED,
    } | fields
    if values["state"] == AffiliationState.APPROVED and values["assurance"] == Assurance.MAIL:
        values.setdefault("decided_at", timezone.now())
    return Affiliation.objects.create(user=user, school=school, **values)


def make_teacher(name: str, school: School, **fields: Any) -> User:
    user = make_person(name, **fields)
    affiliate(user, school)
    return user


def subject(code: str = "wiskunde") -> Concept:
    return Concept.objects.get(scheme=Scheme.SUBJECT, code=code)


def make_section(school: School, *, lead: User | None = None, members: tuple[User, ...] = (), code: str = "wiskunde"):
    section = Section.objects.create(school=school, subject=subject(code))
    if lead is not None:
        SectionMember.objects.create(section=section, user=lead, role=SectionRole.LEAD)
    for member in members:
        SectionMember.objects.create(section=section, user=member)
    return section


def roles_in(section: Section) -> dict[str, str]:
    """Name -> role of who is in the section now."""
    live = SectionMember.objects.filter(section=section, left_at=None).select_related("user")
    return {str(member.user).lower(): member.role for member in live}


def speak_for(user: User, publisher: Publisher, role: PublisherRole = PublisherRole.READER, **fields: Any):
    return PublisherMember.objects.create(user=user, publisher=publisher, role=role, **fields)
