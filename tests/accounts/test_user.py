"""People: known by issuer and subject, without a required name or address."""

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_a_federated_person_needs_neither_name_nor_address():
    user = User.objects.create_user(issuer="https://federatie.example", subject="abc")
    assert (user.sign_in_name, user.email) == (None, "")
    assert not user.has_usable_password()


def test_one_person_per_issuer_and_subject():
    User.objects.create_user(issuer="https://federatie.example", subject="abc")
    User.objects.create_user(issuer="https://andere.example", subject="abc")
    with pytest.raises(ValidationError):
        User.objects.create_user(issuer="https://federatie.example", subject="abc")


def test_a_sign_in_name_is_for_local_accounts():
    with pytest.raises(ValidationError):
        User.objects.create_user(issuer="https://federatie.example", subject="abc", sign_in_name="jansen")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(issuer="https://federatie.example", subject="abc", sign_in_name="jansen")


def test_an_administrator_signs_in_with_a_name():
    User.objects.create_superuser("beheer", password="een lang wachtwoord")
    assert authenticate(username="beheer", password="een lang wachtwoord") == User.objects.get(is_superuser=True)
    assert authenticate(username="beheer", password="iets anders") is None
