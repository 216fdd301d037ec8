"""A small SRU server for canned answers, so that whole responses come in over HTTP as they do from a source."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

Answer = Callable[[dict[str, str]], tuple[int, bytes]]


@contextmanager
def serve(answer: Answer) -> Iterator[str]:
    """Serve answer(parameters) -> (status, body) on loopback; gives the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = {name: values[-1] for name, values in parse_qs(urlsplit(self.path).query).items()}
            status, body = answer(query)
            self.send_response(status)
            self.send_header("Content-Type", "application/xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            # A client may have had enough: some tests send more than it wants.
            with suppress(ConnectionError):
                self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing: a test's output is its failures."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sru"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def serve_answers() -> Iterator[Callable[[Answer], str]]:
    """serve_answers(answer) -> address; the servers stop with the test."""
    opened = []

    def open_server(answer: Answer) -> str:
        manager = serve(answer)
        opened.append(manager)
        return manager.__enter__()

    yield open_server
    for manager in opened:
        manager.__exit__(None, None, None)
