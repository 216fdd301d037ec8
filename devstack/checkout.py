"""Where things stand: every path of one checkout, derived from its own folder."""

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Checkout:
    """base: the folder with manage.py; shared_temp: parent of the folder that an unprivileged user can reach."""

    base: Path
    shared_temp: Path = Path("/var/tmp")  # noqa: S108  Survives a restart; the folder in it is checked (postgres_home.py).

    @property
    def state(self) -> Path:
        return self.base / ".devstack"

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def pids(self) -> Path:
        return self.state / "run"

    @property
    def key(self) -> str:
        """Eight signs that tell this checkout from every other one on the machine."""
        return hashlib.sha256(str(self.base.resolve()).encode()).hexdigest()[:8]

    @property
    def outside(self) -> Path:
        """The folder of this checkout's own outside it, used only where another user must reach the data."""
        return self.shared_temp / f"open-keuzecatalogus-{self.key}"

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def make_folders(self) -> None:
        for folder in (self.state, self.logs, self.pids):
            folder.mkdir(parents=True, exist_ok=True)
