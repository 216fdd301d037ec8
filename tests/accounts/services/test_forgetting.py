"""What is kept for a time only: gone when its time is over, there while it is not, and a second run finds nothing."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import Affiliation, Invitation, MailChoice, OutgoingMail, PersonalToken, PublisherMember, User
from accounts.services import forgetting
from accounts.tasks import forget_what_expired
from tests.accounts.tokens import make_token
from tests.accounts.traces import make_person, make_school, make_section, visit_of
from tests.factories import make_publisher

pytestmark = pytest.mark.django_db

NOTHING = {
    "sessions": 0,
    "invited addresses": 0,
    "given-up mail": 0,
    "ended tokens": 0,
    "unproven accounts": 0,
    "ended affiliations": 0,
    "ended memberships": 0,
}


def ago(days: int):
    return timezone.now() - timedelta(days=days)


def forgotten(part: str) -> int:
    """How many of this part go in one run; nothing else goes, and a second run does nothing."""
    counts = forgetting.forget_what_expired()
    assert counts | {part: 0} == NOTHING
    forget_what_expired()
    assert forgetting.forget_what_expired() == NOTHING
    return counts[part]


def test_visits_that_are_over():
    person = make_person()
    over, live = visit_of(person).session, visit_of(person).session
    for session in (over, live):
        UserSession.objects.create(user=person, ip="203.0.113.7", session_key=session.session_key, user_agent="B")
    UserSession.objects.create(user=person, ip="203.0.113.8", session_key="is-er-niet", user_agent="B")
    Session.objects.filter(session_key=over.session_key).update(expire_date=ago(1))
    assert forgotten("sessions") == 2
    assert [each.session_key for each in Session.objects.all()] == [live.session_key]
    assert [each.session_key for each in UserSession.objects.all()] == [live.session_key]


@pytest.mark.parametrize(
    ("fields", "is_kept"),
    [
        ({"accepted_at": 31}, False),
        ({"accepted_at": 29}, True),
        ({"withdrawn_at": 31}, False),
        ({"withdrawn_at": 29}, True),
        ({"expires_at": 31}, False),
        ({"expires_at": 29}, True),
        ({}, True),
    ],
)
def test_addresses_of_invitations(fields, is_kept):
    times = {"created_at": ago(60), "expires_at": ago(-14)} | {name: ago(days) for name, days in fields.items()}
    Invitation.objects.create(kind="section", section=make_section(), role="member", email="a@b.example", **times)
    assert forgotten("invited addresses") == (not is_kept)
    assert Invitation.objects.get().email == ("a@b.example" if is_kept else "")


@pytest.mark.parametrize(
    ("expired", "revoked", "is_kept"), [(31, None, False), (29, None, True), (-60, 31, False), (-60, 29, True)]
)
def test_tokens_that_work_no_more(expired, revoked, is_kept):
    times = {"created_at": ago(90), "expires_at": ago(expired), "revoked_at": None if revoked is None else ago(revoked)}
    make_token(make_person(), **times)
    assert forgotten("ended tokens") == (not is_kept)
    assert PersonalToken.objects.exists() == is_kept


@pytest.mark.parametrize(("failed_at", "is_kept"), [(31, False), (29, True), (None, True)])
def test_mail_that_was_given_up(failed_at, is_kept):
    times = {"created_at": ago(90), "failed_at": None if failed_at is None else ago(failed_at)}
    OutgoingMail.objects.create(kind="invitation", email="a@b.example", **times)
    assert forgotten("given-up mail") == (not is_kept)
    assert OutgoingMail.objects.exists() == is_kept


@pytest.mark.parametrize(
    ("fields", "is_kept"),
    [
        ({}, False),
        ({"joined_at": ago(29)}, True),
        ({"last_login": ago(40)}, True),
        ({"sign_in_name": "door-de-redactie-gemaakt"}, True),
        ({"is_staff": True}, True),
        ({"issuer": "https://federatie.example", "subject": "abc"}, True),
    ],
)
def test_accounts_that_nobody_proved_to_be_theirs(fields, is_kept):
    person = make_person(**({"joined_at": ago(31), "email": "a@b.example"} | fields))
    EmailAddress.objects.create(user=person, email="a@b.example")
    assert forgotten("unproven accounts") == (not is_kept)
    assert User.objects.exists() == EmailAddress.objects.exists() == is_kept


@pytest.mark.parametrize("other", ["proven address", "no address", "choice", "affiliation"])
def test_accounts_of_which_more_is_known_stay(other):
    person = make_person(joined_at=ago(31))
    if other != "no address":
        EmailAddress.objects.create(user=person, email="a@b.example")
    if other == "proven address":
        EmailAddress.objects.create(user=person, email="c@b.example", verified=True)
    elif other == "choice":
        MailChoice.objects.create(user=person, kind="section-changed", is_wanted=True)
    elif other == "affiliation":
        Affiliation.objects.create(
            user=person, school=make_school(), role="employee", assurance="mail", state="pending"
        )
    assert forgotten("unproven accounts") == 0
    assert User.objects.exists()


@pytest.mark.parametrize(
    ("fields", "is_kept"),
    [
        ({"state": "ended", "ended_at": ago(731)}, False),
        ({"state": "ended", "ended_at": ago(729)}, True),
        ({"state": "refused", "decided_at": ago(731)}, False),
        ({"state": "refused", "decided_at": ago(729)}, True),
        ({"state": "approved", "decided_at": ago(2000)}, True),
    ],
)
def test_where_somebody_worked(fields, is_kept):
    known = {"role": "employee", "assurance": "federation", "asked_at": ago(2000)}
    Affiliation.objects.create(user=make_person(), school=make_school(), **known, **fields)
    assert forgotten("ended affiliations") == (not is_kept)
    assert Affiliation.objects.exists() == is_kept


@pytest.mark.parametrize(("ended", "is_kept"), [(731, False), (729, True), (None, True)])
def test_that_somebody_spoke_for_a_publisher(ended, is_kept):
    times = {"joined_at": ago(2000), "ended_at": None if ended is None else ago(ended)}
    PublisherMember.objects.create(user=make_person(), publisher=make_publisher(), **times)
    assert forgotten("ended memberships") == (not is_kept)
    assert PublisherMember.objects.exists() == is_kept


def test_more_than_one_batch():
    OutgoingMail.objects.bulk_create(
        OutgoingMail(kind="invitation", email=f"a{number}@b.example", failed_at=ago(31)) for number in range(1_001)
    )
    assert forgotten("given-up mail") == 1_001
