"""Libraries that speak through requests are held to the guarded fetcher's rules."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from catalogus.http_sessions import MAX_BYTES, RequestFailed, guarded_session


class _Echo(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/weg":
            self.send_response(302)
            self.send_header("Location", "/echo")
            self.end_headers()
            return
        if self.path == "/groot":
            self._answer(200, b"x" * (MAX_BYTES + 1))
            return
        self._answer(404 if self.path == "/niets" else 200, self.headers.get("Authorization", "").encode())

    def do_POST(self) -> None:
        self._answer(400, self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Echo) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_headers_forms_and_statuses_come_through(address):
    with guarded_session(timeout_seconds=5) as session:
        answer = session.get(f"{address}/echo", headers={"Authorization": "Bearer abc"})
        assert (answer.status_code, answer.text, answer.encoding) == (200, "Bearer abc", "utf-8")
        assert session.get(f"{address}/niets").status_code == 404
        form = session.post(f"{address}/echo", data={"code": "é&"})
        assert (form.status_code, form.text) == (400, "code=%C3%A9%26")


@pytest.mark.parametrize("path", ["/weg", "/groot"])
def test_neither_redirects_nor_more_than_a_little_is_taken(address, path):
    with guarded_session(timeout_seconds=5) as session, pytest.raises(RequestFailed):
        session.get(f"{address}{path}")


def test_addresses_that_are_not_public_are_refused(address, settings):
    settings.FETCH_ALLOWED_NETWORKS = []
    with guarded_session(timeout_seconds=5) as session, pytest.raises(RequestFailed, match="openbaar"):
        session.get(f"{address}/echo")
