"""When a source is due, and when staff are told that it fails."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from ingest.models import Harvest, HarvestState, Source
from ingest.services.schedule import due_sources, source_fails, tell_of_failures
from ingest.services.sources import register_source, set_schedule
from ingest.tasks import harvest_due_sources

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def source() -> Source:
    return set_schedule(register_source(code="bron", url="http://127.0.0.1:9/sru"), every_hours=24)


def a_pass(source: Source, state: HarvestState, *, hours_ago: float, message: str = "") -> Harvest:
    at = NOW - timedelta(hours=hours_ago)
    ended = None if state in HarvestState.open() else at
    return Harvest.objects.create(
        source=source, state=state, started_at=at, heartbeat_at=at, finished_at=ended, message=message
    )


@pytest.mark.parametrize(
    ("state", "hours_ago", "is_due"),
    [
        (HarvestState.COMPLETE, 25, True),
        (HarvestState.COMPLETE, 23, False),
        (HarvestState.PARTIAL, 23, False),
        (HarvestState.HELD, 25, True),
        (HarvestState.STOPPED, 23, False),
        (HarvestState.FAILED, 2, True),
        (HarvestState.FAILED, 0.5, False),
        (HarvestState.FAULTY, 2, True),
        (HarvestState.RUNNING, 0.05, False),
        (HarvestState.RUNNING, 0.5, True),
        (HarvestState.INTERRUPTED, 0.5, True),
    ],
)
def test_a_source_is_due_when_its_time_has_come_or_its_pass_was_broken_off(source, state, hours_ago, is_due):
    a_pass(source, state, hours_ago=hours_ago)
    assert (due_sources(NOW) == [source]) is is_due


def test_a_source_that_was_never_read_is_due(source):
    assert due_sources(NOW) == [source]


@pytest.mark.parametrize("change", [{"every_hours": None}, {"is_active": False}])
def test_a_source_without_a_schedule_or_out_of_use_is_never_due(source, change):
    Source.objects.update(**change)
    assert due_sources(NOW) == []


BAD, GOOD = HarvestState.FAILED, HarvestState.COMPLETE


@pytest.mark.parametrize(
    ("states", "is_bad"),
    [
        ([BAD, BAD, BAD], True),
        ([BAD, BAD], False),
        ([GOOD, BAD, BAD, HarvestState.FAULTY], True),
        ([BAD, BAD, GOOD, BAD], False),
        ([BAD, BAD, BAD, GOOD], False),
        ([BAD, BAD, BAD, HarvestState.RUNNING], True),
    ],
)
def test_three_bad_passes_in_a_row_are_a_failing_source(source, states, is_bad):
    for number, state in enumerate(states):
        a_pass(source, state, hours_ago=len(states) - number)
    assert source_fails(source) is is_bad


def test_staff_are_told_once_until_it_goes_well_again(source):
    for name in ("een", "twee"):
        User.objects.create_user(sign_in_name=name, email=f"{name}@redactie.example", is_staff=True)
    User.objects.create_user(sign_in_name="gast", email="gast@school.example")
    for hours_ago in (5, 4, 3):
        a_pass(source, BAD, hours_ago=hours_ago, message="de bron antwoordt niet")
    assert tell_of_failures() == [source]
    assert sorted(address for one in mail.outbox for address in one.to) == [
        "een@redactie.example",
        "twee@redactie.example",
    ]
    assert "de bron antwoordt niet" in mail.outbox[0].body
    assert tell_of_failures() == []
    assert len(mail.outbox) == 2

    a_pass(source, GOOD, hours_ago=2)
    assert tell_of_failures() == []
    for minutes_ago in (50, 40, 30):
        a_pass(source, BAD, hours_ago=minutes_ago / 60)
    assert tell_of_failures() == [source]


def test_the_task_queues_what_is_due(source, monkeypatch):
    queued: list[int] = []
    monkeypatch.setattr("ingest.tasks.harvest_source.delay", queued.append)
    harvest_due_sources()
    assert queued == [source.pk]
