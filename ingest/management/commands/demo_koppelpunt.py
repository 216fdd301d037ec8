"""`manage.py demo_koppelpunt`: serve an invented catalogue as the Koppelpunt would, until it is told to stop."""

import signal
import sqlite3
import threading
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter
from types import FrameType
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogus.management.long_work import progress_bar
from catalogus.management.translated import TranslatedCommand
from ingest.demo.dice import MAX_SEED
from ingest.demo.faults import Troubles
from ingest.demo.publishers import SHELF
from ingest.demo.revisions import Catalogue
from ingest.demo.server import DemoKoppelpunt, PortTaken
from ingest.demo.service import CEILING

DEFAULT_PORT = 8900
MAX_PORT = 65_535
MAX_RECORDS = 100_000_000
"""More would not fit the article numbers, nor most discs."""


class Command(TranslatedCommand):
    # It touches no database and no setting, so it must start where those are not there.
    requires_system_checks: list[str] = []

    help = gettext_lazy("Start een demonstratie-Koppelpunt (SRU 1.2) met een verzonnen catalogus.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("--records", type=_whole(1, MAX_RECORDS), default=SHELF, help=_("Aantal records (standaard %(default)s)."))
        add(
            "--port",
            type=_whole(0, MAX_PORT),
            default=DEFAULT_PORT,
            help=_("Poort; 0 kiest een vrije (standaard %(default)s)."),
        )
        add("--host", default="127.0.0.1", help=_("Adres om op te luisteren (standaard %(default)s)."))
        add(
            "--seed",
            type=_whole(0, MAX_SEED),
            default=1,
            help=_("Hetzelfde getal geeft dezelfde catalogus (standaard %(default)s)."),
        )
        add(
            "--revision",
            type=_whole(0, 1_000),
            default=0,
            help=_("Stand van de catalogus: bij elke stand is er iets gewijzigd, weg en nieuw."),
        )
        add(
            "--step",
            type=_whole(0, MAX_RECORDS),
            default=0,
            help=_("Ga na elke zoveel opgevraagde bladzijden naar de volgende stand (standaard 0: nooit)."),
        )
        add(
            "--ceiling",
            type=_whole(1, MAX_RECORDS),
            default=CEILING,
            help=_("Hoeveel records van één resultaat bereikbaar zijn (standaard %(default)s)."),
        )
        for name, lowest, highest, default, text in _trouble_options():
            add(f"--{name.replace('_', '-')}", type=_whole(lowest, highest), default=default, help=text)

    def handle(self, *_args: Any, **options: Any) -> None:
        stopped = threading.Event()
        previous = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            for number in previous:
                signal.signal(number, _interrupt)
            self._serve(options, stopped)
        except KeyboardInterrupt:
            self.stdout.write(_("Gestopt."))
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)

    def _serve(self, options: dict[str, Any], stopped: threading.Event) -> None:
        started = perf_counter()
        with self._build(options) as server:
            self.stdout.write(
                _("Klaar in %(seconds)s s: %(records)s records op %(url)s (Ctrl-C stopt).")
                % {
                    "seconds": f"{perf_counter() - started:.1f}".replace(".", ","),
                    "records": f"{server.count():,}".replace(",", "."),
                    "url": server.url,
                }
            )
            self.stdout.flush()
            stopped.wait()

    def _build(self, options: dict[str, Any]) -> DemoKoppelpunt:
        host, port = options["host"], options["port"]
        with progress_bar() as progress:
            task = progress.add_task(_("Catalogus opbouwen"), total=_total(options))
            try:
                return DemoKoppelpunt(
                    **{
                        name: options[name]
                        for name in (*_SERVER_OPTIONS, *(option[0] for option in _trouble_options()))
                    },
                    progress=lambda done: progress.update(task, completed=done),
                )
            except PortTaken:
                raise CommandError(
                    _("Poort %(port)s op %(host)s is bezet: stop wat daar luistert, of kies een andere met --port.")
                    % {"port": port, "host": host}
                ) from None
            except sqlite3.OperationalError as error:
                raise CommandError(
                    _("De tijdelijke map is vol (%(error)s): maak ruimte of zet TMPDIR op een andere schijf.")
                    % {"error": error}
                ) from error
            except OSError as error:
                raise CommandError(
                    _("Luisteren op %(host)s, poort %(port)s lukt niet (%(error)s): kies een ander --host of --port.")
                    % {"host": host, "port": port, "error": error.strerror or error}
                ) from error


def _trouble_options() -> Iterator[tuple[str, int, int, int, str]]:
    """What can go wrong, by the names of Troubles: the lowest, the highest and the default number, and what it does."""
    yield "delay_ms", 0, 600_000, 0, _("Wacht zo lang voor elk antwoord (milliseconden).")
    amounts = Troubles()
    yield "slow_seconds", 1, 3_600, amounts.slow_seconds, _("Zo lang doet --slow-every erover (standaard %(default)s).")
    yield "huge_megabytes", 1, 1_000, amounts.huge_megabytes, _("Zo groot maakt --huge-every het (%(default)s).")
    yield "lie_by", -MAX_RECORDS, MAX_RECORDS, amounts.lie_by, _("Zo ver zit --lie-every ernaast (%(default)s).")
    for name, text in {
        "silent": _("Beantwoord elk zoveelste verzoek nooit."),
        "fail": _("Beantwoord elk zoveelste verzoek met een 503 en Retry-After."),
        "error": _("Beantwoord elk zoveelste verzoek met een 500."),
        "cut": _("Houd bij elk zoveelste verzoek midden in de XML op."),
        "torn": _("Verbreek bij elk zoveelste verzoek halverwege de verbinding."),
        "slow": _("Laat het antwoord op elk zoveelste verzoek druppelen."),
        "html": _("Beantwoord elk zoveelste verzoek met HTML en status 200."),
        "mistyped": _("Noem de XML bij elk zoveelste verzoek platte tekst."),
        "lie": _("Noem bij elk zoveelste verzoek een verkeerd aantal records."),
        "repeat": _("Geef bij elk zoveelste verzoek de eerste bladzijde, welke er ook gevraagd is."),
        "huge": _("Geef bij elk zoveelste verzoek één record een enorme titel."),
        "not_utf8": _("Zet bij elk zoveelste verzoek bytes in een titel die geen UTF-8 zijn."),
        "duplicate": _("Geef bij elk zoveelste verzoek twee records dezelfde identifier."),
        "broken": _("Maak de XML van elk zoveelste record stuk."),
    }.items():
        yield f"{name}_every", 0, MAX_RECORDS, 0, text


_SERVER_OPTIONS = ("records", "seed", "revision", "step", "host", "port", "ceiling")


def _total(options: dict[str, Any]) -> int:
    return len(Catalogue(options["records"], options["seed"], options["revision"]))


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """End at once, whether the catalogue is being built or served."""
    raise KeyboardInterrupt


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    return partial(_read_whole, lowest, highest)


def _read_whole(lowest: int, highest: int, text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = lowest - 1
    if not lowest <= number <= highest:
        raise ArgumentTypeError(
            _("geef een geheel getal van %(lowest)s tot en met %(highest)s") % {"lowest": lowest, "highest": highest}
        )
    return number
