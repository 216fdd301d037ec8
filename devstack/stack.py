"""The three services together: up, down, and in between the environment that points a program to them."""

import contextlib
from collections.abc import Collection, Sequence
from pathlib import Path

from devstack.context import Context
from devstack.elasticsearch.node import Elasticsearch
from devstack.errors import DevstackError, NotToBeHad
from devstack.external import External, address_in_environment
from devstack.leases import Leases
from devstack.locking import folder_lock
from devstack.no_engine import asked_for, basic_mode
from devstack.pidfile import write_whole
from devstack.postgres import Postgres
from devstack.preflight import check_space
from devstack.service import Service
from devstack.valkey import Valkey

SERVICES: tuple[type[Service], ...] = (Postgres, Valkey, Elasticsearch)


def own_services(context: Context) -> list[Service]:
    """The servers of this checkout, whatever the environment names."""
    return [inside(context) for inside in SERVICES]


def services_of(context: Context) -> list[Service]:
    """One service each; an address in the environment wins over a server of our own.

    The address of our own, as a shell has it after `eval "$(python -m devstack status --env)"`, is our own still.
    """
    chosen: list[Service] = []
    for inside, own in zip(SERVICES, own_services(context), strict=True):
        url = address_in_environment(inside.variable)
        chosen.append(External(context, inside=inside, url=url) if url and not _is_at(own, url) else own)
    return chosen


def _is_at(service: Service, url: str) -> bool:
    try:
        return service.address() == url
    except DevstackError:  # It never had an address.
        return False


class Stack:
    """The services of one checkout. services: for a part of them, or with other settings."""

    def __init__(self, context: Context, services: Sequence[Service] | None = None) -> None:
        self.context = context
        self._all = list(services_of(context) if services is None else services)
        self._found_running: set[str] = set()
        self._left_out: dict[str, str] = {}
        self._leases = Leases(context.checkout.pids / "users")

    @property
    def services(self) -> list[Service]:
        """Those that are used: all but what the last start had to do without."""
        absent = {service.key for service, _reason in self.done_without()}
        return [service for service in self._all if service.key not in absent]

    def has(self, key: str) -> bool:
        return any(service.key == key for service in self.services)

    def done_without(self) -> list[tuple[Service, str]]:
        """What the last start had to do without, with the reason for the reader."""
        return [(service, reason) for service in self._all if (reason := self._absence(service))]

    def _absence(self, service: Service) -> str:
        """Why it is done without, by this process or by the last start of the folder; "" where it is used."""
        mark = self._absence_mark(service)
        return self._left_out.get(service.key) or (mark.read_text() if mark.exists() else "")

    def up(
        self,
        *,
        keep: bool,
        command: str = "up",
        ready_later: Collection[str] = (),
        without: Collection[str] = (),
    ) -> None:
        """Start what does not run and wait until all is ready.

        keep: they stay when this process ends, until `down`; else they stop with the last command that uses them.
        ready_later: keys of services that the caller will `wait` for itself, at the point where it needs them.
        without: keys of services that are not wanted, whatever the environment names.
        """
        checkout = self.context.checkout
        with self._lock():
            check_space(
                checkout.base, first=not checkout.state.exists() or not (checkout.state / "ports.json").exists()
            )
            checkout.make_folders()
            if not keep:
                self._leases.join(command)
            for service in self._all:
                self._prepare(service, is_wanted=service.key not in without)
            self._found_running = {service.key for service in self.services if service.pid() is not None}
            for service in self.services:
                service.start()
                if keep:
                    self._keep_mark(service).touch()
            for service in self.services:
                if service.key not in ready_later:
                    self.wait(service.key)

    def _prepare(self, service: Service, *, is_wanted: bool) -> None:
        """Leaves a mark where the service is done without, so that `status` and `manage` know it.

        None where it runs for another command: that one's `status` and `manage` must find it.
        """
        mark = self._absence_mark(service)
        try:
            if not is_wanted:
                raise asked_for(service.label)
            service.prepare()
        except NotToBeHad as absence:
            self._left_out[service.key] = absence.message
            if service.pid() is None:
                write_whole(mark, absence.message)
            self.context.report.note(basic_mode(absence))
        else:
            self._left_out.pop(service.key, None)
            mark.unlink(missing_ok=True)

    def wait(self, key: str) -> None:
        """Come back when the service of that key does its work. Raises DevstackError when it does not come so far."""
        (service,) = (service for service in self.services if service.key == key)
        with self.context.report.step(f"Wachten op {service.label}") as step:
            service.wait_until_ready()
            found = "draaide al" if key in self._found_running else "gestart"
            step.done(f"{service.label} {'is van buiten en antwoordt' if service.is_external else found}")

    def leave(self) -> None:
        """End this process's use: what neither `up` nor another command wants stops."""
        with self._lock():
            self._leases.leave()
            others = self._leases.others(self.context.report)
            for service in reversed(self._all):
                if service.pid() is None or self._keep_mark(service).exists():
                    continue
                if others:
                    self.context.report.note(f"{service.label} blijft draaien voor {', '.join(others)}.")
                else:
                    self._stop(service)

    def down(self) -> None:
        """Stop all servers of this checkout, whoever started them, and no others."""
        with self._lock():
            running = [service for service in self._all if service.pid() is not None]
            for service in reversed(running):
                self._stop(service)
            for service in self._all:
                self._keep_mark(service).unlink(missing_ok=True)
                self._left_out.pop(service.key, None)
                self._absence_mark(service).unlink(missing_ok=True)
            if not running:
                self.context.report.say("Er draaiden geen diensten van deze map.")

    def _stop(self, service: Service) -> None:
        with self.context.report.step(f"{service.label} stoppen") as step:
            service.stop()
            step.done(f"{service.label} gestopt")

    def environment(self) -> dict[str, str]:
        """DATABASE_URL, REDIS_URL and ELASTICSEARCH_URL; empty for what is done without, whatever a shell still has."""
        used = {service.variable: service.address() for service in self.services}
        return used | {service.variable: "" for service, _reason in self.done_without()}

    def _keep_mark(self, service: Service) -> Path:
        return self.context.checkout.pids / f"{service.key}.keep"

    def _absence_mark(self, service: Service) -> Path:
        return self.context.checkout.pids / f"{service.key}.without"

    def _lock(self) -> contextlib.AbstractContextManager[None]:
        return folder_lock(
            self.context.checkout.state, self.context, waiting_for="een andere devstack-opdracht in deze map"
        )
