"""Who uses the services now, so that the first command to end does not take them away from the next.

Each `run` and `exec` keeps a note while it lives. The services stop with the last of them, but those that `up` started
stay until `down`.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from devstack.pidfile import PidFile
from devstack.report import Report


@dataclass(frozen=True)
class Leases:
    folder: Path

    def _file(self, pid: int) -> PidFile:
        return PidFile(self.folder / f"{pid}.json", "een eerdere opdracht")

    def join(self, command: str) -> None:
        """Note that this process uses the services; command is its name for the reader."""
        self._file(os.getpid()).write(os.getpid(), detail=command)

    def leave(self) -> None:
        self._file(os.getpid()).remove()

    def others(self, report: Report) -> list[str]:
        """What other living processes use them, as "make run (proces 12)"; notes of dead ones are removed."""
        if not self.folder.exists():
            return []
        notes = [PidFile(path, "een eerdere opdracht").read(report) for path in sorted(self.folder.glob("*.json"))]
        return [f"{note.detail} (proces {note.pid})" for note in notes if note is not None and note.pid != os.getpid()]
