"""Room on the disk: looked at before anything starts, and named where it runs out all the same."""

import contextlib
import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

from devstack.errors import DevstackError

# Jars 41 MB twice, a new cluster 40 MB, a harvest of 20,830 records with its index some 500 MB; the rest is to work in.
FIRST_START_MB = 2000
LATER_START_MB = 300


def check_space(*folders: Path, first: bool) -> None:
    needed = FIRST_START_MB if first else LATER_START_MB
    for folder in folders:
        place = folder
        while not place.exists():
            place = place.parent
        free = shutil.disk_usage(place).free // 1_000_000
        if free < needed:
            raise DevstackError(
                f"Te weinig schijfruimte bij {place}: {free} MB vrij, {needed} MB nodig.",
                remedy="Maak ruimte vrij (make clean verwijdert de gegevens van deze map) en probeer het opnieuw.",
            )


@contextlib.contextmanager
def full_disk_named(place: Path) -> Iterator[None]:
    """Turn the system's error of a full disk or a used-up quota into one with a remedy."""
    try:
        yield
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        raise DevstackError(
            f"De schijf is vol bij {error.filename or place}.", remedy="Maak ruimte vrij en probeer het opnieuw."
        ) from error
