"""What the tests need of the system: found, or named with the one line that installs it."""

import pytest

from devstack import system
from devstack.system import TEST_NEEDS, Need, choose_packages, ensure


def need(*packages: str, met: bool = False) -> Need:
    return Need("een JDK 21 of nieuwer", lambda: met, packages)


def test_the_first_package_that_the_lists_know_is_taken():
    chosen = choose_packages(
        [need("openjdk-21", "openjdk-25"), need("maven"), need("x")], {"openjdk-25", "maven"}.__contains__
    )
    assert chosen == (["openjdk-25", "maven"], ["een JDK 21 of nieuwer"])


def test_needs_that_are_met_say_nothing(capsys):
    assert ensure([need("maven", met=True)]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("has_apt", "line"),
    [
        (True, "→ sudo apt-get install maven"),
        (False, "→ Installeer zelf, de pakketlijsten hier kennen het niet: een JDK"),
    ],
)
def test_without_root_the_line_to_run_is_named(monkeypatch, capsys, has_apt, line):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", {"apt-get": "/usr/bin/apt-get"}.get if has_apt else {}.get)
    monkeypatch.setattr(system, "_knows", "maven".__eq__)
    assert ensure([need("maven")]) == 1
    output = capsys.readouterr().err
    assert "✗ Voor de tests ontbreekt: een JDK 21 of nieuwer." in output
    assert line in output


def test_the_machine_that_runs_the_tests_has_what_they_need():
    assert [need.label for need in TEST_NEEDS if not need.is_met()] == []
