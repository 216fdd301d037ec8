"""Invitations: accepted once, by who proved to read the address, in time, and for what goes on."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import signing
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from accounts import access
from accounts.exceptions import InvitationRefused, SectionRefused
from accounts.models import Affiliation, Invitation, OutgoingMail, PublisherMember, PublisherRole, SectionRole
from accounts.services import invitations
from accounts.services.invitations import (
    accept_invitation,
    invitation_token,
    invite_to_publisher,
    invite_to_section,
    read_invitation,
    resend_invitation,
    withdraw_invitation,
)
from accounts.services.sections import end_section
from tests.accounts.places import (
    affiliate,
    make_federated,
    make_person,
    make_school,
    make_section,
    make_teacher,
    roles_in,
    speak_for,
)
from tests.factories import make_publisher

pytestmark = pytest.mark.django_db

ADDRESS = "jan@school.example"


@pytest.fixture
def school():
    return make_school("99AA", domain="school.example")


@pytest.fixture
def els(school):
    return make_teacher("els", school, email="els@school.example")


@pytest.fixture
def section(school, els):
    return make_section(school, lead=els)


@pytest.fixture
def jan(school):
    return make_teacher("jan", school, email=ADDRESS)


@pytest.fixture
def invitation(section, els):
    return invite_to_section(section=section, email=ADDRESS, role=SectionRole.MEMBER, by=els)


# Inviting


def test_an_invitation_is_for_two_weeks_and_its_letter_waits(section, els):
    before = timezone.now()
    invitation = invite_to_section(section=section, email=" Jan@School.Example ", role=SectionRole.LEAD, by=els)
    assert (invitation.email, invitation.role, invitation.invited_by) == (ADDRESS, "lead", els)
    assert timedelta(0) <= invitation.expires_at - before - timedelta(days=14) < timedelta(minutes=1)
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.user, mail.email, mail.about_id) == ("invitation-section", None, ADDRESS, invitation.pk)


@pytest.mark.parametrize(
    "email", ["", "jan", "jan@", "jan@school.example, els@school.example", "a@b\nBcc: c@d.example"]
)
def test_what_is_no_address_is_named(section, els, email):
    with pytest.raises(InvitationRefused, match="is geen e-mailadres"):
        invite_to_section(section=section, email=email, role=SectionRole.MEMBER, by=els)
    assert not OutgoingMail.objects.exists()


def test_a_role_of_something_else_is_refused(section, els):
    owner: Any = PublisherRole.OWNER
    lead: Any = SectionRole.LEAD
    with pytest.raises(InvitationRefused):
        invite_to_section(section=section, email=ADDRESS, role=owner, by=els)
    with pytest.raises(InvitationRefused):
        invite_to_publisher(publisher=make_publisher(), email=ADDRESS, role=lead, by=els)


def test_one_open_invitation_per_address(invitation, section, els):
    with pytest.raises(InvitationRefused, match="al een uitnodiging gestuurd"):
        invite_to_section(section=section, email=ADDRESS.upper(), role=SectionRole.MEMBER, by=els)
    Invitation.objects.update(created_at=timezone.now() - timedelta(days=15), expires_at=timezone.now())
    again = invite_to_section(section=section, email=ADDRESS, role=SectionRole.MEMBER, by=els)
    assert Invitation.objects.get(accepted_at=None, withdrawn_at=None) == again


def test_a_member_is_not_invited_again(section, els):
    with pytest.raises(InvitationRefused, match="is al lid"):
        invite_to_section(section=section, email="ELS@school.example", role=SectionRole.MEMBER, by=els)
    publisher, speaker = make_publisher(), make_person(email="bo@uitgever.example")
    speak_for(speaker, publisher)
    with pytest.raises(InvitationRefused, match="werkt al voor"):
        invite_to_publisher(publisher=publisher, email="bo@uitgever.example", role=PublisherRole.EDITOR, by=els)


def test_nothing_is_sent_for_what_has_ended(section, els, school):
    school.ended_on = timezone.localdate()
    school.save()
    with pytest.raises(InvitationRefused, match="opgeheven of samengevoegd"):
        invite_to_section(section=section, email=ADDRESS, role=SectionRole.MEMBER, by=els)
    end_section(section=section)
    with pytest.raises(SectionRefused, match="is opgeheven"):
        invite_to_section(section=section, email=ADDRESS, role=SectionRole.MEMBER, by=els)


def test_nobody_sends_mail_to_the_whole_world(section, els, monkeypatch):
    monkeypatch.setattr(invitations, "MOST_A_DAY", 2)
    first = invite_to_section(section=section, email="a@school.example", role=SectionRole.MEMBER, by=els)
    withdraw_invitation(invitation=first)
    invite_to_section(section=section, email="a@school.example", role=SectionRole.MEMBER, by=els)
    with pytest.raises(InvitationRefused, match="Ga morgen verder"):
        invite_to_section(section=section, email="c@school.example", role=SectionRole.MEMBER, by=els)


# The token


def test_the_token_leads_back_and_is_not_stored(invitation):
    token = invitation_token(invitation)
    assert read_invitation(token) == invitation
    assert token not in str(Invitation.objects.values().get())


@pytest.mark.parametrize(
    "forge", ["cut", "other number", "other salt", "other key", "other nonce", "nonsense", "empty"]
)
def test_a_token_of_another_maker_is_refused(invitation, forge):
    token = invitation_token(invitation)
    payload, _colon, signature = token.partition(":")
    number, _dot, nonce = payload.partition(".")
    with override_settings(SECRET_KEY="another"):
        foreign = invitation_token(invitation)
    forged = {
        "cut": token[:-1],
        "other number": f"{int(number) + 1}.{nonce}:{signature}",
        "other salt": signing.Signer(salt="something").sign(payload),
        "other key": foreign,
        "other nonce": invitation_token(Invitation(pk=invitation.pk)),
        "nonsense": "x\x00y",
        "empty": "",
    }[forge]
    with pytest.raises(InvitationRefused, match="link klopt niet"):
        read_invitation(forged)


def test_a_letter_of_before_a_change_of_key_still_opens(invitation):
    with override_settings(SECRET_KEY="former"):
        token = invitation_token(invitation)
    with override_settings(SECRET_KEY_FALLBACKS=["former"]):
        assert read_invitation(token) == invitation


# Accepting


def test_who_works_there_joins(invitation, section, jan):
    accept_invitation(invitation=invitation, user=jan)
    assert roles_in(section) == {"els": "lead", "jan": "member"}
    invitation.refresh_from_db()
    assert (invitation.accepted_by, invitation.accepted_at is not None) == (jan, True)


def test_a_federated_person_who_proved_the_address_joins(invitation, section, school):
    person = make_federated()
    affiliate(person, school)
    with pytest.raises(InvitationRefused, match="gestuurd aan"):
        accept_invitation(invitation=invitation, user=person)
    EmailAddress.objects.create(user=person, email="Jan@School.example", verified=True)
    accept_invitation(invitation=invitation, user=person)
    assert roles_in(section)["docent"] == "member"


def used_by_another(invitation, jan):
    accept_invitation(invitation=invitation, user=jan)
    EmailAddress.objects.filter(user=jan).delete()
    return make_teacher("kim", invitation.section.school, email=ADDRESS)


def used_by_oneself(invitation, jan):
    accept_invitation(invitation=invitation, user=jan)
    return jan


def withdrawn(invitation, jan):
    withdraw_invitation(invitation=invitation)
    return jan


def too_late(invitation, jan):
    Invitation.objects.update(created_at=timezone.now() - timedelta(days=14), expires_at=timezone.now())
    return jan


def section_ended(invitation, jan):
    invitation.section.ended_at = timezone.now()
    invitation.section.save()
    return jan


def school_ended(invitation, jan):
    invitation.section.school.ended_on = timezone.localdate()
    invitation.section.school.save()
    return jan


def by_another(invitation, jan):
    return make_teacher("kim", invitation.section.school, email="kim@school.example")


def address_unproven(invitation, jan):
    EmailAddress.objects.filter(user=jan).update(verified=False)
    return jan


def address_in_the_profile_alone(invitation, jan):
    return make_teacher("kim", invitation.section.school, email=ADDRESS, is_proven=False)


def pupil(invitation, jan):
    jan.affiliations.update(role="student")
    return jan


def pupil_who_works_there_too(invitation, jan):
    affiliate(jan, make_school("99BB"), role="student")
    return jan


def works_elsewhere(invitation, jan):
    jan.affiliations.update(school=make_school("99BB"))
    return jan


def works_nowhere(invitation, jan):
    jan.affiliations.all().delete()
    return jan


@pytest.mark.parametrize(
    ("case", "match"),
    [
        (used_by_another, "al gebruikt.*om een nieuwe"),
        (used_by_oneself, "al aangenomen; u hoeft niets"),
        (withdrawn, "is ingetrokken"),
        (too_late, "is verlopen; zij was 14 dagen geldig"),
        (section_ended, "vaksectie Wiskunde .* is opgeheven"),
        (school_ended, "opgeheven of samengevoegd"),
        (by_another, "gestuurd aan j…@school.example. Meld u aan met"),
        (address_unproven, "gestuurd aan j…@school.example"),
        (address_in_the_profile_alone, "gestuurd aan j…@school.example"),
        (pupil, "noemt u leerling of student"),
        (pupil_who_works_there_too, "noemt u leerling of student"),
        (works_elsewhere, "niet bevestigd dat u bij School 99AA"),
        (works_nowhere, "niet bevestigd dat u bij School 99AA"),
    ],
)
def test_who_may_not_accept_reads_why(invitation, section, jan, case, match):
    user = case(invitation, jan)
    before = roles_in(section)
    with pytest.raises(InvitationRefused, match=match) as refused:
        accept_invitation(invitation=read_invitation(invitation_token(invitation)), user=user)
    assert ADDRESS not in str(refused.value), "another's address is not given away"
    assert roles_in(section) == before


def asked(school, **fields):
    person = make_person("jan", email=ADDRESS)
    affiliate(person, school, **({"assurance": "mail", "state": "pending"} | fields))
    return person


@pytest.mark.parametrize("fields", [{}, {"assurance": "federation", "role": "affiliate"}], ids=["by mail", "affiliate"])
def test_a_lead_s_invitation_vouches_for_who_waits(invitation, section, school, els, fields):
    person = asked(school, **fields)
    accept_invitation(invitation=invitation, user=person)
    affiliation = Affiliation.objects.get(user=person)
    assert (affiliation.state, affiliation.decided_by) == ("approved", els)
    assert access.works_at(person, school)
    assert roles_in(section) == {"els": "lead", "jan": "member"}


def left_the_section(els, section):
    section.members.filter(user=els).update(left_at=timezone.now())


def no_longer_leads(els, section):
    section.members.filter(user=els).update(role="member")


def no_longer_works_there(els, section):
    els.affiliations.update(state="ended", ended_at=timezone.now())


def left_the_site(els, section):
    els.delete()


@pytest.mark.parametrize("case", [left_the_section, no_longer_leads, no_longer_works_there, left_the_site])
def test_who_may_no_longer_decide_vouches_for_nobody(invitation, section, school, els, case):
    person = asked(school)
    case(els, section)
    with pytest.raises(InvitationRefused, match="wacht nog op goedkeuring"):
        accept_invitation(invitation=invitation, user=person)
    assert Affiliation.objects.get(user=person).state == "pending"
    assert "jan" not in roles_in(section)


@pytest.mark.parametrize("state", ["refused", "ended"])
def test_a_refusal_is_not_undone_by_an_invitation(invitation, section, school, state):
    person = asked(school, state=state, ended_at=timezone.now() if state == "ended" else None)
    with pytest.raises(InvitationRefused, match="niet bevestigd"):
        accept_invitation(invitation=invitation, user=person)
    assert "jan" not in roles_in(section)


def test_an_invitation_raises_a_member_and_lowers_no_lead(section, els, jan):
    first = invite_to_section(section=section, email=ADDRESS, role=SectionRole.LEAD, by=els)
    EmailAddress.objects.create(user=jan, email="jan2@school.example", verified=True)
    second = invite_to_section(section=section, email="jan2@school.example", role=SectionRole.MEMBER, by=els)
    accept_invitation(invitation=first, user=jan)
    accept_invitation(invitation=second, user=jan)
    assert roles_in(section) == {"els": "lead", "jan": "lead"}


@pytest.mark.django_db(transaction=True)
def test_of_two_visits_that_accept_at_once_one_joins_and_the_other_reads_so():
    school = make_school("99AA")
    section = make_section(school, lead=make_teacher("els", school))
    jan = make_teacher("jan", school, email=ADDRESS)
    invitation = invite_to_section(
        section=section, email=ADDRESS, role=SectionRole.MEMBER, by=section.members.get().user
    )
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def accept():
        try:
            start.wait(timeout=10)
            accept_invitation(invitation=invitation, user=jan)
            outcomes.append("joined")
        except InvitationRefused as error:
            outcomes.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=accept) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(outcomes) == ["U hebt deze uitnodiging al aangenomen; u hoeft niets meer te doen.", "joined"]


# Publishers


@pytest.fixture
def publisher():
    return make_publisher(name="De Linde")


@pytest.fixture
def staff():
    return make_person("redactie", is_staff=True)


def test_who_accepts_speaks_for_the_publisher(publisher, staff):
    invitation = invite_to_publisher(publisher=publisher, email="bo@linde.example", role=PublisherRole.EDITOR, by=staff)
    bo = make_person("bo", email="bo@linde.example")
    accept_invitation(invitation=invitation, user=bo)
    assert PublisherMember.objects.get().role == "editor"
    assert access.needs_second_factor(bo)
    assert access.publisher_role(bo, publisher.pk) is None, "not before a second factor is shown"
    bo.has_second_factor = True
    assert access.publisher_role(bo, publisher.pk) == PublisherRole.EDITOR


@pytest.mark.parametrize(
    ("role", "is_ended", "invited", "after"),
    [
        ("owner", True, "reader", "reader"),
        ("reader", False, "editor", "editor"),
        ("owner", False, "reader", "owner"),
    ],
    ids=["comes back", "rises", "stays what they were"],
)
def test_a_row_that_is_there_is_used_again(publisher, staff, role, is_ended, invited, after):
    invitation = invite_to_publisher(publisher=publisher, email="bo@linde.example", role=invited, by=staff)
    bo = make_person("bo", email="bo@linde.example")
    speak_for(bo, publisher, role, ended_at=timezone.now() + timedelta(seconds=1) if is_ended else None)
    accept_invitation(invitation=invitation, user=bo)
    member = PublisherMember.objects.get()
    assert (member.role, member.ended_at) == (after, None)


def test_an_invitation_for_a_merged_publisher_is_for_the_one_that_goes_on(publisher, staff):
    former = make_publisher(merged_into=publisher)
    assert (
        invite_to_publisher(publisher=former, email="bo@linde.example", role=PublisherRole.READER, by=staff).publisher
        == publisher
    )


def test_another_does_not_speak_for_a_publisher(publisher, staff):
    invitation = invite_to_publisher(publisher=publisher, email="bo@linde.example", role=PublisherRole.OWNER, by=staff)
    with pytest.raises(InvitationRefused, match=r"gestuurd aan b…@linde\.example"):
        accept_invitation(invitation=invitation, user=make_person(email="bo@elders.example"))
    assert not PublisherMember.objects.exists()


def test_who_speaks_for_a_publisher_may_be_in_a_section(invitation, section, jan, publisher):
    speak_for(jan, publisher)
    accept_invitation(invitation=invitation, user=jan)
    assert roles_in(section)["jan"] == "member"
    assert not access.may_review(jan)


# Withdrawing and sending again


def test_withdrawing_is_for_what_is_open(invitation, jan):
    withdraw_invitation(invitation=invitation)
    withdraw_invitation(invitation=invitation)
    with pytest.raises(InvitationRefused, match="staat niet meer open"):
        resend_invitation(invitation=invitation, by=invitation.invited_by)


def test_what_was_accepted_is_not_withdrawn(invitation, section, jan):
    accept_invitation(invitation=invitation, user=jan)
    with pytest.raises(InvitationRefused, match="al aangenomen"):
        withdraw_invitation(invitation=invitation)
    assert "jan" in roles_in(section)


def test_a_letter_is_sent_again_after_a_while_and_both_open(invitation, els):
    token = invitation_token(invitation)
    with pytest.raises(InvitationRefused, match="minder dan 10 minuten"):
        resend_invitation(invitation=invitation, by=els)
    past = timezone.now() - timedelta(days=20)
    Invitation.objects.update(created_at=past, expires_at=past + timedelta(days=14))
    resend_invitation(invitation=invitation, by=els)
    assert OutgoingMail.objects.count() == 2
    invitation.refresh_from_db()
    assert invitation.expires_at > timezone.now() + timedelta(days=13)
    assert read_invitation(token) == invitation
