"""The registry of personal data: nothing that may hold a person is missing, and nothing secret is told."""

import json
import re

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from accounts.models import User
from accounts.personal_data import holdings, register
from tests.accounts.traces import ADDRESS, make_known_person, make_person, visit_of

EXCEPTIONS = {
    "accounts.User_groups": "which groups a person is in: told with the account, goes with it",
    "accounts.User_user_permissions": "which rights a person has: told with the account, goes with it",
    "accounts.School": "the name of a school",
    "auth.Group": "the name of a set of rights",
    "auth.Permission": "the name of a right",
    "catalogus.Method": "the name of a method",
    "catalogus.Product": "authors as printed on the cover of a book that is for sale",
    "catalogus.Publisher": "the name of a company",
    "catalogus.SearchRow": "a copy of what a product says, authors as printed on its cover among it",
    "ingest.Source": "the name of a feed",
    "socialaccount.SocialApp": "not used: federations stand in the settings",
}
"""Models that look as if they held people and do not, each with the reason."""

# A column that is called so may hold who somebody is.
SUSPECT = re.compile(r"(^|_)(name|names|actor|author|authors|mail|email|person|people|ip|phone|user_agent)($|_)|_by$")


def looks_personal(model: type[models.Model]) -> bool:
    for field in [*model._meta.fields, *model._meta.many_to_many]:
        if field.is_relation:
            if field.related_model is User:
                return True
        elif isinstance(field, models.EmailField | models.GenericIPAddressField) or SUSPECT.search(field.name):
            return True
    return False


def registered() -> set[str]:
    return {holding.model._meta.label for holding in holdings()}


def suspects() -> set[str]:
    return {model._meta.label for model in apps.get_models(include_auto_created=True) if looks_personal(model)}


def test_no_table_that_may_hold_a_person_is_forgotten():
    assert suspects() - registered() - set(EXCEPTIONS) == set()


def test_no_exception_is_left_of_what_is_no_more():
    assert set(EXCEPTIONS) - suspects() == set()
    assert set(EXCEPTIONS) & registered() == set()


@pytest.mark.parametrize("holding", holdings(), ids=lambda holding: holding.key)
def test_what_is_told_of_a_table_is_there(holding):
    columns = {field.name for field in [*holding.model._meta.fields, *holding.model._meta.many_to_many]}
    assert holding.fields
    assert set(holding.fields) <= columns
    for text in (holding.name, holding.purpose, holding.kept, *holding.fields.values()):
        assert str(text).strip()


def test_a_key_is_taken_once():
    with pytest.raises(ImproperlyConfigured, match="account"):
        register(holdings()[0])


@pytest.mark.django_db
def test_everything_of_a_person_is_told_and_no_secret():
    person = make_known_person()
    person.set_password("een lang wachtwoord")
    person.save()
    told = {holding.key: list(holding.rows(person)) for holding in holdings()}
    assert [key for key, rows in told.items() if not rows] == []
    text = json.dumps(told)
    session_keys = [visit_of(person).session.session_key]
    for secret in ("GEHEIM", str(person.password), *map(str, session_keys)):
        assert secret not in text
    assert told["account"][0]["email"] == ADDRESS
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*", told["account"][0]["joined_at"])
    assert [row["school_code"] for row in told["affiliations"]] == ["99AA"]
    assert len(told["product_versions"]) == 2


@pytest.mark.django_db
def test_nothing_of_another_is_told():
    """Neither by a name that is taken over, nor by an address that was typed and not proven."""
    known = make_known_person()
    impostor = make_person(display_name=known.display_name, email=ADDRESS)
    EmailAddress.objects.create(user=impostor, email=ADDRESS, verified=False)
    told = {holding.key: list(holding.rows(impostor)) for holding in holdings()}
    assert {key for key, rows in told.items() if rows} == {"account", "email_addresses"}
