"""The demonstration federation for tests: real providers in processes of their own, and the walk of who signs in there.

    def test_teacher(client, db, federation):
        response = federation.sign_in(client, "docent", next="/")
        federation.misbehave(signature="none")   # see accounts/demo/federation/README.md; gone when the test ends

`federation` speaks as Entree, `other_federation` as SURFconext; taking one puts it into `settings.FEDERATIONS`. People
are called by their key in accounts/demo/people.py. Each worker of a run has providers of its own. They send back to
`testserver` and to 127.0.0.1 at any port, so a `live_server` is served too.
"""

import re
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from accounts.demo.claims import ENTREE, SURFCONEXT, subject_of
from accounts.demo.people import person_by_key

REPOSITORY = Path(__file__).resolve().parent.parent
START_SECONDS = 60
CLIENT_ID, CLIENT_SECRET = "keuzecatalogus-test", "geheim-voor-tests"
TLS = ssl.create_default_context()
"""Nothing here speaks TLS, and a client that makes its own takes longer over it than over the visit."""
HOSTS = ("http://testserver", "http://127.0.0.1")


class NotSentBack(AssertionError):
    """The provider did not send the person back; response says what it did."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(f"{response.request.url} answered {response.status_code}: {response.text[:500]}")
        self.response = response


class Federation:
    """A provider that runs. name: in settings.FEDERATIONS; claims: entree or surfconext; issuer: its address."""

    def __init__(self, *, name: str, claims: str, issuer: str) -> None:
        self.name, self.claims, self.issuer = name, claims, issuer

    @property
    def settings(self) -> dict[str, str]:
        return {
            "label": f"Demonstratie {self.name}",
            "issuer": self.issuer,
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "claims": self.claims,
        }

    def misbehave(self, **misbehaviour: Any) -> None:
        """From now on this goes wrong and nothing else."""
        answer = httpx.post(f"{self.issuer}/misbehave", json=misbehaviour, verify=TLS)
        assert answer.status_code == 204, answer.text

    def reset(self) -> None:
        self.misbehave()

    def subject(self, person: str) -> str:
        """By what a person is known here."""
        found = person_by_key(person)
        assert found is not None, person
        return subject_of(found, self.claims)

    def sign_in(
        self,
        client: Client,
        person: str,
        next: str = "",  # noqa: A002  As in the address.
        *,
        follow: bool = True,
    ) -> HttpResponseBase:
        """Walk from our sign-in to the provider and back; our last answer, after redirects of ours where follow.

        Where our own side does not send the person on, that answer. Raises NotSentBack where the provider does not.
        """
        sent = self.begin(client, next)
        if sent.status_code != 302:
            return sent
        back = self.walk(sent["Location"], person)
        return client.get(back, follow=follow)

    def begin(self, client: Client, next: str = "") -> HttpResponseBase:  # noqa: A002  Idem.
        """Our answer to who wants to sign in: normally a redirect to the provider."""
        return client.get(reverse("federation_login", kwargs={"name": self.name}), {"next": next} if next else {})

    def walk(self, address: str, person: str) -> str:
        """Sign in at the provider as that person; the path and query on our side that it sends the browser to."""
        with httpx.Client(timeout=60, verify=TLS) as browser:
            page = self._follow(browser, browser.get(address))
            if page.next_request is not None:  # Sent on without being asked, as after an error.
                return _path(str(page.next_request.url))
            fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))
            if page.status_code != 200 or not fields:
                raise NotSentBack(page)
            fields = {name: unescape(value) for name, value in fields.items()} | {"person": person}
            action = re.search(r'<form method="post" action="([^"]*)"', page.text)
            assert action, page.text
            address = urljoin(str(page.url), action[1])
            headers = {"Origin": self.issuer}
            last = self._follow(browser, browser.post(address, data=fields, headers=headers))
        if last.next_request is None:
            raise NotSentBack(last)
        return _path(str(last.next_request.url))

    def _follow(self, browser: httpx.Client, response: httpx.Response) -> httpx.Response:
        """Redirects inside the provider; the first answer that is none, or that leads away from it."""
        while response.next_request is not None and str(response.next_request.url).startswith(f"{self.issuer}/"):
            response = browser.send(response.next_request)
        return response


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def run_federation(name: str, claims: str, state: Path) -> Iterator[Federation]:
    """A provider that runs until the generator is closed; state is its folder."""
    path = reverse("federation_callback", kwargs={"name": name})
    log = state / "output.txt"
    with log.open("w") as output:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "accounts.demo.federation", "--port", "0", "--state", str(state)),
                *("--client", CLIENT_ID, "--secret", CLIENT_SECRET, "--claims", claims),
                *(part for host in HOSTS for part in ("--redirect", f"{host}{path}")),
            ],
            cwd=REPOSITORY,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Federation(name=name, claims=claims, issuer=_issuer(process, log))
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _issuer(process: subprocess.Popen[bytes], log: Path) -> str:
    """The address in the line that says that it is ready."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        ready = re.search(r"klaar op (http://127\.0\.0\.1:\d+) ", log.read_text())
        if ready:
            return ready[1]
        time.sleep(0.05)
    raise AssertionError(f"the federation did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def federation_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    yield from run_federation("entree", ENTREE, tmp_path_factory.mktemp("federation"))


@pytest.fixture(scope="session")
def other_federation_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    yield from run_federation("surfconext", SURFCONEXT, tmp_path_factory.mktemp("other-federation"))


@pytest.fixture
def federation(federation_process: Federation, settings: Any) -> Iterator[Federation]:
    """The federation that speaks as Entree, well-behaved at the start."""
    yield from _in_settings(federation_process, settings)


@pytest.fixture
def other_federation(other_federation_process: Federation, settings: Any) -> Iterator[Federation]:
    """The one that speaks as SURFconext."""
    yield from _in_settings(other_federation_process, settings)


def _in_settings(federation: Federation, settings: Any) -> Iterator[Federation]:
    settings.FEDERATIONS = {**settings.FEDERATIONS, federation.name: federation.settings}
    federation.reset()
    yield federation
    federation.reset()
