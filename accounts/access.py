"""Who may do what: one function per kind of access, used by pages, API and admin alike.

docs/rights.md shows the whole as a table of roles and actions, made from the tests that try every cell. What a role may
beyond reading its own account counts only in a visit that began with a second factor, for those who must have one
(`needs_second_factor`); a way in that skips it opens nothing.
"""

from datetime import timedelta
from enum import Enum
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import (
    Affiliation,
    AffiliationRole,
    AffiliationState,
    EndReason,
    PublisherMember,
    PublisherRole,
    School,
    Section,
    SectionMember,
    SectionRole,
    User,
)
from catalogus.services.publishers import family_of, survivors

Visitor: TypeAlias = User | AnonymousUser

INTEREST_LASTS = timedelta(days=365)
"""How long a publisher's interest clings to who worked there: a buying season and the year that follows from it."""

_GROWN_UPS = (AffiliationRole.EMPLOYEE, AffiliationRole.STAFF, AffiliationRole.AFFILIATE)


# Those who work for the catalogue


def is_editor(user: Visitor) -> bool:
    """Whether the person works for the catalogue: sees every source, every record and the log, and edits."""
    return user.is_active and user.is_staff and user.has_second_factor


def may_administer(user: Visitor) -> bool:
    """Whether the person may enter the administration; what they may do there is up to Django's permissions."""
    return is_editor(user)


def may_moderate(user: Visitor) -> bool:
    """Whether the person judges reported reviews. Staff do too, for somebody must when no moderator is there."""
    if is_editor(user):
        return True
    return isinstance(user, User) and user.is_active and user.is_moderator and user.has_second_factor


def needs_second_factor(user: Visitor) -> bool:
    """Whether the person's roles ask for a second factor: staff, moderators and whoever speaks for a publisher."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_staff or user.is_superuser or user.is_moderator or _live_publisher_memberships(user).exists()


# Publishers


def publisher_role(user: Visitor, publisher_id: int | None) -> PublisherRole | None:
    """What the person is at a publisher or at one that was merged with it; the highest where there are two."""
    memberships = _memberships_shown_to_be_theirs(user)
    if publisher_id is None or not memberships:
        return None
    family = family_of(publisher_id)
    held = {PublisherRole(member.role) for member in memberships if member.publisher_id in family}
    return max(held, key=list(PublisherRole).index, default=None)


def publishers_of(user: Visitor) -> set[int]:
    """The publishers that the person speaks for; where one was merged, what it has become."""
    memberships = _memberships_shown_to_be_theirs(user)
    into = survivors() if memberships else {}
    return {into.get(member.publisher_id, member.publisher_id) for member in memberships}


def may_see_deliveries_of(user: Visitor, publisher_id: int | None) -> bool:
    """Whether the person may see what was delivered for a publisher: its raw records and their quality.

    Staff may see all; a publisher's members their own publisher's, whatever their role; nobody else anything. Records
    that name no publisher (None) are for staff.
    """
    return is_editor(user) or publisher_role(user, publisher_id) is not None


def may_invite_for(user: Visitor, publisher_id: int) -> bool:  # noqa: ARG001  Every publisher alike, for now.
    """Whether the person may ask others to speak for the publisher: staff, who know whom they talk to."""
    return is_editor(user)


def may_manage_members_of(user: Visitor, publisher_id: int) -> bool:
    """Whether the person may change the roles of a publisher's members and send them off."""
    return is_editor(user) or publisher_role(user, publisher_id) == PublisherRole.OWNER


def has_interest_in(user: Visitor, publisher_id: int) -> bool:
    """Whether the person speaks for the publisher, or did less than INTEREST_LASTS ago: a conflict of interest."""
    if not isinstance(user, User):
        return False
    return _recent_memberships(user).filter(publisher_id__in=family_of(publisher_id)).exists()


def has_any_interest(user: Visitor) -> bool:
    """The same of any publisher: who has one judges neither its rivals nor its friends."""
    return isinstance(user, User) and _recent_memberships(user).exists()


# Schools and sections


def proven_affiliations(user: Visitor) -> list[Affiliation]:
    """Where the person works, as far as that was confirmed: approved, a grown-up, at a school that is open."""
    if not isinstance(user, User) or not user.is_active:
        return []
    return list(
        Affiliation.objects.filter(
            user=user, state=AffiliationState.APPROVED, role__in=_GROWN_UPS, school__ended_on=None
        ).select_related("school")
    )


def is_pupil(user: Visitor) -> bool:
    """Whether a school says that the person learns there."""
    return isinstance(user, User) and user.affiliations.filter(role=AffiliationRole.STUDENT, ended_at=None).exists()


class ReviewStanding(Enum):
    """Why a person may or may not review. The first that holds, in this order."""

    NOT_SIGNED_IN = "not-signed-in"
    PUPIL = "pupil"
    PUBLISHER = "publisher"
    ALLOWED = "allowed"
    WAITING = "waiting"
    SCHOOL_ENDED = "school-ended"
    UNKNOWN = "unknown"


