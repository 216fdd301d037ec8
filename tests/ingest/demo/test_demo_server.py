"""The server as a program: ready in time, faults on demand, a clean end."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from django.core.management import CommandError, call_command
from lxml import etree

from ingest.demo.revisions import Catalogue
from ingest.demo.server import DemoKoppelpunt, PortTaken
from tests.conftest import REPOSITORY
from tests.ingest.demo.asking import Answer, ask


def test_the_whole_catalogue_is_ready_in_half_a_minute() -> None:
    started = time.monotonic()
    with DemoKoppelpunt(records=20_830, seed=2) as server:
        assert ask(server.url, maximumRecords=0).total == server.count() == 20_830
        assert time.monotonic() - started < 30


def test_progress_counts_up_to_the_last_record() -> None:
    seen: list[int] = []
    with DemoKoppelpunt(records=12_000, progress=seen.append):
        assert seen == sorted(seen)
        assert len(seen) > 1
        assert seen[-1] == 12_000


def test_one_connection_serves_many_requests(small: DemoKoppelpunt) -> None:
    with httpx.Client() as client:
        answers = [client.get(small.url, params={"query": "*"}) for _ in range(3)]
    assert {answer.http_version for answer in answers} == {"HTTP/1.1"}
    assert all(int(answer.headers["Content-Length"]) == len(answer.content) for answer in answers)
    assert answers[0].headers["Content-Type"] == "text/xml; charset=UTF-8"


def test_threads_get_the_same_answers(small: DemoKoppelpunt) -> None:
    found: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: found.append(ask(small.url, query="havo", maximumRecords=20).identifiers))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(identifiers == found[0] for identifiers in found)


def test_every_third_request_fails() -> None:
    with DemoKoppelpunt(records=5, fail_every=3) as server:
        statuses = [httpx.get(server.url, params={"query": "*"}).status_code for _ in range(6)]
        assert statuses == [200, 200, 503, 200, 200, 503]
        assert server.requests_served == 6


def test_answers_can_be_slow() -> None:
    with DemoKoppelpunt(records=5, delay_ms=150) as server:
        started = time.monotonic()
        ask(server.url)
        assert time.monotonic() - started >= 0.15


def test_every_tenth_record_can_be_broken() -> None:
    with DemoKoppelpunt(records=40, broken_every=10) as server:
        body = httpx.get(server.url, params={"query": "*", "maximumRecords": "100"}).content
        with pytest.raises(etree.XMLSyntaxError):
            etree.fromstring(body)
        records = re.findall(rb"<srw:record>.*?</srw:record>", body, re.DOTALL)
        assert len(records) == 40
        assert sum(b"&#1;" in record for record in records) == 4


def test_stopping_leaves_nothing_behind() -> None:
    threads = threading.active_count()
    with DemoKoppelpunt(records=30) as server, httpx.Client() as client:
        # A connection that stays open is hung up on.
        client.get(server.url)
        server.stop()
        assert threading.active_count() == threads
        with pytest.raises(httpx.TransportError):
            client.get(server.url)


def test_a_failed_start_gives_its_port_back() -> None:
    def stop(_count: int) -> None:
        raise KeyboardInterrupt

    with _taken_port() as port:
        pass
    with pytest.raises(KeyboardInterrupt):
        DemoKoppelpunt(records=30, port=port, progress=stop)
    with DemoKoppelpunt(records=30, port=port) as server:
        assert ask(server.url).total == 30


@contextmanager
def _taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_taken_port_is_told_before_the_catalogue_is_built() -> None:
    with _taken_port() as port, pytest.raises(PortTaken):
        DemoKoppelpunt(records=10**9, port=port)


def test_the_command_names_a_taken_port_and_the_way_out() -> None:
    with _taken_port() as port, pytest.raises(CommandError, match=rf"Poort {port} op 127\.0\.0\.1 is bezet.*--port"):
        call_command("demo_koppelpunt", "--port", str(port), "--records", "5")


@pytest.mark.parametrize("arguments", [("--records", "0"), ("--port", "70000"), ("--seed", "-1"), ("--ceiling", "x")])
def test_the_command_refuses_numbers_that_cannot_be(arguments: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match="geheel getal"):
        call_command("demo_koppelpunt", *arguments)


def test_the_command_refuses_an_address_that_is_not_its_own() -> None:
    with pytest.raises(CommandError, match=r"Luisteren op 192\.0\.2\.1"):
        call_command("demo_koppelpunt", "--host", "192.0.2.1", "--records", "5")


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_command_serves_until_it_is_told_to_stop(signum: signal.Signals, tmp_path: Path) -> None:
    with _running_command(tmp_path, "--seed", "9") as (process, url):
        assert ask(url).total == 60
        process.send_signal(signum)
        assert process.stdout is not None
        said, status = process.stdout.read().strip(), process.wait(timeout=20)
    assert (said, status) == (("", -signum) if signum == signal.SIGKILL else ("Gestopt.", 0))
    assert not list(tmp_path.iterdir()), "even a killed server leaves no file"


def test_what_the_command_is_told_reaches_the_server(tmp_path: Path) -> None:
    with _running_command(tmp_path, "--step", "1", "--error-every", "3", "--lie-every", "2", "--lie-by", "-7") as (
        _,
        url,
    ):
        answers = [httpx.get(url, params={"query": "*"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 500]
    totals = [Answer(answer.content).total for answer in answers[:2]]
    assert totals == [60, len(Catalogue(60, revision=1)) - 7]


@contextmanager
def _running_command(temporary: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command with 60 records, once it is ready, and its address; it is ended where it has not ended itself."""
    command = [sys.executable, "manage.py", "demo_koppelpunt", "--port", "0", "--records", "60", *arguments]
    folders = {"TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary)}
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"} | folders
    with subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            ready = process.stdout.readline()
            match = re.search(r"60 records op (http://127\.0\.0\.1:\d+/sru)", ready)
            assert match, ready
            yield process, match[1]
        finally:
            process.kill()


def test_the_command_tells_what_it_can_be_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("demo_koppelpunt", "--help")
    told = capsys.readouterr().out
    assert "verzonnen catalogus" in told
    assert "--step" in told
