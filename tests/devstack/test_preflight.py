"""A disk that is full, or soon will be, gives one line with a remedy."""

import errno

import pytest

from devstack import preflight
from devstack.errors import DevstackError


def test_room_enough_says_nothing(tmp_path):
    preflight.check_space(tmp_path / "not" / "yet" / "there", first=False)


def test_too_little_room_names_place_and_amounts(tmp_path, monkeypatch):
    monkeypatch.setattr(preflight, "LATER_START_MB", 10**9)
    with pytest.raises(DevstackError, match=f"bij {tmp_path}: .* MB vrij, 1000000000 MB nodig") as caught:
        preflight.check_space(tmp_path, first=False)
    assert "Maak ruimte vrij" in caught.value.remedy


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_fills_up_meanwhile(tmp_path, number):
    with pytest.raises(DevstackError, match="De schijf is vol bij /data/x"), preflight.full_disk_named(tmp_path):
        raise OSError(number, "full", "/data/x")


def test_another_error_of_the_system_passes(tmp_path):
    with pytest.raises(PermissionError), preflight.full_disk_named(tmp_path):
        raise PermissionError
