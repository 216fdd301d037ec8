"""Every command of ours tells how it is used."""

import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY


def own_commands() -> list[str]:
    folders = REPOSITORY.glob("*/management/commands/*.py")
    return sorted(path.stem for path in folders if path.stem != "__init__")


def test_there_are_commands():
    assert {"harvest", "ingest", "search", "seed", "demo_koppelpunt"} <= set(own_commands())


@pytest.mark.parametrize("command", own_commands())
def test_help_is_printed(command):
    done = subprocess.run(
        [sys.executable, "manage.py", command, "--help"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "usage" in done.stdout
