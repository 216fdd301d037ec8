"""How many search in the database at a time: over threads and processes, and given back however a holder ends."""

import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack

import pytest
from django.db import DatabaseError, connection, transaction

from catalogus.exceptions import SearchUnavailable
from catalogus.locks import Lock
from catalogus.models import Concept
from catalogus.search.guarding import slots
from catalogus.search.guarding.slots import ExportSlot, search_slot

HOLD = """
import sys, django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from catalogus.search.guarding.slots import ExportSlot, search_slot
slot = ExportSlot()
with search_slot():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _two_slots(settings):
    settings.BASIC_SEARCH_SLOTS = 2


def held(lock=Lock.BASIC_SEARCH):
    """How many slots are held now, by whoever."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %s"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [lock.value],
        )
        return cursor.fetchone()[0]


class Holder:
    """A thread that holds a slot until it is told to let go; `fault` where it got none."""

    def __init__(self):
        self.has = threading.Event()
        self.fault = None
        self.waited_seconds = 0.0
        self._may_go = threading.Event()
        self._thread = threading.Thread(target=self._hold)
        self._thread.start()

    def _hold(self):
        started = time.monotonic()
        try:
            with search_slot():
                self.waited_seconds = time.monotonic() - started
                self.has.set()
                assert self._may_go.wait(20)
        except SearchUnavailable as error:
            self.waited_seconds = time.monotonic() - started
            self.fault = error
        finally:
            connection.close()

    def end(self):
        self._may_go.set()
        self._thread.join(20)


@pytest.fixture
def holders(transactional_db):
    """holders(2): so many threads that hold one each."""
    with ExitStack() as stack:

        def hold(number):
            made = [Holder() for _ in range(number)]
            for holder in made:
                stack.callback(holder.end)
                assert holder.has.wait(20)
            return made

        yield hold


def test_who_comes_when_all_are_held_waits_a_little_and_is_told(holders, settings):
    settings.BASIC_SEARCH_SLOTS = 4
    holders(4)
    fifth = Holder()
    fifth.end()
    assert "(4)" in str(fifth.fault)
    assert slots.LONGEST_WAIT_SECONDS <= fifth.waited_seconds < slots.LONGEST_WAIT_SECONDS + 1
    assert held() == 4


def test_what_stands_beside_a_page_does_not_wait(holders):
    holders(2)
    started = time.monotonic()
    with pytest.raises(SearchUnavailable), search_slot(may_wait=False):
        pass
    assert time.monotonic() - started < slots.LONGEST_WAIT_SECONDS


def test_who_waits_gets_the_one_that_becomes_free(holders):
    first, _second = holders(2)
    third = Holder()
    assert not third.has.wait(0.15)
    first.end()
    assert third.has.wait(slots.LONGEST_WAIT_SECONDS)
    third.end()
    assert third.fault is None
    assert held() == 1


def test_within_a_transaction_a_slot_is_given_back_at_once_and_the_transaction_goes_on(db):
    for _ in range(5):  # More than there are.
        with search_slot():
            assert held() == 1
        assert held() == 0
    with transaction.atomic():
        Concept.objects.filter(scheme="sector", code="po").update(label_nl="Anders")
        with search_slot():
            assert held() == 1
        assert held() == 0
        assert Concept.objects.get(scheme="sector", code="po").label_nl == "Anders"


def test_a_search_that_fails_within_a_transaction_gives_its_slot_back(db):
    fail_in_slots()
    assert Concept.objects.exists(), "the transaction around it goes on"


def test_a_search_that_fails_gives_its_slot_back(transactional_db):
    fail_in_slots()


def fail_in_slots():
    for _ in range(3):  # More than there are.
        with pytest.raises(DatabaseError), search_slot(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert held() == 0
        with pytest.raises(ZeroDivisionError), search_slot():
            raise ZeroDivisionError
        assert held() == 0


def test_a_process_that_is_killed_gives_its_slots_back(transactional_db):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(connection.settings_dict["NAME"])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        assert [held(lock) for lock in (Lock.BASIC_SEARCH, Lock.BASIC_EXPORT)] == [1, 1]
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    deadline = time.monotonic() + 5
    while held() + held(Lock.BASIC_EXPORT) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert [held(lock) for lock in (Lock.BASIC_SEARCH, Lock.BASIC_EXPORT)] == [0, 0]


def test_downloads_have_half_as_many_of_their_own_until_they_are_given_back(db, settings):
    settings.BASIC_SEARCH_SLOTS = 4
    first, second = ExportSlot(), ExportSlot()
    with pytest.raises(SearchUnavailable, match=r"\(2\)"):
        ExportSlot()
    with search_slot():
        assert held() == 1
    first.give_back()
    first.give_back()
    third = ExportSlot()
    assert held(Lock.BASIC_EXPORT) == 2
    second.give_back()
    third.give_back()
    assert held(Lock.BASIC_EXPORT) == 0


def test_where_there_is_one_slot_there_is_one_for_downloads_too(db, settings):
    settings.BASIC_SEARCH_SLOTS = 1
    slot = ExportSlot()
    assert held(Lock.BASIC_EXPORT) == 1
    slot.give_back()
    assert held(Lock.BASIC_EXPORT) == 0
