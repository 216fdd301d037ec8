"""Affiliations, sections and invitations in the admin: looked up by staff who may, changed by nobody."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import Invitation, SectionRole, User
from accounts.services.invitations import invitation_token, invite_to_section
from tests.accounts.places import make_person, make_school, make_section, make_teacher
from tests.people import sign_in

pytestmark = pytest.mark.django_db

ROOT = "/beheer/accounts"


@pytest.fixture
def invitation():
    school = make_school("99AA", name="Het Baken")
    lead = make_teacher("els", school)
    section = make_section(school, lead=lead)
    return invite_to_section(section=section, email="jan@school.example", role=SectionRole.MEMBER, by=lead)


@pytest.fixture
def rows(invitation):
    return {
        "affiliation": invitation.invited_by.affiliations.get(),
        "section": invitation.section,
        "invitation": invitation,
    }


def visit_of(user: User) -> Client:
    return sign_in(Client(), user)


@pytest.fixture
def staff():
    user = make_person("redactie", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(content_type__app_label="accounts", codename__startswith="view_")
    )
    return visit_of(user)


@pytest.mark.parametrize("kind", ["affiliation", "section", "invitation"])
def test_who_may_look_it_up(rows, staff, kind):
    pages = [f"{ROOT}/{kind}/", f"{ROOT}/{kind}/?q=Baken", f"{ROOT}/{kind}/{rows[kind].pk}/change/"]
    for page in pages:
        response = staff.get(page)
        assert response.status_code == 200
        assert "Het Baken" in response.content.decode()
        assert visit_of(make_person(is_staff=True)).get(page).status_code == 403, "without the permission"
        assert visit_of(make_person()).get(page).status_code == 302, "no staff at all"
        assert Client().get(page).status_code == 302


@pytest.mark.parametrize("kind", ["affiliation", "section", "invitation"])
def test_nobody_changes_it_here(rows, kind):
    chief = visit_of(User.objects.create_superuser("hoofd"))
    for path in ("add/", f"{rows[kind].pk}/delete/"):
        assert chief.get(f"{ROOT}/{kind}/{path}").status_code == 403
    assert chief.post(f"{ROOT}/{kind}/{rows[kind].pk}/change/", {"role": "lead"}).status_code == 403
    chief.post(f"{ROOT}/{kind}/", {"action": "delete_selected", "_selected_action": rows[kind].pk, "post": "yes"})
    assert type(rows[kind]).objects.filter(pk=rows[kind].pk).exists()


def test_the_letter_cannot_be_made_again_out_of_what_is_shown(invitation, staff):
    content = staff.get(f"{ROOT}/invitation/{invitation.pk}/change/").content.decode()
    assert "jan@school.example" in content
    assert invitation.nonce.hex not in content.replace("-", "")
    assert invitation_token(invitation) not in content
    assert Invitation.objects.get().withdrawn_at is None


def test_a_section_leads_to_its_page_for_staff(invitation, staff):
    content = staff.get(f"{ROOT}/section/{invitation.section.pk}/change/").content.decode()
    assert f"/account/secties/{invitation.section.pk}/" in content
    assert "Els" in content
