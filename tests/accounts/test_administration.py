"""The administration has no door of its own: no form to sign in at, none to change a password, none to add a key."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.test import Client

from accounts.models import User
from tests.people import sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/beheer/", "/beheer/login/?next=/beheer/", "/beheer/accounts/user/"])
def test_who_is_not_signed_in_goes_to_the_one_sign_in_page(client, path):
    response = client.get(path, follow=True)
    assert response.redirect_chain[-1][0].startswith("/account/aanmelden/?next=/beheer/")


def test_posting_a_password_to_the_old_door_opens_nothing(client):
    User.objects.create_superuser("hoofd", password="een-lang-wachtwoord-27")
    fields = {"username": "hoofd", "password": "een-lang-wachtwoord-27"}
    response = client.post("/beheer/login/", fields)
    assert response["Location"].startswith("/account/aanmelden/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("second_factor", "status"), [(True, 200), (False, 302)])
def test_staff_get_in_with_a_second_factor_alone(client, second_factor, status):
    sign_in(client, User.objects.create_superuser("hoofd"), second_factor=second_factor)
    response = client.get("/beheer/")
    assert response.status_code == status
    if second_factor:
        assert "hoofd" in response.content.decode()
    else:
        assert response["Location"] == "/account/tweede-stap/nodig/?next=%2Fbeheer%2F"


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [("/beheer/password_change/", "/account/wachtwoord/"), ("/beheer/logout/", "/account/afmelden/")],
)
def test_what_the_site_does_itself_is_done_there(client, path, leads_to):
    sign_in(client, User.objects.create_superuser("hoofd"))
    assert client.post(path)["Location"] == leads_to


def test_nothing_of_signing_in_is_edited_by_hand():
    apps = {model._meta.app_label for model in admin.site._registry}
    assert apps.isdisjoint({"account", "socialaccount", "usersessions"})


@pytest.mark.parametrize(("is_superuser", "status", "left"), [(True, 302, 0), (False, 403, 1)])
def test_a_lost_second_factor_is_taken_away_by_who_has_all_rights(is_superuser, status, left):
    owner = User.objects.create_user()
    lost = Authenticator.objects.create(user=owner, type=Authenticator.Type.TOTP, data={"secret": "x"})
    user = User.objects.create_user(sign_in_name="medewerker", is_staff=True, is_superuser=is_superuser)
    client = sign_in(Client(), user)
    response = client.post(f"/beheer/mfa/authenticator/{lost.pk}/delete/", {"post": "yes"})
    assert response.status_code == status
    assert Authenticator.objects.count() == left
    assert client.post("/beheer/mfa/authenticator/add/", {"user": owner.pk}).status_code == 403


@pytest.mark.parametrize("is_one_of_a_list", [True, False])
def test_with_a_lost_second_factor_end_the_visits_that_showed_it(is_one_of_a_list):
    """A lost telephone is often signed in as well."""
    owner = User.objects.create_user(is_staff=True)
    lost = Authenticator.objects.create(user=owner, type=Authenticator.Type.TOTP, data={"secret": "x"})
    finder, bystander = sign_in(Client(), owner), sign_in(Client(), User.objects.create_user(is_staff=True))
    assert finder.get("/beheer/").status_code == 200
    chief = sign_in(Client(), User.objects.create_superuser("hoofd"))
    if is_one_of_a_list:
        fields = {"action": "delete_selected", "_selected_action": lost.pk, "post": "yes"}
        chief.post("/beheer/mfa/authenticator/", fields)
    else:
        chief.post(f"/beheer/mfa/authenticator/{lost.pk}/delete/", {"post": "yes"})
    assert not Authenticator.objects.exists()
    assert finder.get("/account/")["Location"].startswith("/account/aanmelden/")
    assert bystander.get("/beheer/").status_code == 200
