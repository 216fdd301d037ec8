"""Our own site under gunicorn, as the demonstration serves it, and what it answers to a search."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from urllib.parse import urlencode

import httpx

from bench.ground import REPOSITORY, free_port, running

PATIENCE_SECONDS = 30.0
LOG = REPOSITORY / ".devstack" / "own" / "site.log"


class Mode(Enum):
    """Who answered a search."""

    FULL = "full"
    BASIC = "basic"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Answer:
    """status: 0 where no answer came at all. total: products found; 0 where nobody answered."""

    mode: Mode
    seconds: float
    status: int
    total: int = 0


class Site:
    """A site that answers at an address."""

    def __init__(self, address: str) -> None:
        self.address = address
        # A connection for each search: one that is kept would lead to one process of the site alone.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._http = httpx.Client(base_url=address, timeout=PATIENCE_SECONDS, limits=limits, trust_env=False)

    def search(self, text: str) -> Answer:
        """What the API answers to a search of products."""
        started = time.perf_counter()
        try:
            response = self._http.get(f"/api/v1/products/?{urlencode({'q': text, 'facets': 1})}")
        except httpx.HTTPError:
            return Answer(Mode.NOBODY, time.perf_counter() - started, 0)
        seconds = time.perf_counter() - started
        if response.status_code != HTTPStatus.OK:
            return Answer(Mode.NOBODY, seconds, response.status_code)
        body = response.json()
        return Answer(Mode(body.get("mode", "full")), seconds, response.status_code, body["total"])

    def page(self, text: str) -> Answer:
        """The same of the search page, which tells no mode apart: FULL stands for either."""
        started = time.perf_counter()
        try:
            response = self._http.get(f"/zoeken/?{urlencode({'q': text})}")
        except httpx.HTTPError:
            return Answer(Mode.NOBODY, time.perf_counter() - started, 0)
        mode = Mode.FULL if response.status_code == HTTPStatus.OK else Mode.NOBODY
        return Answer(mode, time.perf_counter() - started, response.status_code)

    def wait_for(self, mode: Mode, text: str, *, seconds: float, in_a_row: int = 1) -> float:
        """Search until it is answered so, so many times in a row; how long that took. Raises TimeoutError."""
        started = time.perf_counter()
        found = 0
        while (found := found + 1 if self.search(text).mode == mode else 0) < in_a_row:
            if time.perf_counter() - started > seconds:
                raise TimeoutError(f"no search was answered in {mode.value} mode within {seconds:.0f} s")
            time.sleep(0.01)
        return time.perf_counter() - started


@contextmanager
def served(environment: Mapping[str, str] | None = None) -> Iterator[Site]:
    """The site on a port of its own; environment: what it gets besides ours. What it logs goes to LOG."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    server = ("-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{port}", "--workers", "2",
              "--threads", "4", "--log-level", "critical", "--no-control-socket")  # fmt: skip
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with running(*server, ready=f"{address}/healthz", environment=environment, log=LOG):
        yield Site(address)
