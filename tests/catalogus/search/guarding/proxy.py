"""A network between the client and the real engine that can fail as networks and engines do."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

_CHUNK = 1 << 20
_BACKLOG = 64


class EngineProxy:
    """Listens on a port of its own and passes on what comes and goes, until it is told to fail.

    refuse     nobody listens, and what was connected is broken off: the engine was stopped
    drop       packets vanish: a connection is not made, and what was connected stays silent
    freeze     connections are made and nothing is ever answered: the process is stopped, or its disk hangs
    slow_down  each answer comes so many seconds later
    heal       all goes through again, on the same port
    """

    def __init__(self, url: str) -> None:
        target = urlsplit(url)
        self._target = (str(target.hostname), int(target.port or 9200))
        self._lock = threading.Lock()
        self._ends: list[socket.socket] = []
        self._flows = threading.Event()
        self._flows.set()
        self._delay_seconds = 0.0
        self._is_closed = threading.Event()
        self._listener = self._listen(0)
        self.port = int(self._listener.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _fault: BaseException | None, _where: TracebackType | None
    ) -> None:
        self._is_closed.set()
        self.refuse()
        self._flows.set()

    def refuse(self) -> None:
        _close(self._listener)
        self._break_off()

    def drop(self) -> None:
        self._flows.clear()
        _close(self._listener)
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", self.port))
        # Nobody takes these up, so the queue of the port is full and the kernel drops whoever knocks.
        self._listener.listen(0)
        for _ in range(3):
            waiting = socket.socket()
            waiting.setblocking(False)
            waiting.connect_ex(("127.0.0.1", self.port))
            self._keep(waiting)

    def freeze(self) -> None:
        self._flows.clear()

    def slow_down(self, seconds: float) -> None:
        self._delay_seconds = seconds

    def heal(self) -> None:
        _close(self._listener)
        self._break_off()
        self._delay_seconds = 0.0
        self._flows.set()
        self._listener = self._listen(self.port)

    def _listen(self, port: int) -> socket.socket:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(_BACKLOG)
        self._start(lambda: self._accept(listener))
        return listener

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):  # The listener was closed.
            while True:
                client, _address = listener.accept()
                self._keep(client)
                engine = socket.create_connection(self._target)
                self._keep(engine)
                self._start(lambda client=client, engine=engine: self._pass_on(client, engine, is_answer=False))  # type: ignore[misc]
                self._start(lambda client=client, engine=engine: self._pass_on(engine, client, is_answer=True))  # type: ignore[misc]

    def _pass_on(self, source: socket.socket, target: socket.socket, *, is_answer: bool) -> None:
        with suppress(OSError):  # One of the ends was closed.
            while data := source.recv(_CHUNK):
                if is_answer and self._delay_seconds:
                    self._is_closed.wait(self._delay_seconds)
                self._flows.wait()
                target.sendall(data)
        _close(source)
        _close(target)

    def _keep(self, end: socket.socket) -> None:
        with self._lock:
            self._ends.append(end)

    def _break_off(self) -> None:
        with self._lock:
            ends, self._ends = self._ends, []
        for end in ends:
            _close(end)

    @staticmethod
    def _start(work: Callable[[], None]) -> None:
        threading.Thread(target=work, daemon=True).start()


def _close(end: socket.socket) -> None:
    # Closing alone does not wake a thread that waits on it.
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
