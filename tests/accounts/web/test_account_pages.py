"""A person's own pages: who they are, what they want to be called, which mail they want."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from accounts import mail_kinds
from accounts.models import Affiliation, MailChoice, PublisherMember, SectionMember
from accounts.selectors.overview import QUERIES, account_overview
from tests.accounts.traces import make_person, make_school, make_section
from tests.factories import make_publisher
from tests.people import sign_in

pytestmark = pytest.mark.django_db

PAGES = ["", "profiel/", "mail/", "gegevens/", "gegevens/bestand/", "verwijderen/"]


def page(client: Client, path: str = "") -> str:
    response = client.get(f"/account/{path}")
    assert response.status_code == 200, response.status_code
    return response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_a_visitor_is_asked_to_sign_in_and_comes_back(path):
    response = Client().get(f"/account/{path}")
    assert response["Location"] == f"/account/aanmelden/?next=/account/{path}"


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_kept_by_nobody(client, path):
    sign_in(client, make_person())
    response = client.get(f"/account/{path}")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_who_just_came_sees_that_nothing_is_known(client):
    sign_in(client, make_person(), second_factor=False)
    text = page(client)
    assert "we weten niet dat u op een school werkt" in text
    assert "Van geen school weten we" in text
    assert "U bent van geen vaksectie lid" in text
    assert "Uitgevers waarvoor u spreekt" not in text
    assert "Uit; met een app of sleutel" in text


def test_what_is_proven_is_shown_with_its_state_in_words(client):
    person = make_person(display_name="Jan <b>", email="jan@school.example")
    EmailAddress.objects.create(user=person, email="jan@school.example", verified=True, primary=True)
    EmailAddress.objects.create(user=person, email="nieuw@school.example")
    old, new = make_school("99AB", ended_on="2026-08-01"), make_school("99AA", name="De Eik", place="Veld")
    known = {"user": person, "assurance": "federation", "role": "employee"}
    Affiliation.objects.create(school=new, state="pending", **known)
    Affiliation.objects.create(school=old, state="approved", **known)
    section = make_section(new)
    SectionMember.objects.create(section=section, user=person, role="lead")
    Authenticator.objects.create(user=person, type="totp", data={})
    sign_in(client, person)
    text = page(client)
    for words in (
        "Jan &lt;b&gt;",
        "nieuw@school.example",
        "nog niet bevestigd",
        "De Eik, Veld",
        "Wacht op goedkeuring",
        "Telt niet meer",
        "moet nog worden bevestigd",
        section.subject.label,
        "voorzitter",
        "Aan.",
    ):
        assert words in text


def test_a_role_that_needs_a_second_step_says_so(client):
    person = make_person()
    PublisherMember.objects.create(user=person, publisher=make_publisher(name="De Linde"), role="owner")
    sign_in(client, person, second_factor=False)
    text = page(client)
    assert "voor uw rol is die verplicht" in text
    assert "De Linde" in text
    assert "want u spreekt voor een uitgever" in text


def test_the_overview_asks_as_much_for_much_as_for_little(django_assert_max_num_queries):
    person, nobody = make_person(), make_person()
    for number in range(5):
        school = make_school(f"9{number}AA")
        Affiliation.objects.create(user=person, school=school, assurance="mail", role="affiliate", state="pending")
        SectionMember.objects.create(section=make_section(school), user=person)
    with django_assert_max_num_queries(QUERIES):
        account_overview(nobody)  # Of whom nothing is known: every question is asked.
    with django_assert_max_num_queries(QUERIES):
        found = account_overview(person)
        assert [member.section.subject.label + member.section.school.name for member in found.sections]
        assert [str(affiliation.school) for affiliation in found.affiliations]
    assert (len(found.sections), len(found.affiliations)) == (5, 5)


def test_what_ended_long_ago_is_not_shown():
    person, now = make_person(), timezone.now()
    for number, days in enumerate((10, 400)):
        Affiliation.objects.create(
            user=person, school=make_school(f"9{number}AA"), assurance="mail", role="employee", state="ended",
            ended_at=now - timedelta(days=days),
        )  # fmt: skip
    assert [each.school.code for each in account_overview(person).affiliations] == ["90AA"]


@pytest.mark.parametrize(
    ("fields", "status", "kept"),
    [
        ({"display_name": " Piet  Puk ", "language": "en"}, 302, ("Piet Puk", "en")),
        ({"display_name": "", "language": ""}, 302, ("", "")),
        ({}, 302, ("", "")),
        ({"display_name": "p@school.example", "language": "en"}, 422, ("Jan", "nl")),
        ({"display_name": "n" * 151, "language": "en"}, 422, ("Jan", "nl")),
        ({"display_name": "P\x00", "language": "en"}, 422, ("Jan", "nl")),
        ({"display_name": "Piet", "language": "de"}, 422, ("Jan", "nl")),
        ({"display_name": "Piet", "language": "x" * 5000}, 422, ("Jan", "nl")),
    ],
)
def test_profile(client, fields, status, kept):
    person = make_person(display_name="Jan", language="nl")
    sign_in(client, person)
    response = client.post("/account/profiel/", fields)
    assert response.status_code == status
    person.refresh_from_db()
    assert (person.display_name, person.language) == kept
    if status == 422:
        text = response.content.decode()
        assert 'aria-invalid="true"' in text
        assert "_error" in text


def test_a_refused_name_is_kept_in_the_form_and_says_what_is_wrong(client):
    sign_in(client, make_person(display_name="Jan"))
    text = client.post("/account/profiel/", {"display_name": "jan@school.example"}).content.decode()
    assert 'value="jan@school.example"' in text
    assert "Zet hier geen e-mailadres" in text
    assert 'aria-describedby="id_display_name_helptext id_display_name_error"' in text


def test_the_language_holds_from_the_next_page_on(client):
    sign_in(client, make_person())
    assert client.post("/account/profiel/", {"display_name": "", "language": "en"}).status_code == 302
    assert '<html lang="en">' in page(client)


@pytest.mark.parametrize("ticked", [True, False])
def test_mail(client, ticked):
    person = make_person()
    sign_in(client, person)
    kind = mail_kinds.optional_kinds()[0].name
    assert f'name="{kind}"' in page(client, "mail/")
    assert client.post("/account/mail/", {kind: "on"} if ticked else {}).status_code == 302
    assert MailChoice.objects.get(user=person, kind=kind).is_wanted == ticked
    assert ("checked" in page(client, "mail/").split(f'name="{kind}"')[1].split(">")[0]) == ticked


@pytest.mark.parametrize("path", ["", "gegevens/", "gegevens/bestand/"])
def test_what_only_shows_takes_no_post(client, path):
    sign_in(client, make_person())
    assert client.post(f"/account/{path}").status_code == 405
