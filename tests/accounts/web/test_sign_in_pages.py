"""The pages about signing in: each is there in both languages, in words of ours, and leads on."""

import json
import re

import pytest
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from accounts.exceptions import FederationRefused
from tests.accounts.web.sign_in_states import PASSWORD, confirmed, make_person, sign_in_states, visitor
from tests.catalogus.web.page import Page
from tests.people import sign_in
from tests.second_factors import give_app, give_key, give_recovery_codes, totp_code

pytestmark = pytest.mark.django_db

FEDERATIONS = {
    "entree": {
        "label": "Entree Federatie",
        "issuer": "https://entree.example",
        "client_id": "catalogus",
        "client_secret": "geheim",
        "claims": "entree",
    }
}
# Words that stand in no Dutch sentence, and in nearly every English one.
ENGLISH = re.compile(r"\b(the|your|you|please|sign|password|address|and|with|to|this|enter|key)\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _nobody_tried_before():
    """Limits on guessing count what earlier tests did."""
    cache.clear()


def test_every_page_stands_and_is_dutch():
    wrong = {}
    for name, state in sign_in_states().items():
        response = state.client.get(state.path)
        assert response.status_code == state.status, (name, response.status_code, response.get("Location"))
        page = Page(response)
        assert page.all("/html/@lang") == ["nl"], name
        assert page.texts("//h1") == [state.heading], name
        assert [len(page.all(f"//{part}")) for part in ("header", "main", "footer")] == [1, 1, 1], name
        assert page.text("//title").endswith("· Open Keuzecatalogus"), name
        assert not page.all("//main//*[@style or @placeholder or @*[starts-with(name(), 'on')]] | //style"), name
        assert not page.all("//script[not(@src) and not(@type='application/json')]"), name
        said = " ".join(page.texts("//title | //main") + page.all("//main//@aria-label | //main//@alt"))
        said = re.sub(r"\{.*?\}+", "", said)
        if found := ENGLISH.findall(said) + re.findall(r"\b(?:je|jij|jouw)\b", said, re.IGNORECASE):
            wrong[name] = found
    assert not wrong


def test_every_page_stands_in_english():
    for name, state in sign_in_states().items():
        state.client.cookies["django_language"] = "en"
        response = state.client.get(state.path)
        assert response.status_code == state.status, name
        page = Page(response)
        assert page.all("/html/@lang") == ["en"], name
        assert len(page.texts("//h1")) == 1, name


def test_every_field_has_a_label_and_its_help_and_errors_are_tied_to_it():
    for name, state in sign_in_states().items():
        page = Page(state.client.get(state.path))
        for field in page.all("//main//input[not(@type='hidden' or @hidden)] | //main//select | //main//textarea"):
            label = page.all(f"//label[@for='{field.get('id')}']")
            assert label, (name, field.get("name"))
            assert label[0].text_content().strip(), (name, field.get("name"))
            for identifier in (field.get("aria-describedby") or "").split():
                assert page.all(f"//*[@id='{identifier}']"), (name, identifier)


def test_what_is_wrong_is_told_at_the_top_and_at_the_field():
    make_person("anna")
    response = visitor().post(reverse("account_signup"), {"email": "geen adres", "password1": "kort"})
    page = Page(response)
    summary = "//div[@role='alert'][@autofocus][@tabindex='-1']"
    assert page.all(f"{summary}//a/@href") == ["#id_email", "#id_password1"]
    assert page.all("//input[@name='email']/@aria-invalid") == ["true"]
    assert page.all("//input[@name='email']/@aria-describedby") == ["id_email_helptext id_email_error"]
    assert page.all("//input[@name='email']/@value") == ["geen adres"]
    assert "geldig e-mailadres" in page.text("//*[@id='id_email_error']")
    assert "12" in page.text("//*[@id='id_password1_error']")


def test_an_account_is_not_told_apart_from_none():
    make_person("anna")
    said = [
        Page(visitor().post(reverse("account_login"), fields)).text("//div[@role='alert'][@autofocus]")
        for fields in (
            {"login": "anna@school.example", "password": "niet-dit-wachtwoord"},
            {"login": "niemand@school.example", "password": PASSWORD},
            {"login": "niemand", "password": PASSWORD},
        )
    ]
    assert said[0] == said[1] == said[2]
    assert "horen niet bij elkaar" in said[0]


@pytest.mark.parametrize(
    ("view", "fields", "name"),
    [
        ("account_signup", {"email": f"{'a' * 64}@{'.'.join(['b' * 60] * 4)}.nl", "password1": PASSWORD}, "email"),
        ("account_signup", {"email": "a\x00@school.example", "password1": PASSWORD}, "email"),
        ("account_signup", {"email": "", "password1": ""}, "email"),
        ("account_signup", {"email": "anna@school.example", "password1": "1" * 12}, "password1"),
        ("account_signup", {"email": "anna@school.example", "password1": "kort"}, "password1"),
        ("account_signup", {"email": "anna@school.example", "password1": "a\x00" * 12}, "password1"),
        ("account_signup", {"email": "wiskundedocent@school.example", "password1": "wiskundedocent"}, "password1"),
        ("account_login", {"login": "a\x00", "password": PASSWORD}, "login"),
        ("account_reset_password", {"email": "geen adres"}, "email"),
    ],
)
def test_bad_input_is_answered_at_its_field(view, fields, name):
    response = visitor().post(reverse(view), fields)
    assert response.status_code == 200
    assert list(response.context["form"].errors)[:1] == [name]
    said = Page(response).text("//div[@role='alert'][@autofocus]")
    assert not ENGLISH.findall(said), said
    assert not mail.outbox


def test_where_one_was_is_kept_along_every_way(settings):
    settings.FEDERATIONS = FEDERATIONS
    here = "/zoeken/?q=atlas&sector=po"
    onward = "?next=%2Fzoeken%2F%3Fq%3Datlas%26sector%3Dpo"
    page = Page(visitor().get(reverse("account_login"), {"next": here}))
    assert page.href("Aanmelden via uw school: Entree Federatie") == "/account/aanmelden/via/entree/" + onward
    assert page.href("Wachtwoord vergeten?") == reverse("account_reset_password") + onward
    assert page.href("Account maken") == reverse("account_signup") + onward
    assert page.href("Aanmelden") == reverse("account_login") + onward
    assert page.all("//main//form/input[@name='next']/@value") == [here, here]
    page = Page(visitor().get(page.href("Account maken")))
    assert page.all("//main//input[@name='next']/@value") == [here]
    assert page.href("Meld u aan") == reverse("account_login") + onward
    assert Page(visitor().get("/?a=1")).href("Aanmelden") == reverse("account_login") + "?next=%2F%3Fa%3D1"


@pytest.mark.parametrize("next_url", ["https://elders.example/", "//elders.example", "javascript:alert(1)", "a\x00b"])
def test_no_link_leads_elsewhere(next_url):
    response = visitor().get(reverse("account_login"), {"next": next_url})
    assert response.status_code == 200
    assert not [link for link in Page(response).all("//a/@href") if "elders" in link or "alert" in link]


def test_federations_come_first_and_without_any_the_password_does(settings):
    assert Page(visitor().get(reverse("account_login"))).texts("//h2")[0] == "Met een wachtwoord"
    settings.FEDERATIONS = FEDERATIONS
    assert Page(visitor().get(reverse("account_login"))).texts("//h2")[:2] == ["Via uw school", "Met een wachtwoord"]


@pytest.mark.parametrize(
    ("error", "said", "unsaid"),
    [
        (FederationRefused("“uid” ontbreekt; vraag uw school."), "“uid” ontbreekt; vraag uw school.", "geen antwoord"),
        (OAuth2Error("invalid_grant <b>"), "geen antwoord dat we konden gebruiken", "invalid_grant"),
        (None, "geen antwoord dat we konden gebruiken", "None"),
    ],
)
def test_a_federation_that_fails_is_told_with_a_way_to_try_again(rf, settings, error, said, unsaid):
    settings.FEDERATIONS = FEDERATIONS
    request = rf.get("/", {"next": "/zoeken/"})
    with request_context(request):
        provider = get_adapter().get_provider(request, provider="entree")
        response = render_authentication_error(request, provider, exception=error)
    assert response.status_code == 401
    page = Page(response)
    assert said in page.text()
    assert unsaid not in page.text()
    assert page.href("Probeer het opnieuw") == "/account/aanmelden/via/entree/?next=%2Fzoeken%2F"
    assert page.href("Kies een andere manier van aanmelden") == "/account/aanmelden/?next=%2Fzoeken%2F"


def test_the_header_costs_a_visitor_nothing(client, django_assert_num_queries):
    """A page is the same for all who are not signed in; tests/portal/test_caching.py holds what follows from that."""
    client.get("/")
    with django_assert_num_queries(0):
        response = client.get("/")
    assert not response.cookies
    assert {part.strip() for part in response["Vary"].split(",")} == {"Accept-Encoding", "Accept-Language", "Cookie"}
    assert response["Cache-Control"] == "no-cache"


def test_the_header_tells_who_is_signed_in(client):
    assert Page(client.get("/")).href("Aanmelden") == reverse("account_login") + "?next=%2F"
    page = Page(sign_in(client, make_person("anna")).get("/"))
    assert page.text("//header//summary") == "Uw account: Anna"
    assert page.texts("//header//details//li") == ["Mijn account", "Afmelden"]
    assert page.all("//header//details//form/@method") == ["post"]
    assert page.all("//header//details//input[@name='csrfmiddlewaretoken']")


@pytest.mark.parametrize(
    ("fields", "second_factor", "is_there"),
    [({"is_staff": True}, True, True), ({"is_staff": True}, False, False), ({}, True, False)],
)
def test_the_way_to_the_administration_is_for_staff_with_a_second_factor(client, fields, second_factor, is_there):
    sign_in(client, make_person("anna", **fields), second_factor=second_factor)
    assert (reverse("admin:index") in Page(client.get("/")).all("//header//a/@href")) == is_there


def test_a_person_of_a_federation_is_never_called_by_a_code(client):
    user = make_person("anna")
    user.display_name, user.email, user.issuer, user.subject = "", "", "https://federatie.example", "5ac1f0"
    user.save()
    page = Page(sign_in(client, user).get("/"))
    assert page.text("//header//summary") == "Uw account: Mijn account"
    assert "5ac1f0" not in page.text("/html")


def test_signing_up_by_mail(client):
    here = "/?a=1"
    response = client.post(
        reverse("account_signup"), {"email": "dirk@school.example", "password1": PASSWORD, "next": here}, follow=True
    )
    assert "dirk@school.example" in Page(response).text()
    code = next(line for line in mail.outbox[0].body.splitlines() if re.fullmatch(r"[A-Z]{4}-[A-Z]{4}", line))
    response = client.post(reverse("account_email_verification_sent"), {"code": "AAAA-AAAA"})
    assert "klopt niet" in Page(response).text("//*[@id='id_code_error']")
    response = client.post(reverse("account_email_verification_sent"), {"code": f" {code.lower()} "})
    assert response["Location"] == here
    assert (
        Page(client.get(here)).texts("//div[@role='status']/p")[-1]
        == "Gelukt: U bent aangemeld als dirk@school.example."
    )


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_leads_on_to_where_one_was_heading():
    anna = make_person("anna")
    client = confirmed(anna)
    page = Page(client.get(reverse("mfa_activate_totp"), {"next": "/zoeken/"}))
    assert page.all("//img/@src")[0] == reverse("mfa_totp_picture")
    assert page.all("//img/@alt")[0]
    secret = page.text("//code[@class='secret']")
    assert [len(part) for part in secret.split()] == [4] * 8
    (code_field,) = page.all("//input[@name='code']")
    assert (code_field.get("autocomplete"), code_field.get("inputmode")) == ("one-time-code", "numeric")
    action = page.all("//main//form/@action")[0]
    wrong = Page(client.post(action, {"code": "000 000"}))
    assert "klopt niet" in wrong.text("//*[@id='id_code_error']")
    assert wrong.text("//code[@class='secret']") == secret
    code = totp_code(secret.replace(" ", ""))
    response = client.post(action, {"code": f"{code[:3]} {code[3:]}"})
    assert response["Location"] == reverse("mfa_view_recovery_codes") + "?next=%2Fzoeken%2F"
    response = client.get(response["Location"])
    assert "no-store" in response["Cache-Control"]
    page = Page(response)
    codes = page.texts("//ul[@class='codes']/li")
    assert len(codes) == 10
    assert page.href("Verder naar waar u heen wilde") == "/zoeken/"
    assert all(code in page.href("Als bestand opslaan") for code in codes)
    again = Page(client.get(reverse("mfa_view_recovery_codes")))
    assert not any(code in again.text("/html") for code in codes)
    assert "10 herstelcodes" in again.text()
    assert [message.subject for message in mail.outbox] == ["Een authenticator-app is ingesteld"]


def _credential(**response: str) -> str:
    return json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": response})


CREDENTIALS = [
    *("", "{", "[]", '"x"', "1", "null", "{}", '{"id": 1}', '{"response": {"userHandle": 7}}', '{"response": []}'),
    _credential(),
    _credential(clientDataJSON="e30", attestationObject="oA"),
    _credential(clientDataJSON="A", attestationObject="////"),
    _credential(clientDataJSON="e30", authenticatorData="AA", signature="AA", userHandle="AA"),
]


@pytest.mark.parametrize("credential", CREDENTIALS)
def test_whatever_a_browser_sends_for_a_key_is_answered(credential):
    bram = make_person("bram")
    give_key(bram)
    give_recovery_codes(bram)
    adding = confirmed(bram)
    adding.get(reverse("mfa_add_webauthn"))
    page = Page(adding.post(reverse("mfa_add_webauthn"), {"name": "Sleutel", "credential": credential}))
    assert page.all("//div[@role='alert'][@autofocus]//li"), "adding"
    half_way = visitor()
    half_way.post(reverse("account_login"), {"login": bram.email, "password": PASSWORD})
    half_way.get(reverse("mfa_authenticate"))
    page = Page(half_way.post(reverse("mfa_authenticate"), {"credential": credential}))
    assert page.all("//div[@role='alert'][@autofocus]//li"), "second step"
    passkey = visitor()
    fields = {"credential": credential, "next": "/zoeken/"}
    for client, view, back in (
        (passkey, "mfa_login_webauthn", "account_login"),
        (adding, "mfa_reauthenticate_webauthn", "mfa_reauthenticate_webauthn"),
    ):
        client.get(reverse(view), headers={"accept": "application/json"})
        response = client.post(reverse(view), fields, follow=True)
        assert response.redirect_chain == [(reverse(back) + "?next=%2Fzoeken%2F", 302)]
        assert Page(response).texts("//div[@role='status']/p")[0].startswith("Niet gelukt: ")


def test_devices_are_told_in_words_and_the_others_can_be_signed_out():
    make_person("anna")
    phone, here = visitor(), visitor()
    for client in (phone, here):
        client.post(reverse("account_login"), {"login": "anna@school.example", "password": PASSWORD})
    page = Page(here.get(reverse("usersessions_list")))
    assert page.texts("//li[@class='panel']/h2") == ["Firefox op Windows"] * 2
    assert [len(item.xpath(".//*[@class='badge']")) for item in page.all("//li[@class='panel']")] == [0, 1]
    response = here.post(reverse("usersessions_list"), follow=True)
    assert Page(response).texts("//div[@role='status']/p") == ["De andere apparaten zijn afgemeld."]
    assert Page(response).texts("//li[@class='panel']/h2") == ["Firefox op Windows"]
    assert phone.get(reverse("usersessions_list")).status_code == 302


def test_too_many_tries_are_told_to_wait(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    tries = [visitor().post(reverse("account_login"), {"login": "anna", "password": "x"}) for _try in range(2)]
    assert [response.status_code for response in tries] == [200, 429]
    response = tries[1]
    assert Page(response).text("//h1") == "Dat ging te snel achter elkaar"


@pytest.mark.parametrize(("has_key", "is_gone"), [(False, False), (True, True)])
def test_the_last_factor_of_a_role_that_needs_one_stays(has_key, is_gone):
    bram = make_person("bram", is_staff=True)
    give_app(bram)
    if has_key:
        give_key(bram)
    client = confirmed(bram)
    page = Page(client.get(reverse("mfa_deactivate_totp")))
    assert ("Uw rol vraagt een tweede stap." in page.text()) != is_gone
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=bram, type="totp").exists() != is_gone
