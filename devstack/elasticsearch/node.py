"""The Elasticsearch node as a service."""

import os
from pathlib import Path

import httpx

from devstack.context import Context
from devstack.elasticsearch.build import NodeBuild
from devstack.elasticsearch.java import LEAST_VERSION, Jdk, find_jdk
from devstack.errors import NotToBeHad
from devstack.server_process import ServerProcess
from devstack.service import Service, missing_address, wait_for
from devstack.tools import failure

READY_SECONDS = 180.0
# Enough for a million products; a node with 512 MB does for tests.
HEAP_MB = 1024
_MAIN_CLASS = "nl.keuzecatalogus.devnode.DevNode"
# As the official start script passes them: native access for the named modules, and all modules resolvable.
_MODULES = (
    "--enable-native-access=org.elasticsearch.nativeaccess,org.elasticsearch.foreign,org.apache.lucene.core,ALL-UNNAMED",
    "--add-modules", "jdk.incubator.vector",
    "--add-modules", "ALL-MODULE-PATH",
    "--add-modules", "jdk.net,jdk.management.agent",
)  # fmt: skip


def needed_jdk() -> Jdk:
    jdk = find_jdk()
    if jdk is None:
        raise NotToBeHad(
            f"Elasticsearch heeft een volledige JDK {LEAST_VERSION} of nieuwer nodig, en die is niet gevonden.",
            remedy=f"Installeer Maven en een JDK {LEAST_VERSION} of nieuwer (bijvoorbeeld: apt-get install maven "
            f"openjdk-{LEAST_VERSION}-jdk-headless), of laat JAVA_HOME wijzen naar een JDK die er al staat.",
        )
    return jdk


class Elasticsearch(Service):
    key = "elasticsearch"
    label = "Elasticsearch"
    variable = "ELASTICSEARCH_URL"

    def __init__(self, context: Context, *, builds: Path | None = None, heap_mb: int = HEAP_MB) -> None:
        super().__init__(context)
        self._build = NodeBuild(context, builds or context.checkout.state / "elasticsearch")
        self._process = ServerProcess(context, key=self.key, label=self.label)
        self._heap_mb = heap_mb

    def pid(self) -> int | None:
        return self._process.pid()

    def prepare(self) -> None:
        note = self._process.note()
        home = self._build.ensure(needed_jdk())
        if note is not None and note.detail != str(home):
            self.context.report.note("Elasticsearch draait nog op een oudere bouw en start opnieuw.")
            self.stop()

    def start(self) -> None:
        if self.pid() is not None:
            return
        home, data = self._build.home, self.context.checkout.state / "elasticsearch-data"
        scratch = data / "tmp"
        scratch.mkdir(parents=True, exist_ok=True)
        ports = self.context.ports
        argv = [
            needed_jdk().program("java"),
            f"-Xms{self._heap_mb}m",
            f"-Xmx{self._heap_mb}m",
            "-XX:+ExitOnOutOfMemoryError",  # A node that limps on answers wrongly; one that ended says so in its log.
            f"-Djava.io.tmpdir={scratch}",
            "-Dorg.elasticsearch.nativeaccess.enableVectorLibrary=false",  # Its native library is not among the jars.
            f"-Des.path.home={home}",
            *_MODULES,
            "-p",
            str(home / "lib"),
            "-cp",
            str(home / "classes"),
            _MAIN_CLASS,
            str(home),
            str(data),
            str(ports.reserve(self.key)),
            str(ports.reserve(f"{self.key}-transport")),
        ]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ES_")}
        self._process.spawn(argv, cwd=data, env=environment, detail=str(home))

    def wait_until_ready(self) -> None:
        trouble = wait_for(
            self.context, self._takes_an_index, is_alive=lambda: self.pid() is not None, seconds=READY_SECONDS
        )
        if trouble:
            raise failure(
                f"Elasticsearch {trouble}",
                self._process.log,
                remedy="Los op wat daar staat, of start zonder zoekmachine: make run NO_ENGINE=1",
            )

    def stop(self) -> None:
        self._process.stop()

    def address(self) -> str:
        port = self.context.ports.get(self.key)
        if port is None:
            raise missing_address(self.label)
        return f"http://127.0.0.1:{port}"

    def _takes_an_index(self) -> bool:
        """Whether an index can be made and deleted, and the shards of those from earlier starts answer again.

        `GET /` would not do: this node answers it with 405.
        """
        index = f"/devstack-ready-{os.getpid()}"
        try:
            # No proxy of the environment stands between two ends of one machine.
            with httpx.Client(base_url=self.address(), timeout=10, trust_env=False) as client:
                client.delete(index)  # Left by a start that was cut short.
                body = {"settings": {"number_of_shards": 1, "number_of_replicas": 0}}
                if client.put(index, json=body).status_code != httpx.codes.OK:
                    return False
                deleted = client.delete(index).status_code == httpx.codes.OK
                health = client.get("/_cluster/health", params={"wait_for_status": "yellow", "timeout": "5s"})
                return deleted and health.status_code == httpx.codes.OK
        except httpx.TransportError:
            return False
