"""Builds the node's home folder: jars by Maven, our classes by javac, modules in their places.

A build is named for a hash of its sources, made aside and renamed, so a change builds anew and one that was cut short
never counts as built.
"""

import hashlib
import os
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from devstack.context import Context
from devstack.elasticsearch.java import LEAST_VERSION, Jdk
from devstack.errors import DevstackError, NotToBeHad
from devstack.locking import folder_lock
from devstack.tools import NO_NETWORK, fresh_log, run_tool

SOURCES = Path(__file__).parent
_PLUGIN_CLASS = "nl.keuzecatalogus.devnode.analysis.AnalysisModulePlugin"
_PLUGIN_PACKAGE = Path("nl/keuzecatalogus/devnode/analysis")
# The official server loads its transport as a module of its own, with the jars that nothing else may see.
_TRANSPORT_JARS = ("transport-netty4-*.jar", "netty-*.jar")
_DESCRIPTOR = """\
description=The analysis components of the catalogue's indices
name=analysis-common
version={version}
elasticsearch.version={version}
java.version={java}
classname={plugin}
"""


def fingerprint(sources: Path = SOURCES) -> str:
    """Twelve signs that change with any byte of what a build is made of, this module included."""
    digest = hashlib.sha256()
    parts = [sources / "pom.xml", *sorted((sources / "src").rglob("*.java")), *sorted((sources / "config").iterdir())]
    for path in (*parts, Path(__file__)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def pinned_version(sources: Path = SOURCES) -> str:
    found = re.search(r"<elasticsearch\.version>([^<]+)<", (sources / "pom.xml").read_text())
    if found is None:
        raise DevstackError("pom.xml noemt geen versie van Elasticsearch.")
    return found[1]


@dataclass(frozen=True)
class NodeBuild:
    """The builds under one folder; several checkouts or tests may share it."""

    context: Context
    folder: Path
    sources: Path = SOURCES

    @property
    def home(self) -> Path:
        """Where this state of the sources is, or will be, built."""
        return self.folder / f"node-{fingerprint(self.sources)}"

    def ensure(self, jdk: Jdk) -> Path:
        """The built home folder; builds it where it is missing.

        Raises NotToBeHad where Maven is missing or cannot fetch the jars, DevstackError where a build fails otherwise.
        """
        home = self.home
        if home.exists():
            return home
        self.folder.mkdir(parents=True, exist_ok=True)
        with folder_lock(self.folder, self.context, waiting_for="een andere bouw van Elasticsearch"):
            if not home.exists():
                self._build(home, jdk)
        return home

    def _build(self, home: Path, jdk: Jdk) -> None:
        maven = shutil.which("mvn")
        if maven is None:
            raise NotToBeHad(
                "Elasticsearch kan niet gebouwd worden: Maven (mvn) ontbreekt.",
                remedy="Installeer Maven, op Debian en Ubuntu met: apt-get install maven",
            )
        for leftover in self.folder.glob("node-*.part"):
            shutil.rmtree(leftover)
        aside = home.with_name(f"{home.name}.part")
        with self.context.report.step(f"Elasticsearch {pinned_version(self.sources)} bouwen (eenmalig)") as step:
            log = fresh_log(self.context.checkout.log("elasticsearch-build"))

            def count_jars() -> None:
                fetched = log.read_text(errors="replace").count("Downloaded from") if log.exists() else 0
                step.update(f"{fetched} bestanden opgehaald" if fetched else "")

            self._fetch(maven, aside / "lib", jdk, log, while_waiting=count_jars)
            self._compile(aside, jdk, log)
            self._arrange(aside)
            aside.rename(home)
            for older in self.folder.glob("node-*"):
                if older != home:
                    shutil.rmtree(older)
            step.done(f"Elasticsearch {pinned_version(self.sources)} gebouwd, {len(list(home.rglob('*.jar')))} jars")

    def _fetch(self, maven: str, lib: Path, jdk: Jdk, log: Path, *, while_waiting: Callable[[], None]) -> None:
        argv = [
            maven,
            "-B",
            "-f",
            str(self.sources / "pom.xml"),
            "dependency:copy-dependencies",
            f"-DoutputDirectory={lib}",
            "-DincludeScope=runtime",
        ]
        try:
            run_tool(
                self.context,
                argv,
                what="Elasticsearch ophalen met Maven",
                log=log,
                env={**os.environ, "JAVA_HOME": str(jdk.home)},
                while_waiting=while_waiting,
            )
        except DevstackError as error:
            if error.remedy not in {"", NO_NETWORK}:
                raise  # A full disk is in the way of everything else as well.
            raise NotToBeHad(
                f"Maven kon Elasticsearch niet ophalen; waarom staat in {log}.",
                remedy="Kijk of Maven het netwerk op kan en start opnieuw.",
            ) from error

    def _compile(self, aside: Path, jdk: Jdk, log: Path) -> None:
        sources = [str(path) for path in sorted((self.sources / "src").rglob("*.java"))]
        run_tool(
            self.context,
            [
                jdk.program("javac"),
                "--release",
                str(LEAST_VERSION),
                "-Xlint:all",
                "-Werror",
                "-cp",
                str(aside / "lib" / "*"),
                "-d",
                str(aside / "classes"),
                *sources,
            ],
            what="De eigen klassen van Elasticsearch compileren",
            log=log,
        )

    def _arrange(self, aside: Path) -> None:
        transport, analysis = aside / "modules" / "transport-netty4", aside / "modules" / "analysis-common"
        for folder in (transport, analysis, aside / "plugins"):
            folder.mkdir(parents=True)
        for pattern in _TRANSPORT_JARS:
            for jar in (aside / "lib").glob(pattern):
                jar.rename(transport / jar.name)
        (transport_jar,) = transport.glob("transport-netty4-*.jar")
        with zipfile.ZipFile(transport_jar) as archive:
            inside = "META-INF/es-plugins/transport-netty4/plugin-descriptor.properties"
            (transport / "plugin-descriptor.properties").write_bytes(archive.read(inside))
        # The plug-in's classes stand in its jar alone: one class on two paths is refused as "jar hell".
        classes = aside / "classes"
        with zipfile.ZipFile(analysis / "analysis-common.jar", "w") as archive:
            for path in sorted((classes / _PLUGIN_PACKAGE).iterdir()):
                archive.write(path, path.relative_to(classes))
        shutil.rmtree(classes / _PLUGIN_PACKAGE)
        version = pinned_version(self.sources)
        (analysis / "plugin-descriptor.properties").write_text(
            _DESCRIPTOR.format(version=version, java=LEAST_VERSION, plugin=_PLUGIN_CLASS)
        )
        shutil.copytree(self.sources / "config", aside / "config")
