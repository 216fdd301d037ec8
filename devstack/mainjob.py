"""The main job as one table: what `run` does on top of the services, in this order."""

import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

MANAGE = (sys.executable, "manage.py")

FEDERATION = "entree"
"""The demonstration federation's name in the site's settings; it stands in the addresses below."""

FEDERATION_CLIENT, FEDERATION_SECRET = "keuzecatalogus", "demonstratie"  # They guard invented people alone.
FEDERATION_CALLBACK = f"account/aanmelden/via/{FEDERATION}/terug/"


@dataclass(frozen=True)
class Command:
    """A program that runs to its end. shows_progress: it writes to the terminal itself."""

    key: str
    doing: str
    done: str
    argv: tuple[str, ...]
    shows_progress: bool = False


@dataclass(frozen=True)
class Daemon:
    """A program that stays. ready_url: answers 200 when it is ready; "" where living is enough."""

    key: str
    label: str
    argv: tuple[str, ...]
    ready_url: str = ""
    ready_seconds: float = 60
    grace_seconds: float = 10


@dataclass(frozen=True)
class Start:
    daemon: Daemon


@dataclass(frozen=True)
class Await:
    """Wait until a daemon that was started is ready."""

    daemon: Daemon


@dataclass(frozen=True)
class AwaitService:
    """Wait until a service that was started is ready."""

    key: str


Entry = Command | Start | Await | AwaitService


_INDEX: tuple[Entry, ...] = (
    AwaitService("elasticsearch"),
    Command(
        "search-rebuild",
        "Zoekindex bouwen",
        "Zoekindex staat",
        (*MANAGE, "search", "rebuild", "--if-missing"),
        shows_progress=True,
    ),
)


@dataclass(frozen=True)
class JobOptions:
    """port: of the site; demo_port: of the demonstration Koppelpunt, with so many records; state: `.devstack/`.

    federation_port: of the demonstration federation, by which invented people of schools sign in.
    has_engine: there is a search engine, whose index must stand before the site does; else the database answers.
    """

    port: int
    demo_port: int
    federation_port: int
    records: int
    state: Path
    has_engine: bool = True

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def federation(self) -> str:
        return f"http://127.0.0.1:{self.federation_port}"

    @property
    def mail(self) -> Path:
        """Where the demonstration puts what it would send, for who tries it to read."""
        return self.state / "mail"

    def environment(self) -> dict[str, str]:
        """What the site must know besides its services, as docs/operations.md lists it."""
        prefix = f"FEDERATION_{FEDERATION.upper()}"
        return {
            "DJANGO_SETTINGS_MODULE": "config.settings.demo",
            "SITE_URL": self.site,
            "FEDERATIONS": FEDERATION,
            f"{prefix}_ISSUER": self.federation,
            f"{prefix}_CLIENT_ID": FEDERATION_CLIENT,
            f"{prefix}_CLIENT_SECRET": FEDERATION_SECRET,
            f"{prefix}_CLAIMS": "entree",
            f"{prefix}_LABEL": "Schoolaccount (demonstratie)",
            # One file for each message. Of the path after the empty host, django-environ drops the first slash.
            "EMAIL_URL": f"filemail:///{quote(str(self.mail))}",
        }


def main_job(options: JobOptions) -> tuple[Entry, ...]:
    """What starts slowly (the demonstration's servers, the search engine) starts first and is awaited where needed."""
    feed = f"http://127.0.0.1:{options.demo_port}/sru"
    demo = Daemon(
        "demo",
        "Demonstratie-Koppelpunt",
        (
            *(*MANAGE, "demo_koppelpunt", "--records", str(options.records)),
            *("--port", str(options.demo_port), "--seed", "1"),
        ),
        ready_url=f"{feed}?operation=searchRetrieve&version=1.2&query=*&maximumRecords=0",
        ready_seconds=120,
    )
    federation = Daemon(
        "federation",
        "Demonstratiefederatie",
        (
            *(sys.executable, "-m", "accounts.demo.federation", "--port", str(options.federation_port)),
            *("--state", str(options.state / "federation"), "--site-url", options.site),
            *("--client", FEDERATION_CLIENT, "--secret", FEDERATION_SECRET),
            *("--redirect", f"{options.site}{FEDERATION_CALLBACK}"),
            *("--redirect", f"http://localhost:{options.port}/{FEDERATION_CALLBACK}"),
        ),
        ready_url=f"{options.federation}/.well-known/openid-configuration",
    )
    worker = Daemon(
        "worker",
        "Celery-worker",
        (
            *(sys.executable, "-m", "celery", "-A", "config", "worker", "-B"),
            *("--schedule-filename", str(options.state / "celerybeat-schedule")),
            *("--loglevel", "WARNING", "--concurrency", "2"),  # A long harvest never holds up the outbox.
        ),
        grace_seconds=20,  # It ends the task in hand first.
    )
    web = Daemon(
        "web",
        "Webserver",
        (
            *(sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{options.port}"),
            *("--workers", "2", "--threads", "4"),
            # A search of a hundred choices has an address above the usual 4,094 bytes.
            *("--limit-request-line", "8190"),
            "--no-control-socket",  # It would stand in the home folder, where two checkouts meet.
        ),
        ready_url=f"{options.site}healthz",
    )
    return (
        Start(demo),
        Start(federation),
        Command("migrate", "Database bijwerken", "Database is bij", (*MANAGE, "migrate", "--no-input")),
        Command("seed", "Begrippenlijsten laden", "Begrippenlijsten geladen", (*MANAGE, "seed")),
        Command(
            "collectstatic",
            "Stijlen en scripts klaarzetten",
            "Stijlen en scripts klaargezet",
            (*MANAGE, "collectstatic", "--no-input"),
        ),
        Await(demo),
        Command(
            "harvest",
            "Catalogus ophalen bij het demonstratie-Koppelpunt",
            "Catalogus is opgehaald",
            (*MANAGE, "harvest", "demo", "--url", feed, "--if-never", "--every-hours", "24"),
            shows_progress=True,
        ),
        # After the harvest, for some of them speak for a publisher.
        Command("people", "Verzonnen mensen opslaan", "Verzonnen mensen staan klaar", (*MANAGE, "demo_people", "load")),
        # Before the index is built, so that it holds them; after the people, for one of them wrote some.
        Command(
            "reviews",
            "Verzonnen beoordelingen opslaan",
            "Verzonnen beoordelingen staan klaar",
            (*MANAGE, "demo_reviews"),
        ),
        *(_INDEX if options.has_engine else ()),
        Await(federation),
        Start(worker),
        Start(web),
        Await(web),
        Command(
            "accounts",
            "Accounts van de demonstratie opzoeken",
            "Hierboven staat wie zich kan aanmelden, en hoe",
            (*MANAGE, "demo_people", "list"),
            shows_progress=True,
        ),
    )


def daemons(entries: tuple[Entry, ...]) -> tuple[Daemon, ...]:
    """The daemons in the order in which they start."""
    return tuple(entry.daemon for entry in entries if isinstance(entry, Start))
