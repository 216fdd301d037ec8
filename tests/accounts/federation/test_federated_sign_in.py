"""Signing in through a school, against a real provider: who it makes of people, and what it takes from nobody."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from django.utils import timezone

from accounts import access
from accounts.federation.identity import account_key
from accounts.models import (
    Affiliation,
    AffiliationState,
    EndReason,
    PersonalToken,
    PublisherMember,
    School,
    SchoolDomain,
    SectionMember,
    User,
)
from tests.accounts.local import (
    PASSWORD,
    add_totp,
    forget_used_codes,
    is_signed_in,
    make_account,
    submit_sign_in,
    totp_code,
)
from tests.factories import make_publisher, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def schools() -> dict[str, School]:
    """Those of the demonstration, but the one that nobody has loaded yet (99CC)."""
    found = {code: make_school(code, f"School {code}") for code in ("99AA", "99AA01", "99BB")}
    SchoolDomain.objects.create(school=found["99AA"], domain="lantaarnveen.example")
    return found


def only_user() -> User:
    return User.objects.get(issuer__startswith="http")


@pytest.mark.parametrize(
    ("person", "state", "standing"),
    [
        ("docent", AffiliationState.APPROVED, access.ReviewStanding.ALLOWED),
        ("betrokkene", AffiliationState.PENDING, access.ReviewStanding.WAITING),
        ("leerling", AffiliationState.APPROVED, access.ReviewStanding.PUPIL),
    ],
)
@pytest.mark.parametrize("kind", ["federation", "other_federation"])
def test_what_the_school_says_is_what_one_may(request, client, kind, person, state, standing):
    request.getfixturevalue(kind).sign_in(client, person)
    user = only_user()
    assert Affiliation.objects.get(user=user).state == state
    assert access.review_standing(user) is standing
    assert access.may_review(user) == (standing is access.ReviewStanding.ALLOWED)


def test_nothing_is_kept_but_who_it_is_and_where_they_work(client, federation):
    federation.sign_in(client, "docent")
    user = only_user()
    assert (user.email, user.sign_in_name, user.has_usable_password()) == ("", None, False)
    account = SocialAccount.objects.get()
    assert (account.uid, account.extra_data) == (account_key(federation.issuer, federation.subject("docent")), {})
    assert not EmailAddress.objects.exists()
    assert not SocialToken.objects.exists()
    assert "access_token" not in str(dict(client.session.items()))


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("  Fatima   El Amrani ", "Fatima El Amrani"),
        ("Jan\n\nKlik op https://kwaad.example", ""),
        ("Win op www.kwaad.example", ""),
        ("jan@school.example", ""),
        ("Jan\x00", ""),
        ("\u202eneD\u200b naJ", ""),
        ("Redactie (account 1)", ""),
        ("J" * 5000, "J" * 150),
    ],
)
def test_a_name_that_nobody_may_take_here_is_not_taken_over(client, federation, name, stored):
    """It stands on public pages and in letters, and at many schools people choose it themselves."""
    federation.misbehave(claims={"givenName": name, "given_name": name})
    federation.sign_in(client, "docent")
    assert is_signed_in(client)
    assert only_user().display_name == stored


@pytest.mark.parametrize("person", ["docent", "leerling"])
def test_who_came_too_long_ago_to_make_a_token_comes_again_and_does(client, federation, person):
    """And whoever comes back as somebody else makes one for themself."""
    new = "/account/tokens/nieuw/"
    federation.sign_in(client, "docent")
    assert client.get(new).status_code == 200
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY][0]["at"] -= 15 * 60
    session.save()
    refused = client.get(new)
    assert refused.status_code == 403
    begin = f"/account/aanmelden/via/{federation.name}/?next={quote(new, safe='')}"
    assert f'href="{begin}"' in refused.content.decode()
    back = federation.sign_in(client, person, next=new)
    assert back.redirect_chain[-1][0] == new
    assert back.status_code == 200
    expires = (timezone.localdate() + timedelta(days=1)).isoformat()
    client.post(new, {"name": "Rooster", "scopes": ["read"], "expires_on": expires})
    assert PersonalToken.objects.get().user.subject == federation.subject(person)


def test_who_comes_again_is_the_same_person(client, federation):
    federation.sign_in(client, "docent")
    federation.sign_in(Client(), "docent")
    assert User.objects.filter(issuer=federation.issuer).count() == 1
    assert Affiliation.objects.count() == 1


class TestTwoIssuersWithOneSubject:
    def test_are_two_people(self, client, federation, other_federation):
        """The other federation says of its person the very subject that the first one has."""
        subject = federation.subject("docent")
        federation.sign_in(client, "docent")
        other_federation.misbehave(id_token={"sub": subject}, claims={"sub": subject}, userinfo={"sub": subject})
        elsewhere = Client()
        other_federation.sign_in(elsewhere, "docent")
        issuers = set(User.objects.filter(subject=subject).values_list("issuer", flat=True))
        assert issuers == {federation.issuer, other_federation.issuer}
        assert client.session["_auth_user_id"] != elsewhere.session["_auth_user_id"]

    def test_stay_two_people_when_a_name_is_given_to_another_issuer(
        self, client, federation, other_federation_process, settings
    ):
        """Our own name for a federation leads to no account: who is behind it may change."""
        federation.sign_in(client, "docent")
        subject = federation.subject("docent")
        other = other_federation_process
        other.reset()
        settings.FEDERATIONS = {"entree": {**other.settings, "claims": "surfconext"}}
        other.misbehave(id_token={"sub": subject}, userinfo={"sub": subject})
        # Its own walk goes by its own name, which the client there was registered for.
        settings.FEDERATIONS["surfconext"] = settings.FEDERATIONS["entree"]
        other.sign_in(Client(), "docent")
        assert User.objects.filter(subject=subject).count() == 2
        other.reset()


class TestClaimsThatChange:
    @pytest.fixture
    def user(self, client: Client, federation: Any) -> User:
        federation.sign_in(client, "docent")
        return only_user()

    def again(self, federation: Any, **claims: Any) -> None:
        federation.misbehave(claims=claims)
        federation.sign_in(Client(), "docent")

    def test_another_school(self, federation, user, schools):
        self.again(federation, nlEduPersonHomeOrganizationId="99BB")
        assert [each.school.code for each in access.proven_affiliations(user)] == ["99BB"]
        assert Affiliation.objects.get(user=user, school=schools["99AA"]).end_reason == EndReason.MOVED

    @pytest.mark.parametrize(
        "claims",
        [
            {"eduPersonAffiliation": None},
            {"eduPersonAffiliation": "alum"},
            {"eduPersonAffiliation": "student"},
            {"eduPersonAffiliation": ["employee", "student"]},
            {"nlEduPersonHomeOrganizationId": None},
            {"nlEduPersonHomeOrganizationId": "99ZZ"},
            {"eduPersonAffiliation": "affiliate"},
        ],
        ids=str,
    )
    def test_what_is_not_said_any_more_does_not_hold_any_more(self, federation, user, claims):
        assert access.may_review(user)
        self.again(federation, **claims)
        assert not access.may_review(user)
        assert only_user() == user

    def test_a_section_is_left_with_the_school(self, federation, user, schools):
        from accounts.services.sections import found_section
        from catalogus.models import Concept, Scheme

        subject = Concept.objects.get(scheme=Scheme.SUBJECT, code="wiskunde")
        section = found_section(school=schools["99AA"], subject=subject, by=user)
        assert access.may_lead(user, section)
        self.again(federation, nlEduPersonHomeOrganizationId="99BB")
        assert not access.may_see_section(user, section)
        assert SectionMember.objects.get(user=user).left_at is not None

    def test_a_school_that_ended_proves_nothing(self, federation, user, schools):
        from django.utils import timezone

        from accounts.services.school_ends import end_school

        end_school(school=schools["99AA"], on=timezone.localdate())
        assert not access.may_review(user)
        self.again(federation)
        assert access.review_standing(user) is access.ReviewStanding.SCHOOL_ENDED

    def test_a_school_that_merged_is_the_one_that_goes_on(self, federation, user, schools):
        from django.utils import timezone

        from accounts.services.school_ends import merge_schools

        merge_schools(old=schools["99AA"], into=schools["99BB"], on=timezone.localdate())
        assert [each.school.code for each in access.proven_affiliations(user)] == ["99BB"]
        self.again(federation)
        assert [each.school.code for each in access.proven_affiliations(user)] == ["99BB"]
        assert Affiliation.objects.filter(user=user, ended_at=None).count() == 1


# What the person is told is for who reads it; None where the federation itself says nothing more.
REFUSED = [
    ({"claims": {"uid": None}}, "uid"),
    ({"claims": {"uid": ["a", "b"]}}, "uid"),
    ({"claims": {"eduPersonAffiliation": 5}}, "eduPersonAffiliation"),
    ({"claims": {"nlEduPersonHomeOrganizationId": "geen"}}, "GEEN"),
    ({"token": {"id_token": None}}, "id_token"),
    ({"signature": "other-key"}, "ondertekend"),
    ({"signature": "other-kid"}, "ondertekend"),
    ({"signature": "none"}, "ondertekend"),
    ({"signature": "hs256"}, "ondertekend"),
    ({"signature": "broken"}, "id_token"),
    ({"id_token": {"iss": "https://kwaad.example"}}, "iss"),
    ({"id_token": {"aud": "een-ander"}}, "aud"),
    ({"id_token": {"azp": "een-ander"}}, "azp"),
    ({"id_token": {"nonce": "een-ander"}}, "nonce"),
    ({"id_token": {"nonce": None}}, "nonce"),
    ({"expires_after_seconds": -3600}, "exp"),
    ({"issued_seconds_ago": 7200}, "iat"),
    ({"userinfo": {"sub": "een-ander"}}, "sub"),
    ({"userinfo": {"sub": None}}, "sub"),
    ({"discovery": {"issuer": "https://kwaad.example"}}, "kwaad.example"),
    ({"discovery": {"jwks_uri": None}}, "jwks_uri"),
    ({"discovery": {"token_endpoint": "ftp://kwaad.example/"}}, "token_endpoint"),
    ({"discovery": {"userinfo_endpoint": 5}}, "userinfo_endpoint"),
    ({"jwks": {"keys": []}}, "id_token"),
    ({"jwks": {"keys": None}}, "id_token"),
    ({"endpoints": {"userinfo": {"body": "[1]", "content_type": "application/json"}}}, "JSON"),
    ({"endpoints": {"userinfo": {"body": "<html>", "content_type": "text/html"}}}, None),
    ({"endpoints": {"userinfo": {"status": 500}}}, None),
    ({"endpoints": {"token": {"status": 400, "body": '{"error": "invalid_grant"}'}}}, None),
    ({"endpoints": {"token": {"body": "[]", "content_type": "application/json"}}}, None),
    ({"endpoints": {"token": {"location": "https://kwaad.example/"}}}, None),
    ({"endpoints": {"jwks": {"body": "geen json"}}}, None),
    ({"endpoints": {"discovery": {"body": "geen json"}}}, None),
    ({"endpoints": {"discovery": {"body": "[]", "content_type": "application/json"}}}, None),
    ({"endpoints": {"discovery": {"status": 503}}}, None),
]


@pytest.mark.parametrize(("misbehaviour", "told"), REFUSED, ids=[str(misbehaviour) for misbehaviour, _told in REFUSED])
def test_what_cannot_be_believed_signs_nobody_in_and_says_why(client, federation, misbehaviour, told):
    federation.misbehave(**misbehaviour)
    response = federation.sign_in(client, "docent")
    page = response.content.decode()
    assert not is_signed_in(client)
    assert not User.objects.exists()
    assert response.status_code == 401
    assert "lukte niet" in page
    assert told is None or told in page, page[page.index("<main") :]


def test_who_changes_their_mind_is_told_that_nothing_happened(client, federation):
    federation.misbehave(authorization_error="access_denied")
    response = federation.sign_in(client, "docent")
    assert response.redirect_chain[-1][0].startswith("/account/aanmelden/afgebroken/")
    assert not is_signed_in(client)


class TestTheWayBack:
    """The address that a federation sends people back to, in the hands of another."""

    def way_back(self, client: Client, federation: Any, person: str = "docent", onward: str = "") -> str:
        """Walk to the provider and sign in there; the address that it sends the browser to."""
        return str(federation.walk(federation.begin(client, onward)["Location"], person))

    def test_is_walked_once(self, client, federation):
        back = self.way_back(client, federation)
        client.get(back)
        assert is_signed_in(client)
        client.logout()
        assert client.get(back).status_code == 401
        assert not is_signed_in(client)

    def test_is_of_the_visit_that_began_it(self, client, federation):
        """Else somebody could be made to sign in as another, and give away what they do (login CSRF)."""
        back = self.way_back(client, federation)
        victim = Client()
        victim.get(back)
        assert not is_signed_in(victim)
        begun = Client()
        federation.begin(begun)
        begun.get(back)
        assert not is_signed_in(begun)

    @pytest.mark.parametrize("change", [("code=", "code=x"), ("state=", "state=x"), ("code=", "error=")])
    def test_is_not_walked_with_other_things_in_it(self, client, federation, change):
        client.get(self.way_back(client, federation).replace(*change))
        assert not is_signed_in(client)

    def test_of_one_federation_is_not_taken_for_anothers(self, client, federation, other_federation):
        back = self.way_back(client, federation)
        client.get(back.replace(federation.name, other_federation.name))
        assert not is_signed_in(client)

    @pytest.mark.parametrize(
        ("onward", "leads_to"),
        [("/healthz", "/healthz"), ("https://kwaad.example/", "/account/"), ("//kwaad.example", "/account/")],
    )
    def test_leads_on_within_the_site_alone(self, client, federation, onward, leads_to):
        response = client.get(self.way_back(client, federation, onward=onward))
        assert response["Location"] == leads_to

    def test_a_visit_gets_a_new_session(self, client, federation):
        federation.begin(client)
        before = client.session.session_key
        client.get(federation.walk(federation.begin(client)["Location"], "docent"))
        assert is_signed_in(client)
        assert client.session.session_key != before

    def test_connects_nothing_to_an_account_that_is_signed_in(self, client, federation):
        """An account has one identity; a link that adds another would let its maker in for good."""
        local = make_account()
        client.force_login(local)
        response = client.get("/account/aanmelden/via/entree/", {"process": "connect"})
        client.get(federation.walk(response["Location"], "docent"))
        assert not SocialAccount.objects.filter(user=local).exists()
        assert client.session["_auth_user_id"] == str(only_user().pk)

    def test_asks_for_what_we_ask_alone(self, client, federation):
        extra = {"scope": "alles", "auth_params": "acr_values=0&client_id=x"}
        address = client.get(f"/account/aanmelden/via/{federation.name}/", extra)["Location"]
        assert "alles" not in address
        assert "acr_values" not in address


def test_an_address_leads_to_no_account(client, federation):
    """A federation that knows somebody's address does not get their account by it."""
    local = make_account("docent@lantaarnveen.example")
    federation.misbehave(claims={"email": "docent@lantaarnveen.example", "email_verified": True, "mail": local.email})
    federation.sign_in(client, "docent")
    assert only_user() != local
    assert client.session["_auth_user_id"] == str(only_user().pk)


