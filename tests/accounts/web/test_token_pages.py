"""The pages of personal tokens: made once, shown once, revoked, and by their own person alone."""

import re
import time
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import PersonalToken, User
from accounts.services.personal_tokens import TOKEN_PATTERN, token_in_use
from tests.accounts.local import PASSWORD, add_totp, link_in, make_account, submit_sign_in
from tests.accounts.tokens import make_token
from tests.people import sign_in

pytestmark = pytest.mark.django_db

LIST, NEW, AGAIN = "/account/tokens/", "/account/tokens/nieuw/", "/account/opnieuw/"
FILE, DELETE = "/account/gegevens/bestand/", "/account/verwijderen/"


@pytest.fixture
def person() -> User:
    """Somebody of a federation: they have no password to be asked for again."""
    return User.objects.create_user(issuer="https://federatie.example", subject="kiezel")


@pytest.fixture
def visit(person) -> Client:
    return sign_in(Client(), person)


def text_of(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def filled(**fields):
    last = timezone.localdate() + timedelta(days=30)
    return {"name": "Rooster", "scopes": ["review"], "expires_on": last.isoformat()} | fields


def test_a_token_is_shown_once_and_works(visit, person):
    page = visit.get(NEW)
    in_ninety_days = (timezone.localdate() + timedelta(days=90)).isoformat()
    assert f'value="{in_ninety_days}"' in page.content.decode()
    made = visit.post(NEW, filled())
    assert made.status_code == 200
    assert "no-store" in made["Cache-Control"]
    found = TOKEN_PATTERN.search(made.content.decode())
    assert found
    assert token_in_use(found[0]).user == person
    assert "beoordelingen schrijven" in text_of(made)
    for path in (LIST, NEW, "/account/", "/account/gegevens/bestand/"):
        response = visit.get(path)
        content = response.getvalue().decode()
        assert found[0] not in content
        assert found[0].rpartition("_")[2] not in content
        assert PersonalToken.objects.get().digest not in content


def test_who_reloads_the_page_makes_no_second_one(visit):
    visit.post(NEW, filled())
    again = visit.post(NEW, filled())
    assert again.status_code == 422
    assert "U hebt al een token met de naam “Rooster”" in text_of(again)
    assert not TOKEN_PATTERN.search(again.content.decode())
    assert PersonalToken.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "Schrijf waarvoor het token is"),
        ({"name": "x" * 101}, "Dit telt 101 tekens; dat mogen er 100 zijn."),
        ({"name": "a\x00b"}, "Null-tekens zijn niet toegestaan"),
        ({"scopes": []}, "Kies ten minste één ding"),
        ({"scopes": ["alles"]}, "“alles” kan een token niet"),
        ({"expires_on": ""}, "Kies de laatste dag"),
        ({"expires_on": "morgen"}, "Dit is geen datum"),
        ({"expires_on": "2020-01-01"}, "1 januari 2020 kan niet. Kies een dag van vandaag tot en met"),
        ({"expires_on": "9999-12-31"}, "31 december 9999 kan niet"),
    ],
)
def test_what_cannot_be_says_why_and_keeps_what_was_typed(visit, fields, said):
    response = visit.post(NEW, filled(**{"name": "Mijn rooster"} | fields))
    assert response.status_code == 422
    assert said in text_of(response)
    assert "Er is nog niets gedaan" in text_of(response)
    if "name" not in fields:
        assert 'value="Mijn rooster"' in response.content.decode()
    assert not PersonalToken.objects.exists()


def test_who_has_as_many_as_may_be_is_told_so(visit, person):
    for number in range(10):
        make_token(person, name=f"Programma {number}")
    page = visit.get(LIST)
    assert "U hebt 10 tokens die werken; meer kan niet." in text_of(page)
    assert NEW not in page.content.decode()
    refused = visit.post(NEW, filled())
    assert refused.status_code == 422
    assert "U hebt al 10 tokens die werken" in text_of(refused)


