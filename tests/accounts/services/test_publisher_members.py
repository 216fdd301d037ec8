"""Who speaks for a publisher is changed by its owners and by staff; the last owner by staff alone."""

import threading

import pytest
from django.db import connection

from accounts.exceptions import PublisherMemberRefused
from accounts.models import PublisherMember, PublisherRole
from accounts.services.publisher_members import change_publisher_role, end_publisher_membership
from tests.accounts.places import make_person, speak_for
from tests.factories import make_publisher

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return make_publisher(name="De Linde")


@pytest.fixture
def owner(publisher):
    return speak_for(make_person("bo"), publisher, PublisherRole.OWNER)


@pytest.fixture
def reader(publisher):
    return speak_for(make_person("jan"), publisher, PublisherRole.READER)


def staff_with_factor():
    staff = make_person("redactie", is_staff=True)
    staff.has_second_factor = True
    return staff


def test_an_owner_changes_another_s_role(owner, reader):
    assert change_publisher_role(member=reader, role=PublisherRole.EDITOR, by=owner.user).role == "editor"


def test_who_is_sent_off_keeps_a_row_and_is_not_sent_off_twice(owner, reader):
    end_publisher_membership(member=reader, by=owner.user)
    assert PublisherMember.objects.get(pk=reader.pk).ended_at is not None
    for change in (
        lambda: end_publisher_membership(member=reader, by=owner.user),
        lambda: change_publisher_role(member=reader, role=PublisherRole.OWNER, by=owner.user),
    ):
        with pytest.raises(PublisherMemberRefused, match="werkt niet meer voor De Linde"):
            change()


@pytest.mark.parametrize("is_last", [True, False])
@pytest.mark.parametrize("is_staff", [True, False])
@pytest.mark.parametrize("change", ["role", "end"])
def test_the_last_owner_is_for_staff(publisher, owner, reader, is_last, is_staff, change):
    if not is_last:
        speak_for(make_person("kim"), make_publisher(merged_into=publisher), PublisherRole.OWNER)
    by = staff_with_factor() if is_staff else owner.user

    def run():
        if change == "role":
            change_publisher_role(member=owner, role=PublisherRole.READER, by=by)
        else:
            end_publisher_membership(member=owner, by=by)

    if is_last and not is_staff:
        with pytest.raises(PublisherMemberRefused, match="laatste eigenaar van De Linde"):
            run()
    else:
        run()
    owner.refresh_from_db()
    has_changed = owner.role == "reader" or owner.ended_at is not None
    assert has_changed == (is_staff or not is_last)


def test_staff_without_a_second_factor_are_no_staff(owner):
    with pytest.raises(PublisherMemberRefused):
        end_publisher_membership(member=owner, by=make_person("redactie", is_staff=True))


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_send_each_other_off_leave_one():
    publisher = make_publisher()
    one = speak_for(make_person("bo"), publisher, PublisherRole.OWNER)
    two = speak_for(make_person("kim"), publisher, PublisherRole.OWNER)
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def send_off(member, by):
        try:
            start.wait(timeout=10)
            end_publisher_membership(member=member, by=by)
            outcomes.append("done")
        except PublisherMemberRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=send_off, args=pair) for pair in ((one, two.user), (two, one.user))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(outcomes) == ["done", "refused"]
    assert PublisherMember.objects.filter(ended_at=None).count() == 1