class TestASecondFactor:
    def test_is_asked_after_the_school_too(self, client, federation):
        federation.sign_in(client, "docent")
        add_totp(only_user())
        again = Client()
        federation.sign_in(again, "docent")
        assert not is_signed_in(again)
        forget_used_codes()
        again.post("/account/aanmelden/tweede-stap/", {"code": totp_code()})
        assert is_signed_in(again)

    def test_is_asked_of_who_speaks_for_a_publisher(self, client, federation):
        federation.sign_in(client, "docent")
        PublisherMember.objects.create(user=only_user(), publisher=make_publisher())
        assert client.get("/kwaliteit/")["Location"].startswith("/account/tweede-stap/nodig/")


def test_who_has_another_way_in_comes_by_their_school_all_the_same(client, federation):
    """Who left the school keeps no way in that it knows nothing of."""
    federation.sign_in(client, "docent")
    user = only_user()
    assert client.get("/account/wachtwoord/instellen/")["Location"] == "/account/"
    user.set_password(PASSWORD)
    user.email = "ruben@elders.example"
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    again = Client()
    response = submit_sign_in(again, user.email)
    assert response["Location"] == "/account/aanmelden/"
    assert not is_signed_in(again)
    assert "Meld u aan via uw school" in again.get("/account/aanmelden/").content.decode()
    federation.sign_in(again, "docent")
    assert is_signed_in(again)


def test_who_was_switched_off_stays_out(client, federation):
    federation.sign_in(client, "docent")
    User.objects.update(is_active=False)
    again = Client()
    response = federation.sign_in(again, "docent")
    assert not is_signed_in(again)
    assert response.redirect_chain[-1][0] == "/account/inactief/"


def test_an_unknown_federation_is_not_found(client):
    assert client.get("/account/aanmelden/via/onbekend/").status_code == 404
    assert client.get("/account/aanmelden/via/onbekend/terug/?code=x&state=y").status_code == 404
