"""Services together: they stay for whoever still uses them, and stop with the last."""

import subprocess
import sys

import pytest

from devstack.leases import Leases
from devstack.pidfile import PidFile
from devstack.stack import Stack
from devstack.valkey import Valkey


@pytest.fixture
def stack(folder):
    stack = Stack(folder.context, [Valkey(folder.context)])
    yield stack
    stack.down()


def pid(stack: Stack):
    return stack.services[0].pid()


def test_what_a_command_started_stops_with_it(stack):
    stack.up(keep=False, command="exec pytest")
    assert pid(stack) is not None
    stack.leave()
    assert pid(stack) is None


def test_what_up_started_stays_until_down(stack):
    stack.up(keep=True)
    kept = pid(stack)
    stack.up(keep=False, command="exec pytest")
    stack.leave()
    assert pid(stack) == kept
    stack.down()
    assert pid(stack) is None


def test_a_command_leaves_the_services_to_another_that_still_uses_them(folder, stack):
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        note = PidFile(folder.context.checkout.pids / "users" / f"{other.pid}.json", "een eerdere opdracht")
        note.write(other.pid, detail="make run")
        stack.up(keep=False, command="exec pytest")
        stack.leave()
        assert pid(stack) is not None
        assert f"Valkey blijft draaien voor make run (proces {other.pid})" in folder.text
        other.communicate(b"\n")
    stack.up(keep=False, command="exec pytest")  # The other was killed and left its note; nobody uses them now.
    stack.leave()
    assert pid(stack) is None


def test_a_lease_ends_with_leave(folder, tmp_path):
    leases = Leases(tmp_path / "users")
    leases.join("exec")
    assert leases.others(folder.context.report) == []  # Its own is no other's.
    leases.leave()
    assert list((tmp_path / "users").iterdir()) == []


def test_down_without_services_says_so(folder):
    Stack(folder.context, [Valkey(folder.context)]).down()
    assert "Er draaiden geen diensten van deze map." in folder.text
