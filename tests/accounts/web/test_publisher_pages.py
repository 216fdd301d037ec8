"""A publisher's page: its members for who speaks for it, roles for its owners, invitations for staff."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from accounts.models import Invitation, OutgoingMail, PublisherMember, PublisherRole
from accounts.services.invitations import invite_to_publisher
from tests.accounts.places import make_person, make_school, make_section, make_teacher, speak_for
from tests.catalogus.web.page import Page
from tests.factories import make_publisher
from tests.people import sign_in

pytestmark = pytest.mark.django_db

PAGE = "/account/uitgever/de-linde/"


def told(response) -> str:
    return [str(message) for message in get_messages(response.wsgi_request)][-1]


@pytest.fixture
def publisher():
    return make_publisher(name="De Linde", slug="de-linde")


@pytest.fixture
def reader(publisher):
    return speak_for(make_person("lena"), publisher)


def people(publisher):
    """Role -> client, and what they may: see the page, manage members, invite."""
    gone = make_person("weg")
    speak_for(
        gone, publisher, PublisherRole.OWNER, joined_at=timezone.now() - timedelta(days=9), ended_at=timezone.now()
    )
    school = make_school("99AA")
    lead = make_teacher("els", school)
    make_section(school, lead=lead)

    def member(name: str, role: PublisherRole, of=publisher) -> Client:
        user = make_person(name)
        speak_for(user, of, role)
        return sign_in(Client(), user)

    return {
        "reader": (member("lezer", PublisherRole.READER), True, False, False),
        "editor": (member("redacteur", PublisherRole.EDITOR), True, False, False),
        "owner": (member("eigenaar", PublisherRole.OWNER), True, True, False),
        "owner of a merged one": (
            member("samen", PublisherRole.OWNER, make_publisher(merged_into=publisher)),
            True,
            True,
            False,
        ),
        "staff": (sign_in(Client(), make_person("redactie", is_staff=True)), True, True, True),
        "owner of a rival": (member("rivaal", PublisherRole.OWNER, make_publisher()), False, False, False),
        "who left": (sign_in(Client(), gone), False, False, False),
        "lead": (sign_in(Client(), lead), False, False, False),
        "moderator": (sign_in(Client(), make_person("mo", is_moderator=True)), False, False, False),
    }


def test_who_may_see_manage_and_invite(publisher, reader):
    invitation = invite_to_publisher(
        publisher=publisher,
        email="open@linde.example",
        role=PublisherRole.READER,
        by=make_person("staf", is_staff=True),
    )
    Invitation.objects.update(created_at=timezone.now() - timedelta(days=1))
    for number, (who, (visit, sees, manages, invites)) in enumerate(people(publisher).items()):
        page = visit.get(PAGE)
        assert page.status_code == (200 if sees else 403), who
        assert (b"open@linde.example" in page.content) == invites, who
        role = "editor" if number % 2 else "reader"
        response = visit.post(f"{PAGE}lid/{reader.pk}/rol/", {"role": role})
        assert response.status_code == (302 if manages else 403), who
        response = visit.post(f"{PAGE}uitnodigen/", {"email": f"n{number}@linde.example", "role": "reader"})
        assert response.status_code == (302 if invites else 403), who
        response = visit.post(f"{PAGE}uitnodiging/{invitation.pk}/opnieuw/")
        assert response.status_code == (302 if invites else 403), who
        assert visit.get("/account/uitgever/").status_code == (200 if sees or "rival" in who else 403), who
    assert list(Invitation.objects.values_list("email", flat=True).order_by("pk")) == [
        "open@linde.example",
        "n4@linde.example",
    ]


@pytest.mark.parametrize("who", ["member", "staff"])
def test_without_a_second_factor_the_way_leads_to_it(publisher, who):
    user = make_person("bo", is_staff=who == "staff")
    if who == "member":
        speak_for(user, publisher, PublisherRole.OWNER)
    visit = sign_in(Client(), user, second_factor=False)
    for response in (visit.get(PAGE), visit.post(f"{PAGE}uitnodigen/", {"email": "x@y.example", "role": "owner"})):
        assert response.status_code == 302
        assert response["Location"].startswith("/account/tweede-stap/nodig/?next=")
    assert not Invitation.objects.exists()
    assert Client().get(PAGE)["Location"].startswith("/account/aanmelden/")


@pytest.fixture
def owner(publisher):
    user = make_person("bo")
    return speak_for(user, publisher, PublisherRole.OWNER)


@pytest.fixture
def visit(owner):
    return sign_in(Client(), owner.user)


def test_an_owner_gives_roles_and_sends_off(visit, reader):
    assert told(visit.post(f"{PAGE}lid/{reader.pk}/rol/", {"role": "editor"})) == "Lena is nu redacteur."
    assert told(visit.post(f"{PAGE}lid/{reader.pk}/weg/")) == "Lena werkt niet meer voor De Linde."
    assert "Lena" not in Page(visit.get(PAGE)).text("//section[@aria-labelledby='leden']")
    assert visit.post(f"{PAGE}lid/{reader.pk}/weg/").status_code == 404
    assert PublisherMember.objects.get(pk=reader.pk).role == "editor"


@pytest.mark.parametrize("role", ["", "koning", "lead", "x\x00"])
def test_a_role_that_is_none_changes_nothing(visit, reader, role):
    assert "Kies een van de rollen" in told(visit.post(f"{PAGE}lid/{reader.pk}/rol/", {"role": role}))
    reader.refresh_from_db()
    assert reader.role == "reader"


def test_the_last_owner_stays_until_there_is_another(visit, owner, reader):
    assert "laatste eigenaar van De Linde blijft" in told(visit.post(f"{PAGE}lid/{owner.pk}/weg/"))
    assert "laatste eigenaar van De Linde blijft" in told(visit.post(f"{PAGE}lid/{owner.pk}/rol/", {"role": "reader"}))
    visit.post(f"{PAGE}lid/{reader.pk}/rol/", {"role": "owner"})
    response = visit.post(f"{PAGE}lid/{owner.pk}/weg/")
    assert response["Location"] == "/account/"
    assert visit.get(PAGE).status_code == 403


def test_another_publisher_s_member_is_out_of_reach(visit, owner):
    other = speak_for(make_person("kim"), make_publisher())
    assert visit.post(f"{PAGE}lid/{other.pk}/weg/").status_code == 404
    assert visit.post(f"{PAGE}lid/{owner.pk}/kroon/").status_code == 404


@pytest.fixture
def staff():
    return sign_in(Client(), make_person("redactie", is_staff=True))


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"email": ""}, "email", "Vul het adres in"),
        ({"email": "bo"}, "email", "naam@school.example"),
        ({"role": "lead"}, "role", "Selecteer een geldige keuze"),
    ],
)
def test_a_bad_invitation_is_told_at_its_field(staff, publisher, fields, field, words):
    response = staff.post(f"{PAGE}uitnodigen/", {"email": "bo@linde.example", "role": "reader"} | fields)
    assert response.status_code == 400
    assert words in Page(response).text(f"//*[@id='id_{field}_error']")
    assert not OutgoingMail.objects.exists()


def test_staff_find_a_publisher_and_follow_a_merge(staff, publisher):
    make_publisher(slug="oude-linde", name="Oude Linde", merged_into=publisher)
    page = Page(staff.get("/account/uitgever/", {"q": "linde"}))
    assert page.href("De Linde") == PAGE
    assert "Oude Linde" not in page.text()
    assert staff.get("/account/uitgever/oude-linde/")["Location"] == PAGE
    assert staff.get("/account/uitgever/geen/").status_code == 404
    assert "Geen uitgever gevonden" in Page(staff.get("/account/uitgever/", {"q": "zzz"})).text()
    assert Page(staff.get("/account/uitgever/", {"q": "x\x00"})).all("//*[@id='id_q_error']")
