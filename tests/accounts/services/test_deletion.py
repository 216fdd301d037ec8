"""Deleting an account: nothing of the person is left in any table, and nothing of another goes."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.exceptions import DeletionRefused
from accounts.models import Affiliation, Invitation, OutgoingMail, SectionMember, User
from accounts.personal_data import FORMER_EDITOR, holdings
from accounts.services.deletion import delete_account
from catalogus.models import Correction, Edit, ProductVersion
from ingest.models import Harvest, Suggestion
from tests.accounts.traces import ADDRESS, NAME, TRACES, make_known_person, make_person, tables_that_tell, visit_of
from tests.factories import make_product

pytestmark = pytest.mark.django_db


def test_no_table_tells_of_who_is_gone():
    person = make_known_person()
    tables = {holding.model._meta.db_table for holding in holdings()}
    assert tables_that_tell(*TRACES) >= tables  # The search finds them where they are.
    delete_account(user=person)
    assert tables_that_tell(*TRACES) == set()


def test_what_stays_of_history_names_a_former_editor():
    delete_account(user=make_known_person())
    texts = [
        *Edit.objects.values_list("actor", "undone_by"),
        *ProductVersion.objects.values_list("actor"),
        *Correction.objects.values_list("actor"),
        *Suggestion.objects.values_list("decided_by"),
        *Harvest.objects.values_list("stop_requested_by"),
    ]
    assert {text for row in texts for text in row} == {FORMER_EDITOR}
    assert set(Harvest.objects.values_list("message", flat=True)) == {
        f"{FORMER_EDITOR} ging akkoord met het terugtrekken.",
        FORMER_EDITOR,  # The older name is not known any more, so its sentence went.
    }


def test_what_is_of_another_stays():
    delete_account(user=make_known_person())
    other = User.objects.get()
    assert Affiliation.objects.get().decided_by is None
    assert SectionMember.objects.get().user == other
    assert [mail.email for mail in OutgoingMail.objects.all()] == ["ander@school.example"]
    invitations = Invitation.objects.order_by("pk")
    assert [(each.email, each.withdrawn_at is not None) for each in invitations] == [
        ("", True),  # To the person and open: nobody can use it any more.
        ("", False),  # Accepted by the person.
        ("ander@school.example", False),
    ]


def test_who_takes_an_editors_name_or_types_their_address_takes_nothing_along():
    known = make_known_person()
    impostor = make_person(display_name=NAME, email=ADDRESS)
    EmailAddress.objects.create(user=impostor, email=ADDRESS)
    delete_account(user=impostor)
    assert Edit.objects.filter(actor=known.actor_name).exists()
    assert Invitation.objects.filter(email=ADDRESS, withdrawn_at=None).exists()
    assert OutgoingMail.objects.filter(email=ADDRESS).exists()


@pytest.mark.parametrize(("is_staff", "actor"), [(True, FORMER_EDITOR), (False, NAME)])
def test_history_from_before_names_had_a_number(is_staff, actor):
    """A name alone is believed of staff and of nobody else."""
    person = make_person(display_name=NAME, is_staff=is_staff)
    told = {"reason": "Zo is het.", "at": timezone.now()}
    Correction.objects.create(product=make_product(), field="title", value="T", actor=NAME, **told)
    delete_account(user=person)
    assert Correction.objects.get().actor == actor


def test_visits_end_everywhere():
    person, other = make_person(), make_person()
    visits, others = [visit_of(person) for _ in range(3)], visit_of(other)
    begun = Client().session  # One that waits for its code: nobody is signed in, an address is remembered.
    begun["account_login"] = {"email": "Nieuw@school.example", "steps": [{"user": 1}]}
    begun.save()
    EmailAddress.objects.create(user=person, email="nieuw@school.example")
    delete_account(user=person)
    assert [visit.get("/account/").status_code for visit in visits] == [302] * 3
    assert others.get("/account/").status_code == 200
    assert list(Session.objects.values_list("session_key", flat=True)) == [others.session.session_key]


def test_who_comes_back_from_a_federation_begins_anew():
    person = make_person(issuer="https://federatie.example", subject="abc", display_name="Oud")
    delete_account(user=person)
    again = make_person(issuer="https://federatie.example", subject="abc")
    assert (again.pk != person.pk, again.display_name) == (True, "")


@pytest.mark.parametrize(
    ("others", "is_deleted"),
    [
        ([], False),
        ([{"is_active": False}], False),
        ([{"is_superuser": False}], False),
        ([{}], True),
    ],
)
def test_the_last_who_may_do_everything_stays(others, is_deleted):
    person = User.objects.create_superuser("hoofd")
    for number, fields in enumerate(others):
        make_person(sign_in_name=f"ander-{number}", is_staff=True, **({"is_superuser": True} | fields))
    visit = visit_of(person)
    if is_deleted:
        delete_account(user=person)
    else:
        with pytest.raises(DeletionRefused, match="laatste"):
            delete_account(user=person)
        assert visit.get("/account/").status_code == 200  # Nothing was done by half.
    assert User.objects.filter(pk=person.pk).exists() != is_deleted


def test_may_be_called_again():
    person = make_person()
    delete_account(user=person)
    delete_account(user=person)
    assert not User.objects.exists()
