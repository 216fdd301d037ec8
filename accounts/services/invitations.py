"""Invitations by mail, to a section or to speak for a publisher: who proved to read the address may accept, once."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import is_pupil, is_same_school, may_decide, works_at
from accounts.exceptions import InvitationRefused, SchoolRefused
from accounts.mail_kinds import INVITATION_PUBLISHER, INVITATION_SECTION
from accounts.models import (
    Affiliation,
    AffiliationRole,
    AffiliationState,
    Invitation,
    InvitationKind,
    PublisherMember,
    PublisherRole,
    School,
    Section,
    SectionMember,
    SectionRole,
    User,
)
from accounts.selectors.people import masked, proven_addresses, reads_address
from accounts.services.affiliations import decide_affiliation
from accounts.services.invitation_tokens import invitation_token, read_invitation
from accounts.services.mail import queue_mail
from accounts.services.sections import add_member, hold_section
from catalogus.models import Publisher
from catalogus.services.publishers import family_of, survivor

__all__ = [
    "accept_invitation",
    "check_open",
    "invitation_token",
    "invite_to_publisher",
    "invite_to_section",
    "read_invitation",
    "resend_invitation",
    "withdraw_invitation",
]

VALID_FOR = timedelta(days=14)
"""Two weeks outlast the longest school holiday but that of summer."""

MOST_A_DAY = 50
"""By one person: more than the largest section has members, and little for who would use this site to send mail."""

RESEND_PAUSE = timedelta(minutes=10)
"""Mail of schools is often held back this long; who presses again before that sends two letters."""

_KINDS = {InvitationKind.SECTION: INVITATION_SECTION, InvitationKind.PUBLISHER: INVITATION_PUBLISHER}


@transaction.atomic
def invite_to_section(*, section: Section, email: str, role: SectionRole, by: User) -> Invitation:
    """Invite an address to a section; the letter goes with the transaction.

    Raises InvitationRefused for an address that is none, is a member's or has an invitation, SectionRefused for a
    section that ended.
    """
    section = hold_section(section)
    email = _address(email)
    if not section.school.is_open:
        raise InvitationRefused(_ended_school(section.school))
    members = SectionMember.objects.filter(section=section, left_at=None)
    if reads_address(members.values_list("user", flat=True), email):
        raise InvitationRefused(_("Wie %(email)s leest, is al lid van deze vaksectie.") % {"email": email})
    invitation = Invitation(kind=InvitationKind.SECTION, section=section, role=role, email=email, invited_by=by)
    return _send_first(invitation, Invitation.objects.filter(section=section))


@transaction.atomic
def invite_to_publisher(*, publisher: Publisher, email: str, role: PublisherRole, by: User) -> Invitation:
    """Invite an address to speak for a publisher, or for the one that it was merged into. Raises InvitationRefused."""
    publisher = Publisher.objects.select_for_update(no_key=True).get(pk=survivor(publisher).pk)
    email = _address(email)
    members = PublisherMember.objects.filter(publisher_id__in=family_of(publisher.pk), ended_at=None)
    if reads_address(members.values_list("user", flat=True), email):
        raise InvitationRefused(
            _("Wie %(email)s leest, werkt al voor %(publisher)s.") % {"email": email, "publisher": publisher}
        )
    invitation = Invitation(kind=InvitationKind.PUBLISHER, publisher=publisher, role=role, email=email, invited_by=by)
    return _send_first(invitation, Invitation.objects.filter(publisher=publisher))


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation) -> None:
    """Take an invitation back; its letter opens nothing any more. Raises InvitationRefused where it was accepted."""
    invitation = _held(invitation)
    if invitation.withdrawn_at is not None:
        return
    if invitation.accepted_at is not None:
        raise InvitationRefused(
            _("Deze uitnodiging is al aangenomen. Haal de persoon weg uit de lijst van leden als dat de bedoeling is.")
        )
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by: User) -> None:
    """Send the letter again; it is valid for two weeks from now, and so is the first one. Raises InvitationRefused."""
    invitation = _held(invitation)
    now = timezone.now()
    if invitation.accepted_at is not None or invitation.withdrawn_at is not None or not invitation.email:
        raise InvitationRefused(_("Deze uitnodiging staat niet meer open. Nodig de persoon opnieuw uit."))
    _refuse_ended(invitation)
    if invitation.created_at > now - RESEND_PAUSE:
        raise InvitationRefused(
            _("Deze uitnodiging is minder dan %(minutes)d minuten geleden verstuurd. Mail kan even onderweg zijn.")
            % {"minutes": RESEND_PAUSE // timedelta(minutes=1)}
        )
    _refuse_flood(by)
    invitation.invited_by = by
    invitation.created_at, invitation.expires_at = now, now + VALID_FOR
    invitation.full_clean()
    invitation.save()
    _queue_letter(invitation)


def check_open(invitation: Invitation, user: User | None = None) -> None:
    """Raise InvitationRefused that says why an invitation cannot be accepted any more, and what to do instead."""
    if invitation.accepted_at is not None:
        if user is not None and invitation.accepted_by_id == user.pk:
            raise InvitationRefused(_("U hebt deze uitnodiging al aangenomen; u hoeft niets meer te doen."))
        raise InvitationRefused(
            _("Deze uitnodiging is al gebruikt; dat kan één keer. Vraag wie u uitnodigde om een nieuwe.")
        )
    if invitation.withdrawn_at is not None:
        raise InvitationRefused(_("Deze uitnodiging is ingetrokken. Vraag wie u uitnodigde of dat de bedoeling was."))
    if invitation.expires_at <= timezone.now():
        raise InvitationRefused(
            _("Deze uitnodiging is verlopen; zij was %(days)d dagen geldig. Vraag wie u uitnodigde om een nieuwe.")
            % {"days": VALID_FOR.days}
        )
    _refuse_ended(invitation)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User) -> SectionMember | PublisherMember:
    """Join what the invitation is to. Raises InvitationRefused with the remedy.

    For a section the person works at the school. Who has asked to be known there is agreed to by this, for the lead who
    invited them vouches, as long as that one may still decide.
    """
    invitation = _held(invitation)
    check_open(invitation, user)
    if invitation.email not in proven_addresses(user):
        raise InvitationRefused(
            _("Deze uitnodiging is gestuurd aan %(email)s. Meld u aan met het account van dat adres, of voeg het adres "
              "bij uw account toe en bevestig het.") % {"email": masked(invitation.email)}
        )  # fmt: skip
    member = _join(invitation, user)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.full_clean()
    invitation.save()
    return member


# Inviting


def _address(text: str) -> str:
    email = text.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvitationRefused(
            _("“%(email)s” is geen e-mailadres. Schrijf het als naam@school.example.") % {"email": email[:100]}
        ) from error
    return email


def _send_first(invitation: Invitation, others: QuerySet[Invitation]) -> Invitation:
    """Store and send it; one to the same address that ran out makes room, one that is open does not."""
    now = timezone.now()
    open_one = others.filter(email=invitation.email, accepted_at=None, withdrawn_at=None).first()
    if open_one is not None and open_one.expires_at > now:
        raise InvitationRefused(
            _("Aan %(email)s is al een uitnodiging gestuurd. Stuur die opnieuw, of trek haar eerst in.")
            % {"email": invitation.email}
        )
    if open_one is not None:
        open_one.withdrawn_at = now
        open_one.save(update_fields=["withdrawn_at"])
    if invitation.invited_by is not None:
        _refuse_flood(invitation.invited_by)
    invitation.created_at, invitation.expires_at = now, now + VALID_FOR
    try:
        invitation.full_clean()
    except ValidationError as error:
        raise InvitationRefused(" ".join(error.messages)) from error
    invitation.save()
    _queue_letter(invitation)
    return invitation


def _refuse_flood(by: User) -> None:
    """Withdrawn ones count too: their letters went."""
    since = timezone.now() - timedelta(days=1)
    if Invitation.objects.filter(invited_by=by, created_at__gt=since).count() >= MOST_A_DAY:
        raise InvitationRefused(
            _("U hebt vandaag %(count)d uitnodigingen gestuurd; meer kan niet op één dag. Ga morgen verder.")
            % {"count": MOST_A_DAY}
        )


def _queue_letter(invitation: Invitation) -> None:
    queue_mail(kind=_KINDS[InvitationKind(invitation.kind)], email=invitation.email, about_id=invitation.pk)


# Accepting


def _held(invitation: Invitation) -> Invitation:
    """The invitation, held; its school and section before it, in the order in which all who change them hold them."""
    if invitation.section_id is not None:
        School.objects.select_for_update(no_key=True).get(sections=invitation.section_id)
        Section.objects.select_for_update(no_key=True).get(pk=invitation.section_id)
    rows = Invitation.objects.select_for_update(of=("self",)).select_related(
        "section__school", "section__subject", "publisher", "invited_by"
    )
    return rows.get(pk=invitation.pk)


def _refuse_ended(invitation: Invitation) -> None:
    section = invitation.section
    if section is None:
        return
    if section.ended_at is not None:
        raise InvitationRefused(
            _("De vaksectie %(subject)s van %(school)s is opgeheven; er is niets meer om aan mee te doen.")
            % {"subject": section.subject, "school": section.school}
        )
    if not section.school.is_open:
        raise InvitationRefused(_ended_school(section.school))


def _ended_school(school: School) -> str:
    return _("%(school)s is opgeheven of samengevoegd. Ga verder met de vaksectie van de school waar u nu werkt.") % {
        "school": school
    }


def _join(invitation: Invitation, user: User) -> SectionMember | PublisherMember:
    if invitation.section is not None:
        return _join_section(invitation, invitation.section, user)
    if invitation.publisher is not None:
        return _join_publisher(PublisherRole(invitation.role), invitation.publisher, user)
    raise InvitationRefused(_("Deze uitnodiging is nergens voor. Vraag om een nieuwe."))


def _join_section(invitation: Invitation, section: Section, user: User) -> SectionMember:
    if is_pupil(user):
        raise InvitationRefused(
            _("Uw school noemt u leerling of student. Een vaksectie is er voor wie er werkt; klopt dit niet, vraag het "
              "uw school.")
        )  # fmt: skip
    if not works_at(user, section.school):
        _let_inviter_vouch(invitation, user, section.school)
    return add_member(section=section, user=user, role=SectionRole(invitation.role))


def _let_inviter_vouch(invitation: Invitation, user: User, school: School) -> None:
    """Agree, in the inviter's name, to what the person asked. Raises InvitationRefused where there is nothing to."""
    pending = Affiliation.objects.filter(
        user=user,
        state=AffiliationState.PENDING,
        school__institution_code=school.institution_code,
    ).exclude(role=AffiliationRole.STUDENT)
    here = [
        affiliation for affiliation in pending.select_related("school") if is_same_school(affiliation.school, school)
    ]
    if not here:
        raise InvitationRefused(
            _("Er is niet bevestigd dat u bij %(school)s werkt. Meld u aan via uw school, of vraag het aan bij “Mijn "
              "school” met een e-mailadres van de school, en open deze uitnodiging daarna opnieuw.")
            % {"school": school}
        )  # fmt: skip
    inviter = invitation.invited_by
    if inviter is None or not may_decide(inviter, here[0]):
        raise InvitationRefused(
            _("Uw aanvraag bij %(school)s wacht nog op goedkeuring. Open deze uitnodiging opnieuw zodra u daarover "
              "mail kreeg.") % {"school": school}
        )  # fmt: skip
    try:
        decide_affiliation(affiliation=here[0], by=inviter, is_approved=True)
    except SchoolRefused as error:
        raise InvitationRefused(str(error)) from error


def _join_publisher(role: PublisherRole, publisher: Publisher, user: User) -> PublisherMember:
    """Make the person a member; who left comes back, who is one keeps the higher of two roles."""
    member = PublisherMember.objects.select_for_update().filter(user=user, publisher=publisher).first()
    if member is None:
        member = PublisherMember(user=user, publisher=publisher, role=role)
    elif member.ended_at is not None:
        member.role, member.joined_at, member.ended_at = role, timezone.now(), None
    else:
        member.role = max(PublisherRole(member.role), role, key=list(PublisherRole).index)
    member.full_clean()
    member.save()
    return member
