"""The page that says what is kept of people: for everyone, whole, and true to what the site does."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape

from accounts.personal_data import holdings
from portal.privacy import COOKIES, IN_THE_BROWSER
from tests.accounts.traces import make_person
from tests.people import sign_in

pytestmark = pytest.mark.django_db


def page(client: Client) -> str:
    response = client.get("/privacy/")
    assert response.status_code == 200
    return response.content.decode()


def test_everything_that_is_held_is_told(client):
    text = page(client)
    for holding in holdings():
        part = text.split(f'id="data-{holding.key}"')[1].split("</section>")[0]
        for said in (holding.name, holding.purpose, holding.ground.label, holding.kept, holding.deletion.label):
            assert escape(str(said)) in part
        assert all(escape(str(name)) in part for name in holding.fields.values())


def test_every_page_leads_there(client):
    assert '<a href="/privacy/">' in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("privacy@catalogus.example", '<a href="mailto:privacy@catalogus.example">'),
        ("Postbus 1, Veld", "Postbus 1, Veld"),
        ("", "nog geen adres opgegeven"),
    ],
)
def test_who_to_ask(client, settings, contact, shown):
    settings.PRIVACY_CONTACT = contact
    assert shown in page(client)


def test_what_scripts_keep_in_the_browser_is_told():
    scripts = "".join(path.read_text() for path in (settings.BASE_DIR / "static" / "js").glob("*.js"))
    assert set(re.findall(r"const KEY = '([^']+)'", scripts)) == {kept.name for kept in IN_THE_BROWSER}
    assert len(re.findall(r"(?:local|session)Storage\.setItem\((\w+)", scripts)) == len(IN_THE_BROWSER)


def test_there_are_no_other_cookies_than_it_tells_of(client):
    sign_in(client, make_person())
    client.get("/")
    client.post("/account/profiel/", {"display_name": "Jan"})
    client.post("/taal/", {"language": "en", "next": "/"})
    told = {cookie.name for cookie in COOKIES}
    assert {"sessionid", "csrftoken", "django_language"} <= set(client.cookies) <= told
    text = page(client)
    assert all(f"<code>{name}</code>" in text for name in told)
    assert not Client().get("/").cookies
