"""The guarded fetcher for libraries that speak through `requests`: the same rules, behind the interface they expect."""

from collections.abc import Mapping
from typing import Any

import requests
from django.utils.translation import gettext as _
from requests.adapters import BaseAdapter

from catalogus.exceptions import FetchFailed, FetchRefused, ResponseTooLarge
from catalogus.http import Fetcher

Session = requests.Session
RequestFailed = requests.RequestException
"""What a session raises, and a status that its user refuses to take."""

MAX_BYTES = 1_000_000
"""What libraries ask for (keys, tokens, what is known of a person) takes a few kilobytes."""


class GuardedAdapter(BaseAdapter):
    """Sends by a Fetcher of its own: public addresses only, bounded in time and size, no redirects."""

    def __init__(self, *, timeout_seconds: float) -> None:
        super().__init__()
        self._fetcher = Fetcher(timeout_seconds=timeout_seconds, total_seconds=timeout_seconds, max_bytes=MAX_BYTES)

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002  The base class names these.
        timeout: Any = None,  # noqa: ARG002
        verify: Any = True,  # noqa: ARG002
        cert: Any = None,  # noqa: ARG002
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002
    ) -> requests.Response:
        """Raises requests.ConnectionError for whatever the fetcher refuses or cannot reach."""
        # Forms and JSON alone are sent, never a file: text or bytes.
        body = request.body.encode() if isinstance(request.body, str) else request.body
        content = body if isinstance(body, bytes) else None
        headers = {name: str(value) for name, value in request.headers.items() if name.lower() != "accept-encoding"}
        try:
            fetched = self._fetcher.exchange(
                request.method or "GET", request.url or "", headers=headers, content=content
            )
        except (FetchFailed, FetchRefused, ResponseTooLarge) as error:
            raise requests.ConnectionError(str(error), request=request) from error
        if 300 <= fetched.status < 400:
            raise requests.TooManyRedirects(
                _("%(url)s verwijst door; dat wordt hier niet gevolgd.") % {"url": fetched.url}, request=request
            )
        response = requests.Response()
        response.status_code = fetched.status
        response.headers["content-type"] = fetched.content_type
        response.url = fetched.url
        response.request = request
        response.encoding = requests.utils.get_encoding_from_headers(response.headers)
        response._content = fetched.body
        return response

    def close(self) -> None:
        self._fetcher.close()


def guarded_session(*, timeout_seconds: float) -> requests.Session:
    """A session whose every request goes through the guarded fetcher; proxies of the environment are not used."""
    session = requests.Session()
    session.trust_env = False
    session.max_redirects = 0
    adapter = GuardedAdapter(timeout_seconds=timeout_seconds)
    for scheme in ("https://", "http://"):
        session.mount(scheme, adapter)
    return session
