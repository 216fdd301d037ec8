"""People before the admin: who may do everything, who works here without the right, and who does not."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from tests.people import sign_in


@pytest.fixture
def editor(db: None) -> Client:
    """Signed in with all rights."""
    return signed_in(User.objects.create_superuser("redactie"))


@pytest.fixture
def people(db: None) -> dict[str, Client]:
    """Everybody that the admin must tell apart, by name."""
    reader = User.objects.create_user(sign_in_name="lezer", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    changer = User.objects.create_user(sign_in_name="wijziger", is_staff=True)
    changer.user_permissions.set(Permission.objects.filter(content_type__app_label="catalogus"))
    return {
        "superuser": signed_in(User.objects.create_superuser("alles")),
        "staff with rights": signed_in(changer),
        "staff who may look": signed_in(reader),
        "staff without rights": signed_in(User.objects.create_user(sign_in_name="nieuw", is_staff=True)),
        "somebody": signed_in(User.objects.create_user(sign_in_name="docent")),
        "switched off": signed_in(User.objects.create_superuser("weg", is_active=False)),
        "nobody": Client(),
    }


def signed_in(user: User) -> Client:
    client = Client()
    sign_in(client, user)
    return client
