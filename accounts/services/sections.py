"""Subject sections: founded by who works at the school, led by at least one as long as somebody leads.

Every change holds the section's row, so two at once come one after the other.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import is_pupil, may_found_section, may_take_lead, works_at
from accounts.exceptions import SectionRefused
from accounts.mail_kinds import SECTION_CHANGED
from accounts.models import Invitation, School, Section, SectionMember, SectionRole, User
from accounts.services.mail import queue_mail
from catalogus.models import Concept, Scheme


@transaction.atomic
def found_section(*, school: School, subject: Concept, by: User) -> Section:
    """Found the section of a subject at a school; who founds it leads it. Raises SectionRefused."""
    school = School.objects.select_for_update(no_key=True).get(pk=school.pk)
    if subject.scheme != Scheme.SUBJECT or subject.replaced_by_id is not None:
        raise SectionRefused(_("“%(subject)s” is geen vak. Kies een vak uit de lijst.") % {"subject": subject})
    if not school.is_open:
        raise SectionRefused(
            _("%(school)s is opgeheven; richt de vaksectie op bij de school waar u nu werkt.") % {"school": school}
        )
    if not may_found_section(by, school):
        raise SectionRefused(
            _("Er is niet bevestigd dat u bij %(school)s werkt. Vraag dat eerst aan bij “Mijn school”.")
            % {"school": school}
        )
    if Section.objects.filter(school=school, subject=subject, ended_at=None).exists():
        raise SectionRefused(
            _("De vaksectie %(subject)s bestaat al op %(school)s. Vraag de voorzitter u uit te nodigen.")
            % {"subject": subject, "school": school}
        )
    section = Section(school=school, subject=subject)
    section.full_clean()
    section.save()
    add_member(section=section, user=by, role=SectionRole.LEAD)
    return section


def add_member(*, section: Section, user: User, role: SectionRole) -> SectionMember:
    """Put a person in a section, or give who is in it the higher of two roles. For who holds the section's row."""
    member = SectionMember.objects.filter(section=section, user=user, left_at=None).first()
    if member is None:
        member = SectionMember(section=section, user=user, role=role)
    elif role == SectionRole.LEAD:
        member.role = role
    member.full_clean()
    member.save()
    return member


@transaction.atomic
def leave_section(*, section: Section, user: User) -> None:
    """Leave a section. Raises SectionRefused for the last lead while there are others: they hand it over first."""
    section = hold_section(section)
    member = _member(section, user)
    _keep_a_lead(section, without=member)
    _take_out(member)


@transaction.atomic
def remove_member(*, section: Section, user: User, by: User) -> None:
    """Take another out of a section; they get a letter. Raises SectionRefused."""
    section = hold_section(section)
    if user.pk == by.pk:
        raise SectionRefused(_("Uzelf haalt u er niet uit; verlaat de vaksectie met de knop daarvoor."))
    member = _member(section, user)
    _keep_a_lead(section, without=member)
    _take_out(member)
    queue_mail(kind=SECTION_CHANGED, user=user, about_id=member.pk)


@transaction.atomic
def change_role(*, section: Section, user: User, role: SectionRole, by: User) -> SectionMember:
    """Make a member a lead beside the others, or a lead a member. Raises SectionRefused.

    A lead still works at the school, for they vouch for others there.
    """
    return _change_role(hold_section(section), user, role, by)


@transaction.atomic
def hand_over(*, section: Section, to: User, by: User) -> None:
    """Make another the lead and step down in one go. Raises SectionRefused."""
    section = hold_section(section)
    if to.pk == by.pk:
        raise SectionRefused(_("U leidt deze vaksectie al. Kies een ander om haar aan over te dragen."))
    own = _member(section, by)
    _change_role(section, to, SectionRole.LEAD, by)
    if own.role == SectionRole.LEAD:
        _change_role(section, by, SectionRole.MEMBER, by)


@transaction.atomic
def take_lead(*, section: Section, user: User) -> SectionMember:
    """Become the lead of a section that has none. Raises SectionRefused."""
    section = hold_section(section)
    if not may_take_lead(user, section):
        raise SectionRefused(
            _("U kunt deze vaksectie niet gaan leiden: er is al een voorzitter, of niet is bevestigd dat u hier werkt.")
        )
    return add_member(section=section, user=user, role=SectionRole.LEAD)


@transaction.atomic
def end_section(*, section: Section) -> None:
    """End a section: everybody leaves, and invitations that are open are withdrawn. Raises SectionRefused."""
    section = hold_section(section)
    now = timezone.now()
    SectionMember.objects.filter(section=section, left_at=None).update(left_at=now)
    Invitation.objects.filter(section=section, accepted_at=None, withdrawn_at=None).update(withdrawn_at=now)
    section.ended_at = now
    section.full_clean()
    section.save(update_fields=["ended_at"])


def hold_section(section: Section) -> Section:
    """The section, held until the transaction ends. Raises SectionRefused where it has ended."""
    rows = Section.objects.select_for_update(of=("self",), no_key=True).select_related("school", "subject")
    held = rows.get(pk=section.pk)
    if held.ended_at is not None:
        raise SectionRefused(
            _("De vaksectie %(subject)s van %(school)s is opgeheven.")
            % {"subject": held.subject, "school": held.school}
        )
    return held


def _change_role(section: Section, user: User, role: SectionRole, by: User) -> SectionMember:
    member = _member(section, user)
    if member.role == role:
        return member
    if role == SectionRole.LEAD and (is_pupil(user) or not works_at(user, section.school)):
        raise SectionRefused(
            _("Er is niet bevestigd dat deze persoon bij %(school)s werkt; kies een ander als voorzitter.")
            % {"school": section.school}
        )
    if role == SectionRole.MEMBER and not _leads(section).exclude(pk=member.pk).exists():
        raise SectionRefused(_("Een vaksectie houdt een voorzitter. Draag het voorzitterschap eerst over."))
    member.role = role
    member.full_clean()
    member.save(update_fields=["role"])
    if user.pk != by.pk:
        queue_mail(kind=SECTION_CHANGED, user=user, about_id=member.pk)
    return member


def _member(section: Section, user: User) -> SectionMember:
    member = SectionMember.objects.filter(section=section, user=user, left_at=None).first()
    if member is None:
        raise SectionRefused(_("Deze persoon is geen lid (meer) van de vaksectie. Er is niets veranderd."))
    return member


def _leads(section: Section) -> QuerySet[SectionMember]:
    return SectionMember.objects.filter(section=section, left_at=None, role=SectionRole.LEAD)


def _keep_a_lead(section: Section, *, without: SectionMember) -> None:
    """Refuse that the only lead goes while others stay. A section that nobody leads already loses nothing."""
    others = SectionMember.objects.filter(section=section, left_at=None).exclude(pk=without.pk)
    if without.role == SectionRole.LEAD and others.exists() and not others.filter(role=SectionRole.LEAD).exists():
        raise SectionRefused(
            _("De enige voorzitter kan niet weg zolang er andere leden zijn. Draag het voorzitterschap eerst over.")
        )


def _take_out(member: SectionMember) -> None:
    member.left_at = timezone.now()
    member.save(update_fields=["left_at"])
