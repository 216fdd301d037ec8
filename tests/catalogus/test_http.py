"""The guarded fetcher: public addresses only, and never more than was asked for."""

import time

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
