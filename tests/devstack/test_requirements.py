"""Requirements are installed when their text has changed, and never half."""

import pytest

from devstack.requirements import install, stamp_of


@pytest.fixture
def requirements(tmp_path):
    path = tmp_path / "requirements.txt"
    path.write_text("# nothing is needed\n")
    return path


def test_an_unchanged_file_is_not_installed_again(requirements, tmp_path, capfd):
    assert install(requirements, tmp_path) == 0
    assert "Python-pakketten geïnstalleerd" in capfd.readouterr().err
    assert install(requirements, tmp_path) == 0
    assert capfd.readouterr().err == ""


def test_a_changed_file_is(requirements, tmp_path):
    install(requirements, tmp_path)
    before = stamp_of(requirements, tmp_path)
    requirements.write_text("# still nothing\n")
    install(requirements, tmp_path)
    assert not before.exists()
    assert stamp_of(requirements, tmp_path).exists()


def test_a_failed_install_does_not_count(requirements, tmp_path, capfd):
    requirements.write_text("./no-such-folder\n")
    assert install(requirements, tmp_path) == 1
    assert not stamp_of(requirements, tmp_path).exists()
    assert "✗ Het installeren is mislukt" in capfd.readouterr().err
