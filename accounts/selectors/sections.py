"""Sections, their people and who waits for a lead, as pages list them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.access import is_editor, is_same_school, proven_affiliations, schools_led_by
from accounts.models import (
    Affiliation,
    AffiliationRole,
    AffiliationState,
    Assurance,
    Invitation,
    School,
    Section,
    SectionMember,
    SectionRole,
    User,
)


def own_memberships(user: User) -> list[SectionMember]:
    """Where the person is in a section now."""
    live = SectionMember.objects.filter(user=user, left_at=None, section__ended_at=None)
    return list(live.select_related("section__school", "section__subject"))


def sections_at_work(user: User) -> list[Section]:
    """The sections at the schools where the person was confirmed to work, that they are not in."""
    schools = [affiliation.school for affiliation in proven_affiliations(user)]
    others = Section.objects.filter(_at_institutions("school__institution_code", schools), ended_at=None).exclude(
        pk__in=SectionMember.objects.filter(user=user, left_at=None).values("section")
    )
    rows = others.select_related("school", "subject").order_by("school__name", "subject__label_nl", "pk")
    return [section for section in rows if any(is_same_school(section.school, school) for school in schools)]


def members_of(section: Section) -> QuerySet[SectionMember]:
    """Who is in a section now: leads first, then as they came."""
    live = SectionMember.objects.filter(section=section, left_at=None).select_related("user")
    return live.order_by("role", "joined_at", "pk")


def leads_of(section: Section) -> list[User]:
    leads = SectionMember.objects.filter(section=section, left_at=None, role=SectionRole.LEAD)
    return [member.user for member in leads.select_related("user")]


def open_invitations(invitations: QuerySet[Invitation]) -> list[tuple[Invitation, bool]]:
    """Those that were neither accepted nor withdrawn, the newest first, each with whether it can still be accepted."""
    now = timezone.now()
    rows = invitations.filter(accepted_at=None, withdrawn_at=None).exclude(email="")
    return [(invitation, invitation.expires_at > now) for invitation in rows.order_by("-created_at", "-pk")]


def waiting_for(user: User) -> list[Affiliation]:
    """Who waits for this person to say that they work at a school, the longest first; staff see all."""
    return _decided_by(user, Affiliation.objects.filter(state=AffiliationState.PENDING).order_by("asked_at", "pk"))


def decided_for(user: User) -> list[Affiliation]:
    """Of whom people said that they work at a school or do not, and this person may say otherwise; the latest first.

    Not those whom the school itself names: there is nothing to come back on.
    """
    by_people = Q(assurance=Assurance.MAIL) | Q(role=AffiliationRole.AFFILIATE)
    states = (AffiliationState.APPROVED, AffiliationState.REFUSED)
    return _decided_by(user, Affiliation.objects.filter(by_people, state__in=states).order_by("-decided_at", "-pk"))


def _decided_by(user: User, rows: QuerySet[Affiliation]) -> list[Affiliation]:
    """Those of them on which access.may_decide lets the person decide, at schools that are open."""
    rows = rows.filter(school__ended_on=None).exclude(user_id=user.pk).select_related("school", "user")
    if is_editor(user):
        return list(rows)
    led = schools_led_by(user)
    near = rows.filter(_at_institutions("school__institution_code", led))
    return [each for each in near if any(is_same_school(school, each.school) for school in led)]


def _at_institutions(field: str, schools: Iterable[School]) -> Q:
    return Q(**{f"{field}__in": {school.institution_code for school in schools}})
