"""Who belongs to which school: what a federation says at every visit, and what people ask for and agree to.

A federation's word counts at once for employees and teaching staff; affiliates, and people known by a mail address
alone, wait until a section lead or staff agrees. When an affiliation ends, so does the person's place in the sections
there.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import is_same_school, may_decide, works_at
from accounts.claims import Claims
from accounts.exceptions import SchoolRefused
from accounts.mail_kinds import AFFILIATION_DECIDED, AFFILIATION_WAITS
from accounts.models import (
    Affiliation,
    AffiliationRole,
    AffiliationState,
    Assurance,
    EndReason,
    School,
    SchoolDomain,
    SectionMember,
    SectionRole,
    User,
)
from accounts.selectors.people import proven_addresses
from accounts.selectors.schools import school_of_code, schools_of_domain
from accounts.services.mail import queue_mail

TOLD_AGAIN_AFTER = timedelta(days=1)
"""How often leads get a letter about one person at most; who waits stands on their page at once."""

_CONFIRMED_BY_SCHOOL = (AffiliationRole.EMPLOYEE, AffiliationRole.STAFF)


@transaction.atomic
def record_claims(*, user: User, claims: Claims) -> Affiliation | None:
    """Take over what a school says of a person at this visit; what they are there now, None where nothing is known.

    Earlier affiliations that the federation does not repeat end. One that was refused stays refused, so that nobody is
    asked about the same person at every visit.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # Two visits at once make one affiliation.
    role, school = _role_in(claims), _school_in(claims)
    if school is not None:
        # A school that ends at this moment either ends this affiliation too, or is seen to have ended.
        school = School.objects.select_for_update(no_key=True).get(pk=school.pk)
    if role is None or (school and not school.is_open):
        school = None
    names_a_school = bool(claims.organization_id or claims.organization_domain)
    current = None
    ended: list[School] = []
    earlier = Affiliation.objects.select_for_update(of=("self",)).select_related("school")
    for affiliation in earlier.filter(user=user, assurance=Assurance.FEDERATION, ended_at=None):
        if role and school and affiliation.school_id == school.pk and _is_same_part(affiliation, role):
            current = affiliation
            continue
        _end(affiliation, _end_reason(affiliation, role, school, names_a_school=names_a_school))
        ended.append(affiliation.school)
    if role and school:
        current = _confirm(current, user=user, school=school, role=role)
    _leave_sections_at(user, ended)
    return current


