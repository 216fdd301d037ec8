"""The whole main job, as its user starts and stops it, on a stub of the catalogue and real PostgreSQL and Valkey.

The search engine is the one of the test run, named by the environment: that `run` neither starts nor stops it, is shown
by the way. Its own start is tested in elasticsearch/test_node.py.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.search]
START_SECONDS = 60

# A small checkout that answers to the commands of the main job: manage.py notes its calls; a file fail-COMMAND makes
# that command fail, hang-COMMAND makes it hang.
MANAGE = """
import http.server, os, pathlib, sys, time

command = sys.argv[1]
with open("calls.txt", "a") as calls:
    calls.write(f"{command} {os.environ['DJANGO_SETTINGS_MODULE']} {len(os.environ['SECRET_KEY'])}\\n")
if command == "demo_people":
    print(sys.argv[2:], os.environ["FEDERATION_ENTREE_ISSUER"], os.environ["EMAIL_URL"], flush=True)
if pathlib.Path(f"fail-{command}").exists():
    sys.exit(f"{command} cannot go on")
if pathlib.Path(f"hang-{command}").exists():
    time.sleep(60)
if command == "demo_koppelpunt":
    class Feed(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path.startswith("/sru?operation=searchRetrieve") else 404)
            self.end_headers()
    http.server.HTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Feed).serve_forever()
"""

# Notes what it was started with, and is ready when asked as the real one.
FEDERATION = """
import http.server, pathlib, sys

pathlib.Path("federation.txt").write_text(" ".join(sys.argv[1:]))

class Provider(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/.well-known/openid-configuration" else 404)
        self.end_headers()

http.server.HTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Provider).serve_forever()
"""

CONFIG = """
import os
from celery import Celery

app = Celery("stub", broker=os.environ["REDIS_URL"])
app.conf.broker_connection_retry_on_startup = True
"""

WSGI = """
def application(environ, start_response):
    start_response("200 OK" if environ["PATH_INFO"] == "/healthz" else "404 Not Found", [])
    return [b""]
"""


def lay_stub(base: Path) -> None:
    """Put the stub and a copy of devstack into base, so that `python -m devstack` there takes base for its checkout."""
    (base / "config" / "settings").mkdir(parents=True)
    (base / "config" / "settings" / "__init__.py").touch()
    (base / "config" / "settings" / "demo.py").write_text("SECRET_KEY = 'stub'\n")
    (base / "manage.py").write_text(MANAGE)
    (base / "config" / "__init__.py").write_text(CONFIG)
    (base / "accounts" / "demo" / "federation").mkdir(parents=True)
    (base / "accounts" / "demo" / "federation" / "__main__.py").write_text(FEDERATION)
    (base / "config" / "wsgi.py").write_text(WSGI)
    shutil.copytree(REPOSITORY / "devstack", base / "devstack", ignore=shutil.ignore_patterns("__pycache__"))


class Checkout:
    def __init__(self, base: Path, engine_url: str) -> None:
        self.base = base
        self.environment = {**os.environ, "ELASTICSEARCH_URL": engine_url}
        with socket.create_server(("127.0.0.1", 0)) as server:
            self.port = server.getsockname()[1]
        self.output = base / "output.txt"

    def devstack(self, *arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "devstack", *arguments]
        return subprocess.run(
            command,
            cwd=self.base,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=START_SECONDS,
            check=False,
        )

    def start_run(self) -> subprocess.Popen:
        command = [sys.executable, "-m", "devstack", "run", "--port", str(self.port), "--records", "10"]
        with self.output.open("w") as stream:
            return subprocess.Popen(
                command, cwd=self.base, env=self.environment, stdout=stream, stderr=stream, start_new_session=True
            )

    def wait_for(self, text: str, process: subprocess.Popen) -> None:
        end = time.monotonic() + START_SECONDS
        while text not in self.text:
            assert process.poll() is None, self.text
            assert time.monotonic() < end, self.text
            time.sleep(0.05)

    @property
    def text(self) -> str:
        return self.output.read_text()

    @property
    def processes(self) -> list[str]:
        """Command lines of living processes that run in this folder or on its data."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                where = str((entry / "cwd").readlink())
            except OSError:
                continue
            if str(self.base) in command or where.startswith(str(self.base)):
                found.append(command)
        return found


