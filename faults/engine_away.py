"""The engine is stopped, killed, frozen or slow."""

import time
from collections.abc import Callable

from bench.site import Mode, served
from faults.scene import Scene
from faults.slow_proxy import slow_line

FROZEN_SECONDS = 5.0
SLOW_SECONDS = 3.0


def stopped(scene: Scene) -> None:
    """SIGTERM, as a restart for an upgrade sends it."""
    _away(scene, "SIGTERM", scene.engine.stop)


def killed(scene: Scene) -> None:
    """kill -9, as the kernel does when memory is short."""
    _away(scene, "kill -9", scene.engine.kill)


def _away(scene: Scene, how: str, end: Callable[[], None]) -> None:
    with scene.story.doing(f"{how} to the engine, and its end"):
        end()
    scene.first(Mode.BASIC, after="its end", seconds=10)
    scene.search_all(mode=Mode.BASIC, label="the engine is away")
    word = scene.change()
    scene.expect_command("search", "drain", succeeds=False)
    scene.expect_command("search", "check", succeeds=False)
    scene.expect_command("search", "rebuild", succeeds=False)
    scene.story.see("what was changed waits", f"{scene.waiting} rows", is_good=scene.waiting > 0)
    scene.story.did("the engine started", scene.engine.start())
    scene.first(Mode.FULL, after="the engine was ready")
    scene.search_all(mode=Mode.FULL, label="the engine is back")
    scene.prove_nothing_lost([(word, 5)])


def frozen(scene: Scene) -> None:
    """SIGSTOP: it takes connections and says nothing, as under a long garbage collection or a paused machine."""
    scene.engine.freeze()
    scene.story.did("SIGSTOP to the engine")
    try:
        scene.first(Mode.BASIC, after="SIGSTOP", seconds=10)
        scene.search_all(mode=Mode.BASIC, label="the engine is frozen")
        word = scene.change()
        time.sleep(FROZEN_SECONDS)
    finally:
        scene.engine.thaw()
    scene.story.did("SIGCONT to the engine")
    scene.first(Mode.FULL, after="SIGCONT")
    scene.search_all(mode=Mode.FULL, label="the engine goes on")
    scene.prove_nothing_lost([(word, 5)])


def slow(scene: Scene) -> None:
    """Every answer comes late: by another site, whose line to the engine delays."""
    with slow_line(scene.engine.url) as line, served({"ELASTICSEARCH_URL": line.url}) as site:
        late = Scene(scene.story, scene.engine, scene.valkey, site)
        late.first(Mode.FULL, after="the start of a site on that line")
        line.delay_seconds = SLOW_SECONDS
        scene.story.did(f"every answer of the engine comes {SLOW_SECONDS:.0f} s late")
        late.first(Mode.BASIC, after="that", seconds=10)
        late.search_all(mode=Mode.BASIC, label="the engine is slow")
        line.delay_seconds = 0
        scene.story.did("the engine is quick again")
        late.first(Mode.FULL, after="that")
        late.search_all(mode=Mode.FULL, label="the engine is quick again")
    scene.prove_nothing_lost()
