"""A line to the engine that delays every answer, as an overloaded engine or network does."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


class SlowLine:
    """delay_seconds may be changed while it runs; 0 passes everything on at once."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname or "127.0.0.1", parts.port or 9200)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.delay_seconds = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def serve(self) -> None:
        """Take connections until it is closed."""
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(self._target)
                threading.Thread(target=self._pass_on, args=(near, far, False), daemon=True).start()
                threading.Thread(target=self._pass_on, args=(far, near, True), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, is_answer: bool) -> None:
        with suppress(OSError), source:
            while data := source.recv(65536):
                if is_answer:
                    time.sleep(self.delay_seconds)
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)  # Wakes who waits for a connection.
        self._listening.close()


@contextmanager
def slow_line(target: str) -> Iterator[SlowLine]:
    line = SlowLine(target)
    server = threading.Thread(target=line.serve, daemon=True)
    server.start()
    try:
        yield line
    finally:
        line.close()
