"""The second factor: who must show one, that it is shown, and that no way in goes around it."""

from urllib.parse import quote

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.test import Client

from accounts.models import PublisherMember, User
from tests.accounts.local import (
    PASSWORD,
    SECRET,
    add_totp,
    forget_used_codes,
    is_signed_in,
    link_in,
    make_account,
    submit_sign_in,
    totp_code,
)
from tests.factories import make_publisher
from tests.people import sign_in

pytestmark = pytest.mark.django_db

NEEDED = "/account/tweede-stap/nodig/"


def submit_code(client: Client, code: str):
    return client.post("/account/aanmelden/tweede-stap/", {"code": code})


class TestSigningIn:
    @pytest.fixture(autouse=True)
    def sanne(self) -> User:
        user = make_account()
        add_totp(user)
        return user

    def test_takes_the_code_as_well_as_the_password(self, client):
        assert submit_sign_in(client)["Location"] == "/account/aanmelden/tweede-stap/"
        assert not is_signed_in(client)
        assert client.get("/account/")["Location"].startswith("/account/aanmelden/")
        submit_code(client, totp_code())
        assert is_signed_in(client)

    @pytest.mark.parametrize("code", ["", "000000", "abcdef", "1" * 500, totp_code(at=0)])
    def test_a_wrong_code_lets_nobody_in(self, client, code):
        submit_sign_in(client)
        submit_code(client, code)
        assert not is_signed_in(client)

    def test_a_code_works_once(self, client):
        code = totp_code()
        submit_sign_in(client)
        submit_code(client, code)
        thief = Client()
        submit_sign_in(thief)
        submit_code(thief, code)
        assert (is_signed_in(client), is_signed_in(thief)) == (True, False)

    def test_guessing_codes_is_stopped(self, client):
        submit_sign_in(client)
        for number in range(10):
            submit_code(client, f"{number:06}")
        submit_code(client, totp_code())
        assert not is_signed_in(client)

    def test_a_code_for_recovery_works_once(self, client, sanne):
        code = RecoveryCodes.activate(sanne).get_unused_codes()[0]
        submit_sign_in(client)
        submit_code(client, code)
        again = Client()
        submit_sign_in(again)
        submit_code(again, code)
        assert (is_signed_in(client), is_signed_in(again)) == (True, False)

    def test_a_new_password_does_not_go_around_it(self, client, sanne):
        client.post("/account/wachtwoord/vergeten/", {"email": sanne.email})
        page = client.get(link_in(mail.outbox[0]), follow=True)
        client.post(page.redirect_chain[-1][0], {"password1": "nieuw-en-lang-31", "password2": "nieuw-en-lang-31"})
        assert not is_signed_in(client)
        submit_sign_in(client, password="nieuw-en-lang-31")
        assert not is_signed_in(client)
        submit_code(client, totp_code())
        assert is_signed_in(client)

    def test_somebody_elses_second_factor_does_not_count(self, client):
        """A visit that goes over to another person starts anew."""
        submit_sign_in(client)
        submit_code(client, totp_code())
        other = User.objects.create_user(email="chef@esdoorn.example", password=PASSWORD, is_staff=True)
        client.post("/account/afmelden/")
        client.force_login(other)
        assert client.get("/beheer/")["Location"].startswith(NEEDED)


def make_staff(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_staff=True)


def make_moderator(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_moderator=True)


def make_member(user: User) -> None:
    PublisherMember.objects.create(user=user, publisher=make_publisher())


def leave_as_is(user: User) -> None:
    pass


ROLES = [(make_staff, True), (make_moderator, True), (make_member, True), (leave_as_is, False)]


@pytest.mark.parametrize(("give", "is_needed"), ROLES)
def test_a_role_that_needs_one_asks_for_it_also_in_the_middle_of_a_visit(client, give, is_needed):
    user = make_account()
    submit_sign_in(client)
    assert client.get("/").status_code == 200
    give(user)
    response = client.get("/kwaliteit/?order=name")
    if is_needed:
        assert response["Location"] == f"{NEEDED}?next=%2Fkwaliteit%2F%3Forder%3Dname"
    else:
        assert response.status_code == 403
    # One's own account stays in reach, for it is set up there.
    assert client.get("/account/").status_code == 200
    assert client.get("/account/tweede-stap/").status_code == 200


@pytest.mark.parametrize(("give", "is_needed"), ROLES)
def test_who_owns_one_is_asked_to_show_it(client, give, is_needed):
    user = make_account()
    submit_sign_in(client)
    give(user)
    add_totp(user)
    response = client.get("/kwaliteit/")
    if is_needed:
        assert response["Location"].startswith("/account/opnieuw/tweede-stap/?next=")
        client.post("/account/opnieuw/tweede-stap/", {"code": totp_code(), "next": "/kwaliteit/"})
        assert not client.get("/kwaliteit/").get("Location", "").startswith("/account/")
    else:
        assert response.status_code == 403


def set_up_app(client: Client) -> None:
    client.post("/account/opnieuw/", {"password": PASSWORD})
    assert client.get("/account/tweede-stap/app/").status_code == 200
    client.post("/account/tweede-stap/app/", {"code": totp_code(client.session["mfa.totp.secret"])})


