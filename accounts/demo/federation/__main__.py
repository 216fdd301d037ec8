"""`python -m accounts.demo.federation`: serve the demonstration federation until it is told to stop."""

import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

import django
from django.conf import settings

from accounts.demo.claims import ENTREE, KINDS
from accounts.demo.federation.options import Options, use
from accounts.demo.federation.server import PortTaken, Server, listen
from accounts.demo.federation.settings import settings_for

CLIENT = "keuzecatalogus"
SECRET = "demonstratie"  # noqa: S105  It guards invented people on the loopback address.
MAX_PORT = 65_535


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0 where it was told to stop."""
    given = _parser().parse_args(arguments)
    try:
        server = listen(given.port)
    except PortTaken as taken:
        print(f"✗ {taken} is bezet: stop wat daar luistert, of kies een andere --port.", file=sys.stderr)  # noqa: T201
        return 1
    options = Options(
        port=server.port,
        state=given.state,
        redirects=tuple(given.redirect),
        client_id=given.client,
        client_secret=given.secret,
        claims=given.claims,
        site_url=given.site_url or "",
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    with server:
        try:
            _serve(server, options)
        except KeyboardInterrupt:
            return 0
        except OSError as error:
            print(f"✗ {given.state} is niet te gebruiken: {error.strerror}. Kies een andere --state.", file=sys.stderr)  # noqa: T201
            return 1
    return 0


def _serve(server: Server, options: Options) -> None:
    options.state.mkdir(parents=True, exist_ok=True)
    use(options)
    settings.configure(**settings_for(options))
    django.setup()
    # Now that there are settings, what rests on them can be imported.
    from django.core.wsgi import get_wsgi_application

    from accounts.demo.federation.store import fill

    fill(options)
    print(f"Demonstratiefederatie klaar op {options.issuer} (Ctrl-C stopt).", flush=True)  # noqa: T201
    server.serve(get_wsgi_application())


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="python -m accounts.demo.federation",
        description="Start een OpenID-provider met verzonnen mensen, alleen op 127.0.0.1.",
    )
    add = parser.add_argument
    add("--port", type=_port, required=True, help="Poort; 0 kiest een vrije.")
    add("--state", type=Path, required=True, metavar="MAP", help="Map voor de sleutel en de database.")
    add(
        "--redirect",
        type=_address,
        action="append",
        required=True,
        metavar="ADRES",
        help="Adres waarheen de catalogus mensen terug laat sturen; mag vaker. Bij 127.0.0.1 telt de poort niet mee.",
    )
    add("--client", default=CLIENT, help="Naam van de catalogus hier (standaard %(default)s).")
    add("--secret", default=SECRET, help="Geheim van de catalogus hier.")
    add("--claims", choices=KINDS, default=ENTREE, help="Namen van de kenmerken (standaard %(default)s).")
    add("--site-url", type=_address, metavar="ADRES", help="Adres van de catalogus zelf.")
    return parser


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) <= MAX_PORT:
        return int(text)
    raise ArgumentTypeError(f"“{text}” is geen poort: geef een getal van 0 tot en met {MAX_PORT}")


def _address(text: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme in {"http", "https"} and parts.hostname and not parts.fragment:
        return text
    raise ArgumentTypeError(f"“{text}” is geen adres: geef het volledig, met http:// of https://")


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
