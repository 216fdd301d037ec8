"""Keeps the long-lived children of one run: starts them, sees one die, and stops exactly these."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx

from devstack.context import Context
from devstack.ending import end_orphans, exit_code
from devstack.mainjob import Daemon
from devstack.server_process import ServerProcess
from devstack.service import wait_for
from devstack.tools import failure


class Supervisor:
    """environment: what the children get; folder: where they run."""

    def __init__(self, context: Context, *, environment: Mapping[str, str], folder: Path) -> None:
        self._context = context
        self._environment = environment
        self._folder = folder
        self._children: dict[str, tuple[Daemon, ServerProcess, int]] = {}

    def _process(self, daemon: Daemon) -> ServerProcess:
        return ServerProcess(self._context, key=daemon.key, label=daemon.label)

    def clear_leftovers(self, daemons: Sequence[Daemon]) -> None:
        """Stop what an earlier run left behind because it was killed itself."""
        for daemon in reversed(daemons):
            process = self._process(daemon)
            if process.pid() is not None:
                self._context.report.note(f"{daemon.label} van een afgebroken run stond nog aan en is gestopt.")
                process.stop(grace_seconds=daemon.grace_seconds)

    def start(self, daemon: Daemon) -> None:
        process = self._process(daemon)
        pid = process.spawn(daemon.argv, cwd=self._folder, env=self._environment)
        self._children[daemon.key] = (daemon, process, pid)

    def wait_until_ready(self, daemon: Daemon) -> None:
        """Come back when its ready_url answers 200. Raises DevstackError when it, or another child, dies first."""
        _, process, pid = self._children[daemon.key]

        def is_alive() -> bool:
            self.check()
            return exit_code(pid) is None

        with httpx.Client(timeout=5, trust_env=False) as client:
            trouble = wait_for(
                self._context,
                lambda: is_alive() and _answers(client, daemon.ready_url),
                is_alive=is_alive,
                seconds=daemon.ready_seconds,
            )
        if trouble:
            raise failure(f"{daemon.label} {trouble}", process.log)

    def check(self) -> None:
        """Raise DevstackError where a child has died, with the last lines of its log."""
        for daemon, process, pid in self._children.values():
            code = exit_code(pid)
            if code is not None:
                raise failure(
                    f"{daemon.label} is onverwacht gestopt ({_how(code)})",
                    process.log,
                    remedy="Los op wat daar staat en start opnieuw met: make run",
                )

    def stop(self) -> None:
        """Stop the children, the last one started first."""
        for daemon, process, pid in reversed(tuple(self._children.values())):
            if exit_code(pid) is not None:
                # Whatever it had started would end by itself at its leisure, or not.
                end_orphans(pid)
                process.forget()
                continue
            with self._context.report.step(f"{daemon.label} stoppen") as step:
                process.stop(grace_seconds=daemon.grace_seconds)
                step.done(f"{daemon.label} gestopt")
        self._children.clear()


def _how(code: int) -> str:
    return f"code {code}" if code >= 0 else f"signaal {-code}"


def _answers(client: httpx.Client, url: str) -> bool:
    if not url:
        return True
    try:
        return client.get(url).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def with_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Our environment with these, and with output that reaches the log at once."""
    return {**os.environ, "PYTHONUNBUFFERED": "1", **extra}
