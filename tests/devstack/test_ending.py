"""Processes are asked, waited for, killed; and requests to stop are heard."""

import os
import signal
import subprocess
import sys
import time

import pytest

from devstack.ending import adopt, end_process
from devstack.errors import StopRequested
from devstack.interrupts import Interrupts
from devstack.pidfile import birth_of

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"
)
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


def start(code: str) -> tuple[subprocess.Popen, str]:
    """A child in a group of its own, and the first line that it wrote."""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True)
    adopt(process)
    assert process.stdout is not None
    with process.stdout as output:
        return process, output.readline().decode().strip()


def test_a_process_that_ignores_sigterm_is_killed_after_its_grace():
    process, _ = start(STUBBORN)
    end_process(Interrupts(), process.pid, grace_seconds=0.3)
    assert process.returncode == -signal.SIGKILL


def test_a_second_request_kills_at_once():
    process, _ = start(STUBBORN)
    with Interrupts() as interrupts:
        interrupts.begin_stop()
        os.kill(os.getpid(), signal.SIGINT)
        started = time.monotonic()
        end_process(interrupts, process.pid, grace_seconds=30)
    assert process.returncode == -signal.SIGKILL
    assert time.monotonic() - started < 5


def test_children_that_outlive_their_parent_go_too():
    process, child = start(PARENT)
    end_process(Interrupts(), process.pid, grace_seconds=5)
    assert process.returncode == -signal.SIGTERM
    end = time.monotonic() + 5
    while birth_of(int(child)) and time.monotonic() < end:
        time.sleep(0.02)
    assert birth_of(int(child)) is None


def test_ending_what_has_ended_does_nothing():
    process, _ = start("print()")
    process.wait()
    end_process(Interrupts(), process.pid)


def test_the_first_request_interrupts_and_the_second_makes_the_stop_hard():
    with Interrupts() as interrupts:
        interrupts.check()
        os.kill(os.getpid(), signal.SIGTERM)
        with pytest.raises(StopRequested):
            interrupts.sleep(30)
        interrupts.check()  # Stopping has begun, so the waits of the stop itself go on.
        before = interrupts.is_hard
        os.kill(os.getpid(), signal.SIGINT)
        assert (before, interrupts.is_hard) == (False, True)
    assert interrupts.received == (signal.SIGTERM, signal.SIGINT)
