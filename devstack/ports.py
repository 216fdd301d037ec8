"""Ports on the loopback address: chosen free at the first start, remembered, chosen anew when another took one."""

import json
import socket
from dataclasses import dataclass
from pathlib import Path

from devstack.errors import DevstackError
from devstack.pidfile import write_whole

# Below the range out of which systems give ports to outgoing connections (from 32768), above the well-known servers.
LOWEST, HIGHEST = 21000, 31999


def is_free(port: int) -> bool:
    """Whether a server can listen there now; a fading connection of an earlier server does not hinder."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@dataclass(frozen=True)
class PortBook:
    """The ports of one checkout by name; key spreads checkouts over the range so that they seldom meet."""

    path: Path
    key: str

    def _read(self) -> dict[str, int]:
        try:
            return {str(name): int(port) for name, port in json.loads(self.path.read_text()).items()}
        except (FileNotFoundError, ValueError, AttributeError, TypeError):
            return {}

    def get(self, name: str) -> int | None:
        """The remembered port, whether or not it is free."""
        return self._read().get(name)

    def reserve(self, name: str) -> int:
        """A port on which the server of that name can be started now: the remembered one where it is free."""
        book = self._read()
        known = book.get(name)
        if known is not None and is_free(known):
            return known
        taken = {port for other, port in book.items() if other != name}
        first = int(self.key, 16) % (HIGHEST - LOWEST + 1)
        for offset in range(HIGHEST - LOWEST + 1):
            port = LOWEST + (first + offset) % (HIGHEST - LOWEST + 1)
            if port not in taken and is_free(port):
                book[name] = port
                self.path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(self.path, json.dumps(book, indent=1))
                return port
        raise DevstackError(
            f"Geen vrije poort gevonden tussen {LOWEST} en {HIGHEST}.",
            remedy="Sluit programma's af die poorten bezet houden.",
        )
