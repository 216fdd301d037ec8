"""When an engine is left alone, and when it is asked again: with a clock that the test moves."""

import logging
import threading

import pytest

from catalogus.exceptions import InvalidCriteria, SearchUnavailable
from catalogus.search.guarding.breaker import (
    FAILURES_IN_A_ROW,
    FIRST_PAUSE_SECONDS,
    LONGEST_PAUSE_SECONDS,
    Breaker,
    State,
)


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def breaker(clock):
    return Breaker(clock)


def good():
    return "antwoord"


def bad():
    raise SearchUnavailable("stuk")


def ask(breaker, call):
    """ "+" where the call answered, "-" where it was made and failed, "0" where it was not made."""
    made = []

    def noted():
        made.append(True)
        return call()

    try:
        breaker.ask(noted)
    except SearchUnavailable:
        return "-" if made else "0"
    return "+"


def opened(breaker, clock):
    for _ in range(FAILURES_IN_A_ROW):
        ask(breaker, bad)
    assert breaker.report().state == State.OPEN
    return breaker


@pytest.mark.parametrize(
    ("outcomes", "is_open"),
    [
        ("--", False),
        ("---", True),
        ("--+--+--", True),  # Five of the last ten, never three in a row.
        ("--+-+-", False),
        ("-++++-++++-++++-++++-", False),  # One in five is slow now and then, and no reason to leave it.
        ("-+-+-+-+-", True),
        ("----", True),
    ],
)
def test_it_opens_after_failures_in_a_row_or_among_the_last(breaker, outcomes, is_open):
    told = "".join(ask(breaker, good if outcome == "+" else bad) for outcome in outcomes)
    assert told.rstrip("0") == outcomes[: len(told.rstrip("0"))]
    assert (breaker.report().state == State.OPEN) is is_open


def test_an_open_one_does_not_call_until_its_pause_is_over(breaker, clock):
    opened(breaker, clock)
    clock.now += FIRST_PAUSE_SECONDS - 0.01
    assert ask(breaker, good) == "0"
    clock.now += 0.01
    assert breaker.report().state == State.HALF_OPEN
    assert ask(breaker, good) == "+"
    assert breaker.report().state == State.CLOSED
    assert [ask(breaker, bad), ask(breaker, bad), ask(breaker, good)] == ["-", "-", "+"], "what was is forgotten"


def test_each_failed_probe_makes_the_pause_longer_up_to_a_limit(breaker, clock):
    opened(breaker, clock)
    pauses = []
    for _ in range(6):
        pauses.append(breaker.report().pause_seconds)
        clock.now += pauses[-1]
        assert ask(breaker, bad) == "-"
    assert pauses == pytest.approx(
        [FIRST_PAUSE_SECONDS * factor for factor in (1, 2, 4, 8)] + [LONGEST_PAUSE_SECONDS] * 2
    )
    clock.now += LONGEST_PAUSE_SECONDS
    ask(breaker, good)
    opened(breaker, clock)
    assert breaker.report().pause_seconds == FIRST_PAUSE_SECONDS, "and a good one makes it short again"


def test_one_thread_alone_probes_while_the_others_are_told_no_at_once(breaker, clock):
    opened(breaker, clock)
    clock.now += FIRST_PAUSE_SECONDS
    others = 20
    probes, may_end, told = threading.Semaphore(0), threading.Event(), []
    at_once = threading.Barrier(others + 1)

    def call():
        probes.release()
        assert may_end.wait(10)

    def come():
        at_once.wait(10)
        told.append(ask(breaker, call))

    threads = [threading.Thread(target=come) for _ in range(others)]
    for thread in threads:
        thread.start()
    at_once.wait(10)
    assert probes.acquire(timeout=10)
    while len(told) < others - 1:  # They end while the probe still runs, for the lock is not held during a call.
        assert any(thread.is_alive() for thread in threads)
    assert told == ["0"] * (others - 1)
    may_end.set()
    for thread in threads:
        thread.join(10)
    assert told[-1] == "+"
    assert not probes.acquire(blocking=False), "there was one call"


@pytest.mark.parametrize("fault", [InvalidCriteria({"cursor": ["onzin"]}), ZeroDivisionError(), KeyboardInterrupt()])
def test_what_is_the_askers_own_fault_says_nothing_of_the_engine(breaker, clock, fault):
    def ours():
        raise fault

    for _ in range(10):
        with pytest.raises(type(fault)):
            breaker.ask(ours)
    assert breaker.report().state == State.CLOSED
    opened(breaker, clock)
    clock.now += FIRST_PAUSE_SECONDS
    with pytest.raises(type(fault)):
        breaker.ask(ours)
    assert breaker.report().state == State.HALF_OPEN, "it did not close by it, and the next call is the probe"
    assert ask(breaker, good) == "+"


@pytest.mark.parametrize(("call", "state"), [(good, State.OPEN), (bad, State.OPEN)])
def test_a_call_that_began_before_it_opened_changes_nothing(breaker, clock, call, state):
    def long():
        opened(breaker, clock)
        pause.append(breaker.report().pause_seconds)
        return call()

    pause: list[float] = []
    assert ask(breaker, long) == ("+" if call is good else "-")
    assert breaker.report().state == state
    assert breaker.report().pause_seconds == pause[0]


def test_an_answer_that_came_late_is_given_and_counts_as_a_failure(breaker, clock):
    def slow():
        clock.now += 1.7
        return "antwoord"

    assert [breaker.ask(slow, late_seconds=1.6) for _ in range(FAILURES_IN_A_ROW)] == ["antwoord"] * FAILURES_IN_A_ROW
    assert breaker.report().state == State.OPEN
    clock.now += FIRST_PAUSE_SECONDS
    assert breaker.ask(slow, late_seconds=1.8) == "antwoord"
    assert breaker.report().state == State.CLOSED


def test_the_log_has_one_line_for_each_failure_that_opens_it_and_one_for_the_end(breaker, clock, caplog):
    caplog.set_level(logging.INFO)
    opened(breaker, clock)
    for _ in range(50):
        ask(breaker, bad)
        clock.now += 1
    ask(breaker, good)
    clock.now += LONGEST_PAUSE_SECONDS
    ask(breaker, good)
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == FAILURES_IN_A_ROW + 1
    assert "basic mode" in lines[-2]
    assert "stuk" in lines[-2]
    assert "answers again" in lines[-1]
    assert not any(record.exc_info for record in caplog.records)
