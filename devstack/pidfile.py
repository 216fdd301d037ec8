"""Notes of running processes that never mistake another process for ours.

A pid alone proves nothing: after a crash or a restart of the machine the system gives the number to another program.
So a note holds the process's birth too, and both must agree.
"""

import json
import os
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

from devstack.report import Report


def birth_of(pid: int) -> str | None:
    """A text that no other process of this machine ever has; None where no such process lives (a zombie does not)."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            fields = stat.read_text(errors="replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return None
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return None if fields[0] in "ZX" else f"{boot}:{fields[19]}"  # Field 22 of proc(5): start in ticks since boot.
    found = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout.strip() or None


def command_of(pid: int) -> str:
    """The command line of a process, or "" where it cannot be read."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        found = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return found.stdout.strip()


def write_whole(path: Path, text: str, *, mode: int = 0o644) -> None:
    """Write a file so that a reader, or a crash, sees the old text or the new one and nothing between."""
    aside = path.with_name(f"{path.name}.{os.getpid()}.part")
    aside.touch(mode=mode)
    aside.write_text(text)
    aside.replace(path)


@dataclass(frozen=True)
class Note:
    pid: int
    birth: str
    detail: str = ""


@dataclass(frozen=True)
class PidFile:
    """One process's note on disk; label is its name for the reader."""

    path: Path
    label: str

    def write(self, pid: int, *, detail: str = "") -> None:
        birth = birth_of(pid)
        if birth is not None:  # It may have died already; whoever waits for it sees that.
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.path, json.dumps(asdict(Note(pid, birth, detail))))

    def read(self, report: Report) -> Note | None:
        """The note of a process that lives; a left-over note is removed, with a line that says so."""
        try:
            note = Note(**json.loads(self.path.read_text()))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError):
            report.note(f"Onleesbaar pid-bestand van {self.label} opgeruimd ({self.path}).")
            self.remove()
            return None
        birth = birth_of(note.pid)
        if birth == note.birth:
            return note
        now = "bestaat niet meer" if birth is None else f"is nu een ander programma ({command_of(note.pid)[:60]})"
        report.note(f"Achtergebleven pid-bestand van {self.label} opgeruimd: proces {note.pid} {now}.")
        self.remove()
        return None

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)
