"""A build belongs to its sources, and counts only when whole."""

import shutil

import pytest

from devstack.elasticsearch.build import SOURCES, NodeBuild, fingerprint, pinned_version
from devstack.elasticsearch.java import Jdk
from devstack.elasticsearch.node import needed_jdk
from devstack.errors import DevstackError, NotToBeHad


@pytest.fixture
def sources(tmp_path):
    return shutil.copytree(SOURCES, tmp_path / "sources")


@pytest.mark.parametrize(
    "path", ["pom.xml", "config/elasticsearch.yml", "src/nl/keuzecatalogus/devnode/analysis/Rules.java"]
)
def test_any_change_of_the_sources_makes_another_build(sources, path):
    before = fingerprint(sources)
    assert before == fingerprint(SOURCES)
    with (sources / path).open("a") as stream:
        stream.write("\n")
    assert fingerprint(sources) != before


def test_the_version_is_pinned():
    assert pinned_version() == "9.5.3"


def test_without_maven_the_remedy_is_named(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NotToBeHad, match="Maven") as caught:
        NodeBuild(folder.context, tmp_path / "builds").ensure(Jdk(tmp_path, 25))
    assert "apt-get install maven" in caught.value.remedy


def test_without_a_jdk_the_remedy_is_named(monkeypatch):
    monkeypatch.setattr("devstack.elasticsearch.node.find_jdk", lambda: None)
    with pytest.raises(NotToBeHad, match="JDK 21 of nieuwer") as caught:
        needed_jdk()
    assert "Maven en een JDK 21 of nieuwer" in caught.value.remedy


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("Could not transfer artifact org.elasticsearch:elasticsearch", NotToBeHad),
        ("[ERROR] no such goal", NotToBeHad),
        ("No space left on device", DevstackError),
    ],
)
def test_jars_that_cannot_be_fetched_can_be_done_without_but_a_full_disk_cannot(
    folder, tmp_path, monkeypatch, said, error
):
    maven = tmp_path / "bin" / "mvn"
    maven.parent.mkdir()
    maven.write_text(f"#!/bin/sh\necho '{said}'\nexit 1\n")
    maven.chmod(0o755)
    monkeypatch.setenv("PATH", f"{maven.parent}:/bin:/usr/bin")
    with pytest.raises(DevstackError) as caught:
        NodeBuild(folder.context, tmp_path / "builds").ensure(Jdk(tmp_path, 25))
    assert type(caught.value) is error
    assert "elasticsearch-build.log" in caught.value.message
    assert caught.value.remedy


@pytest.mark.slow
def test_a_build_that_fails_never_counts_as_built(folder, tmp_path, sources):
    builds = tmp_path / "builds"
    broken = sources / "src/nl/keuzecatalogus/devnode/analysis/Rules.java"
    broken.write_text("no java")
    with pytest.raises(DevstackError, match=r"(?s)compileren is mislukt.*Rules\.java"):
        NodeBuild(folder.context, builds, sources).ensure(needed_jdk())
    assert [path.name for path in builds.glob("node-*") if not path.name.endswith(".part")] == []
