"""Finds which program listens on a port, for the message that names it."""

from pathlib import Path

from devstack.pidfile import command_of

_LISTENING = "0A"  # State of a socket in proc(5)'s net/tcp.


def holder_of(port: int, proc: Path = Path("/proc")) -> str:
    """The program as "gunicorn … (proces 12)"; "" where the system does not tell (another user's, or no Linux)."""
    inodes = _listening_inodes(port, proc)
    if not inodes:
        return ""
    for process in proc.glob("[0-9]*"):
        if _holds(process, inodes):
            return f"{command_of(int(process.name))[:80]} (proces {process.name})"
    return ""


def _listening_inodes(port: int, proc: Path) -> set[str]:
    found = set()
    for name in ("tcp", "tcp6"):
        try:
            lines = (proc / "net" / name).read_text().splitlines()[1:]
        except OSError:
            continue
        for fields in map(str.split, lines):
            if fields[3] == _LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
                found.add(fields[9])
    return found


def _holds(process: Path, inodes: set[str]) -> bool:
    try:
        return any(
            str(link.readlink()) in {f"socket:[{inode}]" for inode in inodes} for link in (process / "fd").iterdir()
        )
    except OSError:  # It ended meanwhile, or belongs to another user.
        return False
