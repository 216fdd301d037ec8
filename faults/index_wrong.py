"""The engine answers, but its index takes no writes, is another one, is gone or was left half built."""

import time
from http import HTTPStatus

import httpx
from django.conf import settings

from bench.site import Mode
from faults.scene import Scene
from faults.work_cut import kill_during_rebuild

_WATERMARK = "cluster.routing.allocation.disk.watermark"
_FULL = {
    "cluster.routing.allocation.disk.threshold_enabled": True,
    f"{_WATERMARK}.low": "0.001%",
    f"{_WATERMARK}.high": "0.001%",
    f"{_WATERMARK}.flood_stage": "0.001%",
    "cluster.info.update.interval": "10s",
}
"""No disk is as empty as that."""

FLOOD_SECONDS = 90.0
"""The engine looks at its disk every ten seconds here, and gives an index free at the look after that."""


def disk_full(scene: Scene) -> None:
    """The flood-stage watermark makes every index read_only_allow_delete."""
    scene.engine_call("PUT", "/_cluster/settings", {"persistent": _FULL})
    try:
        _wait_for_block(scene, is_there=True)
        scene.search_all(mode=Mode.FULL, label="the disk is full")
        word = scene.change()
        scene.expect_command("search", "drain", succeeds=False)
        scene.expect_command("search", "rebuild", succeeds=False)
        scene.search_all(mode=Mode.FULL, label="a rebuild has failed on the full disk")
    finally:
        # Room first, which takes the blocks away; then all as it was.
        room = {name: "100%" for name in _FULL if name.startswith(_WATERMARK)}
        scene.engine_call("PUT", "/_cluster/settings", {"persistent": room})
    _wait_for_block(scene, is_there=False)
    scene.engine_call("PUT", "/_cluster/settings", {"persistent": dict.fromkeys(_FULL)})
    scene.prove_nothing_lost([(word, 5)])


def _wait_for_block(scene: Scene, *, is_there: bool) -> None:
    what = "indexes take no writes" if is_there else "indexes take writes again"
    started = time.monotonic()
    while _has_block(scene) != is_there:
        if time.monotonic() - started > FLOOD_SECONDS:
            raise TimeoutError(f"not so within {FLOOD_SECONDS:.0f} s: {what}")
        time.sleep(0.2)
    scene.story.did(f"watermarks of the disk set: {what}", time.monotonic() - started)


def _has_block(scene: Scene) -> bool:
    name = scene.index_behind("products")
    blocks: dict[str, str] = (
        scene.engine_call("GET", f"/{name}/_settings").json()[name]["settings"]["index"].get("blocks", {})
    )
    return blocks.get("read_only_allow_delete") == "true"


def wrong_mapping(scene: Scene) -> None:
    """The live alias stands for an index of another definition, as after a restore of the wrong snapshot."""
    alias, right = f"{settings.ELASTICSEARCH_PREFIX}-products", scene.index_behind("products")
    other = f"{alias}-other"
    mappings = {"_meta": {"fingerprint": "other"}, "properties": {"title": {"type": "keyword"}}}
    scene.engine_call("PUT", f"/{other}", {"settings": {"number_of_replicas": 0}, "mappings": mappings})
    _move(scene, alias, right, other)
    scene.story.did(f"{alias} stands for an empty index of another definition")
    scene.search_all(mode=Mode.BASIC, label="the index is of another definition")
    word = scene.change()
    scene.expect_command("search", "check", succeeds=False)
    scene.expect_command("search", "rebuild", "--if-missing", succeeds=True)
    scene.first(Mode.FULL, after="the rebuild")
    scene.search_all(mode=Mode.FULL, label="the index is rebuilt")
    scene.prove_nothing_lost([(word, 5)])


def _move(scene: Scene, alias: str, old: str, new: str) -> None:
    actions = [{"remove": {"index": old, "alias": alias}}, {"add": {"index": new, "alias": alias}}]
    scene.engine_call("POST", "/_aliases", {"actions": actions})


def missing_alias(scene: Scene) -> None:
    """The live alias is gone; the index is still there."""
    alias, index = f"{settings.ELASTICSEARCH_PREFIX}-products", scene.index_behind("products")
    scene.engine_call("POST", "/_aliases", {"actions": [{"remove": {"index": index, "alias": alias}}]})
    scene.story.did(f"the alias {alias} was taken away")
    scene.search_all(mode=Mode.BASIC, label="there is no alias")
    word = scene.change()
    scene.expect_command("search", "drain", succeeds=False)
    scene.expect_command("search", "rebuild", "--if-missing", succeeds=True)
    scene.first(Mode.FULL, after="the rebuild")
    scene.prove_nothing_lost([(word, 5)])


def half_built(scene: Scene) -> None:
    """A rebuild was killed in its middle and left a half-filled index, to which a drain still writes."""
    serving = scene.index_behind("products")
    kill_during_rebuild(scene)
    left = _indexes(scene) - {serving, scene.index_behind("methods")}
    scene.story.see("a half-built index is left", ", ".join(sorted(left)) or "none", is_good=bool(left))
    scene.search_all(mode=Mode.FULL, label="half an index stands beside the whole one")
    word = scene.change()
    scene.prove_nothing_lost([(word, 5)])
    scene.story.see("the old index serves", serving, is_good=scene.index_behind("products") == serving)
    scene.expect_command("search", "rebuild", succeeds=True)
    after = _indexes(scene)
    serving_now = {scene.index_behind("products"), scene.index_behind("methods")}
    scene.story.see("only what serves is left", ", ".join(sorted(after)), is_good=after == serving_now)
    scene.prove_nothing_lost([(word, 5)])


def _indexes(scene: Scene) -> set[str]:
    try:
        return set(scene.engine_call("GET", f"/{settings.ELASTICSEARCH_PREFIX}-*").json())
    except httpx.HTTPStatusError as error:
        if error.response.status_code == HTTPStatus.NOT_FOUND:
            return set()
        raise
