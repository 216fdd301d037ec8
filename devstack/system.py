"""Sees to the programs of the system that the tests need: installs them where it may, else says what to install.

`python -m devstack.system`. Standard library alone, so that it runs before the Python requirements are installed.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from devstack.elasticsearch.java import LEAST_VERSION, find_jdk


@dataclass(frozen=True)
class Need:
    """A program; packages: names in apt, the first that the system's lists know is taken."""

    label: str
    is_met: Callable[[], bool]
    packages: tuple[str, ...]


def _on_path(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


TEST_NEEDS = (
    Need("Chromium", _on_path("chromium", "chromium-browser"), ("chromium", "chromium-browser")),
    Need("Maven", _on_path("mvn"), ("maven",)),
    Need(
        f"een JDK {LEAST_VERSION} of nieuwer",
        lambda: find_jdk() is not None,
        # Releases differ: Debian 13 has 21 and 25, Debian 12 has neither and may know one from a vendor's list.
        ("openjdk-21-jdk-headless", "openjdk-25-jdk-headless", "temurin-21-jdk", "temurin-25-jdk"),
    ),
)


def _knows(package: str) -> bool:
    shown = subprocess.run(["apt-cache", "show", package], capture_output=True, check=False)
    return shown.returncode == 0


def choose_packages(needs: Sequence[Need], knows: Callable[[str], bool]) -> tuple[list[str], list[str]]:
    """The packages to install, and the labels of needs for which the system's lists know none."""
    packages, unknown = [], []
    for need in needs:
        found = next((name for name in need.packages if knows(name)), None)
        if found is None:
            unknown.append(need.label)
        else:
            packages.append(found)
    return packages, unknown


def _apt_get(*arguments: str) -> None:
    """Its failure shows in what is missing afterwards."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", *arguments], env=environment, stdout=subprocess.DEVNULL, check=False)


def _install(missing: Sequence[Need]) -> None:
    sys.stderr.write(f"› Installeren met apt: {', '.join(need.label for need in missing)} …\n")
    _apt_get("update")
    packages, _ = choose_packages(missing, _knows)
    if packages:
        _apt_get("install", "-y", "--no-install-recommends", *packages)


def ensure(needs: Sequence[Need] = TEST_NEEDS) -> int:
    """0 when all needs are met, if need be by installing; else 1, after naming what is missing and the remedy."""
    missing = [need for need in needs if not need.is_met()]
    has_apt = shutil.which("apt-get") is not None
    if missing and has_apt and os.geteuid() == 0:
        _install(missing)
        missing = [need for need in needs if not need.is_met()]
    if not missing:
        return 0
    sys.stderr.write(f"✗ Voor de tests ontbreekt: {', '.join(need.label for need in missing)}.\n")
    packages, unknown = choose_packages(missing, _knows) if has_apt else ([], [need.label for need in missing])
    if packages:
        sys.stderr.write(f"  → sudo apt-get install {' '.join(packages)}\n")
    if unknown:
        sys.stderr.write(f"  → Installeer zelf, de pakketlijsten hier kennen het niet: {', '.join(unknown)}\n")
    return 1


if __name__ == "__main__":
    sys.exit(ensure())
