"""`exec` gives a command the services, its exit code back, and stops what it started."""

import os
import signal
import subprocess
import sys
import time

import pytest

from devstack.errors import DevstackError
from devstack.execute import execute
from devstack.stack import Stack
from devstack.valkey import Valkey


@pytest.fixture
def stack(folder):
    stack = Stack(folder.context, [Valkey(folder.context)])
    yield stack
    stack.down()


def run(folder, stack, code: str, *, keep: bool = False) -> int:
    return execute(folder.context, [sys.executable, "-c", code], keep=keep, stack=stack)


def test_the_command_gets_the_addresses_and_gives_its_exit_code(folder, stack):
    code = "import os, redis, sys; sys.exit(7 if redis.Redis.from_url(os.environ['REDIS_URL']).ping() else 1)"
    assert run(folder, stack, code) == 7
    assert stack.services[0].pid() is None


def test_keep_leaves_the_services_running(folder, stack):
    assert run(folder, stack, "", keep=True) == 0
    assert stack.services[0].pid() is not None


def test_a_command_that_a_signal_ended(folder, stack):
    assert run(folder, stack, "import os; os.kill(os.getpid(), 9)") == 128 + 9


def test_programs_beside_our_python_are_found_without_an_activated_environment(folder, stack, monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    assert execute(folder.context, ["pytest", "--version"], keep=False, stack=stack) == 0


def test_an_unknown_program_is_named_and_the_services_stop(folder, stack):
    with pytest.raises(DevstackError, match="Het programma no-such-program is niet gevonden"):
        execute(folder.context, ["no-such-program"], keep=False, stack=stack)
    assert stack.services[0].pid() is None


def test_sigterm_reaches_the_command(folder, stack, tmp_path):
    mark = tmp_path / "ready"
    code = f"import pathlib, time; pathlib.Path({str(mark)!r}).touch(); time.sleep(60)"
    watcher = (
        "import os, pathlib, signal, sys, time\n"
        f"while not pathlib.Path({str(mark)!r}).exists(): time.sleep(0.02)\n"
        f"os.kill({os.getpid()}, signal.SIGTERM)\n"
    )
    with folder.context.interrupts, subprocess.Popen([sys.executable, "-c", watcher]):
        started = time.monotonic()
        assert run(folder, stack, code) == 128 + signal.SIGTERM
    assert time.monotonic() - started < 30
    assert stack.services[0].pid() is None
