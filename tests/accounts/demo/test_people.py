"""The demonstration's people: each role is there, can sign in as the console says, and nowhere else."""

from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import reverse

from accounts import access
from accounts.demo.credentials import current_code, demonstration_password
from accounts.demo.loading import load_demonstration
from accounts.demo.people import PEOPLE, SCHOOLS
from accounts.exceptions import DemonstrationRefused
from accounts.models import (
    DEMONSTRATION_ISSUER,
    Affiliation,
    AffiliationState,
    Assurance,
    PublisherMember,
    School,
    Section,
    SectionMember,
    SectionRole,
    User,
)
from tests.factories import make_method, make_product, make_publisher

pytestmark = pytest.mark.django_db

LOCAL = [person for person in PEOPLE if not person.is_federated]
TABLES = (User, School, Section, SectionMember, Affiliation, PublisherMember, EmailAddress, Authenticator)


@pytest.fixture
def publisher(db):
    """The largest publisher of a small catalogue."""
    make_product(method=make_method(publisher=make_publisher(name="Kleine uitgever")))
    largest = make_publisher(name="Grote uitgever")
    for _number in range(2):
        make_product(method=make_method(publisher=largest))
    return largest


def account(key: str) -> Any:
    return User.objects.get(issuer=DEMONSTRATION_ISSUER, subject=key)


def visitor(client) -> Any:
    return get_user(type("Request", (), {"session": client.session})())


def code_of(user: User) -> str:
    code = current_code(user)
    assert code is not None
    return code.text


def sign_in_locally(client: Client, key: str) -> None:
    """As a person does: address and password, and the code where it is asked."""
    user = account(key)
    answer = client.post(reverse("account_login"), {"login": user.email, "password": demonstration_password()})
    if answer.status_code == 302 and answer["Location"].startswith(reverse("mfa_authenticate")):
        client.post(reverse("mfa_authenticate"), {"code": code_of(user)})


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("demo_people", *arguments, stdout=output)
    return output.getvalue()


def test_loading_again_changes_nothing(publisher, federation):
    load_demonstration()
    before = [list(table.objects.order_by("pk").values()) for table in TABLES]
    load_demonstration()

    assert [list(table.objects.order_by("pk").values()) for table in TABLES] == before
    assert all(before)


def test_loading_mends_what_it_promises(publisher, federation):
    load_demonstration()
    user = account("beheerder")
    user.set_password("iets anders dan het was")
    user.is_active = False
    user.save()
    Authenticator.objects.all().delete()
    EmailAddress.objects.filter(user=user).update(verified=False)
    load_demonstration()

    client = Client()
    sign_in_locally(client, "beheerder")
    assert visitor(client) == user


@pytest.mark.parametrize("person", LOCAL, ids=lambda person: person.key)
def test_local_people_sign_in_as_the_console_says(person, publisher, federation):
    load_demonstration()
    client = Client()
    sign_in_locally(client, person.key)

    assert visitor(client) == account(person.key)
    assert demonstration_password() in run("list")


def test_a_password_alone_is_not_enough_for_who_needs_a_second_factor(publisher):
    load_demonstration()
    client = Client()
    client.post(reverse("account_login"), {"login": account("lezer").email, "password": demonstration_password()})

    assert not visitor(client).is_authenticated


def test_what_people_are(publisher, federation):
    load_demonstration()
    federated: dict[str, Any] = {
        person.key: User.objects.filter(issuer=federation.issuer, subject=federation.subject(person.key)).first()
        for person in PEOPLE
        if person.is_federated
    }
    states = {key: list(user.affiliations.values_list("state", "assurance")) for key, user in federated.items() if user}

    assert federated["nieuw"] is None
    assert access.is_pupil(federated["leerling"])
    assert not access.may_review(federated["leerling"])
    assert access.may_review(federated["docent"])
    assert states["betrokkene"] == [(AffiliationState.PENDING, Assurance.FEDERATION)]
    section = Section.objects.get(school__code="99AA", subject__code="wiskunde")
    assert access.section_role(federated["lid"], section) == SectionRole.MEMBER
    assert access.section_role(federated["voorzitter"], section) == SectionRole.LEAD
    assert access.may_decide(federated["voorzitter"], federated["betrokkene"].affiliations.get())
    assert list(account("mail").affiliations.values_list("state", "assurance")) == [
        (AffiliationState.APPROVED, Assurance.MAIL)
    ]
    members = PublisherMember.objects.filter(publisher=publisher).values_list("user__subject", "role")
    assert set(members) == {("lezer", "reader"), ("redacteur", "editor"), ("eigenaar", "owner")}
    assert account("moderator").is_moderator
    assert account("beheerder").is_superuser