@pytest.fixture
def checkout(folder, engine_url):
    lay_stub(folder.context.checkout.base)
    checkout = Checkout(folder.context.checkout.base, engine_url)
    yield checkout
    if checkout.processes:
        checkout.devstack("down")


@pytest.fixture
def start_run(checkout: Checkout):
    started: list[subprocess.Popen] = []

    def start() -> subprocess.Popen:
        started.append(checkout.start_run())
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
        process.wait(START_SECONDS)


READY = "Ctrl-C stopt alles"


def test_from_nothing_to_a_served_site_and_ctrl_c_that_leaves_nothing_running(checkout, start_run):
    process = start_run()
    checkout.wait_for(READY, process)
    assert httpx.get(f"http://127.0.0.1:{checkout.port}/healthz", trust_env=False).status_code == httpx.codes.OK
    calls = [line.split()[0] for line in (checkout.base / "calls.txt").read_text().splitlines()]
    assert "demo_koppelpunt" in calls
    assert [call for call in calls if call != "demo_koppelpunt"] == [
        "migrate",
        "seed",
        "collectstatic",
        "harvest",
        "demo_people",
        "demo_reviews",
        "search",
        "demo_people",
    ]
    assert all(" config.settings.demo 67" in line for line in (checkout.base / "calls.txt").read_text().splitlines())
    assert (checkout.base / ".devstack" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert "✓ PostgreSQL gestart" in checkout.text
    assert re.search(r"✓ Database is bij \d+,\d s", checkout.text)
    assert "✓ Elasticsearch is van buiten en antwoordt" in checkout.text

    second = checkout.devstack("run", "--port", str(checkout.port))
    assert second.returncode == 1
    assert f"Er draait hier al een run (proces {process.pid})" in second.stderr

    process.send_signal(signal.SIGINT)
    assert process.wait(START_SECONDS) == 0
    stopped = re.findall(r"✓ (\S+) gestopt", checkout.text)
    assert stopped == [
        "Webserver",
        "Celery-worker",
        "Demonstratiefederatie",
        "Demonstratie-Koppelpunt",
        "Valkey",
        "PostgreSQL",
    ]
    assert checkout.processes == []


def test_the_accounts_are_told_and_the_federation_leads_back_to_the_site(checkout, start_run):
    process = start_run()
    checkout.wait_for(READY, process)
    given = (checkout.base / "federation.txt").read_text()
    issuer = f"http://127.0.0.1:{re.findall(r'--port ([0-9]+)', given)[0]}"
    mail = checkout.base / ".devstack" / "mail"

    assert f"['list'] {issuer} filemail:///{mail}" in checkout.text
    assert "make demo-code WHO=" in checkout.text
    assert str(mail) in checkout.text
    for host in ("127.0.0.1", "localhost"):
        assert f"--redirect http://{host}:{checkout.port}/account/aanmelden/via/entree/terug/" in given

    asked = checkout.devstack("manage", "--", "demo_people", "code", "beheerder")
    assert asked.returncode == 0
    assert asked.stdout.startswith(f"['code', 'beheerder'] {issuer} ")
    process.send_signal(signal.SIGINT)
    assert process.wait(START_SECONDS) == 0


def test_manage_without_a_run_names_the_remedy(checkout):
    asked = checkout.devstack("manage", "--", "demo_people", "list")

    assert asked.returncode == 1
    assert "make run" in asked.stderr
    assert not (checkout.base / "calls.txt").exists()


def test_without_maven_the_site_is_served_all_the_same_in_basic_mode(checkout, start_run):
    del checkout.environment["ELASTICSEARCH_URL"]
    programs = checkout.base / "bin"  # Where PostgreSQL's account finds it too.
    programs.mkdir()
    (programs / "test").symlink_to(shutil.which("test"))  # Of the system's programs this one alone is used.
    checkout.environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), str(programs)])
    process = start_run()
    checkout.wait_for(READY, process)
    told = [line for line in checkout.text.splitlines() if "basismodus" in line]
    assert len(told) == 1
    assert "Elasticsearch" in told[0]
    assert "apt-get install maven" in told[0]
    assert httpx.get(f"http://127.0.0.1:{checkout.port}/healthz", trust_env=False).status_code == httpx.codes.OK
    calls = [line.split()[0] for line in (checkout.base / "calls.txt").read_text().splitlines()]
    assert "harvest" in calls
    assert "search" not in calls

    # Who asks later knows it too, whatever engine a shell still names.
    checkout.environment["ELASTICSEARCH_URL"] = "http://127.0.0.1:9"
    status = checkout.devstack("status")
    assert status.returncode == 0
    assert re.search(r"Elasticsearch +zonder +", status.stdout)
    assert "export ELASTICSEARCH_URL=''" in checkout.devstack("status", "--env").stdout
    assert checkout.devstack("manage", "--", "demo_people", "list").returncode == 0


