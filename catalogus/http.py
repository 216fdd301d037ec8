"""The only way to the outside: sources, covers and webhooks are fetched here, and nowhere else.

An address is fetched when the machine it leads to is a public one, also after redirects and whatever the name server
says: the connection is made to the very address that was judged. Answers are read up to a size and a time.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

import httpcore
import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from catalogus.exceptions import FetchFailed, FetchRefused, ResponseTooLarge

MAX_REDIRECTS = 5
CONNECT_TIMEOUT_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: the address it came from after redirects, its status (200 to 299), its type and its bytes."""

    url: str
    status: int
    content_type: str
    body: bytes


def _allowed_networks() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    return [ipaddress.ip_network(text) for text in settings.FETCH_ALLOWED_NETWORKS]


def _is_allowed(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    # Multicast is "global" to Python, but no server of anyone's.
    return (ip.is_global and not ip.is_multicast) or any(ip in network for network in _allowed_networks())


class _GuardedNetwork(httpcore.NetworkBackend):
    """Connects to public addresses only. The name is looked up once, and what was judged is what is connected to."""

    def __init__(self) -> None:
        self._inner = httpcore.SyncBackend()

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
        addresses = [str(entry[4][0]) for entry in found]
        refused = [address for address in addresses if not _is_allowed(address)]
        if refused:
            raise FetchRefused(
                _("%(host)s leidt naar %(address)s, dat geen openbaar adres is; geef een openbaar adres op.")
                % {"host": host, "address": refused[0]}
            )
        return self._inner.connect_tcp(addresses[0], port, timeout, local_address, socket_options)

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002  The base class names it.
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002  The base class names it.
    ) -> httpcore.NetworkStream:
        raise FetchRefused(_("%(path)s is geen webadres.") % {"path": path})


class _GuardedTransport(httpx.HTTPTransport):
    def __init__(self) -> None:
        super().__init__(trust_env=False)
        # httpx has no argument for the network underneath; httpcore, on which it stands, does.
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(), max_connections=4, network_backend=_GuardedNetwork()
        )


class Fetcher:
    """A client that keeps its connections; use it as a context manager, one for each piece of work.

    timeout_seconds bounds each wait for the other side, total_seconds the whole answer, max_bytes its size.
    """

    def __init__(
        self, *, timeout_seconds: float = 30.0, total_seconds: float = 120.0, max_bytes: int = 10_000_000
    ) -> None:
        self._total_seconds = total_seconds
        self._max_bytes = max_bytes
        self._client = httpx.Client(
            transport=_GuardedTransport(),
            timeout=httpx.Timeout(timeout_seconds, connect=CONNECT_TIMEOUT_SECONDS),
            headers={"User-Agent": settings.FETCH_USER_AGENT},
            follow_redirects=True,
            max_redirects=MAX_REDIRECTS,
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
        if httpx.URL(url).scheme not in {"http", "https"}:
            raise FetchRefused(_("%(url)s is geen webadres; het begint met http:// of https://.") % {"url": url})
        try:
            with self._client.stream("GET", url, params=params) as response:
                self._check_status(response)
                return Fetched(
                    url=str(response.url),
                    status=response.status_code,
                    content_type=response.headers.get("content-type", ""),
                    body=self._read(response),
                )
        except (httpx.TooManyRedirects, httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise FetchRefused(_("%(url)s: %(error)s") % {"url": url, "error": error}) from error
        except httpx.TransportError as error:
            reason = str(error) or type(error).__name__
            raise FetchFailed(_("%(url)s antwoordt niet: %(error)s") % {"url": url, "error": reason}) from error

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
        deadline = time.monotonic() + self._total_seconds
        chunks: list[bytes] = []
        size = 0
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > self._max_bytes:
                raise ResponseTooLarge(
                    _("%(url)s stuurt meer dan %(maximum)d bytes.") % {"url": response.url, "maximum": self._max_bytes}
                )
            if time.monotonic() > deadline:
                raise FetchFailed(
                    _("%(url)s is na %(seconds)d seconden nog niet klaar met antwoorden.")
                    % {"url": response.url, "seconds": self._total_seconds}
                )
            chunks.append(chunk)
        return b"".join(chunks)
