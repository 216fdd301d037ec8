"""A server that runs as a child of ours in a session of its own, and outlives the command that started it."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from devstack.context import Context
from devstack.ending import adopt, end_process
from devstack.pidfile import Note, PidFile
from devstack.tools import fresh_log


class ServerProcess:
    """Starts, finds and stops one such server by its pid file."""

    def __init__(self, context: Context, *, key: str, label: str) -> None:
        self._context = context
        self._key = key
        self._file = PidFile(context.checkout.pids / f"{key}.json", label)

    @property
    def log(self) -> Path:
        return self._context.checkout.log(self._key)

    def note(self) -> Note | None:
        return self._file.read(self._context.report)

    def pid(self) -> int | None:
        note = self.note()
        return note.pid if note else None

    def spawn(self, argv: Sequence[str], *, cwd: Path, env: Mapping[str, str] | None = None, detail: str = "") -> int:
        """Start the server and note it; detail is kept in the note."""
        with fresh_log(self.log).open("ab") as stream:
            process = subprocess.Popen(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                cwd=cwd,
                env=dict(env) if env is not None else None,
                start_new_session=True,
            )
        adopt(process)
        self._file.write(process.pid, detail=detail)
        return process.pid

    def stop(self, *, grace_seconds: float = 30) -> None:
        pid = self.pid()
        if pid is not None:
            end_process(self._context.interrupts, pid, grace_seconds=grace_seconds)
        self._file.remove()

    def forget(self) -> None:
        """Drop the note of a server that is known to have ended."""
        self._file.remove()