@transaction.atomic
def ask_for_affiliation(*, user: User, school: School) -> Affiliation:
    """Ask to be known as somebody who works at a school, on the strength of a proven address at its mail domain.

    Raises SchoolRefused that says why not and what to do instead.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not user.is_local:
        raise SchoolRefused(
            _("U meldt zich aan via uw school; zij zegt zelf waar u werkt. Noemt zij %(school)s niet, vraag het daar.")
            % {"school": school}
        )
    if not school.is_open:
        raise SchoolRefused(
            _("%(school)s is opgeheven. Zoek de school waar zij in opging, of vraag de redactie van de catalogus.")
            % {"school": school}
        )
    _refuse_second(user, school)
    if not _has_address_at(user, school):
        raise SchoolRefused(_no_address_at(school))
    affiliation = Affiliation(
        user=user,
        school=school,
        role=AffiliationRole.EMPLOYEE,
        assurance=Assurance.MAIL,
        state=AffiliationState.PENDING,
    )
    return _store_pending(affiliation)


@transaction.atomic
def decide_affiliation(*, affiliation: Affiliation, by: User, is_approved: bool, reason: str = "") -> Affiliation:
    """Agree that a person works at a school, or refuse it with a reason; the person gets a letter either way.

    One that was refused can still be agreed to, for people make mistakes. Whether `by` may decide is access.may_decide,
    which the caller asks. Raises SchoolRefused.
    """
    affiliation = _locked(affiliation)
    reason = reason.strip()
    if affiliation.user_id == by.pk:
        raise SchoolRefused(_("Over uzelf beslist u niet; vraag een andere voorzitter of de redactie."))
    open_states = {AffiliationState.PENDING} | ({AffiliationState.REFUSED} if is_approved else set())
    if affiliation.state not in open_states:
        raise SchoolRefused(
            _("Hierover is al besloten: %(state)s. Er is niets veranderd.") % {"state": affiliation.get_state_display()}
        )
    if is_approved:
        _check_still_true(affiliation)
    elif not reason:
        raise SchoolRefused(_("Geef een reden; wie het vroeg, krijgt die te lezen."))
    affiliation.state = AffiliationState.APPROVED if is_approved else AffiliationState.REFUSED
    affiliation.decided_at = timezone.now()
    affiliation.decided_by = by
    affiliation.reason = "" if is_approved else reason
    if is_approved:
        affiliation.confirmed_at = affiliation.decided_at
    _save(affiliation)
    queue_mail(kind=AFFILIATION_DECIDED, user=affiliation.user, about_id=affiliation.pk)
    return affiliation


@transaction.atomic
def end_affiliation(*, affiliation: Affiliation, by: User, reason: str) -> Affiliation:
    """Say that a person does not work at a school any more, with a reason; their place in its sections ends too, and
    they get a letter.

    Raises SchoolRefused for oneself (that is leave_school), for one that is no longer approved, and for people whom the
    school itself names: it would say the same again at their next visit.
    """
    affiliation = _locked(affiliation)
    reason = reason.strip()
    if affiliation.user_id == by.pk:
        raise SchoolRefused(_("Over uzelf beslist u niet; verlaat de school op uw eigen pagina."))
    if affiliation.state != AffiliationState.APPROVED:
        raise SchoolRefused(
            _("Dit is niet (meer) bevestigd: %(state)s. Er is niets veranderd.")
            % {"state": affiliation.get_state_display()}
        )
    if affiliation.assurance == Assurance.FEDERATION and affiliation.role in _CONFIRMED_BY_SCHOOL:
        raise SchoolRefused(
            _("%(school)s zegt zelf dat deze persoon er werkt. Vraag de school dit te veranderen; bij het volgende "
              "bezoek volgt het hier vanzelf.") % {"school": affiliation.school}
        )  # fmt: skip
    if not reason:
        raise SchoolRefused(_("Geef een reden; wie het aangaat, kan die lezen."))
    affiliation.reason = reason
    if affiliation.assurance == Assurance.FEDERATION:
        # An affiliate is named again at the next visit; refused, that asks nobody anything.
        affiliation.state = AffiliationState.REFUSED
        affiliation.decided_at, affiliation.decided_by = timezone.now(), by
        _save(affiliation)
    else:
        affiliation.decided_by = by
        _end(affiliation, EndReason.REMOVED)
    queue_mail(kind=AFFILIATION_DECIDED, user=affiliation.user, about_id=affiliation.pk)
    _leave_sections_at(affiliation.user, [affiliation.school])
    return affiliation


@transaction.atomic
def leave_school(*, user: User, affiliation: Affiliation) -> None:
    """End one's own affiliation, and with it one's place in the sections there. Raises SchoolRefused.

    A refusal is not left: that would open the way to ask again and again.
    """
    affiliation = _locked(affiliation)
    if affiliation.user_id != user.pk:
        raise SchoolRefused(_("Dit is niet uw eigen school; alleen wie er werkt, kan haar verlaten."))
    if affiliation.state not in {AffiliationState.PENDING, AffiliationState.APPROVED}:
        raise SchoolRefused(_("Hier valt niets te verlaten: %(state)s.") % {"state": affiliation.get_state_display()})
    _end(affiliation, EndReason.LEFT)
    _leave_sections_at(user, [affiliation.school])


@transaction.atomic
def end_where_address_went(*, user: User) -> list[School]:
    """End what rests on a mail address that the person has no more; the schools that it was about, in no order.

    A refusal stays, as it does for who leaves.
    """
    states = (AffiliationState.PENDING, AffiliationState.APPROVED)
    live = Affiliation.objects.select_for_update(of=("self",)).select_related("school")
    gone = []
    for affiliation in live.filter(user=user, assurance=Assurance.MAIL, state__in=states):
        if not _has_address_at(user, affiliation.school):
            _end(affiliation, EndReason.LEFT)
            gone.append(affiliation.school)
    _leave_sections_at(user, gone)
    return gone


# What a federation says


def _role_in(claims: Claims) -> AffiliationRole | None:
    """eduPersonAffiliation (eduPerson 2020-01, clause 2.2.1) as one role; a pupil is a pupil, whatever else is said.

    "staff" and "faculty" say more than "employee", which they imply; "member" and "alum" say nothing of work.
    """
    said = claims.affiliations
    if "student" in said:
        return AffiliationRole.STUDENT
    if said & {"staff", "faculty"}:
        return AffiliationRole.STAFF
    if "employee" in said:
        return AffiliationRole.EMPLOYEE
    return AffiliationRole.AFFILIATE if "affiliate" in said else None


def _school_in(claims: Claims) -> School | None:
    """The school of the BRIN; of the domain where no BRIN is named and one open school alone has it."""
    if claims.organization_id:
        return school_of_code(claims.organization_id)
    schools = schools_of_domain(claims.organization_domain) if claims.organization_domain else []
    return schools[0] if len(schools) == 1 else None


def _is_same_part(affiliation: Affiliation, role: AffiliationRole) -> bool:
    """Whether a role goes on what the affiliation was: employee and staff are one, others stand for themselves."""
    return affiliation.role == role or {affiliation.role, role} <= set(_CONFIRMED_BY_SCHOOL)


def _end_reason(
    affiliation: Affiliation, role: AffiliationRole | None, school: School | None, *, names_a_school: bool
) -> EndReason:
    if not affiliation.school.is_open:
        return EndReason.SCHOOL
    is_elsewhere = names_a_school and (school is None or school.pk != affiliation.school_id)
    return EndReason.MOVED if role and is_elsewhere else EndReason.CLAIMS


def _confirm(current: Affiliation | None, *, user: User, school: School, role: AffiliationRole) -> Affiliation:
    """Set down that the school said so today, as a new affiliation where there was none."""
    if current is None:
        by_mail = Affiliation.objects.filter(user=user, school=school, ended_at=None).first()
        if by_mail is not None:
            return by_mail  # One live affiliation per school; what people agreed to is not touched by claims.
        waits = role == AffiliationRole.AFFILIATE
        affiliation = Affiliation(
            user=user,
            school=school,
            role=role,
            assurance=Assurance.FEDERATION,
            state=AffiliationState.PENDING if waits else AffiliationState.APPROVED,
            confirmed_at=timezone.now(),
        )
        if waits:
            return _store_pending(affiliation)
        _save(affiliation)
        return affiliation
    current.role = role
    current.confirmed_at = timezone.now()
    _save(current)
    return current


# Asking and deciding


def _refuse_second(user: User, school: School) -> None:
    live = Affiliation.objects.filter(user=user, school=school, ended_at=None).first()
    if live is None:
        return
    if live.state == AffiliationState.REFUSED:
        raise SchoolRefused(
            _("Uw aanvraag bij %(school)s is afgewezen: “%(reason)s”. Klopt dat niet, vraag dan een voorzitter van een "
              "vaksectie daar of de redactie om het alsnog goed te keuren.")
            % {"school": school, "reason": live.reason}
        )  # fmt: skip
    if live.state == AffiliationState.PENDING:
        raise SchoolRefused(
            _("Uw aanvraag bij %(school)s wacht al op goedkeuring; u krijgt een mail als er besloten is.")
            % {"school": school}
        )
    raise SchoolRefused(_("Dat u bij %(school)s werkt, is al bevestigd.") % {"school": school})


def domains_of(school: School) -> list[str]:
    """The mail domains that a school gives its staff, its institution's and locations' included, in order."""
    rows = SchoolDomain.objects.filter(school__institution_code=school.institution_code, school__ended_on=None)
    return sorted({row.domain for row in rows.select_related("school") if is_same_school(row.school, school)})


def _has_address_at(user: User, school: School) -> bool:
    domains = set(domains_of(school))
    return any(address.rpartition("@")[2] in domains for address in proven_addresses(user))


def _no_address_at(school: School) -> str:
    domains = domains_of(school)
    if not domains:
        return _(
            "Van %(school)s is nog geen maildomein bekend. Vraag de redactie van de catalogus het domein van de school "
            "toe te voegen; daarna kunt u dit opnieuw vragen."
        ) % {"school": school}
    return _(
        "U hebt geen bevestigd e-mailadres bij %(school)s. Voeg bij uw account een adres toe dat eindigt op "
        "%(domains)s, bevestig het, en vraag het dan opnieuw."
    ) % {"school": school, "domains": ", ".join(f"@{domain}" for domain in domains)}


def _check_still_true(affiliation: Affiliation) -> None:
    """What was asked may no longer hold when somebody agrees."""
    if not affiliation.school.is_open:
        raise SchoolRefused(
            _("%(school)s is opgeheven; daar kan niemand meer bevestigd worden.") % {"school": affiliation.school}
        )
    if affiliation.assurance == Assurance.MAIL and not _has_address_at(affiliation.user, affiliation.school):
        raise SchoolRefused(
            _("Deze persoon heeft geen bevestigd e-mailadres meer bij %(school)s. Laat hen het adres opnieuw "
              "bevestigen, of wijs de aanvraag af.") % {"school": affiliation.school}
        )  # fmt: skip


def _store_pending(affiliation: Affiliation) -> Affiliation:
    """Store it and tell the leads of sections there, who may agree; not again of what was taken back and asked anew."""
    school = affiliation.school
    since = timezone.now() - TOLD_AGAIN_AFTER
    was_told = Affiliation.objects.filter(user=affiliation.user, school=school, asked_at__gt=since).exists()
    _save(affiliation)
    if was_told:
        return affiliation
    leads = User.objects.filter(
        is_active=True,
        section_memberships__role=SectionRole.LEAD,
        section_memberships__left_at=None,
        section_memberships__section__ended_at=None,
        section_memberships__section__school__institution_code=school.institution_code,
    ).distinct()
    for lead in leads.order_by("pk"):
        if may_decide(lead, affiliation):
            queue_mail(kind=AFFILIATION_WAITS, user=lead, about_id=affiliation.pk)
    return affiliation


def _locked(affiliation: Affiliation) -> Affiliation:
    rows = Affiliation.objects.select_for_update(of=("self",)).select_related("school", "user")
    return rows.get(pk=affiliation.pk)


def _save(affiliation: Affiliation) -> None:
    try:
        affiliation.full_clean()
    except ValidationError as error:
        raise SchoolRefused(" ".join(error.messages)) from error
    affiliation.save()


# Ends


def _end(affiliation: Affiliation, reason: EndReason) -> None:
    affiliation.state = AffiliationState.ENDED
    affiliation.ended_at = timezone.now()
    affiliation.end_reason = reason
    _save(affiliation)


def _leave_sections_at(user: User, schools: Iterable[School]) -> None:
    """Take the person out of the sections of these schools, unless they are still known to work there.

    A lead who goes leaves the section without one: who leads it then is up to those who stay (access.may_take_lead).
    """
    for school in schools:
        live = SectionMember.objects.filter(
            user=user, left_at=None, section__school__institution_code=school.institution_code
        ).select_related("section__school")
        for member in live:
            if not works_at(user, member.section.school):
                member.left_at = timezone.now()
                member.save(update_fields=["left_at"])
