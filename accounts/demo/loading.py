"""Stores the demonstration's schools, sections and people, so that each role can be tried at once.

May run again and again: it mends what it promises (who can sign in, and what they are) and leaves the rest as people
made it. What a federation's people are comes from the claims that the demonstration federation sends, read as they are
at a visit.
"""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import needs_second_factor
from accounts.demo.credentials import demonstration_password, ensure_totp
from accounts.demo.federated import DemoFederation, claims_at, demonstration_federation, federated_user
from accounts.demo.people import PEOPLE, SECTIONS, DemoSection, Person
from accounts.demo.places import largest_publisher, load_schools, load_section
from accounts.exceptions import DemonstrationRefused
from accounts.models import (
    DEMONSTRATION_ISSUER,
    Affiliation,
    AffiliationRole,
    AffiliationState,
    Assurance,
    PublisherMember,
    School,
    Section,
    SectionMember,
    SectionRole,
    User,
)
from accounts.services.affiliations import record_claims
from catalogus.models import Publisher


@dataclass(frozen=True, slots=True)
class Loaded:
    """Who stands in the database now. publisher: whose members were made; None while the catalogue is empty."""

    schools: int
    sections: int
    people: int
    publisher: Publisher | None
    federation: DemoFederation | None


@transaction.atomic
def load_demonstration() -> Loaded:
    """Store whoever is missing. Raises DemonstrationRefused where real people are, or where one's address is taken."""
    if not settings.DEMONSTRATION:
        raise DemonstrationRefused(
            _("Dit is geen demonstratie (DEMONSTRATION staat uit): verzonnen mensen komen hier niet. "
              "Start de demonstratie met `make run`.")
        )  # fmt: skip
    schools = load_schools()
    sections = {section: load_section(section, schools) for section in SECTIONS}
    federation = demonstration_federation()
    publisher = largest_publisher()
    users: dict[Person, User] = {}
    for person in PEOPLE:
        user = federated_user(person, federation) if person.is_federated else _local_user(person)
        if user is not None:
            users[person] = user
    judge = next(user for person, user in users.items() if person.is_superuser)
    for person, user in users.items():
        if person.is_known:
            _load_place(person, user, schools, sections, publisher, judge)
    return Loaded(
        schools=len(schools),
        sections=len(sections),
        people=sum(person.is_known for person in users),
        publisher=publisher,
        federation=federation,
    )


# People


def _local_user(person: Person) -> User:
    """Somebody who signs in here: by their address, with the demonstration's password."""
    user = User.objects.filter(issuer=DEMONSTRATION_ISSUER, subject=person.key).first()
    password = demonstration_password()
    if user is None:
        user = User.objects.create_user(
            issuer=DEMONSTRATION_ISSUER, subject=person.key, display_name=person.name, password=password
        )
    elif not user.check_password(password):
        user.set_password(password)
    user.email = person.email
    user.is_active = True
    user.is_moderator = person.is_moderator
    user.is_staff = user.is_superuser = person.is_superuser
    user.save()
    _load_address(user, person.email)
    return user


def _load_address(user: User, email: str) -> None:
    if EmailAddress.objects.filter(email__iexact=email, verified=True).exclude(user=user).exists():
        raise DemonstrationRefused(
            _("Het adres %(email)s is al van een ander account: verwijder dat account of wijzig het adres ervan.")
            % {"email": email}
        )
    EmailAddress.objects.filter(user=user, primary=True).exclude(email__iexact=email).update(primary=False)
    EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True, "primary": True})


# What people are


def _load_place(
    person: Person,
    user: User,
    schools: dict[str, School],
    sections: dict[DemoSection, Section],
    publisher: Publisher | None,
    judge: User,
) -> None:
    federation = demonstration_federation()
    is_new = not Affiliation.objects.filter(user=user, ended_at=None).exists()
    if person.is_federated and federation is not None and is_new:
        record_claims(user=user, claims=claims_at(person, federation))
    if person.school:
        _load_affiliation(person, user, schools[person.school], judge)
    if person.section is not None:
        _load_membership(user, sections[person.section], SectionRole.LEAD if person.is_lead else SectionRole.MEMBER)
    if person.publisher_role and publisher is not None:
        PublisherMember.objects.update_or_create(
            user=user, publisher=publisher, defaults={"role": person.publisher_role, "ended_at": None}
        )
    if not person.is_federated and needs_second_factor(user):
        ensure_totp(user)


def _load_affiliation(person: Person, user: User, school: School, judge: User) -> None:
    if Affiliation.objects.filter(user=user, school=school, ended_at=None).exists():
        return
    now = timezone.now()
    waits = person.affiliation == AffiliationRole.AFFILIATE
    is_decided = not person.is_federated
    affiliation = Affiliation(
        user=user,
        school=school,
        role=person.affiliation,
        assurance=Assurance.FEDERATION if person.is_federated else Assurance.MAIL,
        state=AffiliationState.PENDING if waits else AffiliationState.APPROVED,
        confirmed_at=now,
        decided_at=now if is_decided else None,
        decided_by=judge if is_decided else None,
    )
    affiliation.full_clean()
    affiliation.save()


def _load_membership(user: User, section: Section, role: SectionRole) -> None:
    if not SectionMember.objects.filter(section=section, user=user, left_at=None).exists():
        SectionMember.objects.create(section=section, user=user, role=role)
