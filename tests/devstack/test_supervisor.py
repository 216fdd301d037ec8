"""The watch over long-lived children: ready, dead, stopped, and nobody else's process touched."""

import json
import subprocess
import sys
import time

import pytest

from devstack.errors import DevstackError
from devstack.mainjob import Daemon
from devstack.pidfile import birth_of
from devstack.ports import is_free
from devstack.supervisor import Supervisor, with_environment

SLEEPER = "import time; print('awake', flush=True); time.sleep(60)"
SERVER = """
import http.server, sys, time
class Ok(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *args): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Ok).serve_forever()
"""


def daemon(key: str, code: str, *arguments: str, **more) -> Daemon:
    return Daemon(key, f"De {key}", (sys.executable, "-c", code, *arguments), **more)


@pytest.fixture
def supervisor(folder):
    supervisor = Supervisor(folder.context, environment=with_environment({}), folder=folder.context.checkout.base)
    yield supervisor
    supervisor.stop()


def noted_pid(folder, key):
    return json.loads((folder.context.checkout.pids / f"{key}.json").read_text())["pid"]


def wait_for_end(pid):
    end = time.monotonic() + 10
    while birth_of(pid) is not None and time.monotonic() < end:
        time.sleep(0.02)


def test_stop_ends_its_own_children_last_first_and_nothing_else(folder, supervisor):
    with subprocess.Popen([sys.executable, "-c", SLEEPER], stdout=subprocess.DEVNULL) as stranger:
        for key in ("demo", "worker", "web"):
            supervisor.start(daemon(key, SLEEPER))
        pids = [noted_pid(folder, key) for key in ("demo", "worker", "web")]
        supervisor.check()
        supervisor.stop()
        assert [birth_of(pid) for pid in pids] == [None, None, None]
        assert stranger.poll() is None
        stranger.kill()
    lines = [line for line in folder.text.splitlines() if "gestopt" in line]
    assert [line.split(" gestopt")[0] for line in lines] == ["✓ De web", "✓ De worker", "✓ De demo"]
    assert list(folder.context.checkout.pids.glob("*.json")) == []


def test_ready_means_that_the_address_answers(folder, supervisor):
    port = folder.context.ports.reserve("web")
    web = daemon("web", SERVER, str(port), ready_url=f"http://127.0.0.1:{port}/healthz")
    supervisor.start(web)
    supervisor.wait_until_ready(web)
    assert not is_free(port)


def test_a_child_that_dies_is_named_with_the_last_lines_of_its_log(folder, supervisor):
    supervisor.start(daemon("demo", SLEEPER))
    supervisor.start(daemon("worker", "import sys; print('cannot reach the queue'); sys.exit(3)"))
    wait_for_end(noted_pid(folder, "worker"))
    with pytest.raises(DevstackError, match=r"De worker is onverwacht gestopt \(code 3\)") as caught:
        supervisor.check()
    assert "cannot reach the queue" in caught.value.message
    assert str(folder.context.checkout.log("worker")) in caught.value.message
    assert "make run" in caught.value.remedy


def test_a_child_that_dies_while_another_is_awaited_ends_the_wait(supervisor):
    supervisor.start(daemon("worker", "raise SystemExit(4)"))
    web = daemon("web", SLEEPER, ready_url="http://127.0.0.1:1/")
    supervisor.start(web)
    with pytest.raises(DevstackError, match="De worker is onverwacht gestopt"):
        supervisor.wait_until_ready(web)


def test_a_child_that_is_never_ready_is_named(supervisor):
    web = daemon("web", SLEEPER, ready_url="http://127.0.0.1:1/", ready_seconds=0.3)
    supervisor.start(web)
    with pytest.raises(DevstackError, match="De web was na 0 s nog niet klaar"):
        supervisor.wait_until_ready(web)


def test_what_a_killed_run_left_behind_is_stopped_with_a_line(folder, supervisor):
    left = daemon("worker", SLEEPER)
    supervisor.start(left)
    pid = noted_pid(folder, "worker")
    Supervisor(folder.context, environment={}, folder=folder.context.checkout.base).clear_leftovers([left])
    assert birth_of(pid) is None
    assert "De worker van een afgebroken run stond nog aan en is gestopt." in folder.text
