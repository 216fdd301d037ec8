"""Our own work is cut short or done twice: Valkey goes, two drain at once, kill -9 in a rebuild and in a drain."""

import subprocess
import time
from collections.abc import Callable

from django.conf import settings

from bench.own_services import STATE
from bench.site import Mode
from faults.scene import Scene

WORKER_SECONDS = 120.0
"""A worker that lost Valkey tries again after ever longer pauses, and beat asks every five seconds."""

POLL_SECONDS = 0.005
KILLS = 3
WORKER_LOG = STATE / "worker.log"


def valkey_gone(scene: Scene) -> None:
    """Valkey is killed while the worker drains, and comes back empty."""
    with WORKER_LOG.open("w", encoding="utf-8") as log, scene.worker(log):
        scene.make_all_stale()
        full = scene.waiting
        _wait_until(lambda: scene.waiting < full, "the worker drains")
        scene.valkey.kill()
        scene.story.did(f"kill -9 to Valkey while the worker drained; {scene.waiting} rows waited")
        scene.search_all(mode=Mode.FULL, label="Valkey is away")
        word = scene.change()
        scene.story.did("Valkey started", scene.valkey.start())
        started = time.monotonic()
        try:
            _wait_until(lambda: scene.waiting == 0, "the worker empties the outbox")
        except TimeoutError as error:
            scene.story.see("the worker goes on by itself", f"{error}; {scene.waiting} rows wait", is_good=False)
        else:
            seconds = time.monotonic() - started
            scene.story.see("the worker goes on by itself", "nothing waits", is_good=True, seconds=seconds)
    scene.prove_nothing_lost([(word, 5)])


def two_drainers(scene: Scene) -> None:
    """Two drains run at once while products change."""
    scene.make_all_stale()
    started = time.monotonic()
    drains = [scene.start("search", "drain") for _ in range(2)]
    words: list[tuple[str, int]] = []
    while any(drain.poll() is None for drain in drains) and len(words) < 5:
        words.append((scene.change(), 5))
    outputs = [drain.communicate(timeout=WORKER_SECONDS)[0] for drain in drains]
    for number, (drain, output) in enumerate(zip(drains, outputs, strict=True), start=1):
        last = output.strip().splitlines()[-1] if output.strip() else ""
        is_good = drain.returncode == 0
        scene.story.see(f"drain {number} of two", last, is_good=is_good, seconds=time.monotonic() - started)
    # A product may have been changed twice; its last word counts.
    scene.prove_nothing_lost(words[-1:])


def killed_rebuild(scene: Scene) -> None:
    """kill -9 to `manage.py search rebuild`, some times; each next one has to do with what the last has left."""
    words = []
    for _turn in range(KILLS):
        kill_during_rebuild(scene)
        scene.search_all(mode=Mode.FULL, label="a killed rebuild has left its traces")
        words.append((scene.change(), 5))
        scene.expect_command("search", "drain", succeeds=True)
    scene.expect_command("search", "rebuild", succeeds=True)
    scene.search_all(mode=Mode.FULL, label="the new index serves")
    scene.prove_nothing_lost(words[-1:])


def killed_drain(scene: Scene) -> None:
    """kill -9 to `manage.py search drain`, some times."""
    for _turn in range(KILLS):
        full = scene.make_all_stale()
        process = scene.start("search", "drain")
        while scene.waiting == full and process.poll() is None:
            time.sleep(POLL_SECONDS)
        _kill(process)
        left = scene.waiting
        scene.story.see("kill -9 in the middle of a drain", f"{left} of {full} still wait", is_good=left > 0)
    word = scene.change()
    scene.search_all(mode=Mode.FULL, label="a killed drain has left its rows")
    scene.prove_nothing_lost([(word, 5)])


def kill_during_rebuild(scene: Scene) -> None:
    """Kill a real rebuild once the index that it builds has documents, and before it goes live."""
    process = scene.start("search", "rebuild")
    building = f"{settings.ELASTICSEARCH_PREFIX}-*"
    before = _written(scene, building)
    while _written(scene, building) <= before and process.poll() is None:
        time.sleep(POLL_SECONDS)
    is_running = process.poll() is None
    _kill(process)
    seen = "it was filling" if is_running else "it had ended"
    scene.story.see("kill -9 in the middle of a rebuild", seen, is_good=is_running)


def _written(scene: Scene, pattern: str) -> int:
    """Documents ever written to these indexes, whether they can be searched yet or not."""
    stats = scene.engine_call("GET", f"/{pattern}/_stats/indexing").json()
    return int(stats["_all"]["primaries"].get("indexing", {}).get("index_total", 0))


def _kill(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.communicate()


def _wait_until(condition: Callable[[], bool], what: str) -> None:
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > WORKER_SECONDS:
            raise TimeoutError(f"not so within {WORKER_SECONDS:.0f} s: {what}")
        time.sleep(POLL_SECONDS)
