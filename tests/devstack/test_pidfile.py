"""A note of a process never takes another process for ours."""

import json
import os
import subprocess
import sys

import pytest

from devstack.pidfile import PidFile, birth_of


@pytest.fixture
def note(folder):
    return PidFile(folder.context.checkout.pids / "valkey.json", "Valkey")


def test_living_process_is_found(folder, note):
    note.write(os.getpid(), detail="build-1")
    found = note.read(folder.context.report)
    assert (found.pid, found.detail) == (os.getpid(), "build-1")
    assert folder.text == ""


def test_note_of_a_process_that_ended_is_removed_with_a_line(folder, note):
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        note.write(process.pid)
        process.communicate(b"\n")
    assert note.read(folder.context.report) is None
    assert not note.path.exists()
    assert f"pid-bestand van Valkey opgeruimd: proces {process.pid} bestaat niet meer" in folder.text


def test_note_whose_number_went_to_another_program_is_removed_with_its_name(folder, note):
    note.path.write_text(json.dumps({"pid": os.getpid(), "birth": "an-earlier-boot:1", "detail": ""}))
    assert note.read(folder.context.report) is None
    assert not note.path.exists()
    assert f"proces {os.getpid()} is nu een ander programma" in folder.text


@pytest.mark.parametrize("text", ["", "12\n", "{", '{"pid": 1}'])
def test_unreadable_note_is_removed_with_a_line(folder, note, text):
    note.path.write_text(text)
    assert note.read(folder.context.report) is None
    assert "Onleesbaar pid-bestand van Valkey" in folder.text


def test_a_zombie_does_not_live():
    process = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # It has ended, and nobody has asked how.
    assert birth_of(process.pid) is None
    process.wait()
