"""What this provider was started with. Settings hold what Django asks for; what is ours stands here, with its types."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """port: of this provider. state: the folder for its database and keys. redirects: addresses of the one client.

    claims: by which names it speaks of people (accounts.demo.claims). site_url: the catalogue that it leads back to.
    """

    port: int
    state: Path
    redirects: tuple[str, ...]
    client_id: str
    client_secret: str
    claims: str
    site_url: str = ""

    @property
    def issuer(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def form_targets(self) -> tuple[str, ...]:
        """Where a form may lead to: Chromium holds every redirect that follows it to the policy's form-action.

        At the loopback address of version 4 any port does, for the provider takes any there (RFC 8252, clause 7.3).
        """
        parts = [urlsplit(redirect) for redirect in self.redirects]
        return tuple(
            sorted({f"{part.scheme}://{f'{HOST}:*' if part.hostname == HOST else part.netloc}" for part in parts})
        )


_given: list[Options] = []


def use(options: Options) -> None:
    """To be called once, before Django is set up."""
    _given[:] = [options]


def current() -> Options:
    return _given[0]
