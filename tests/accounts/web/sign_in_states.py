"""Every page about signing in and one's own security, each with a visit in the state in which it is seen."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.people import sign_in
from tests.second_factors import give_app, give_key, give_recovery_codes

PASSWORD = "een-lang-wachtwoord-27"
USER_AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass(frozen=True)
class State:
    """path: what is asked; client: whose visit it is; status: what is answered."""

    path: str
    client: Client
    status: int = 200


def make_person(name: str, *, password: str | None = PASSWORD, **fields) -> User:
    """Somebody with a confirmed address: "anna" reads mail at anna@school.example."""
    email = f"{name}@school.example"
    user = User.objects.create_user(email=email, display_name=name.capitalize(), password=password, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def visitor() -> Client:
    return Client(headers={"user-agent": USER_AGENT})


def confirmed(user: User) -> Client:
    """A visit in which the person has just shown once more who they are, by password."""
    client = sign_in(visitor(), user)
    response = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert response.status_code == 302, response.context["form"].errors
    return client


def reset_link(user: User) -> str:
    """The path of the link that a person gets who forgot their password."""
    visitor().post(reverse("account_reset_password"), {"email": user.email})
    address = next(line for line in mail.outbox[-1].body.splitlines() if "/vergeten/" in line)
    return "/" + address.split("/", 3)[3]


def sign_in_states() -> dict[str, State]:
    """By what the page is for. Asking "recovery codes" shows them, and never again."""
    anna, bram, cora = make_person("anna"), make_person("bram"), make_person("cora", password=None)
    give_app(bram)
    key = give_key(bram, is_passkey=True)
    give_recovery_codes(bram)
    half_way = visitor()
    half_way.post(reverse("account_login"), {"login": bram.email, "password": PASSWORD})
    signing_up = visitor()
    signing_up.post(reverse("account_signup"), {"email": "dirk@school.example", "password1": PASSWORD})
    choosing = visitor()
    link = choosing.get(reset_link(anna))["Location"]
    elsewhere = confirmed(anna)
    elsewhere.get(reverse("usersessions_list"))
    with_app = confirmed(bram)
    stranger, own, set_up = visitor(), confirmed(anna), confirmed(bram)
    return {
        "sign in": State(reverse("account_login"), stranger),
        "sign up": State(reverse("account_signup"), stranger),
        "confirm address": State(reverse("account_email_verification_sent"), signing_up),
        "forgot password": State(reverse("account_reset_password"), stranger),
        "reset sent": State(reverse("account_reset_password_done"), stranger),
        "choose password": State(link, choosing),
        "link is used": State("/account/wachtwoord/vergeten/1-set-password/", visitor()),
        "password chosen": State(reverse("account_reset_password_from_key_done"), stranger),
        "inactive": State(reverse("account_inactive"), stranger),
        "federation failed": State(reverse("socialaccount_login_error"), stranger, 401),
        "federation cancelled": State(reverse("socialaccount_login_cancelled"), stranger),
        "second step": State(reverse("mfa_authenticate"), half_way),
        "sign out": State(reverse("account_logout"), own),
        "address": State(reverse("account_email"), own),
        "change password": State(reverse("account_change_password"), own),
        "set password": State(reverse("account_set_password"), sign_in(visitor(), cora)),
        "confirm by password": State(reverse("account_reauthenticate"), set_up),
        "confirm by code": State(reverse("mfa_reauthenticate"), set_up),
        "confirm by key": State(reverse("mfa_reauthenticate_webauthn"), set_up),
        "second factor, none": State(reverse("mfa_index"), own),
        "second factor, all": State(reverse("mfa_index"), set_up),
        "second factor needed": State(reverse("accounts:second-factor-needed") + "?next=/zoeken/", own),
        "set up app": State(reverse("mfa_activate_totp"), own),
        "remove app": State(reverse("mfa_deactivate_totp"), with_app),
        "keys": State(reverse("mfa_list_webauthn"), set_up),
        "no keys": State(reverse("mfa_list_webauthn"), own),
        "add key": State(reverse("mfa_add_webauthn"), own),
        "rename key": State(reverse("mfa_edit_webauthn", args=[key.pk]), set_up),
        "remove key": State(reverse("mfa_remove_webauthn", args=[key.pk]), set_up),
        "recovery codes": State(reverse("mfa_view_recovery_codes"), set_up),
        "new recovery codes": State(reverse("mfa_generate_recovery_codes"), set_up),
        "sessions": State(reverse("usersessions_list"), own),
    }
