"""Personal tokens: what is stored of one, who may have how many, and when one opens nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.exceptions import TokenRefused
from accounts.mail_kinds import TOKEN_MADE
from accounts.models import AffiliationState, MailChoice, PersonalToken, TokenScope, User
from accounts.models.user import DEMONSTRATION_ISSUER, LOCAL_ISSUER
from accounts.services.mail import send_due
from accounts.services.personal_tokens import (
    MOST_LIVE,
    TOKEN_PATTERN,
    create_token,
    revoke_token,
    revoke_tokens,
    token_in_use,
)
from tests.accounts.local import make_account
from tests.accounts.schools import make_affiliation, make_person, make_school
from tests.accounts.tokens import make_token, token_text
from tests.accounts.traces import tables_that_tell

pytestmark = pytest.mark.django_db

REVIEW = [TokenScope.REVIEW]


def today() -> date:
    return timezone.localdate()


def make(user=None, name: str = "Rooster", scopes=REVIEW, **fields):
    return create_token(user=user or make_person(), name=name, scopes=scopes, **fields)


def test_a_token_is_known_by_its_text_alone_and_the_text_is_not_stored():
    person = make_person()
    token, text = make(person, name="  Mijn   rooster ", scopes=[TokenScope.REVIEW, TokenScope.READ])
    assert TOKEN_PATTERN.fullmatch(text)
    assert text.startswith(f"okc_p_{token.prefix}_")
    assert len(bytes.fromhex(text.rpartition("_")[2])) * 8 == 256
    assert (token.name, token.scopes) == ("Mijn rooster", ["read", "review"])
    found = token_in_use(text)
    assert (found.pk, found.user) == (token.pk, person)
    assert tables_that_tell(text, text.rpartition("_")[2]) == set()
    assert make(person, name="Een ander")[1] != text


@pytest.mark.parametrize(
    ("expires_on", "days"), [(None, 90), (timedelta(), 0), (timedelta(days=1), 1), (timedelta(days=365), 365)]
)
def test_it_works_to_the_end_of_its_last_day(expires_on, days):
    token, _text = make(expires_on=None if expires_on is None else today() + expires_on)
    last_moment = timezone.localtime(token.expires_at - timedelta(microseconds=1))
    assert last_moment.date() == today() + timedelta(days=days)
    assert timezone.localtime(token.expires_at).hour == 0


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"name": " "}, "name", "Schrijf waarvoor het token is"),
        ({"name": "a\x07b"}, "name", "onzichtbaar teken"),
        ({"name": "x" * 101}, "name", "Dit telt 101 tekens; dat mogen er 100 zijn."),
        ({"name": token_text(1)}, "name", "Zet hier geen token"),
        ({"name": "Bekend"}, "name", "U hebt al een token met de naam “Bekend”"),
        ({"scopes": []}, "scopes", "Kies ten minste één ding"),
        ({"expires_on": timedelta(days=-1)}, "expires_on", "Kies een dag van vandaag tot en met"),
        ({"expires_on": timedelta(days=366)}, "expires_on", "Kies een dag van vandaag tot en met"),
    ],
)
def test_what_cannot_be_says_why(fields, field, said):
    person = make_person()
    make_token(person, name="Bekend")
    if "expires_on" in fields:
        fields = {"expires_on": today() + fields["expires_on"]}
    with pytest.raises(ValidationError) as refused:
        make(person, **fields)
    ((told,),) = refused.value.message_dict.values()
    assert list(refused.value.message_dict) == [field]
    assert said in told
    assert PersonalToken.objects.count() == 1


def test_so_many_at_a_time_and_those_that_ended_make_room():
    person = make_person()
    first, *_others = [make(person, name=f"Programma {number}")[0] for number in range(MOST_LIVE)]
    make()  # Another's do not count.
    with pytest.raises(TokenRefused, match="U hebt al 10 tokens die werken"):
        make(person)
    revoke_token(user=person, pk=first.pk)
    make(person, name=first.name)
    with pytest.raises(TokenRefused):
        make(person)
    PersonalToken.objects.filter(name="Programma 1").update(expires_at=timezone.now())
    make(person)


def test_nobody_revokes_another_s_and_twice_is_once():
    person = make_person()
    token, text = make(person)
    with pytest.raises(PersonalToken.DoesNotExist):
        revoke_token(user=make_person(), pk=token.pk)
    assert token_in_use(text).pk == token.pk
    at = revoke_token(user=person, pk=token.pk).revoked_at
    assert at is not None
    assert revoke_token(user=person, pk=token.pk).revoked_at == at


TEXT = token_text(77)
PAST = datetime(2026, 3, 1, 23, tzinfo=UTC)
MADE = PAST - timedelta(days=90)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"expires_at": PAST, "created_at": MADE}, "werkt sinds 2 maart 2026 niet meer"),
        (
            {"revoked_at": PAST, "created_at": MADE, "expires_at": MADE + timedelta(days=300)},
            "Dit token is ingetrokken",
        ),
    ],
)
def test_one_that_ended_opens_nothing_and_says_so(fields, said):
    make_token(make_person(), text=TEXT, **fields)
    with pytest.raises(TokenRefused, match=said):
        token_in_use(TEXT)
    assert PersonalToken.objects.get().last_used_at is None


def test_one_of_an_account_that_was_switched_off_opens_nothing():
    person = make_person()
    person.is_active = False
    person.save()
    make_token(person, text=TEXT)
    with pytest.raises(TokenRefused, match="Dit account is niet actief"):
        token_in_use(TEXT)


@pytest.mark.parametrize(("is_demonstration", "works"), [(True, True), (False, False)])
def test_one_of_the_demonstration_s_people_opens_nothing_where_real_people_are(settings, is_demonstration, works):
    settings.DEMONSTRATION = is_demonstration
    make_token(User.objects.create_user(issuer=DEMONSTRATION_ISSUER), text=TEXT)
    assert opens() == works


def opens() -> bool:
    try:
        token_in_use(TEXT)
    except TokenRefused:
        return False
    return True


LONG_AGO, LATELY = timedelta(days=184), timedelta(days=182)
APPROVED, ENDED = AffiliationState.APPROVED, AffiliationState.ENDED


@pytest.mark.parametrize(
    ("issuer", "came", "confirmed", "state", "works"),
    [
        ("https://federatie.example", LATELY, None, APPROVED, True),
        ("https://federatie.example", LONG_AGO, LATELY, APPROVED, True),  # A colleague said so in the meantime.
        ("https://federatie.example", LONG_AGO, LONG_AGO, APPROVED, False),
        ("https://federatie.example", LONG_AGO, None, APPROVED, False),
        ("https://federatie.example", LONG_AGO, LATELY, ENDED, False),
        ("https://federatie.example", None, None, APPROVED, False),
        (LOCAL_ISSUER, LONG_AGO, LONG_AGO, APPROVED, True),
    ],
)
def test_one_of_whom_the_school_said_nothing_for_half_a_year_waits_until_it_does(issuer, came, confirmed, state, works):
    now = timezone.now()
    person = User.objects.create_user(issuer=issuer, last_login=None if came is None else now - came)
    make_affiliation(
        person,
        make_school("99AA"),
        state=state,
        confirmed_at=None if confirmed is None else now - confirmed,
        ended_at=now if state == ENDED else None,
    )
    token = make_token(person, text=TEXT)
    assert opens() == works
    if not works:
        with pytest.raises(TokenRefused, match="Meld u opnieuw aan via uw school"):
            token_in_use(TEXT)
        person.last_login = now
        person.save()
        assert token_in_use(TEXT) == token


def test_all_of_a_person_are_revoked_and_no_other_s():
    person, other = make_person(), make_person()
    before = timezone.now() - timedelta(days=2)
    for name in ("Een", "Twee"):
        make(person, name=name)
    expired = make_token(person, created_at=before, expires_at=before + timedelta(days=1))
    make(other)
    assert revoke_tokens(user=person) == 2
    assert revoke_tokens(user=person) == 0
    expired.refresh_from_db()
    assert expired.revoked_at is None
    assert PersonalToken.objects.get(user=other).is_live
    assert not any(token.is_live for token in person.personal_tokens.all())


@pytest.mark.parametrize("is_wanted", [True, False])
def test_its_person_is_told_by_a_letter_without_the_token(is_wanted):
    """Whoever stole a visit makes none unseen; the letter cannot be refused."""
    person = make_account()
    MailChoice.objects.create(user=person, kind=TOKEN_MADE, is_wanted=is_wanted)
    token, text = make(person, name="Rooster & <co>")
    assert send_due() == 1
    (sent,) = mail.outbox
    assert sent.to == [person.email]
    assert sent.subject == "Er is een token gemaakt: Rooster & <co>"
    body = str(sent.body)
    assert ("“Rooster & <co>”" in body, f"Het begint met okc_p_{token.prefix} en" in body) == (True, True)
    assert "kan namens u: beoordelingen schrijven." in body
    assert f"{settings.SITE_URL.rstrip('/')}/account/tokens/" in body.splitlines()
    assert text.rpartition("_")[2] not in body + sent.subject
    assert token.digest not in body


def test_what_is_not_made_is_not_told():
    person = make_account()
    with pytest.raises(ValidationError):
        make(person, scopes=[])
    assert send_due() == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "okc_p_",
        TEXT[:-1],
        TEXT + "0",
        TEXT[:-1] + "0",  # Another secret behind a prefix that is there.
        TEXT.upper(),
        f" {TEXT}",
        f"{TEXT}\n",
        TEXT.replace("okc_p_", "okc_x_"),
        token_text(78),
        "okc_p_" + "٣" * 8 + TEXT[14:],
        "x" * 100_000,
    ],
)
def test_anything_else_is_not_known_even_where_that_token_was_revoked(text):
    make_token(make_person(), text=TEXT, revoked_at=timezone.now() + timedelta(seconds=1))
    with pytest.raises(TokenRefused, match="Dit token kennen we niet"):
        token_in_use(text)


@pytest.mark.parametrize(("minutes", "is_noted", "queries"), [(None, True, 2), (61, True, 2), (59, False, 1)])
def test_that_it_was_used_is_noted_once_an_hour(minutes, is_noted, queries):
    now = timezone.now()
    before = None if minutes is None else now - timedelta(minutes=minutes)
    make_token(make_person(), text=TEXT, last_used_at=before)
    with CaptureQueriesContext(connection) as captured:
        token = token_in_use(TEXT)
    assert len(captured) == queries
    stored = PersonalToken.objects.get().last_used_at
    assert stored == token.last_used_at
    assert (stored != before) == is_noted
    assert stored is not None
    assert (stored >= now) == is_noted


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"name": ""}, "has_a_name"),
        ({"prefix": "ABC"}, "prefix_is_one"),
        ({"digest": "x" * 64}, "digest_is_one"),
        ({"scopes": []}, "scopes_are_known"),
        ({"scopes": ["read", "admin"]}, "scopes_are_known"),
        ({"expires_at": MADE}, "expires_within_a_year"),
        ({"expires_at": MADE + timedelta(days=368)}, "expires_within_a_year"),
        ({"revoked_at": MADE - timedelta(days=1)}, "revoked_after_it_was_made"),
    ],
)
def test_the_database_keeps_what_is_always_true(fields, constraint):
    token = make_token(make_person(), created_at=MADE, expires_at=MADE + timedelta(days=1))
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        PersonalToken.objects.filter(pk=token.pk).update(**fields)
