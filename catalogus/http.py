"""The only way to the outside: sources, covers and webhooks are fetched here, and nowhere else.

An address is fetched when the machine it leads to is a public one, also after redirects and whatever the name server
says: the connection is made to the very address that was judged. Answers are read up to a size, also after
unpacking, and a time, which counts from the first redirect to the last byte.
"""

import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

import httpcore
import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from catalogus.exceptions import FetchFailed, FetchRefused, ResponseTooLarge

MAX_REDIRECTS = 5
CONNECT_TIMEOUT_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: the address it came from after redirects, its status (get: 200 to 299), its type and its bytes."""

    url: str
    status: int
    content_type: str
    body: bytes


# Ranges that hide an IPv4 address for a router to unpack (RFC 6052, 8215, 3056, 2765), and retired local ones.
_NEVER = [
    ipaddress.ip_network(text)
    for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "::/96", "::ffff:0:0:0/96", "fec0::/10")
]


def _allowed_networks() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    return [ipaddress.ip_network(text) for text in settings.FETCH_ALLOWED_NETWORKS]


def _is_allowed(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    # Multicast is "global" to Python, but no server of anyone's.
    is_public = ip.is_global and not ip.is_multicast and not any(ip in network for network in _NEVER)
    return is_public or any(ip in network for network in _allowed_networks())


class _Deadline(threading.local):
    """Until when the answer that this thread waits for may take."""

    until = float("inf")

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        self.until = time.monotonic() + seconds
        try:
            yield
        finally:
            self.until = float("inf")

    def limit(self, timeout: float | None) -> float:
        """The time-out for one wait. Raises ReadTimeout where the whole has taken too long."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout(_("het hele antwoord duurt te lang"))
        return left if timeout is None else min(left, timeout)


