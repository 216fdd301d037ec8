"""People in the admin: linked to publishers by staff, and given rights by nobody but those who have them all."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import LOCAL_ISSUER, PublisherMember, User
from tests.factories import make_publisher
from tests.people import sign_in

pytestmark = pytest.mark.django_db

ROOT = "/beheer/accounts"
INLINE = {"publisher_memberships-TOTAL_FORMS": "0", "publisher_memberships-INITIAL_FORMS": "0"}


def signed_in(user: User) -> Client:
    client = Client()
    sign_in(client, user)
    return client


@pytest.fixture
def chief() -> Client:
    return signed_in(User.objects.create_superuser("hoofd"))


@pytest.fixture
def staff() -> Client:
    user = User.objects.create_user(sign_in_name="medewerker", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    return signed_in(user)


def test_a_local_account_is_made_and_can_sign_in(staff):
    password = "een-lang-wachtwoord-27"
    fields = {"sign_in_name": "jansen", "usable_password": "true", "password1": password, "password2": password}
    response = staff.post(f"{ROOT}/user/add/", fields)
    assert response.status_code == 302, response.context["errors"]
    user = User.objects.get(sign_in_name="jansen")
    assert (user.issuer, len(user.subject), user.is_staff) == (LOCAL_ISSUER, 32, False)
    assert Client().login(username="jansen", password=password)
    assert staff.post(f"{ROOT}/user/add/", fields | {"sign_in_name": ""}).context["errors"]


def test_a_person_is_linked_to_a_publisher(staff):
    user, publisher = User.objects.create_user(sign_in_name="jansen"), make_publisher(name="De Linde")
    fields = {"user": user.pk, "publisher": publisher.pk, "role": "editor"}
    assert staff.post(f"{ROOT}/publishermember/add/", fields).status_code == 302
    assert PublisherMember.objects.get().role == "editor"
    assert "De Linde" in staff.get(f"{ROOT}/publishermember/").content.decode()
    assert staff.get(f"{ROOT}/user/{user.pk}/change/").status_code == 200


RIGHTS = {"is_staff": "on", "is_superuser": "on"}


@pytest.mark.parametrize(("who", "gives"), [("chief", True), ("staff", False)])
def test_rights_are_given_by_who_has_them_all(request, who, gives):
    user = User.objects.create_user(sign_in_name="jansen")
    client = request.getfixturevalue(who)
    fields = INLINE | RIGHTS | {"sign_in_name": "jansen", "display_name": "Jansen", "is_active": "on"}
    assert client.post(f"{ROOT}/user/{user.pk}/change/", fields).status_code == 302
    user.refresh_from_db()
    assert (user.display_name, user.is_staff, user.is_superuser) == ("Jansen", gives, gives)


@pytest.mark.parametrize(("who", "may"), [("chief", True), ("staff", False)])
@pytest.mark.parametrize("rights", [{"is_superuser": True}, {"is_staff": True}, {"is_moderator": True}])
def test_an_account_with_rights_is_for_them_alone(request, who, may, rights):
    user = User.objects.create_user(sign_in_name="jansen", **rights)
    client = request.getfixturevalue(who)
    page = client.get(f"{ROOT}/user/{user.pk}/change/")
    assert ('name="_save"' in page.content.decode()) == may
    assert client.get(f"{ROOT}/user/{user.pk}/password/").status_code == (200 if may else 403)
    assert client.get(f"{ROOT}/user/{user.pk}/delete/").status_code == (200 if may else 403)


@pytest.mark.parametrize("who", ["chief", "staff"])
def test_nobody_s_address_is_changed(request, who):
    """It is where the letter of a new password goes, and proven by who reads it alone."""
    user = User.objects.create_user(sign_in_name="jansen", email="jansen@school.example")
    fields = INLINE | {
        "sign_in_name": "jansen",
        "display_name": "Jansen",
        "is_active": "on",
        "email": "dief@kwaad.example",
    }
    client = request.getfixturevalue(who)
    assert client.post(f"{ROOT}/user/{user.pk}/change/", fields).status_code == 302
    user.refresh_from_db()
    assert (user.display_name, user.email) == ("Jansen", "jansen@school.example")


def test_staff_may_keep_their_own_account_but_give_it_nothing(staff):
    me = User.objects.get(sign_in_name="medewerker")
    fields = INLINE | RIGHTS | {"sign_in_name": "medewerker", "display_name": "Ik", "is_active": "on"}
    assert staff.post(f"{ROOT}/user/{me.pk}/change/", fields).status_code == 302
    me.refresh_from_db()
    assert (me.display_name, me.is_superuser) == ("Ik", False)


def test_a_federated_account_keeps_no_sign_in_name(chief):
    user = User.objects.create_user(issuer="https://federatie.example", subject="abc")
    fields = INLINE | {"sign_in_name": "", "display_name": "Docent", "is_active": "on", "subject": "gekaapt"}
    assert chief.post(f"{ROOT}/user/{user.pk}/change/", fields).status_code == 302
    user.refresh_from_db()
    assert (user.sign_in_name, user.display_name, user.subject) == (None, "Docent", "abc")


@pytest.mark.parametrize("path", ["user/", "publishermember/", "user/add/", "publishermember/add/"])
def test_others_are_kept_out(path):
    assert Client().get(f"{ROOT}/{path}").status_code == 302
    assert signed_in(User.objects.create_user(sign_in_name="docent")).get(f"{ROOT}/{path}").status_code == 302
    assert (
        signed_in(User.objects.create_user(sign_in_name="nieuw", is_staff=True)).get(f"{ROOT}/{path}").status_code
        == 403
    )