def test_the_list_tells_of_each_how_it_is(visit, person):
    assert "U hebt geen tokens." in text_of(visit.get(LIST))
    now = timezone.now()
    live = make_token(person, name="Rooster", scopes=["read"], last_used_at=now)
    make_token(person, name="Oud", created_at=now - timedelta(days=9), expires_at=now - timedelta(days=1))
    make_token(person, name="Weg", revoked_at=now + timedelta(seconds=1))
    make_token(User.objects.create_user(), name="Van een ander")
    page = visit.get(LIST)
    text = text_of(page)
    assert f"Begint met okc_p_{live.prefix}" in text
    assert "eigen gegevens lezen" in text
    assert ("Oud Verlopen" in text, "Weg Ingetrokken" in text, "Van een ander" in text) == (True, True, False)
    assert page.content.decode().count("/intrekken/") == 1


def test_the_list_asks_as_often_however_many_there_are(visit, person):
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            visit.get(LIST)
        return len(captured)

    make_token(person)
    before = asked()
    for number in range(9):
        make_token(person, name=f"Programma {number}")
    assert asked() == before


def test_one_s_own_is_revoked_and_another_s_is_not_there(visit, person):
    own, others = make_token(person, name="Rooster"), make_token(User.objects.create_user())
    response = visit.post(f"{LIST}{own.pk}/intrekken/", follow=True)
    assert "Het token “Rooster” is ingetrokken; het werkt niet meer." in text_of(response)
    for pk in (others.pk, 10**18, 0):
        assert visit.post(f"{LIST}{pk}/intrekken/").status_code == 404
    assert visit.get(f"{LIST}{own.pk}/intrekken/").status_code == 405
    own.refresh_from_db()
    others.refresh_from_db()
    assert (own.revoked_at is None, others.revoked_at is None) == (False, True)


def test_a_number_that_no_row_has_is_no_error_of_the_site(visit):
    assert visit.post(f"{LIST}{10**30}/intrekken/").status_code == 404


@pytest.mark.parametrize("path", [LIST, NEW])
def test_who_is_not_signed_in_signs_in(client, path):
    assert client.get(path).url.startswith("/account/aanmelden/")


def test_making_one_asks_once_more_who_one_is(client):
    """And goes on with the form that was sent."""
    sign_in(client, make_account())
    assert client.get(NEW).url.startswith(AGAIN)
    assert client.get(LIST).status_code == 200, "looking and revoking ask nothing: who sees a leak must be quick"
    asked = client.post(NEW, filled())
    assert asked.url.startswith(AGAIN)
    assert not PersonalToken.objects.exists()
    made = client.post(asked.url, {"password": PASSWORD})
    found = TOKEN_PATTERN.search(made.content.decode())
    assert found
    assert token_in_use(found[0]).name == "Rooster"
    assert "no-store" in made["Cache-Control"]


def as_of(visit: Client, *, method: str, minutes: int) -> None:
    """Let the visit be known by this alone, so long ago."""
    session = visit.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": method, "at": time.time() - minutes * 60}]
    session.save()


@pytest.mark.parametrize(
    ("method", "minutes", "is_let_in"),
    [
        ("socialaccount", 14, True),
        ("socialaccount", 15, False),
        ("password", 0, False),  # No way in of theirs: whoever holds the visit may have chosen it.
    ],
)
@pytest.mark.parametrize("path", [NEW, FILE, DELETE, "/account/tweede-stap/app/"])
def test_a_school_s_person_who_can_show_nothing_came_just_now(visit, settings, path, method, minutes, is_let_in):
    """Else whoever stole a visit makes a token with it, or a second factor of their own to make one with."""
    federation = {"label": "Via uw school", "issuer": "https://federatie.example", "claims": "entree"}
    settings.FEDERATIONS = {"school": federation | {"client_id": "x", "client_secret": "x"}}
    as_of(visit, method=method, minutes=minutes)
    page = visit.get(path)
    assert page.status_code == (200 if is_let_in else 403)
    if not is_let_in:
        assert "Meld u opnieuw aan" in text_of(page)
        assert f"/account/aanmelden/via/school/?next={quote(path, safe='')}" in page.content.decode()
        assert "no-store" in page["Cache-Control"]