def test_setting_up_the_first_one_counts_for_this_visit(client):
    make_staff(make_account())
    submit_sign_in(client)
    set_up_app(client)
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).count() == 1
    assert client.get("/beheer/").status_code == 200


CHANGES_OF_THE_SECOND_FACTOR = [
    "/account/tweede-stap/app/",
    "/account/tweede-stap/app/qr.svg",
    "/account/tweede-stap/app/weg/",
    "/account/tweede-stap/sleutels/nieuw/",
    "/account/tweede-stap/sleutels/{key}/",
    "/account/tweede-stap/sleutels/{key}/weg/",
    "/account/tweede-stap/herstelcodes/",
    "/account/tweede-stap/herstelcodes/nieuw/",
    "/account/tweede-stap/herstelcodes/bestand/",
]


@pytest.mark.parametrize("give", [make_staff, leave_as_is])
@pytest.mark.parametrize("path", CHANGES_OF_THE_SECOND_FACTOR)
def test_the_second_factor_is_changed_by_who_showed_the_one_they_own(client, path, give):
    """Who stole a visit and the password could else add a key or codes of their own, and show those."""
    user = make_account()
    give(user)
    submit_sign_in(client)
    client.post("/account/opnieuw/", {"password": PASSWORD})
    add_totp(user)
    codes = RecoveryCodes.activate(user).instance.data
    key = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Sleutel"})
    address = path.format(key=key.pk)
    for response in (client.get(address), client.post(address, {"name": "Van mij"})):
        assert response.status_code == 302
        assert response["Location"] == f"/account/opnieuw/tweede-stap/?next={quote(address, safe='')}"
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes", "webauthn"}
    assert Authenticator.objects.get(pk=key.pk).data == {"name": "Sleutel"}
    assert Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).data == codes


def test_codes_that_were_made_without_showing_the_second_factor_open_nothing(client):
    user = make_account()
    make_staff(user)
    submit_sign_in(client)
    add_totp(user)
    client.post("/account/opnieuw/", {"password": PASSWORD})
    client.post("/account/tweede-stap/herstelcodes/nieuw/")
    assert not Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES).exists()
    client.post("/account/opnieuw/tweede-stap/", {"code": totp_code()})
    client.post("/account/tweede-stap/herstelcodes/nieuw/")
    assert Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES).exists()


def test_a_form_that_was_kept_until_the_password_was_typed_does_not_go_around_it(client):
    """It was sent when the person owned no second factor, and is gone on with when they do."""
    user = make_account()
    submit_sign_in(client)
    path = "/account/tweede-stap/herstelcodes/nieuw/"
    client.post(path)
    add_totp(user)
    client.post("/account/opnieuw/", {"password": PASSWORD, "next": path})
    assert not Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES).exists()


def test_the_picture_of_the_secret_is_for_who_sets_it_up(client):
    picture = "/account/tweede-stap/app/qr.svg"
    assert client.get(picture)["Location"].startswith("/account/aanmelden/")
    make_account()
    submit_sign_in(client)
    assert client.get(picture)["Location"].startswith("/account/opnieuw/")
    client.post("/account/opnieuw/", {"password": PASSWORD})
    client.get("/account/tweede-stap/app/")
    response = client.get(picture)
    assert response["Content-Type"] == "image/svg+xml"
    assert "no-store" in response["Cache-Control"]
    set_up_app(client)
    assert client.get(picture).status_code == 404


@pytest.mark.parametrize(("give", "is_needed"), ROLES)
def test_the_last_one_goes_only_where_none_is_needed(client, give, is_needed):
    user = make_account()
    give(user)
    add_totp(user)
    sign_in(client, User.objects.get())
    forget_used_codes()
    client.post("/account/opnieuw/tweede-stap/", {"code": totp_code()})
    client.post("/account/tweede-stap/app/weg/")
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists() == is_needed


@pytest.mark.parametrize(("give", "is_needed"), ROLES)
def test_the_last_key_goes_only_where_none_is_needed(client, give, is_needed):
    user = make_account()
    give(user)
    key = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Sleutel"})
    sign_in(client, User.objects.get())
    client.post("/account/opnieuw/", {"password": PASSWORD})
    client.post(f"/account/tweede-stap/sleutels/{key.pk}/weg/")
    assert Authenticator.objects.filter(pk=key.pk).exists() == is_needed


def test_anothers_key_is_out_of_reach(client):
    other = Authenticator.objects.create(
        user=User.objects.create_user(), type=Authenticator.Type.WEBAUTHN, data={"name": "Sleutel"}
    )
    make_account()
    submit_sign_in(client)
    client.post("/account/opnieuw/", {"password": PASSWORD})
    for path in (f"/account/tweede-stap/sleutels/{other.pk}/", f"/account/tweede-stap/sleutels/{other.pk}/weg/"):
        assert client.get(path).status_code == 404
        assert client.post(path, {"name": "Van mij"}).status_code == 404
    assert Authenticator.objects.get().data == {"name": "Sleutel"}


def test_secrets_are_stored_encrypted_and_outlive_a_new_key_of_the_site(settings):
    stored = add_totp(make_account()).data["secret"]
    assert SECRET not in stored
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "een nieuwe sleutel van de site, die lang genoeg is"
    assert get_adapter().decrypt(stored) == SECRET
