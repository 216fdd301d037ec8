"""A real Valkey: two side by side, what stays over a restart, and another program on its port."""

import os
import signal
import socket
import time

import pytest
import redis

from devstack.valkey import Valkey


def start(folder) -> Valkey:
    service = Valkey(folder.context)
    service.prepare()
    service.start()
    service.wait_until_ready()
    return service


def client(service: Valkey) -> redis.Redis:
    return redis.Redis.from_url(service.address(), decode_responses=True)


@pytest.fixture
def running(make_folder):
    started = []

    def make():
        folder = make_folder()
        started.append(start(folder))
        return folder, started[-1]

    yield make
    for service in started:
        service.stop()


def test_two_side_by_side_and_a_queue_that_stays(running):
    (one, first), (_, second) = running(), running()
    with client(first) as here, client(second) as there:
        here.rpush("queue", "task")
        assert there.lrange("queue", 0, -1) == []
        assert here.config_get("appendonly") == {"appendonly": "no"}
        assert here.config_get("bind") == {"bind": "127.0.0.1"}
    first.stop()
    assert first.pid() is None
    with socket.create_server(("127.0.0.1", one.context.ports.get("valkey"))):
        start(one)
        with client(first) as here:
            assert here.lrange("queue", 0, -1) == ["task"]
    assert second.pid() is not None


def test_a_second_start_leaves_the_running_server_alone(running):
    folder, service = running()
    pid = service.pid()
    start(folder)
    assert service.pid() == pid


def test_a_server_that_was_killed_is_started_again_with_a_line_that_says_so(running):
    folder, service = running()
    pid = service.pid()
    os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + 5
    while service.pid() == pid and time.monotonic() < end:
        time.sleep(0.02)
    assert f"pid-bestand van Valkey opgeruimd: proces {pid} bestaat niet meer" in folder.text
    start(folder)
    assert service.pid() not in {None, pid}