def test_what_was_sent_too_late_is_filled_in_again_and_did_nothing(visit, person, settings):
    settings.FEDERATIONS = {"school": {"label": "Via uw school", "issuer": person.issuer}}
    as_of(visit, method="socialaccount", minutes=16)
    late = visit.post(NEW, filled(name="Mijn & rooster", scopes=["read", "review"]))
    assert late.status_code == 403
    assert visit.post(DELETE, {"confirm": "on"}).status_code == 403
    assert (PersonalToken.objects.count(), User.objects.count()) == (0, 1)
    (link,) = re.findall(r'href="(/account/aanmelden/via/[^"]+)"', late.content.decode())
    (back,) = parse_qs(urlsplit(unescape(link)).query)["next"]
    as_of(visit, method="socialaccount", minutes=0)
    page = visit.get(back).content.decode()
    assert 'value="Mijn &amp; rooster"' in page
    assert page.count(" checked") == 2
    assert f'value="{filled()["expires_on"]}"' in page


def test_whose_federation_is_gone_is_told_what_to_do(visit, settings):
    settings.FEDERATIONS = {}
    as_of(visit, method="socialaccount", minutes=16)
    page = visit.get(NEW)
    assert page.status_code == 403
    assert 'href="/account/afmelden/"' in page.content.decode()


def test_a_school_s_person_with_a_second_factor_shows_that(visit, person):
    add_totp(person)
    as_of(visit, method="socialaccount", minutes=60)
    assert visit.get(NEW).url.startswith("/account/opnieuw/tweede-stap/")


@pytest.fixture
def two_people() -> tuple[User, User]:
    """Somebody with a password, who has a token that works, and another one who has one."""
    person, other = make_account(), make_account("een-ander@esdoorn.example")
    for user in (person, other):
        make_token(user, name="Rooster")
    return person, other


def live_of(user: User) -> int:
    return sum(token.is_live for token in user.personal_tokens.all())


@pytest.mark.parametrize(("old", "is_revoked"), [(PASSWORD, True), ("iets-anders-99", False)])
def test_a_new_password_revokes_all_tokens(client, two_people, old, is_revoked):
    person, other = two_people
    submit_sign_in(client)
    fields = {"oldpassword": old, "password1": "kastanje-venster-41"}
    answer = client.post("/account/wachtwoord/", fields, follow=True)
    assert ("Uw tokens voor programma's zijn ingetrokken" in text_of(answer)) == is_revoked
    assert (live_of(person), live_of(other)) == (0 if is_revoked else 1, 1)


def test_so_does_one_that_was_asked_for_by_mail(client, two_people):
    person, other = two_people
    client.post("/account/wachtwoord/vergeten/", {"email": person.email})
    assert live_of(person) == 1, "anybody may ask"
    form = client.get(link_in(mail.outbox[0]), follow=True)
    answer = client.post(form.redirect_chain[-1][0], {"password1": "kastanje-venster-41"}, follow=True)
    assert "Uw tokens voor programma's zijn ingetrokken" in text_of(answer)
    assert (live_of(person), live_of(other)) == (0, 1)


def test_who_signs_all_other_devices_off_revokes_all_tokens_and_reads_so_before(client, two_people):
    person, other = two_people
    for visit in (Client(), client):
        submit_sign_in(visit)
    page = text_of(client.get("/account/sessies/"))
    assert "Ook uw token voor een programma wordt dan ingetrokken." in page
    assert live_of(person) == 1, "looking ends nothing"
    answer = text_of(client.post("/account/sessies/", follow=True))
    assert "Ook uw tokens voor programma's zijn ingetrokken." in answer
    assert (live_of(person), live_of(other)) == (0, 1)
    submit_sign_in(Client())
    assert "ingetrokken" not in text_of(client.get("/account/sessies/"))


def test_a_form_from_elsewhere_makes_none(person):
    strict = sign_in(Client(enforce_csrf_checks=True), person)
    token = make_token(person)
    assert strict.post(NEW, filled()).status_code == 403
    assert strict.post(f"{LIST}{token.pk}/intrekken/").status_code == 403
    token.refresh_from_db()
    assert (PersonalToken.objects.count(), token.revoked_at) == (1, None)
