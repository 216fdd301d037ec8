"""Finds a full JDK of 21 or newer, also where the `java` on the PATH is older."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

LEAST_VERSION = 21  # The server's classes are compiled for it (class files of version 65).
_JVM_FOLDERS = (
    "/usr/lib/jvm",
    "/usr/java",
    "/opt/java",
    "/Library/Java/JavaVirtualMachines",
    "~/.sdkman/candidates/java",
    "~/.jdks",
)


@dataclass(frozen=True)
class Jdk:
    home: Path
    version: int

    def program(self, name: str) -> str:
        return str(self.home / "bin" / name)


def read_jdk(home: Path) -> Jdk | None:
    """The JDK in that folder; None where there is none, or no full one.

    A trimmed run time lacks modules that the server names (jdk.jlink), so their programs must be there.
    """
    try:
        release = (home / "release").read_text()
    except OSError:
        return None
    found = re.search(r'^JAVA_VERSION="(?:1\.)?(\d+)', release, re.MULTILINE)
    if found is None or not all((home / "bin" / name).exists() for name in ("java", "javac", "jlink")):
        return None
    return Jdk(home, int(found[1]))


def _candidates(environment: Mapping[str, str], jvm_folders: tuple[str, ...]) -> Iterator[list[Path]]:
    """Folders in order of preference; within one list the lowest version that suffices is taken."""
    if environment.get("JAVA_HOME"):
        yield [Path(environment["JAVA_HOME"])]
    for name in ("javac", "java"):
        program = shutil.which(name, path=environment.get("PATH"))
        if program:
            yield [Path(program).resolve().parent.parent]
    installed = [child for folder in jvm_folders for child in sorted(Path(folder).expanduser().glob("*"))]
    yield [*installed, *(child / "Contents" / "Home" for child in installed)]


def find_jdk(environment: Mapping[str, str] | None = None, jvm_folders: tuple[str, ...] = _JVM_FOLDERS) -> Jdk | None:
    """JAVA_HOME before the PATH before what the system has installed; None where nothing suffices."""
    for homes in _candidates(os.environ if environment is None else environment, jvm_folders):
        found = [jdk for home in homes if (jdk := read_jdk(home)) and jdk.version >= LEAST_VERSION]
        if found:
            return min(found, key=lambda jdk: jdk.version)  # Nearest to the version that the node was tried with.
    return None
