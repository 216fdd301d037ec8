"""The guarded fetcher: public addresses only, and never more than was asked for."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from catalogus.exceptions import FetchFailed, FetchRefused, ResponseTooLarge
from catalogus.http import Fetcher
from tests.ingest.conftest import serve


@pytest.fixture
def public_only(settings):
    settings.FETCH_ALLOWED_NETWORKS = []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104  Nothing listens here.
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[::7f00:1]",
    ],
)
def test_addresses_that_are_not_public_are_refused(public_only, host):
    with Fetcher() as fetcher, pytest.raises(FetchRefused, match="openbaar"):
        fetcher.get(f"http://{host}:9/")


def test_the_same_address_is_fetched_where_its_network_is_allowed(settings):
    with serve(lambda _query: (200, b"ja")) as url, Fetcher() as fetcher:
        assert fetcher.get(url).body == b"ja"
        settings.FETCH_ALLOWED_NETWORKS = []
    with serve(lambda _query: (200, b"ja")) as url, Fetcher() as fetcher, pytest.raises(FetchRefused):
        fetcher.get(url)


@pytest.mark.parametrize("url", ["ftp://voorbeeld.example/", "file:///etc/passwd", "voorbeeld.example"])
def test_only_web_addresses(url):
    with Fetcher() as fetcher, pytest.raises(FetchRefused, match="webadres"):
        fetcher.get(url)


@pytest.mark.parametrize(
    ("status", "error"), [(404, FetchRefused), (403, FetchRefused), (500, FetchFailed), (429, FetchFailed)]
)
def test_a_status_says_whether_to_try_again(status, error):
    with serve(lambda _query: (status, b"")) as url, Fetcher() as fetcher, pytest.raises(error, match=str(status)):
        fetcher.get(url)


def test_an_answer_is_cut_off_at_its_size():
    sizes = iter((1000, 2000))
    with serve(lambda _query: (200, b"x" * next(sizes))) as url, Fetcher(max_bytes=1000) as fetcher:
        assert len(fetcher.get(url).body) == 1000
        with pytest.raises(ResponseTooLarge, match="1000"):
            fetcher.get(url)


def test_nobody_there_may_be_tried_again():
    with serve(lambda _query: (200, b"")) as url:
        pass
    with Fetcher() as fetcher, pytest.raises(FetchFailed, match="antwoordt niet"):
        fetcher.get(url)


def test_a_slow_answer_is_given_up():
    def slowly(_query: dict[str, str]) -> tuple[int, bytes]:
        time.sleep(1)
        return 200, b""

    with serve(slowly) as url, Fetcher(timeout_seconds=0.2) as fetcher, pytest.raises(FetchFailed):
        fetcher.get(url)


@contextmanager
def raw_server(speak: Callable[[socket.socket], None]) -> Iterator[str]:
    """Answers each connection with whatever speak sends; gives the address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        ending = threading.Event()

        def answer(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                connection.recv(65_536)
                speak(connection)

        def accept() -> None:
            while not ending.is_set():
                with suppress(TimeoutError):
                    threading.Thread(target=answer, args=(listening.accept()[0],), daemon=True).start()

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        finally:
            ending.set()
            thread.join()


def head(*lines: str) -> bytes:
    return "\r\n".join(("HTTP/1.1 200 OK", *lines, "", "")).encode()


def test_the_body_of_a_redirect_is_not_read():
    sent: list[int] = []

    def speak(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 999999999\r\n\r\n")
        sent.extend(connection.send(b"x" * 1_000_000) for _piece in range(200))

    with raw_server(speak) as url, Fetcher(max_bytes=1000) as fetcher, pytest.raises(FetchFailed):
        fetcher.get(url)
    assert sum(sent) < 20_000_000, "what the system's own buffers take, and no more"


def test_it_follows_redirects_but_not_for_ever():
    def speak(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /weer\r\nContent-Length: 0\r\n\r\n")

    with raw_server(speak) as url, Fetcher() as fetcher, pytest.raises(FetchRefused, match="verwijst meer dan 5 keer"):
        fetcher.get(url)
    with serve(lambda _query: (200, b"hier")) as there:

        def lead(connection: socket.socket) -> None:
            connection.sendall(f"HTTP/1.1 302 Found\r\nLocation: {there}\r\nContent-Length: 0\r\n\r\n".encode())

        with raw_server(lead) as url, Fetcher() as fetcher:
            assert (fetcher.get(url).body, fetcher.get(url).url) == (b"hier", there)


@pytest.mark.parametrize("location", ["ftp://voorbeeld.example/", "file:///etc/passwd", "http://[::7f00:1]/"])
def test_a_redirect_leads_to_public_web_addresses_alone(location):
    def speak(connection: socket.socket) -> None:
        connection.sendall(f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode())

    with raw_server(speak) as url, Fetcher() as fetcher, pytest.raises(FetchRefused):
        fetcher.get(url)


def drip(first: bytes, drop: bytes) -> Callable[[socket.socket], None]:
    def speak(connection: socket.socket) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(drop)
            time.sleep(0.05)

    return speak


@pytest.mark.parametrize(
    "speak",
    [
        drip(head(), b"x"),
        drip(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"),
        drip(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        # A file name in the header of gzip, which unpacks to nothing and never ends.
        drip(head("Content-Encoding: gzip") + b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\xff", b"n"),
        drip(b"HTTP/1.1 302 Found\r\nLocation: /\r\nX-Slow: ", b"x"),
    ],
    ids=["body", "header", "early hints", "name of a packed file", "redirect"],
)
def test_the_whole_answer_has_a_limit_whatever_drips(speak):
    started = time.monotonic()
    with (
        raw_server(speak) as url,
        Fetcher(total_seconds=0.5) as fetcher,
        pytest.raises(FetchFailed, match=r"te lang|timed out"),
    ):
        fetcher.get(url)
    assert time.monotonic() - started < 5


def test_gzip_is_unpacked():
    packed = gzip.compress(b"inhoud" * 100)
    with raw_server(lambda to: to.sendall(head("Content-Encoding: gzip") + packed)) as url, Fetcher() as fetcher:
        assert fetcher.get(url).body == b"inhoud" * 100


@pytest.mark.parametrize(
    ("coding", "body", "error"),
    [
        ("gzip", gzip.compress(b"0" * 50_000_000), ResponseTooLarge),
        ("gzip, gzip", gzip.compress(gzip.compress(b"0" * 50_000_000)), FetchRefused),
        ("br", b"x", FetchRefused),
        ("gzip", b"no gzip at all", FetchFailed),
        ("gzip", gzip.compress(b"half" * 1000)[:20], FetchFailed),
    ],
    ids=["a bomb", "packed twice", "another packing", "not packed", "cut off"],
)
def test_what_is_packed_has_the_same_limits(coding, body, error):
    def speak(connection: socket.socket) -> None:
        connection.sendall(head(f"Content-Encoding: {coding}", f"Content-Length: {len(body)}") + body)

    with raw_server(speak) as url, Fetcher(max_bytes=1_000_000) as fetcher, pytest.raises(error):
        fetcher.get(url)


@pytest.mark.parametrize(
    "url",
    [
        f"http://{'a' * 64}.nl/",
        "http://a..nl/",
        "http://xn--/",
        "http://\x00/",
        "http://é.nl:80:80/",
        "http://voorbeeld.example/" + "a" * 70_000,
        "http:///pad",
        "",
    ],
)
def test_what_is_no_address_is_refused(url):
    with Fetcher() as fetcher, pytest.raises((FetchRefused, FetchFailed)):
        fetcher.get(url)
