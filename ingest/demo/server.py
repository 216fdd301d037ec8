"""The service over HTTP: GET /sru, with faults on demand."""

import errno
import socket
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import parse_qs, urlsplit

from ingest.demo.faults import PLAIN, Reply, Troubles, with_faults
from ingest.demo.feed import Feed
from ingest.demo.requests import Parameters
from ingest.demo.revisions import Catalogue
from ingest.demo.service import CEILING, SruService
from ingest.demo.store import Progress

PATH: Final = "/sru"
_MAX_FIELDS: Final = 100
_MS_BETWEEN: Final = 50
"""Between the pieces of a body that dribbles."""


class PortTaken(Exception):
    """Something else listens on the address already."""


class DemoKoppelpunt:
    """An SRU server over an invented catalogue, in threads of this process.

    `with DemoKoppelpunt(records=500, seed=1, ceiling=200) as server:` listens on a free port of loopback; server.url is
    its address, server.catalogue knows what a harvest should find. A port other than 0 is taken as it is.
    step: after so many requests for records the catalogue goes on to its next revision, at the same address; 0 never.
    bad_records and troubles: what goes wrong, by the names of Troubles. Raises PortTaken.
    """

    def __init__(
        self,
        *,
        records: int,
        seed: int = 1,
        revision: int = 0,
        step: int = 0,
        host: str = "127.0.0.1",
        port: int = 0,
        ceiling: int = CEILING,
        progress: Progress = lambda _count: None,
        bad_records: Mapping[int, str] | None = None,
        **troubles: int,
    ) -> None:
        wrong = Troubles(bad_records=bad_records or {}, **troubles)
        # The port first: who cannot have it need not wait for the catalogue.
        self._http = _bind(host, port)
        try:
            self._feed = Feed(Catalogue(records, seed, revision), step=step, progress=progress)
        except BaseException:
            self._http.server_close()
            raise
        self._http.service = SruService(self._feed, ceiling=ceiling)
        self._http.troubles = wrong
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        host = str(self._http.server_address[0])
        return f"http://{f'[{host}]' if ':' in host else host}:{self._http.server_port}{PATH}"

    @property
    def catalogue(self) -> Catalogue:
        """What the next request is about."""
        return self._feed.catalogue

    def count(self) -> int:
        """How many records there are."""
        return len(self.catalogue)

    def change(self, revision: int) -> None:
        """Serve another revision at the same address from now on; requests in hand are still about the old one."""
        self._feed.change(replace(self.catalogue, revision=revision))

    def drop(self, share: float) -> None:
        """Lose that share of the records from now on, the same ones every time; drop(0) gives them back."""
        self._feed.change(replace(self.catalogue, lost=share))

    def misbehave(self, *, bad_records: Mapping[int, str] | None = None, **troubles: int) -> None:
        """From now on this goes wrong, by the names of Troubles, and nothing else; without any, all goes well."""
        self._http.troubles = Troubles(bad_records=bad_records or {}, **troubles)

    @property
    def requests_served(self) -> int:
        """Requests since the start, those that failed on purpose among them."""
        return self._http.served

    def start(self) -> None:
        """Listen, in a thread."""
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop listening, finish what is being answered, and leave no file behind."""
        if self._thread is not None:
            self._http.shutdown()
            self._thread.join()
            self._thread = None
        self._http.hang_up()
        self._http.server_close()
        self._feed.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _bind(host: str, port: int) -> "_Server":
    try:
        return _Server((host, port), _Handler)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(f"{host}:{port}") from error
        raise


class _Server(ThreadingHTTPServer):
    # Closing waits for the threads, so that no answer is made from files that are gone.
    daemon_threads = False
    # Starting again at once must work, and on a port that something else listens on it fails all the same.
    allow_reuse_address = True
    request_queue_size = 64
    service: SruService
    troubles = Troubles()

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self._numbers = count(1)
        self._open: set[socket.socket] = set()
        self.served = 0
        self.is_stopping = threading.Event()
        super().__init__(address, handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        request, address = super().get_request()
        self._open.add(request)
        return request, address

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Listen no more on any connection; what is being answered still goes out."""
        self.is_stopping.set()
        for request in list(self._open):
            with suppress(OSError):
                request.shutdown(socket.SHUT_RD)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no error."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)

    def reply(self, parameters: Parameters) -> Reply:
        answer = self.service.answer(parameters, str(self.server_address[0]), self.server_port)
        identifiers = list(answer.records.values())
        victim = identifiers[len(identifiers) // 2] if identifiers else ""
        return Reply(answer.body, records=answer.records, victim=victim)

    def number(self) -> int:
        """The number of this request, from 1; next() of a count is one step for all threads."""
        self.served = next(self._numbers)
        return self.served


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "DemoKoppelpunt/1"
    sys_version = ""
    server: _Server
    # The answer goes out in two writes; waiting for more would cost 40 ms a page.
    disable_nagle_algorithm = True
    # Seconds for a client that says nothing or takes nothing.
    timeout = 60

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path not in (PATH, "/"):
            self._send(Reply(status=HTTPStatus.NOT_FOUND, content_type=PLAIN))
            return
        troubles, number = self.server.troubles, self.server.number()
        if troubles.delay_ms:
            self.server.is_stopping.wait(troubles.delay_ms / 1000)
        try:
            parameters = parse_qs(address.query, keep_blank_values=True, max_num_fields=_MAX_FIELDS)
        except ValueError:
            self._send(Reply(status=HTTPStatus.BAD_REQUEST, content_type=PLAIN))
            return
        self._send(with_faults(self.server.reply, troubles, number)(parameters))

    do_HEAD = do_GET  # noqa: N815  The name that http.server calls.

    def _send(self, reply: Reply) -> None:
        if reply.is_silent:
            self._wait_for_the_end()
            return
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        if reply.status is HTTPStatus.SERVICE_UNAVAILABLE:
            self.send_header("Retry-After", "1")
        self.end_headers()
        if self.command != "HEAD":
            self._write(reply.body[: reply.stops_at], reply.seconds)
        if reply.stops_at is not None:
            self.close_connection = True

    def _write(self, body: bytes, seconds: float) -> None:
        """Whoever stops the server gets the rest at once."""
        pieces = max(1, round(seconds * 1000 / _MS_BETWEEN))
        size = -(-len(body) // pieces) or 1
        for start in range(0, len(body), size):
            self.server.is_stopping.wait(seconds / pieces)
            self.wfile.write(body[start : start + size])

    def _wait_for_the_end(self) -> None:
        """Until the client goes away; a server that stops hangs up, which looks the same from here."""
        self.connection.settimeout(None)
        while self.rfile.read(1):
            pass
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  The name in the base class.
        """Say nothing: a harvest asks hundreds of pages, and whoever harvests tells of it."""
