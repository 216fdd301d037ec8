"""Installs a locked requirements file into this virtual environment, only when the file has changed.

`.venv/bin/python -m devstack.requirements requirements-devstack.txt`. Standard library alone: it runs before the rest.
"""

import hashlib
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path


def stamp_of(requirements: Path, environment: Path) -> Path:
    """The file whose presence says that this very text was installed in full with this Python."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    digest = hashlib.sha256(requirements.read_bytes() + version.encode()).hexdigest()[:16]
    return environment / f".installed-{requirements.stem}-{digest}"


def install(requirements: Path, environment: Path) -> int:
    stamp = stamp_of(requirements, environment)
    if stamp.exists():
        return 0
    sys.stderr.write(f"› Python-pakketten installeren uit {requirements.name} (eenmalig, kan enkele minuten duren) …\n")
    started = time.monotonic()
    pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "-q"]
    done = subprocess.run([*pip, "--require-hashes", "-r", str(requirements)], check=False)
    if done.returncode != 0:
        sys.stderr.write("✗ Het installeren is mislukt; zie de regels hierboven.\n")
        sys.stderr.write("  → Kijk of het netwerk werkt en er ruimte is op de schijf, en probeer het opnieuw.\n")
        return 1
    for older in environment.glob(f".installed-{requirements.stem}-*"):
        older.unlink()
    stamp.touch()
    sys.stderr.write(f"✓ Python-pakketten geïnstalleerd {time.monotonic() - started:.0f} s\n")
    return 0


def main(argv: Sequence[str]) -> int:
    return max(install(Path(name), Path(sys.prefix)) for name in argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
