"""Deleting people in the administration: as they would do it themselves."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from tests.accounts.traces import NUMBER, TRACES, make_known_person, make_person, tables_that_tell
from tests.people import sign_in

pytestmark = pytest.mark.django_db

PEOPLE = "/beheer/accounts/user/"
CONFIRM = {"post": "yes"}


@pytest.fixture
def chief(client: Client) -> Client:
    return sign_in(client, User.objects.create_superuser("hoofd"))


def selected(*people: User) -> dict:
    return CONFIRM | {"action": "delete_selected", "_selected_action": [person.pk for person in people]}


@pytest.mark.parametrize("way", ["page", "list"])
def test_nothing_is_left_of_who_is_deleted(chief, way):
    person = make_known_person()
    if way == "page":
        told = chief.get(f"{PEOPLE}{NUMBER}/delete/").content.decode()
        response = chief.post(f"{PEOPLE}{NUMBER}/delete/", CONFIRM)
    else:
        told = chief.post(PEOPLE, selected(person) | {"post": ""}).content.decode()
        response = chief.post(PEOPLE, selected(person))
    assert "Uw ingrepen als redacteur" in told
    assert response.status_code == 302
    assert not User.objects.filter(pk=NUMBER).exists()
    assert tables_that_tell(*TRACES) == set()
    assert LogEntry.objects.filter(user__sign_in_name="hoofd", action_flag=3).count() == 1  # That it was done, stays.


@pytest.mark.parametrize("way", ["page", "list"])
def test_the_last_who_may_do_everything_stays(chief, way):
    chief_user, other = User.objects.get(), make_person(sign_in_name="ander")
    if way == "page":
        response = chief.post(f"{PEOPLE}{chief_user.pk}/delete/", CONFIRM, follow=True)
    else:
        response = chief.post(PEOPLE, selected(other, chief_user), follow=True)
    assert "laatste account dat alles mag" in response.content.decode()
    assert User.objects.count() == 2  # Of several all go or none.
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(("fields", "is_gone"), [({}, True), ({"is_staff": True}, False)])
def test_staff_delete_no_account_with_rights(client, fields, is_gone):
    staff = make_person(sign_in_name="medewerker", is_staff=True)
    staff.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    sign_in(client, staff)
    person = make_person(sign_in_name="ander", **fields)
    assert client.post(f"{PEOPLE}{person.pk}/delete/", CONFIRM).status_code == (302 if is_gone else 403)
    assert User.objects.filter(pk=person.pk).exists() != is_gone
    if not is_gone:
        assert client.post(PEOPLE, selected(person)).status_code == 403
        assert User.objects.filter(pk=person.pk).exists()
