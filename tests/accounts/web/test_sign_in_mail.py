"""Mail about one's account: short, in words of ours, the code on a line of its own, and nothing that spies."""

import re
from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from tests.accounts.web.sign_in_states import PASSWORD, USER_AGENT, confirmed, make_person, visitor
from tests.second_factors import give_app, give_key

pytestmark = pytest.mark.django_db

TEMPLATES = Path(settings.BASE_DIR, "templates")
KINDS = sorted(
    str(path.relative_to(TEMPLATES)).removesuffix("_subject.txt") for path in TEMPLATES.glob("*/email/*_subject.txt")
)
ENGLISH = re.compile(r"\b(the|your|you|please|password|address|with|to|this|enter|hello|thank)\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _nobody_tried_before():
    """Limits on guessing count what earlier tests did."""
    cache.clear()


@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_is_short_dutch_and_plain(kind):
    context = {
        "user": User(display_name="D'Arcy <b>"),
        "email": "d'arcy&co@school.example",
        "from_email": "d'arcy&co@school.example",
        "to_email": "nieuw@school.example",
        "deleted_email": "d'arcy&co@school.example",
        "code": "ABCD-EFGH",
        "username": "d'arcy",
        "password_reset_url": "https://testserver/x/?a=1&b=2",
        "signup_url": "https://testserver/y/",
        "timestamp": timezone.now(),
        "user_agent": USER_AGENT,
    }
    request = RequestFactory().get("/")
    with translation.override("nl"), request_context(request):
        message = get_adapter().render_mail(kind, "anna@school.example", context | {"request": request})
    assert message.content_subtype == "plain"
    assert not message.alternatives
    assert message.subject
    assert len(message.subject) <= 60
    text = f"{message.subject}\n{message.body}"
    assert not ENGLISH.findall(text.replace("/y/", ""))
    assert "&amp;" not in text
    assert "&#" not in text
    assert set(re.findall(r"https?://([^/\s]+)", text)) == {"testserver"}
    assert "Was u het niet?" in text or "Hebt u geen code gevraagd?" in text
    assert len(message.body.splitlines()) <= 16
    assert "\n\n\n" not in message.body


def last_subjects(count: int) -> list[str]:
    return [str(message.subject) for message in mail.outbox[-count:]]


def test_what_is_sent_before_one_is_signed_in():
    make_person("anna")
    for address in ("anna", "evert"):
        fields = {"email": f"{address}@school.example", "password1": PASSWORD}
        response = visitor().post(reverse("account_signup"), fields)
        assert response["Location"] == reverse("account_email_verification_sent")
    assert last_subjects(2) == [
        "U hebt al een account bij de Open Keuzecatalogus",
        "Uw code voor de Open Keuzecatalogus",
    ]
    assert re.search(r"^[A-Z]{4}-[A-Z]{4}$", str(mail.outbox[-1].body), re.MULTILINE)
    for address in ("anna", "niemand"):
        response = visitor().post(reverse("account_reset_password"), {"email": f"{address}@school.example"})
        assert response["Location"] == reverse("account_reset_password_done")
    assert last_subjects(2) == ["Een nieuw wachtwoord kiezen", "Geen account met dit e-mailadres"]


@pytest.mark.django_db(transaction=True)
def test_every_change_to_how_one_signs_in_is_told():
    anna = make_person("anna")
    give_app(anna)
    key = give_key(anna)
    client = confirmed(anna)
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    client.post(reverse("mfa_deactivate_totp"))
    new = "een-ander-wachtwoord-28"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new})
    assert last_subjects(4) == [
        "Nieuwe herstelcodes voor uw account",
        "Een sleutel is weggehaald",
        "De authenticator-app is weggehaald",
        "Uw wachtwoord is veranderd",
    ]
    body = str(mail.outbox[-1].body)
    assert "Apparaat: Firefox op Windows" in body
    client.post(reverse("account_email"), {"email": "anna@nieuw.example", "action_add": ""})
    assert mail.outbox[-1].to == ["anna@nieuw.example"]
    (code,) = re.findall(r"^[A-Z]{4}-[A-Z]{4}$", str(mail.outbox[-1].body), re.MULTILINE)
    client.post(reverse("account_email_verification_sent"), {"code": code})
    assert (mail.outbox[-1].subject, mail.outbox[-1].to) == ("Uw e-mailadres is veranderd", ["anna@school.example"])
    anna.refresh_from_db()
    assert anna.email == "anna@nieuw.example"