def review_standing(user: Visitor) -> ReviewStanding:
    """Whether the person may review at all, and if not, why.

    A pupil never, also not one who works at another school. Whoever speaks for a publisher never, for a rival's
    product is as little theirs to judge as their own.
    """
    if not isinstance(user, User) or not user.is_active:
        return ReviewStanding.NOT_SIGNED_IN
    if is_pupil(user):
        return ReviewStanding.PUPIL
    if _speaks_for_a_publisher(user):
        return ReviewStanding.PUBLISHER
    if proven_affiliations(user):
        return ReviewStanding.ALLOWED
    unproven = Affiliation.objects.filter(user=user, role__in=_GROWN_UPS)
    if unproven.filter(state=AffiliationState.PENDING, school__ended_on=None).exists():
        return ReviewStanding.WAITING
    ended = Q(ended_at=None, school__ended_on__isnull=False) | Q(end_reason=EndReason.SCHOOL)
    if unproven.filter(ended).exclude(state=AffiliationState.REFUSED).exists():
        return ReviewStanding.SCHOOL_ENDED
    return ReviewStanding.UNKNOWN


def may_review(user: Visitor) -> bool:
    """Whether the person may review at all: works at a school, is no pupil, and speaks for no publisher."""
    return review_standing(user) is ReviewStanding.ALLOWED


def is_same_school(one: School, other: School) -> bool:
    """Whether two codes can mean one place: equal, or the one is the institution and the other a location of it."""
    return one.institution_code == other.institution_code and (
        one.code == other.code or one.is_institution or other.is_institution
    )


def works_at(user: Visitor, school: School) -> bool:
    """Whether it was confirmed that the person works at the school."""
    return any(is_same_school(affiliation.school, school) for affiliation in proven_affiliations(user))


def may_found_section(user: Visitor, school: School) -> bool:
    """Whether the person may found a section at a school: who works there and is no pupil."""
    return school.is_open and works_at(user, school) and not is_pupil(user)


def section_role(user: Visitor, section: Section) -> SectionRole | None:
    """What the person is in a section that goes on."""
    if not isinstance(user, User) or not user.is_active:
        return None
    member = SectionMember.objects.filter(section=section, section__ended_at=None, user=user, left_at=None).first()
    return SectionRole(member.role) if member else None


def may_see_section(user: Visitor, section: Section) -> bool:
    """Whether the person may see who is in a section: its members and staff."""
    return is_editor(user) or section_role(user, section) is not None


def may_lead(user: Visitor, section: Section) -> bool:
    """Whether the person may invite to a section, send members off and hand it over: its lead, and staff for help."""
    return section.ended_at is None and (is_editor(user) or section_role(user, section) == SectionRole.LEAD)


def may_take_lead(user: Visitor, section: Section) -> bool:
    """Whether the person may become the lead of a section that has none: a member, or where it is empty a colleague."""
    if section.ended_at is not None or not isinstance(user, User) or is_pupil(user):
        return False
    live = SectionMember.objects.filter(section=section, left_at=None)
    if live.filter(role=SectionRole.LEAD).exists() or not works_at(user, section.school):
        return False
    return live.filter(user=user).exists() or not live.exists()


def may_decide(user: Visitor, affiliation: Affiliation) -> bool:
    """Whether the person may say that another works at a school: staff, and leads of a section there; never oneself."""
    if not isinstance(user, User) or affiliation.user_id == user.pk:
        return False
    return is_editor(user) or any(is_same_school(school, affiliation.school) for school in schools_led_by(user))


def schools_led_by(user: Visitor) -> list[School]:
    """The schools where the person leads a section that goes on, and still works."""
    if not isinstance(user, User) or not user.is_active:
        return []
    led = School.objects.filter(
        sections__ended_at=None,
        sections__members__user=user,
        sections__members__role=SectionRole.LEAD,
        sections__members__left_at=None,
        ended_on=None,
    ).distinct()
    return [school for school in led if works_at(user, school)]


def _memberships_shown_to_be_theirs(user: Visitor) -> list[PublisherMember]:
    """For whom the person speaks, in a visit that has shown a second factor; nobody in any other."""
    if not isinstance(user, User) or not user.is_active or not user.has_second_factor:
        return []
    return list(_live_publisher_memberships(user))


def _live_publisher_memberships(user: User) -> QuerySet[PublisherMember]:
    return PublisherMember.objects.filter(user=user, ended_at=None)


def _recent_memberships(user: User) -> QuerySet[PublisherMember]:
    return PublisherMember.objects.filter(user=user).filter(
        Q(ended_at=None) | Q(ended_at__gt=timezone.now() - INTEREST_LASTS)
    )


def _speaks_for_a_publisher(user: Visitor) -> bool:
    return isinstance(user, User) and _live_publisher_memberships(user).exists()