class _TimedStream(httpcore.NetworkStream):
    """A connection on which no wait outlasts the deadline, whatever it is that the other side sends drop by drop."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.limit(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.limit(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.limit(timeout))
        return _TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _GuardedNetwork(httpcore.NetworkBackend):
    """Connects to public addresses only. The name is looked up once, and what was judged is what is connected to."""

    def __init__(self, deadline: "_Deadline") -> None:
        self._inner = httpcore.SyncBackend()
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore.ConnectError(f"{host}: {error}") from error
        except UnicodeError as error:
            raise FetchRefused(_("%(host)s is geen naam van een server.") % {"host": host[:80]}) from error
        addresses = [str(entry[4][0]) for entry in found]
        refused = [address for address in addresses if not _is_allowed(address)]
        if refused:
            raise FetchRefused(
                _("%(host)s leidt naar %(address)s, dat geen openbaar adres is; geef een openbaar adres op.")
                % {"host": host, "address": refused[0]}
            )
        wait = self._deadline.limit(timeout)
        stream = self._inner.connect_tcp(addresses[0], port, wait, local_address, socket_options)
        return _TimedStream(stream, self._deadline)

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002  The base class names it.
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002  The base class names it.
    ) -> httpcore.NetworkStream:
        raise FetchRefused(_("%(path)s is geen webadres.") % {"path": path})


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    """The authorities that are believed; reading them takes longer than a request does."""
    return ssl.create_default_context()


class _GuardedTransport(httpx.HTTPTransport):
    def __init__(self, deadline: _Deadline) -> None:
        super().__init__(verify=_tls(), trust_env=False)
        # httpx has no argument for the network underneath; httpcore, on which it stands, does.
        self._pool = httpcore.ConnectionPool(
            ssl_context=_tls(), max_connections=4, network_backend=_GuardedNetwork(deadline)
        )


def _is_of_the_web(url: httpx.URL) -> bool:
    return url.scheme in {"http", "https"} and bool(url.host)


def _no_web_address(url: str) -> FetchRefused:
    return FetchRefused(_("%(url)s is geen webadres; het begint met http:// of https://.") % {"url": url[:200]})


@contextmanager
def _as_our_errors(url: str) -> Iterator[None]:
    """What goes wrong underneath, as an error of ours that names the address."""
    try:
        yield
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
        raise FetchRefused(_("%(url)s: %(error)s") % {"url": url[:200], "error": error}) from error
    except httpx.TransportError as error:
        reason = str(error) or type(error).__name__
        raise FetchFailed(_("%(url)s antwoordt niet: %(error)s") % {"url": url, "error": reason}) from error


class Fetcher:
    """A client that keeps its connections; use it as a context manager, one for each piece of work.

    timeout_seconds bounds each wait for the other side, total_seconds the whole answer, max_bytes its size as sent and
    as unpacked.
    """

    def __init__(
        self, *, timeout_seconds: float = 30.0, total_seconds: float = 120.0, max_bytes: int = 10_000_000
    ) -> None:
        self._total_seconds = total_seconds
        self._max_bytes = max_bytes
        self._deadline = _Deadline()
        self._client = httpx.Client(
            transport=_GuardedTransport(self._deadline),
            timeout=httpx.Timeout(timeout_seconds, connect=CONNECT_TIMEOUT_SECONDS),
            headers={"User-Agent": settings.FETCH_USER_AGENT, "Accept-Encoding": "gzip"},
            # httpx would read the body of a redirect without any bound.
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def get(self, url: str, params: Mapping[str, str] | None = None) -> Fetched:
        """Fetch with GET (RFC 9110, clause 9.3.1).

        Raises FetchRefused (no http address, not public, too many redirects, 4xx), FetchFailed (may be tried again:
        time-out, broken connection, 429, 5xx) and ResponseTooLarge.
        """
        with _as_our_errors(url), self._deadline.within(self._total_seconds):
            request: httpx.Request | None = self._client.build_request("GET", url, params=params)
            for _hop in range(MAX_REDIRECTS + 1):
                if request is None or not _is_of_the_web(request.url):
                    break
                response = self._client.send(request, stream=True)
                try:
                    request = response.next_request
                    if request is None:
                        return self._fetched(response)
                finally:
                    response.close()
            else:
                raise FetchRefused(
                    _("%(url)s verwijst meer dan %(count)d keer door.") % {"url": url, "count": MAX_REDIRECTS}
                )
        raise _no_web_address(str(request.url if request else url))

    def exchange(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, content: bytes | None = None
    ) -> Fetched:
        """Send one request and take its answer as it is: any status, no redirect followed, so no secret goes astray.

        Raises FetchRefused, FetchFailed and ResponseTooLarge as get does, but for a status.
        """
        with _as_our_errors(url), self._deadline.within(self._total_seconds):
            request = self._client.build_request(method, url, headers=headers, content=content)
            if not _is_of_the_web(request.url):
                raise _no_web_address(url)
            response = self._client.send(request, stream=True)
            try:
                return self._as_fetched(response)
            finally:
                response.close()

    def _fetched(self, response: httpx.Response) -> Fetched:
        self._check_status(response)
        return self._as_fetched(response)

    def _as_fetched(self, response: httpx.Response) -> Fetched:
        return Fetched(
            url=str(response.url),
            status=response.status_code,
            content_type=response.headers.get("content-type", ""),
            body=self._read(response),
        )

    def _check_status(self, response: httpx.Response) -> None:
        if response.is_success:
            return
        message = _("%(url)s antwoordt met status %(status)d.") % {
            "url": response.url,
            "status": response.status_code,
        }
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS or response.is_server_error:
            raise FetchFailed(message)
        raise FetchRefused(message)

    def _read(self, response: httpx.Response) -> bytes:
        coding = response.headers.get("content-encoding", "identity").strip().lower()
        if coding not in {"identity", "gzip", "x-gzip", ""}:
            raise FetchRefused(
                _("%(url)s is verpakt als “%(coding)s”; alleen gzip wordt gelezen.")
                % {"url": response.url, "coding": coding[:80]}
            )
        chunks = self._bounded(response.iter_raw(), response)
        if coding in {"gzip", "x-gzip"}:
            chunks = self._bounded(self._unpacked(chunks, response), response)
        return b"".join(chunks)

    def _bounded(self, chunks: Iterable[bytes], response: httpx.Response) -> Iterator[bytes]:
        size = 0
        for chunk in chunks:
            size += len(chunk)
            if size > self._max_bytes:
                raise ResponseTooLarge(
                    _("%(url)s stuurt meer dan %(maximum)d bytes.") % {"url": response.url, "maximum": self._max_bytes}
                )
            yield chunk

    def _unpacked(self, chunks: Iterable[bytes], response: httpx.Response) -> Iterator[bytes]:
        """gzip (RFC 1952), in pieces of at most one more byte than an answer may have."""
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            for chunk in chunks:
                yield unpacker.decompress(chunk, self._max_bytes + 1)
        except zlib.error as error:
            raise FetchFailed(
                _("%(url)s stuurt gzip die niet te lezen is: %(error)s") % {"url": response.url, "error": error}
            ) from error
        if not unpacker.eof:
            raise FetchFailed(_("%(url)s breekt zijn antwoord af.") % {"url": response.url})
