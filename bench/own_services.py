"""An engine and a Valkey of the bench's own, on ports of their own: stopping and freezing them hurts nobody."""

import os
import shutil
import signal
import time

from rich.console import Console

from bench.ground import REPOSITORY
from devstack.checkout import Checkout
from devstack.context import Context
from devstack.elasticsearch.node import Elasticsearch
from devstack.report import Report
from devstack.service import Service
from devstack.valkey import Valkey

STATE = REPOSITORY / ".devstack" / "own"
HEAP_MB = 512
"""Enough for the sizes that faults and failover are tried at; the engine of `make bench` has more."""


class Own:
    """A service that is started, stopped, killed and frozen at will."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self.label = service.label

    @property
    def url(self) -> str:
        return self._service.address()

    @property
    def is_running(self) -> bool:
        return self._service.pid() is not None

    def start(self) -> float:
        """Come back when it does its work; the seconds that it took. Builds the engine where it is not built."""
        started = time.monotonic()
        self._service.prepare()
        self._service.start()
        self._service.wait_until_ready()
        return time.monotonic() - started

    def stop(self) -> None:
        """SIGTERM, and wait for the end; also for one that is frozen."""
        if self.is_running:
            self.thaw()
        self._service.stop()

    def kill(self) -> None:
        """kill -9, and wait for the end."""
        self._send(signal.SIGKILL)
        while self.is_running:
            time.sleep(0.01)

    def freeze(self) -> None:
        self._send(signal.SIGSTOP)

    def thaw(self) -> None:
        self._send(signal.SIGCONT)

    def _send(self, number: signal.Signals) -> None:
        pid = self._service.pid()
        if pid is None:
            raise RuntimeError(f"{self.label} does not run")
        os.kill(pid, number)


def _context(name: str) -> Context:
    # What devstack tells of a process that was killed is known here.
    context = Context(Checkout(STATE / name), Report(Console(stderr=True, quiet=True)))
    context.checkout.make_folders()
    return context


def own_engine() -> Own:
    """An empty engine; one that an earlier run left behind is stopped."""
    context = _context("engine")
    engine = Own(Elasticsearch(context, builds=REPOSITORY / ".devstack" / "elasticsearch", heap_mb=HEAP_MB))
    engine.stop()
    shutil.rmtree(context.checkout.state / "elasticsearch-data", ignore_errors=True)
    return engine


def own_valkey() -> Own:
    """A Valkey; one that an earlier run left behind is stopped."""
    valkey = Own(Valkey(_context("valkey")))
    valkey.stop()
    return valkey
