"""The command line as its user sees it: answers, exit codes, one line for what is wrong."""

import os
import subprocess
import sys

import pytest

from devstack import cli
from devstack.cli import main


@pytest.fixture
def base(folder):
    return folder.context.checkout.base


def test_status_of_a_new_checkout(base, capsys):
    assert main(["status"], base=base) == 3
    output = capsys.readouterr().out
    assert [line.split()[:2] for line in output.splitlines()[1:]] == [
        ["PostgreSQL", "gestopt"],
        ["Valkey", "gestopt"],
        ["Elasticsearch", "gestopt"],
    ]


def test_status_env_without_services_names_the_remedy(base, capsys):
    assert main(["status", "--env"], base=base) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "python -m devstack up" in captured.err


def test_status_env_prints_lines_for_eval(base, capsys, monkeypatch):
    addresses = {
        "DATABASE_URL": "postgres://anna:it's@127.0.0.1/db",
        "REDIS_URL": "redis://127.0.0.1/1",
        "ELASTICSEARCH_URL": "http://127.0.0.1:9200",
    }
    for name, value in addresses.items():
        monkeypatch.setenv(name, value)
    assert main(["status", "--env"], base=base) == 0
    lines = capsys.readouterr().out
    script = f'{lines}\nprintf "%s\\n" "$DATABASE_URL" "$REDIS_URL" "$ELASTICSEARCH_URL"'
    shown = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines() == list(addresses.values())


def test_a_full_disk_gives_one_line(base, capsys, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device", "/data/postgres")

    monkeypatch.setitem(cli._COMMANDS, "up", fail)
    assert main(["up"], base=base) == 1
    assert "✗ De schijf is vol bij /data/postgres." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "--port", "80"], "80 is geen poort van 1024 tot en met 65535"),
        (["run", "--port", "web"], "web is geen poort"),
        (["run", "--records", "-1"], "-1 is geen aantal"),
        (["dance"], "invalid choice: 'dance'"),
    ],
)
def test_wrong_arguments(arguments, message, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert message in capsys.readouterr().err


def test_exec_without_a_command(base, capsys):
    assert main(["exec"], base=base) == 1
    assert "Er is geen opdracht gegeven." in capsys.readouterr().err


def test_a_missing_package_gives_one_line(tmp_path):
    """As with a .venv that is not filled: without site-packages nothing of ours but the standard library is found."""
    place = os.fspath(cli._BASE)
    code = f"import runpy, sys; sys.path.insert(0, {place!r}); runpy.run_module('devstack', run_name='__main__')"
    command = [sys.executable, "-I", "-S", "-c", code]
    tried = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert tried.returncode == 1
    assert "Het Python-pakket rich ontbreekt." in tried.stderr
    assert "make install" in tried.stderr
    assert "Traceback" not in tried.stderr