def test_who_was_loaded_signs_in_by_the_federation_with_that_account(client, federation):
    load_demonstration()
    federation.sign_in(client, "voorzitter")
    known = User.objects.get(issuer=federation.issuer, subject=federation.subject("voorzitter"))

    assert visitor(client) == known
    assert known.section_memberships.count() == 1


def test_a_federation_at_another_port_keeps_its_people(client, federation, settings):
    name = federation.name
    settings.FEDERATIONS = {name: {**federation.settings, "issuer": "http://127.0.0.1:9"}}
    load_demonstration()
    before = User.objects.get(issuer="http://127.0.0.1:9", subject=federation.subject("lid"))
    settings.FEDERATIONS = {name: federation.settings}
    load_demonstration()
    federation.sign_in(client, "lid")

    assert visitor(client) == before
    assert not User.objects.filter(issuer="http://127.0.0.1:9").exists()


def test_schools_are_nobodys(publisher):
    load_demonstration()

    assert all(code.startswith("99") for code in School.objects.values_list("code", flat=True))
    ended: Any = School.objects.get(code="99DD")
    assert (ended.is_open, ended.merged_into.code) == (False, "99AA")
    assert School.objects.count() == len(SCHOOLS)
    assert not School.objects.filter(province="").exists()


def test_schools_of_an_older_demonstration_get_their_province(publisher):
    load_demonstration()
    School.objects.update(province="")
    load_demonstration()

    assert dict(School.objects.values_list("code", "province")) == {each.code: each.province for each in SCHOOLS}


def test_without_catalogue_or_federation_the_rest_is_there(db, settings):
    settings.FEDERATIONS = {}
    said = run("load")

    assert "catalogus is leeg" in said
    assert "FEDERATIONS" in said
    assert User.objects.count() == len(LOCAL)


def test_an_address_that_somebody_else_has_is_named(db):
    other = User.objects.create_user(email="lezer@uitgever.example")
    EmailAddress.objects.create(user=other, email="Lezer@uitgever.example", verified=True, primary=True)

    with pytest.raises(CommandError, match=r"lezer@uitgever\.example"):
        run("load")
    assert User.objects.count() == 1


# Where real people are


@pytest.mark.parametrize("part", [["load"], ["list"], ["code", "beheerder"]], ids=lambda part: part[0])
def test_no_command_where_real_people_are(part, db):
    with override_settings(DEMONSTRATION=False), pytest.raises(CommandError, match="DEMONSTRATION"):
        run(*part)
    assert not User.objects.exists()


def test_loading_itself_refuses_where_real_people_are(db):
    with override_settings(DEMONSTRATION=False), pytest.raises(DemonstrationRefused):
        load_demonstration()


@pytest.mark.parametrize("key", [person.key for person in LOCAL])
@pytest.mark.parametrize("is_demonstration", [True, False])
def test_invented_people_sign_in_to_a_demonstration_alone(is_demonstration, key, publisher):
    load_demonstration()
    client = Client()
    with override_settings(DEMONSTRATION=is_demonstration):
        sign_in_locally(client, key)
        assert visitor(client).is_authenticated is is_demonstration


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_a_visit_begun_before_ends_where_real_people_are(is_demonstration, publisher):
    load_demonstration()
    client = Client()
    sign_in_locally(client, "beheerder")
    with override_settings(DEMONSTRATION=is_demonstration):
        answer = client.get("/beheer/")

    assert (answer.status_code == 200) is is_demonstration


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_a_visit_by_the_demonstration_federation_ends_there_too(is_demonstration, client, federation):
    federation.sign_in(client, "docent")
    with override_settings(DEMONSTRATION=is_demonstration):
        assert visitor(client).is_authenticated is is_demonstration


# Codes


@pytest.mark.parametrize("who", ["beheerder", "beheerder@keuzecatalogus.example", "BEHEERDER"])
def test_code_gives_what_the_app_would_show(who, publisher):
    load_demonstration()

    assert code_of(account("beheerder")) in run("code", who)


@pytest.mark.parametrize(
    ("who", "says"), [("niemand", "niemand"), ("docent", "docent"), ("mail", "geen tweede stap nodig")]
)
def test_code_for_who_has_none_says_why(who, says, publisher):
    load_demonstration()

    with pytest.raises(CommandError, match=says):
        run("code", who)


def test_the_secret_is_not_stored_as_it_is(publisher):
    load_demonstration()
    stored = Authenticator.objects.get(user=account("beheerder")).data["secret"]

    assert len(stored) > 60


def test_another_secret_key_gets_another_second_factor(publisher, settings):
    load_demonstration()
    settings.SECRET_KEY = "another key of this checkout"
    assert current_code(account("beheerder")) is None
    load_demonstration()

    assert current_code(account("beheerder")) is not None
