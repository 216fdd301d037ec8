"""Which JDK is taken where several are installed."""

import pytest

from devstack.elasticsearch.java import Jdk, find_jdk, read_jdk


@pytest.fixture
def install(tmp_path):
    """Lays a JDK's folder as far as it is looked at."""

    def lay(name: str, version: str, *, programs=("java", "javac", "jlink")):
        home = tmp_path / "jvm" / name
        (home / "bin").mkdir(parents=True)
        for program in programs:
            (home / "bin" / program).touch(mode=0o755)
        (home / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n')
        return home

    return lay


def find(tmp_path, **environment):
    return find_jdk({"PATH": "", **environment}, jvm_folders=(str(tmp_path / "jvm"),))


@pytest.mark.parametrize(("text", "version"), [("21.0.4", 21), ("25", 25), ("17.0.15", 17), ("1.8.0_402", 8)])
def test_the_version_is_read(install, text, version):
    home = install("a", text)
    assert read_jdk(home) == Jdk(home, version)


def test_a_run_time_without_compiler_does_not_count(install, tmp_path):
    install("jre", "25.0.1", programs=("java",))
    assert find(tmp_path) is None


def test_an_old_one_alone_does_not_suffice(install, tmp_path):
    install("old", "17.0.15")
    assert find(tmp_path) is None


def test_the_lowest_that_suffices_is_taken_from_the_system(install, tmp_path):
    install("old", "17.0.15")
    install("new", "26")
    lts = install("lts", "21.0.4")
    assert find(tmp_path).home == lts


def test_java_home_wins_and_an_old_java_home_is_passed_over(install, tmp_path):
    old, lts, new = install("old", "17"), install("lts", "21.0.4"), install("new", "25")
    assert find(tmp_path, JAVA_HOME=str(new)).home == new
    assert find(tmp_path, JAVA_HOME=str(old)).home == lts
    assert find(tmp_path, PATH=str(new / "bin")).home == new