def test_services_that_were_up_before_stay_and_down_stops_a_run(checkout, start_run):
    assert checkout.devstack("up").returncode == 0
    process = start_run()
    checkout.wait_for(READY, process)
    assert "✓ PostgreSQL draaide al" in checkout.text
    process.send_signal(signal.SIGTERM)
    assert process.wait(START_SECONDS) == 0
    assert checkout.devstack("status").returncode == 0
    again = start_run()
    checkout.wait_for(READY, again)
    down = checkout.devstack("down")
    assert f"De run (proces {again.pid}) is gestopt" in down.stderr
    assert again.wait(START_SECONDS) == 0
    assert checkout.processes == []


def test_after_kill_9_the_next_run_clears_what_was_left_and_a_daemon_that_dies_ends_it(checkout, start_run):
    process = start_run()
    checkout.wait_for(READY, process)
    process.kill()
    process.wait()
    assert len(checkout.processes) > 3
    again = start_run()
    checkout.wait_for(READY, again)
    assert "Webserver van een afgebroken run stond nog aan en is gestopt." in checkout.text
    note = json.loads((checkout.base / ".devstack" / "run" / "web.json").read_text())
    os.kill(note["pid"], signal.SIGKILL)
    assert again.wait(START_SECONDS) == 1
    assert "Webserver is onverwacht gestopt (signaal 9)" in checkout.text
    assert checkout.processes == []


def test_a_step_that_fails_shows_its_log_and_stops_all(checkout, start_run):
    (checkout.base / "fail-seed").touch()
    process = start_run()
    assert process.wait(START_SECONDS) == 1
    assert "✗ Begrippenlijsten laden is mislukt (code 1)" in checkout.text
    assert "seed cannot go on" in checkout.text
    assert "Traceback" not in checkout.text
    assert checkout.processes == []


def test_ctrl_c_in_the_middle_of_a_step_stops_all(checkout, start_run):
    (checkout.base / "hang-harvest").touch()
    process = start_run()
    checkout.wait_for("Catalogus ophalen", process)
    process.send_signal(signal.SIGINT)
    assert process.wait(START_SECONDS) == 0
    assert "Traceback" not in checkout.text
    assert checkout.processes == []


def test_a_taken_port_names_its_holder_and_the_remedy(checkout):
    with socket.create_server(("127.0.0.1", checkout.port)):
        refused = checkout.devstack("run", "--port", str(checkout.port))
    assert refused.returncode == 1
    assert f"Poort {checkout.port} is bezet door " in refused.stderr
    assert f"(proces {os.getpid()})" in refused.stderr
    assert f"make run PORT={checkout.port + 1}" in refused.stderr
    assert checkout.processes == []
