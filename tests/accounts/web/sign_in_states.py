"""Every page about signing in and one's own security, each with a visit in the state in which it is seen."""

from dataclasses import dataclass
from typing import Any

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
    """path: what is asked; client: whose visit it is; heading: what is seen then; status: what is answered."""

    path: str
    client: Client
    heading: str
    status: int = 200


def make_person(name: str, **fields: Any) -> User:
    """Somebody with a confirmed address: "anna" reads mail at anna@school.example."""
    email = f"{name}@school.example"
    user = User.objects.create_user(email=email, display_name=name.capitalize(), password=PASSWORD, **fields)
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
    anna, bram, cora, dora = (make_person(name) for name in ("anna", "bram", "cora", "dora"))
    cora.set_unusable_password()
    cora.save()
    give_app(bram)
    key = give_key(bram, is_passkey=True)
    give_recovery_codes(bram)
    half_way, signing_up, choosing = visitor(), visitor(), visitor()
    half_way.post(reverse("account_login"), {"login": bram.email, "password": PASSWORD})
    signing_up.post(reverse("account_signup"), {"email": "evert@school.example", "password1": PASSWORD})
    link = choosing.get(reset_link(dora))["Location"]
    for client in (visitor(), at_home := visitor()):
        client.post(reverse("account_login"), {"login": anna.email, "password": PASSWORD})
    stranger, own, set_up = visitor(), confirmed(anna), confirmed(bram)

    def state(view: str, client: Client, heading: str, *arguments: int, query: str = "", status: int = 200) -> State:
        return State(reverse(view, args=arguments) + query, client, heading, status)

    again = "Bevestig dat u het bent"
    keys = "Beveiligingssleutels en passkeys"
    return {
        "sign in": state("account_login", stranger, "Aanmelden"),
        "sign up": state("account_signup", stranger, "Account maken"),
        "confirm address": state("account_email_verification_sent", signing_up, "E-mailadres bevestigen"),
        "forgot password": state("account_reset_password", stranger, "Wachtwoord vergeten"),
        "reset sent": state("account_reset_password_done", stranger, "Kijk in uw mail"),
        "choose password": State(link, choosing, "Nieuw wachtwoord kiezen"),
        "link is used": State(link, stranger, "Deze link werkt niet meer"),
        "password chosen": state("account_reset_password_from_key_done", stranger, "Uw wachtwoord is veranderd"),
        "inactive": state("account_inactive", stranger, "Dit account is niet actief"),
        "federation failed": state(
            "socialaccount_login_error", stranger, "Aanmelden via uw school lukte niet", status=401
        ),
        "federation cancelled": state("socialaccount_login_cancelled", stranger, "U bent niet aangemeld"),
        "second step": state("mfa_authenticate", half_way, "De tweede stap"),
        "sign out": state("account_logout", own, "Afmelden"),
        "address": state("account_email", own, "E-mailadres"),
        "change password": state("account_change_password", own, "Wachtwoord veranderen"),
        "set password": state("account_set_password", sign_in(visitor(), cora), "Wachtwoord instellen"),
        "confirm by password": state("account_reauthenticate", set_up, again),
        "confirm by code": state("mfa_reauthenticate", set_up, again),
        "confirm by key": state("mfa_reauthenticate_webauthn", set_up, again),
        "second factor, none": state("mfa_index", own, "Tweede stap"),
        "second factor, all": state("mfa_index", set_up, "Tweede stap"),
        "second factor needed": state(
            "accounts:second-factor-needed", own, "Een tweede stap is nodig", query="?next=/zoeken/"
        ),
        "set up app": state("mfa_activate_totp", own, "Authenticator-app instellen"),
        "remove app": state("mfa_deactivate_totp", set_up, "App weghalen"),
        "keys": state("mfa_list_webauthn", set_up, keys),
        "no keys": state("mfa_list_webauthn", own, keys),
        "add key": state("mfa_add_webauthn", own, "Sleutel toevoegen"),
        "rename key": state("mfa_edit_webauthn", set_up, "Naam van de sleutel", key.pk),
        "remove key": state("mfa_remove_webauthn", set_up, "Sleutel “Laptop van school” weghalen", key.pk),
        "recovery codes": state("mfa_view_recovery_codes", set_up, "Herstelcodes"),
        "new recovery codes": state("mfa_generate_recovery_codes", set_up, "Nieuwe herstelcodes"),
        "sessions": state("usersessions_list", at_home, "Waar u bent aangemeld"),
    }
