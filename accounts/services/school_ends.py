"""A school ends, or merges into another: what becomes of its people, its sections, its invitations and its domains.

All of it may be run again: what still hangs on the old school by then follows or ends as well.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

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
    SectionRole,
    User,
)
from accounts.selectors.schools import school_that_goes_on
from catalogus.locks import Lock, lock_until_commit

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ended:
    """How many of each ended. schools: it and, of an institution, its open locations."""

    schools: int = 0
    affiliations: int = 0
    sections: int = 0


@dataclass(frozen=True, slots=True)
class Merged:
    """into: the school that goes on. schools: that merged just now; of an institution also its open locations.

    moved: what follows to it; joined: what was already there as well, and ended.
    """

    into: School
    schools: int = 0
    affiliations_moved: int = 0
    affiliations_joined: int = 0
    sections_moved: int = 0
    sections_joined: int = 0


@transaction.atomic
def end_school(*, school: School, on: date, by: User | None = None) -> Ended:
    """End a school, and an institution with its open locations; nobody works there any more, and nobody is asked to.

    Raises SchoolRefused for a day that is still to come. A school that had ended keeps its day; one that was merged
    is left alone.
    """
    lock_until_commit(Lock.SCHOOLS)
    _refuse_later(on)
    current = School.objects.select_for_update().get(pk=school.pk)
    if current.merged_into_id is not None:
        return Ended()
    going = [current, *_locations_of(current, Q(merged_into=None))]
    ended = School.objects.filter(pk__in=[each.pk for each in going], ended_on=None).update(ended_on=on)
    now = timezone.now()
    affiliations = _end_affiliations(Affiliation.objects.filter(school__in=going, ended_at=None), now)
    sections = list(Section.objects.select_for_update().filter(school__in=going, ended_at=None))
    _open_invitations(sections).update(withdrawn_at=now)
    SectionMember.objects.filter(section__in=sections, left_at=None).update(left_at=Greatest(F("joined_at"), now))
    Section.objects.filter(pk__in=[section.pk for section in sections]).update(ended_at=now)
    if ended:
        logger.info("school %s ended on %s by user %s", current.code, on, by and by.pk)
    return Ended(ended, affiliations, len(sections))


@transaction.atomic
def merge_schools(*, old: School, into: School, on: date, by: User | None = None) -> Merged:
    """Merge a school into another, or into the one that this was merged into: people, sections and domains follow.

    Who had a tie with both keeps the stronger; sections of one subject become one, and the leads of both lead it. The
    open locations of an institution go along with it. Raises SchoolRefused where either school is not what it must be.
    """
    lock_until_commit(Lock.SCHOOLS)
    _refuse_later(on)
    source = School.objects.select_for_update().get(pk=old.pk)
    target = school_that_goes_on(School.objects.get(pk=into.pk))
    target = School.objects.select_for_update().get(pk=target.pk)
    if refusal := merger_refusal(source, target):
        raise SchoolRefused(refusal)
    going = [source, *_locations_of(source, Q(ended_on=None) | Q(merged_into=target))]
    new = [school for school in going if school.merged_into_id is None]
    for school in new:
        school.merged_into, school.ended_on = target, on
        school.save(update_fields=["merged_into", "ended_on"])
        logger.info("school %s merged into %s on %s by user %s", school.code, target.code, on, by and by.pk)
    now = timezone.now()
    affiliations = [_carry_affiliations(school, target, now) for school in going]
    sections = [_carry_sections(school, target, now) for school in going]
    for school in going:
        _carry_domains(school, target)
    return Merged(
        target,
        len(new),
        affiliations_moved=sum(moved for moved, _joined in affiliations),
        affiliations_joined=sum(joined for _moved, joined in affiliations),
        sections_moved=sum(moved for moved, _joined in sections),
        sections_joined=sum(joined for _moved, joined in sections),
    )


def _refuse_later(on: date) -> None:
    if on > timezone.localdate():
        raise SchoolRefused(
            _("%(day)s is nog niet geweest. Voer dit op of na die dag uit; tot dan is de school er nog.")
            % {"day": f"{on:%d-%m-%Y}"}
        )


def merger_refusal(source: School, target: School) -> str:
    """Why the one cannot merge into the other, which is the one that goes on; "" where it can."""
    names = {"old": source.code, "new": target.code}
    if source.pk == target.pk:
        return (
            _("%(old)s kan niet in zichzelf opgaan, ook niet langs een andere school. Noem een andere school.") % names
        )
    if source.is_institution and target.institution_code == source.code:
        return _("%(new)s is een vestiging van %(old)s, die daarin niet opgaat. Noem een andere school.") % names
    if source.merged_into_id is not None:
        current = school_that_goes_on(source)
        if current.pk != target.pk:
            told = _("%(old)s is al opgegaan in %(current)s. Voeg die samen met %(new)s als dat de bedoeling is.")
            return told % {**names, "current": current.code}
    elif not target.is_open:
        return _("%(new)s is opgeheven. Noem de school die doorgaat.") % names
    return ""


def _locations_of(school: School, which: Q) -> list[School]:
    if not school.is_institution:
        return []
    own = School.objects.select_for_update().filter(which, institution_code=school.code)
    return list(own.exclude(pk=school.pk).order_by("code"))


def _end_affiliations(affiliations: QuerySet[Affiliation], now: datetime) -> int:
    return affiliations.update(state=AffiliationState.ENDED, ended_at=now, end_reason=EndReason.SCHOOL)


def _open_invitations(sections: Sequence[Section]) -> QuerySet[Invitation]:
    return Invitation.objects.filter(section__in=sections, accepted_at=None, withdrawn_at=None)


def _carry_affiliations(source: School, target: School, now: datetime) -> tuple[int, int]:
    """How many moved, and how many ended for the person has another at the school that goes on."""
    coming = list(Affiliation.objects.select_for_update().filter(school=source, ended_at=None))
    there = {
        affiliation.user_id: affiliation
        for affiliation in Affiliation.objects.select_for_update().filter(
            school=target, ended_at=None, user__in=[affiliation.user_id for affiliation in coming]
        )
    }
    weaker, moving = [], []
    for affiliation in coming:
        other = there.get(affiliation.user_id)
        if other is not None and _strength(other) >= _strength(affiliation):
            weaker.append(affiliation.pk)
            continue
        if other is not None:
            weaker.append(other.pk)
        moving.append(affiliation.pk)
    # First the weaker ends: a person has one live tie with a school.
    _end_affiliations(Affiliation.objects.filter(pk__in=weaker), now)
    Affiliation.objects.filter(pk__in=moving).update(school=target)
    return len(moving), len(weaker)


def _strength(affiliation: Affiliation) -> tuple[bool, int, bool]:
    """The higher is kept. A pupil stays a pupil, for less is lost by a right too few than by one too many."""
    states = [AffiliationState.REFUSED, AffiliationState.PENDING, AffiliationState.APPROVED]
    return (
        affiliation.role == AffiliationRole.STUDENT,
        states.index(AffiliationState(affiliation.state)),
        affiliation.assurance == Assurance.FEDERATION,
    )


def _carry_sections(source: School, target: School, now: datetime) -> tuple[int, int]:
    """How many moved as they are, and how many joined the section of their subject at the school that goes on."""
    there = {
        section.subject_id: section
        for section in Section.objects.select_for_update().filter(school=target, ended_at=None)
    }
    coming = list(Section.objects.select_for_update().filter(school=source, ended_at=None))
    joining = [(section, there[section.subject_id]) for section in coming if section.subject_id in there]
    for section, other in joining:
        _join_sections(section, other, now)
    moving = [section.pk for section in coming if section.subject_id not in there]
    Section.objects.filter(pk__in=moving).update(school=target)
    return len(moving), len(joining)


def _join_sections(section: Section, into: Section, now: datetime) -> None:
    """Members go over by a new row; the old ones stay, closed, for the old section's judgements are theirs."""
    members = list(SectionMember.objects.select_for_update().filter(section=section, left_at=None))
    present = {member.user_id for member in SectionMember.objects.filter(section=into, left_at=None)}
    leads = [member.user_id for member in members if member.role == SectionRole.LEAD]
    SectionMember.objects.filter(section=into, left_at=None, user__in=leads).update(role=SectionRole.LEAD)
    SectionMember.objects.bulk_create(
        SectionMember(section=into, user_id=member.user_id, role=member.role, joined_at=now)
        for member in members
        if member.user_id not in present
    )
    SectionMember.objects.filter(section=section, left_at=None).update(left_at=Greatest(F("joined_at"), now))
    invited = set(_open_invitations([into]).exclude(email="").values_list("email", flat=True))
    _open_invitations([section]).filter(email__in=invited).update(withdrawn_at=now)
    _open_invitations([section]).update(section=into)
    Section.objects.filter(pk=section.pk).update(ended_at=now, merged_into=into)


def _carry_domains(source: School, target: School) -> None:
    there = SchoolDomain.objects.filter(school=target).values("domain")
    SchoolDomain.objects.filter(school=source, domain__in=there).delete()
    SchoolDomain.objects.filter(school=source).update(school=target)
