"""Everybody that the site must tell apart, each as one person in one small world."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.test import Client
from django.utils import timezone

from accounts.models import (
    Affiliation,
    AffiliationRole,
    AffiliationState,
    Assurance,
    PublisherMember,
    PublisherRole,
    School,
    SectionMember,
    SectionRole,
    User,
)
from tests.people import sign_in
from tests.rights.world import World


class Role(StrEnum):
    """The columns of docs/rights.md, in their order."""

    ANONYMOUS = "anonymous"
    STRANGER = "stranger"
    PUPIL = "pupil"
    WAITING = "waiting"
    TEACHER = "teacher"
    MEMBER = "member"
    LEAD = "lead"
    READER = "reader"
    EDITOR = "editor"
    OWNER = "owner"
    MODERATOR = "moderator"
    STAFF = "staff"
    UNPROVEN = "unproven"


EVERYBODY = frozenset(Role)
SIGNED_IN = EVERYBODY - {Role.ANONYMOUS}
STAFF = frozenset({Role.STAFF})
PUBLISHER = frozenset({Role.READER, Role.EDITOR, Role.OWNER})
WORKS_HERE = frozenset({Role.TEACHER, Role.MEMBER, Role.LEAD})

MEANINGS = {
    Role.ANONYMOUS: "nobody is signed in",
    Role.STRANGER: "signed in, known to work or learn nowhere",
    Role.PUPIL: "a school says so",
    Role.WAITING: "an affiliate whom nobody vouched for yet",
    Role.TEACHER: "works at the school, in no section",
    Role.MEMBER: "of a section of the school",
    Role.LEAD: "of that section",
    Role.READER: "of a publisher",
    Role.EDITOR: "of a publisher",
    Role.OWNER: "of a publisher",
    Role.MODERATOR: "judges reported reviews",
    Role.STAFF: "works for the catalogue",
    Role.UNPROVEN: "staff, moderator and a publisher's owner at once, without a second factor in this visit",
}


@dataclass(frozen=True)
class Person:
    """One role's person: signed in with `client`; `user` is None for nobody."""

    role: Role
    client: Client
    user: User | None


def make_person(role: Role, world: World) -> Person:
    """The person of a role, in a visit of its own."""
    client = Client()
    if role is Role.ANONYMOUS:
        return Person(role, client, None)
    user = User.objects.create_user(issuer="https://federatie.example", display_name=role.value.title())
    _MAKERS.get(role, lambda _user, _world: None)(user, world)
    return Person(role, sign_in(client, user, second_factor=role is not Role.UNPROVEN), user)


def make_affiliation(user: User, school: School, role: AffiliationRole, state: AffiliationState) -> Affiliation:
    now = timezone.now()
    return Affiliation.objects.create(
        user=user,
        school=school,
        role=role,
        assurance=Assurance.FEDERATION,
        state=state,
        confirmed_at=now,
        decided_at=now if role == AffiliationRole.AFFILIATE and state == AffiliationState.APPROVED else None,
    )


def _pupil(user: User, world: World) -> None:
    make_affiliation(user, world.school, AffiliationRole.STUDENT, AffiliationState.APPROVED)


def _waiting(user: User, world: World) -> None:
    make_affiliation(user, world.school, AffiliationRole.AFFILIATE, AffiliationState.PENDING)


def _teacher(user: User, world: World) -> None:
    make_affiliation(user, world.school, AffiliationRole.EMPLOYEE, AffiliationState.APPROVED)


def _in_section(role: SectionRole) -> Callable[[User, World], None]:
    def make(user: User, world: World) -> None:
        _teacher(user, world)
        SectionMember.objects.create(section=world.section, user=user, role=role)

    return make


def _at_publisher(role: PublisherRole) -> Callable[[User, World], None]:
    def make(user: User, world: World) -> None:
        PublisherMember.objects.create(user=user, publisher=world.publisher, role=role)

    return make


def _moderator(user: User, _world: World) -> None:
    User.objects.filter(pk=user.pk).update(is_moderator=True)
    user.refresh_from_db()


def _staff(user: User, _world: World) -> None:
    User.objects.filter(pk=user.pk).update(is_staff=True)
    user.refresh_from_db()


def _unproven(user: User, world: World) -> None:
    User.objects.filter(pk=user.pk).update(is_staff=True, is_moderator=True)
    user.refresh_from_db()
    _at_publisher(PublisherRole.OWNER)(user, world)


_MAKERS: dict[Role, Callable[[User, World], None]] = {
    Role.PUPIL: _pupil,
    Role.WAITING: _waiting,
    Role.TEACHER: _teacher,
    Role.MEMBER: _in_section(SectionRole.MEMBER),
    Role.LEAD: _in_section(SectionRole.LEAD),
    Role.READER: _at_publisher(PublisherRole.READER),
    Role.EDITOR: _at_publisher(PublisherRole.EDITOR),
    Role.OWNER: _at_publisher(PublisherRole.OWNER),
    Role.MODERATOR: _moderator,
    Role.STAFF: _staff,
    Role.UNPROVEN: _unproven,
}
